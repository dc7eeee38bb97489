"""Says an AST back in words, as `Saying`s. The msgids are listed for translators in `search.say`."""

from itertools import groupby

from search.query.ast import (
    TEXT_FIELDS,
    Among,
    And,
    Dates,
    Everything,
    Field,
    Leaf,
    Metric,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Scope,
    Word,
)
from search.query.figures import said
from search.query.render import period
from search.query.saying import Saying

# What is said of a field that has something, and that must not have it.
CLAUSES: dict[Field, tuple[str, str]] = {
    Field.ANY: ("contain %(what)s", "do not contain %(what)s"),
    Field.TITLE: ("have %(what)s in the title", "do not have %(what)s in the title"),
    Field.BODY: ("have %(what)s in the body", "do not have %(what)s in the body"),
    Field.AUTHOR: ("are by %(what)s", "are not by %(what)s"),
    Field.FIRST_AUTHOR: ("have %(what)s as first author", "do not have %(what)s as first author"),
    Field.ORGANISATION: ("are by somebody of %(what)s", "are not by anybody of %(what)s"),
    Field.REGION: ("are about the region %(what)s", "are not about the region %(what)s"),
    Field.LEVEL: ("are of the level %(what)s", "are not of the level %(what)s"),
    Field.THEME: ("are on the theme %(what)s", "are not on the theme %(what)s"),
    Field.MECHANISM: ("name the mechanism %(what)s", "do not name the mechanism %(what)s"),
    Field.GENRE: ("are of the genre %(what)s", "are not of the genre %(what)s"),
    Field.COLUMN: ("are in the column %(what)s", "are not in the column %(what)s"),
    Field.PUBLICATION: ("appeared in %(what)s", "did not appear in %(what)s"),
    Field.PAGE: ("are on page %(what)s", "are not on page %(what)s"),
}

COMPARED = {
    ">=": "of at least %(amount)s",
    "<=": "of at most %(amount)s",
    ">": "of more than %(amount)s",
    "<": "of less than %(amount)s",
    "=": "of %(amount)s",
}

PLACES: dict[tuple[Scope, Field], str] = {
    (Scope.SENTENCE, Field.ANY): "in one sentence",
    (Scope.SENTENCE, Field.TITLE): "in one sentence of the title",
    (Scope.SENTENCE, Field.BODY): "in one sentence of the body",
    (Scope.PARAGRAPH, Field.ANY): "in one paragraph",
    (Scope.PARAGRAPH, Field.TITLE): "in one line of the title",
    (Scope.PARAGRAPH, Field.BODY): "in one paragraph of the body",
}


def describe(node: Node) -> Saying:
    """The whole query as one sentence."""
    if isinstance(node, Everything):
        return Saying("all articles")
    if isinstance(node, Not) and isinstance(node.part, Everything):
        return Saying("no articles")
    return Saying("articles that %(clause)s", {"clause": _clause(node)})


def _clause(node: Node, inside: bool = False) -> Saying:
    match node:
        case Everything():
            return Saying("are in the archive")
        case Word() | Phrase() | Prefix():
            return _of_field(node.field, _what(node))
        case Dates():
            return Saying("are from %(date)s", {"date": _dates(node)})
        case Among():
            return Saying("are among the articles chosen beside it")
        case Metric():
            return _metric(node)
        case Near():
            return _near(node)
        case Not(part):
            return _negated(part)
        case And(parts):
            return _joined(", and ", " and ", parts, inside)
        case Or(parts):
            return _joined(", or ", " or ", parts, inside)


def _joined(between: str, within: str, parts: tuple[Node, ...], inside: bool) -> Saying:
    """Clauses with what is asked of one field said in one."""
    clauses: list[Saying] = []
    for field, group in groupby(parts, key=_field):
        members = list(group)
        if field is None:
            clauses.extend(_clause(part, True) for part in members)
        else:
            clauses.append(_of_field(field, _listed(within, [m for m in members if isinstance(m, Leaf)])))
    if len(clauses) == 1:
        return clauses[0]
    joined = Saying(between, parts=tuple(clauses))
    return Saying("(%(clause)s)", {"clause": joined}) if inside else joined


def _field(node: Node) -> Field | None:
    return node.field if isinstance(node, Leaf) else None


def _negated(part: Node) -> Saying:
    if isinstance(part, Leaf):
        return _of_field(part.field, _what(part), False)
    if isinstance(part, Or) and len({_field(p) for p in part.parts} | {None}) == 2:
        leaves = [p for p in part.parts if isinstance(p, Leaf)]
        if len(leaves) == len(part.parts):
            return _of_field(leaves[0].field, _listed(" or ", leaves), False)
    if isinstance(part, Dates):
        return Saying("are not from %(date)s", {"date": _dates(part)})
    if isinstance(part, Metric):
        return _metric(part, False)
    return Saying("are not such that they %(clause)s", {"clause": _clause(part, True)})


def _of_field(field: Field, what: Saying, asked: bool = True) -> Saying:
    return Saying(CLAUSES[field][0 if asked else 1], {"what": what})


def _listed(between: str, leaves: list[Leaf]) -> Saying:
    if len(leaves) == 1:
        return _what(leaves[0])
    return Saying(between, parts=tuple(map(_what, leaves)))


def _what(leaf: Leaf) -> Saying:
    params: dict[str, str | int | Saying] = {"text": leaf.text}
    if isinstance(leaf, Phrase):
        return Saying("“%(text)s”", params)
    if isinstance(leaf, Prefix):
        if leaf.field in TEXT_FIELDS:
            return Saying("words beginning with %(text)s", params)
        return Saying("names beginning with %(text)s", params)
    return Saying("%(text)s", params)


def _dates(dates: Dates) -> Saying:
    first, dots, last = period(dates.first, dates.last).partition("..")
    if not dots:
        return _day(first)
    if not last:
        return Saying("%(first)s or later", {"first": _day(first)})
    if not first:
        return Saying("%(last)s or earlier", {"last": _day(last)})
    return Saying("%(first)s to %(last)s", {"first": _day(first), "last": _day(last)})


def _day(date: str) -> Saying:
    year, *rest = date.split("-")
    if not rest:
        return Saying("%(year)s", {"year": year})
    if len(rest) == 1:
        return Saying("%(year)s/%(month)s", {"year": year, "month": int(rest[0])})
    params: dict[str, str | int | Saying] = {"year": year, "month": int(rest[0]), "day": int(rest[1])}
    return Saying("%(year)s/%(month)s/%(day)s", params)


def _metric(metric: Metric, asked: bool = True) -> Saying:
    subject = Saying("%(text)s", {"text": metric.subject}) if metric.subject else Saying("anything")
    if not metric.sign:
        msgid = "have a figure for %(subject)s" if asked else "have no figure for %(subject)s"
        return Saying(msgid, {"subject": subject})
    amount = Saying(COMPARED[metric.sign], {"amount": f"{said(metric.value)}{metric.unit}"})
    msgid = (
        "have a figure for %(subject)s %(amount)s" if asked else "have no figure for %(subject)s %(amount)s"
    )
    return Saying(msgid, {"subject": subject, "amount": amount})


def _near(near: Near) -> Saying:
    params: dict[str, str | int | Saying] = {
        "parts": _listed(" and ", list(near.parts)),
        "where": Saying(PLACES[near.scope, near.field]),
    }
    if near.gap is None:
        return Saying(
            "have %(parts)s in this order %(where)s" if near.ordered else "have %(parts)s %(where)s", params
        )
    params["gap"] = near.gap
    if near.ordered:
        return Saying("have %(parts)s in this order %(where)s, at most %(gap)s characters apart", params)
    return Saying("have %(parts)s %(where)s, at most %(gap)s characters apart", params)
