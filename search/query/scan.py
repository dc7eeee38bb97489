"""Any string → marks: words, phrases, operators, field prefixes, parentheses. Knows no grammar."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from search.query.ast import Field

MAX_LENGTH = 1000
"""Characters of a query that are read; what follows is dropped."""


class Kind(Enum):
    WORD = "word"
    PHRASE = "phrase"
    FIELD = "field"
    AND = "and"
    OR = "or"
    NOT = "not"
    OPEN = "open"
    CLOSE = "close"
    STAR = "star"


@dataclass(frozen=True, slots=True)
class Mark:
    kind: Kind
    text: str = ""
    field: Field | None = Field.ANY


FIELD_NAMES: tuple[tuple[Field | None, tuple[str, ...]], ...] = (
    (Field.TITLE, ("title", "题", "标题", "题目")),
    (Field.AUTHOR, ("author", "作者", "记者")),
    (Field.REGION, ("region", "地区", "地方")),
    (Field.THEME, ("theme", "主题")),
    (Field.MECHANISM, ("mechanism", "机制")),
    (Field.GENRE, ("genre", "体裁")),
    (Field.LEVEL, ("level", "层级")),
    (Field.PUBLICATION, ("publication", "报刊")),
    (None, ("year", "年", "年份")),
)
_FIELDS = {name: field for field, names in FIELD_NAMES for name in names}

# Which marks may close a phrase, best first: input methods mix the two kinds of quotation marks.
_CLOSERS = {
    '"': ('"', "”"),
    "＂": ("＂", '"'),
    "“": ("”", '"', "“"),
    "”": ("”", '"'),
    "„": ("”", "“", '"'),
    "‘": ("’",),
    "「": ("」",),
    "『": ("』",),
    "《": ("》",),
    "〈": ("〉",),
}
_NESTING = frozenset("“‘「『《〈")
_OPERATORS = {
    **dict.fromkeys(("AND", "且", "并且", "与"), Kind.AND),
    **dict.fromkeys(("OR", "或", "或者"), Kind.OR),
    **dict.fromkeys(("NOT", "非"), Kind.NOT),
    **dict.fromkeys(("*", "＊", "*:*"), Kind.STAR),
}
_SINGLES = {
    **dict.fromkeys("(（", Kind.OPEN),
    **dict.fromkeys(")）", Kind.CLOSE),
    **dict.fromkeys("|｜", Kind.OR),
    **dict.fromkeys("&＆", Kind.AND),
}
_SIGNS = "-－−!！+＋"
_FULL_WIDTH = str.maketrans({chr(0xFF21 + i): chr(0x41 + i) for i in range(26)})
_WORD_ENDS = re.compile(r'[\s()（）|｜&＆"＂“”„「」『』《》〈〉]|[:：](?=["＂“„‘「『《〈(（])')
_FIELD = re.compile(r"([A-Za-zａ-ｚＡ-Ｚ]+|[\u4e00-\u9fff]{1,4})\s?[:：]\s*")


def scan(query: str) -> Iterator[Mark]:
    """The marks of a query, left to right."""
    query = query[:MAX_LENGTH]
    at = 0
    while at < len(query):
        char = query[at]
        if char.isspace():
            at += 1
        elif char in _SINGLES:
            yield Mark(_SINGLES[char])
            at += 1
        elif char in _CLOSERS:
            end, after = _phrase_end(query, at)
            if text := query[at + 1 : end].strip():
                yield Mark(Kind.PHRASE, text)
            at = after
        elif char in _SIGNS and _is_sign(query, at):
            if char not in "+＋":
                yield Mark(Kind.NOT)
            at += 1
        elif field := _field_at(query, at):
            yield Mark(Kind.FIELD, field=field[0])
            at = field[1]
        else:
            found = _WORD_ENDS.search(query, at)
            end = max(found.start() if found else len(query), at + 1)
            text = query[at:end]
            operator = _OPERATORS.get(text.translate(_FULL_WIDTH))
            if operator:
                yield Mark(operator)
            elif text not in "」』》〉":
                yield Mark(Kind.WORD, text)
            at = end


def _is_sign(query: str, at: int) -> bool:
    """A sign stands before a word, not inside or after one: 2020-2023 and 加油! hold none."""
    begins = at == 0 or query[at - 1].isspace() or query[at - 1] in "(（|｜&＆"
    follows = query[at + 1 : at + 2]
    return begins and bool(follows) and not follows.isspace() and follows not in _SIGNS + "—–"


def _field_at(query: str, at: int) -> tuple[Field | None, int] | None:
    found = _FIELD.match(query, at)
    if not found:
        return None
    name = _narrow(found.group(1))
    return (_FIELDS[name], found.end()) if name in _FIELDS else None


def _narrow(name: str) -> str:
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in name).lower()


def _phrase_end(query: str, at: int) -> tuple[int, int]:
    """Where the phrase opened at `at` ends, and where reading goes on. An unclosed phrase runs to the end."""
    opener = query[at]
    closers = _CLOSERS[opener]
    if opener in _NESTING:
        depth = 0
        for i in range(at, len(query)):
            depth += (query[i] == opener) - (query[i] == closers[0])
            if depth == 0:
                return i, i + 1
    for closer in closers:
        if (i := query.find(closer, at + 1)) >= 0:
            return i, i + 1
    return len(query), len(query)
