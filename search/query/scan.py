"""Any string → marks: words, phrases, operators, field prefixes, parentheses. Knows no grammar."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.query.vocabulary import (
    APOSTROPHES,
    CLOSERS,
    DATE,
    FIELDS,
    METRIC,
    NEAR,
    NESTING,
    OPERATORS,
    SIGNS,
    SINGLES,
    SMALL_OPERATORS,
    Key,
    Kind,
    half,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """`text`: what a word or phrase says, or an operator as it was typed. `open`: a phrase that nothing
    closes."""

    kind: Kind
    text: str = ""
    key: Key = ""
    open: bool = False


_WORD_ENDS = re.compile(
    r'[\s()（）|｜&＆"＂“”„〝〞〟「」『』﹁﹂﹃﹄«»《》〈〉]|[:：](?=["＂“„〝‘「『﹁﹃«《〈(（])'
)
_AFTER_APOSTROPHE = re.compile(r"[\s()（）|｜&＆*＊]|$")
_STRAY = "〞〟」』﹂﹄»》〉"
_FIELD = re.compile(r"([A-Za-z_ａ-ｚＡ-Ｚ]{1,20}|[\u4e00-\u9fff]{1,4})[:：]\s*")
_STARS = "*＊"

# What is asked of a date or a figure, up to a space or a parenthesis; spaces may stand around signs.
_SIGN = r"(?:[<>=≥≤≧≦＜＞＝]+)"
_QUOTED = r'(?:"[^"]*"|“[^”]*”)'
_NUMBER = "(?=[0-9０-９])"
_SPACED = rf"\s*(?:{_SIGN}\s*|\.\.(?:\s*{_NUMBER})?|[~～至到]\s*{_NUMBER})"
_VALUE = re.compile(
    rf"(?:{_SPACED})?(?:{_QUOTED}|{_SPACED}|[^\s()（）|｜&＆\"“”])+",
)


def scan(query: str) -> Iterator[Mark]:
    """The marks of a query, left to right."""
    at = 0
    while at < len(query):
        char = query[at]
        if char.isspace():
            at += 1
        elif char in SINGLES:
            yield Mark(SINGLES[char], char)
            at += 1
            while char in "|｜&＆" and query[at : at + 1] and SINGLES.get(query[at]) is SINGLES[char]:
                at += 1  # && and || as programmers write them
        elif char in APOSTROPHES and not _is_closed(query, at):
            at += 1
        elif char in CLOSERS:
            mark, at = _phrase(query, at)
            if mark.text:
                yield mark
        elif char in SIGNS and _is_sign(query, at):
            if char not in "+＋":
                yield Mark(Kind.NOT, char)
            at += 1
        elif field := _field_at(query, at):
            yield field[0]
            at = field[1]
            if field[0].key in (DATE, METRIC) and (value := _VALUE.match(query, at)):
                yield Mark(Kind.VALUE, value.group().strip())
                at = value.end()
        else:
            found = _WORD_ENDS.search(query, at)
            end = max(found.start() if found else len(query), at + 1)
            typed = query[at:end]
            small = SMALL_OPERATORS.get(half(typed))
            if small and _is_between(query, at, end):
                yield Mark(small, typed)
            elif word := _word(typed):
                yield word
            at = end


def is_plain(text: str) -> bool:
    """Whether a string is read as one word, wherever it stands."""
    return list(scan(text)) == [Mark(Kind.WORD, text)]


def _word(text: str) -> Mark | None:
    narrow = half(text)
    if operator := OPERATORS.get(narrow):
        return Mark(operator, text)
    if NEAR.fullmatch(narrow) and ("/" in narrow or not narrow.islower()):
        return Mark(Kind.NEAR, text)
    if text in _STRAY:
        return None
    if text[-1] in _STARS:
        begun = text.rstrip(_STARS)
        return Mark(Kind.PREFIX, begun) if begun else Mark(Kind.STAR, text)
    return Mark(Kind.WORD, text)


def _is_between(query: str, at: int, end: int) -> bool:
    """Whether a stretch stands between others, neither of which is Latin on the side of it."""
    before, after = query[:at].rstrip()[-1:], query[end:].lstrip()[:1]
    latin = (char.isalnum() and half(char).isascii() for char in (before, after))
    return bool(before and after) and before not in ":：(（" and after not in ")）" and not any(latin)


def _is_closed(query: str, at: int) -> bool:
    """Whether the apostrophe at `at` is closed at the end of a word."""
    closers = CLOSERS[query[at]]
    return any(
        query[i] in closers and _AFTER_APOSTROPHE.match(query, i + 1) for i in range(at + 2, len(query))
    )


def _is_sign(query: str, at: int) -> bool:
    """A sign stands before a word, not inside or after one: 2020-2023 and 加油! hold none."""
    begins = at == 0 or query[at - 1].isspace() or query[at - 1] in "(（)）|｜&＆"
    follows = query[at + 1 : at + 2]
    return begins and bool(follows) and not follows.isspace() and follows not in SIGNS + "—–)）|｜&＆"


def _field_at(query: str, at: int) -> tuple[Mark, int] | None:
    found = _FIELD.match(query, at)
    if not found:
        return None
    key = FIELDS.get(half(found.group(1)).lower())
    return (Mark(Kind.FIELD, found.group(1), key), found.end()) if key else None


def _phrase(query: str, at: int) -> tuple[Mark, int]:
    """The phrase opened at `at`, and where reading goes on."""
    end, after = _phrase_end(query, at)
    closed = after > end
    text = query[at + 1 : end].strip()
    if text and query[after : after + 1] in tuple(_STARS):
        return Mark(Kind.PREFIX, text), after + 1
    return Mark(Kind.PHRASE, text, open=not closed), after


def _phrase_end(query: str, at: int) -> tuple[int, int]:
    """Where the phrase opened at `at` ends, and where reading goes on. An unclosed phrase runs to the end."""
    opener = query[at]
    closers = CLOSERS[opener]
    if opener in NESTING:
        depth = 0
        for i in range(at, len(query)):
            depth += (query[i] == opener) - (query[i] == closers[0])
            if depth == 0:
                return i, i + 1
    for closer in closers:
        if (i := query.find(closer, at + 1)) >= 0:
            return i, i + 1
    return len(query), len(query)
