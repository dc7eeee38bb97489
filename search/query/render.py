"""AST → a query that is read as the same AST: what a reader is offered instead of one with mistakes."""

import re
from calendar import monthrange
from collections.abc import Iterator

from search.query.ast import (
    Among,
    And,
    Dates,
    Everything,
    Field,
    Metric,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
)
from search.query.cnki_scan import is_cnki
from search.query.figures import condition, said
from search.query.near import operator
from search.query.quoting import quoted
from search.query.scan import Mark, is_plain, scan
from search.query.vocabulary import DATE, FIELD_NAME, METRIC, SIGNS, SMALL_OPERATORS, Kind, half

_VALUED = re.compile(f"-?(?:{FIELD_NAME[DATE]}|{FIELD_NAME[METRIC]}):")
_GOES_ON = re.compile(r"[<>=≥≤≧≦＜＞＝~～至到]|\.\.")

_PLAIN = re.compile(r"[^\W_]+")


def render(node: Node) -> str:
    """The query in the archive's own language; `parse(render(node)) == node` for every tree that `parse`
    makes."""
    written = _render(node)
    # Words that look like the other dialect: a field in front says which one it is.
    return f"{FIELD_NAME[Field.ANY]}:({written})" if is_cnki(written) else written


def _render(node: Node) -> str:
    match node:
        case Or(parts):
            return " OR ".join(_factor(part) if isinstance(part, Or) else _render(part) for part in parts)
        case And(parts):
            return " ".join(_side_by_side([_factor(part) for part in parts]))
    return _factor(node)


def _factor(node: Node) -> str:
    match node:
        case Everything() | Among():  # which stands beside the query, in the address
            return "*"
        case Word() | Phrase() | Prefix():
            return _leaf(node)
        case Near(parts, _, field):
            joined = f" {operator(node)} ".join(map(_leaf, parts))
            return joined if field is Field.ANY else _in_field(field, f"({joined})")
        case Dates(first, last):
            return f"{FIELD_NAME[DATE]}:{period(first, last)}"
        case Metric():
            return f"{FIELD_NAME[METRIC]}:{_metric(node)}"
        case Not(part):
            inner = _factor(part)
            if isinstance(part, Near):
                return f"-({inner})"
            return f"NOT {inner}" if inner[0] in SIGNS + "—–" else f"-{inner}"
    return f"({_render(node)})"


def _side_by_side(factors: list[str]) -> Iterator[str]:
    """What is asked of a date or a figure, in parentheses where what follows would be read as more of it."""
    for factor, after in zip(factors, [*factors[1:], ""], strict=True):
        more = _GOES_ON.match(after) or (factor[-1] in ".~至到" and after[:1].isdigit())
        yield f"({factor})" if _VALUED.match(factor) and more else factor


def _leaf(leaf: Word | Phrase | Prefix) -> str:
    if leaf.field is Field.ANY and isinstance(leaf, Word) and half(leaf.text) in SMALL_OPERATORS:
        return f"{FIELD_NAME[Field.ANY]}:{leaf.text}"
    return _in_field(leaf.field, _string(leaf))


def _in_field(field: Field, asked: str) -> str:
    return asked if field is Field.ANY else f"{FIELD_NAME[field]}:{asked}"


def _string(leaf: Word | Phrase | Prefix) -> str:
    if isinstance(leaf, Phrase):
        return quoted(leaf.text)
    if isinstance(leaf, Prefix):
        plain = f"{leaf.text}*"
        return plain if list(scan(plain)) == [Mark(Kind.PREFIX, leaf.text)] else f"{quoted(leaf.text)}*"
    # A word that would not be read as one can only have been made by hand.
    return leaf.text if is_plain(leaf.text) else quoted(leaf.text)


def _metric(metric: Metric) -> str:
    compared = f"{metric.sign}{said(metric.value)}{metric.unit}" if metric.sign else ""
    plain = metric.subject + compared
    if (not metric.subject or _PLAIN.fullmatch(metric.subject)) and condition(plain) == metric:
        return plain
    return f'"{metric.subject}"{compared}'


def period(first: str, last: str) -> str:
    """Days as briefly as they can be written: 2024, 2024-07, 2023..2024, 2023-05.., ..2024-02-03."""
    for length, begins, ends in ((4, "-01-01", "-12-31"), (7, "-01", "")):
        if first and not first.endswith(begins):
            continue
        if last and not (last.endswith(ends) and (length == 4 or _is_month_end(last))):
            continue
        return _span(first[:length], last[:length])
    return _span(first, last)


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}..{last}"


def _is_month_end(day: str) -> bool:
    return int(day[8:]) == monthrange(int(day[:4]), int(day[5:7]))[1]
