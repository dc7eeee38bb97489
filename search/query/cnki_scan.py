"""A query in CNKI's 专业检索 → tokens. Full-width forms, any quotation marks and small letters are accepted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.query.cnki_codes import CODES
from search.query.vocabulary import Kind, half

_QUOTES = {"'": "'’‘′", "‘": "’'", "’": "’'", "′": "′'", '"': '"”“', "“": '”"', "”": '”"'}
_COMPARES = r"(?:%=|>=|<=|=|%|>|<|≥|≤)"
_CODE = rf"(?<![A-Za-z0-9])(?P<code>{'|'.join(sorted(CODES, key=len, reverse=True))})\s*"
_CLAUSE = re.compile(rf"{_CODE}(?:(?P<sign>{_COMPARES})|BETWEEN\s*(?=\())\s*", re.I)
_FIRST = re.compile(rf"[\s(]*(?:NOT\s+)?{_CLAUSE.pattern}(?=\S)", re.I)
_STRANGE = re.compile(rf"(?<![A-Za-z0-9])(?P<code>[A-Z]{{2,5}})\s*(?P<sign>{_COMPARES})\s*(?=['‘’′\"“])")
"""Looks like a code and is none of CNKI's: written in capitals and compared with something in quotation marks."""
_STRANGE_FIRST = re.compile(rf"[\s(]*(?:NOT\s+)?{_STRANGE.pattern}")
_OURS = re.compile(r'["“”„「」『』《》〈〉:]')
_AFTER_CODE = ("'", "‘", "’", "′", "(", '"', "“")
_NEAR = r"/(?:NEAR|PREV|AFT|SEN|PRG)\s*[0-9]{0,3}|#|\$\s*[0-9]{1,4}"
_TOKEN = re.compile(
    rf"(?P<near>{_NEAR})|(?P<word>(?:AND|OR|NOT)(?![A-Za-z0-9]))|(?P<single>[()*+\-,])"
    r"|(?P<bare>[^\s()*+'‘’′\"“”,#$/]+|.)",
    re.I | re.S,
)
_INSIDE = re.compile(rf"\s*(?P<near>{_NEAR}|(?<=\s)%(?=\s))\s*|(?<=\s)(?P<single>[*+\-])\s", re.I)
_WORDS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_SINGLES = {"*": Kind.AND, "+": Kind.OR, ",": Kind.OR, "-": Kind.NOT, "(": Kind.OPEN, ")": Kind.CLOSE}


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` FIELD: a code (in `text`) and how it is compared (`sign`, BETWEEN among them). PHRASE: a value in
    quotation marks, WORD: one without. `open`: nothing closes it. `logic`: an operator that is a word."""

    kind: Kind
    text: str
    sign: str = ""
    open: bool = False
    logic: bool = False


def is_cnki(query: str) -> bool:
    """Whether a query is written so: it begins with a code that is compared, or one is compared with something
    in quotation marks or parentheses later, where nothing before is of the archive's own language."""
    narrow = half(query)
    if _FIRST.match(narrow) or _STRANGE_FIRST.match(narrow):
        return True
    ours = _OURS.search(narrow)
    return any(
        found.start() == 0 or narrow[found.start() - 1] in " \t\n("
        for found in _CLAUSE.finditer(narrow, 0, ours.start() if ours else len(narrow))
        if narrow[found.end() : found.end() + 1] in _AFTER_CODE
    )


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query, left to right."""
    narrow, at = half(query), 0
    while at < len(query):
        if query[at].isspace():
            at += 1
        elif (opener := narrow[at]) in _QUOTES:
            end = next((i for i in range(at + 1, len(narrow)) if narrow[i] in _QUOTES[opener]), len(narrow))
            yield Token(Kind.PHRASE, query[at + 1 : end].strip(), open=end == len(narrow))
            at = end + 1
        elif clause := _CLAUSE.match(narrow, at):
            yield Token(Kind.FIELD, clause["code"].upper(), clause["sign"] or "BETWEEN")
            at = clause.end()
        elif strange := _STRANGE.match(narrow, at):
            yield Token(Kind.FIELD, strange["code"], strange["sign"])
            at = strange.end()
        elif found := _TOKEN.match(narrow, at):
            yield _token(found, query[at : found.end()])
            at = found.end()


def _token(found: re.Match[str], typed: str) -> Token:
    text = found.group()
    match found.lastgroup:
        case "near":
            return Token(Kind.NEAR, text)
        case "word":
            return Token(_WORDS[text.upper()], text, logic=True)
        case "single":
            return Token(_SINGLES[text], text)
    return Token(Kind.WORD, typed)


def inside(value: str) -> Iterator[Token]:
    """What stands between the quotation marks of a value: 转基因 /NEAR 5 水稻, 提案 * 办理, or the value itself."""
    narrow, at = half(value), 0
    for found in _INSIDE.finditer(narrow):
        if text := value[at : found.start()].strip():
            yield Token(Kind.PHRASE, text)
        if found["near"]:
            yield Token(Kind.NEAR, found["near"])
        else:
            yield Token(_SINGLES[found["single"]], found["single"])
        at = found.end()
    if text := value[at:].strip():
        yield Token(Kind.PHRASE, text)
