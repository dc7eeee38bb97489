"""Which documents of a segment answer a query: sets of document numbers, exact as `matching` defines it.

Postings and the table of names narrow down, the mapped texts decide.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from search import text
from search.engines.matching import comparable, is_near, names, stands, title_key
from search.engines.whoosh_fields import (
    AFTER_BODY,
    AFTER_HEADS,
    AFTER_PASSAGE,
    HEADS_END,
    TITLE_WEIGHT,
    encoded,
    name_term,
)
from search.engines.whoosh_kept import Found
from search.engines.whoosh_segment import Segment
from search.query.ast import (
    NAME_FIELDS,
    TEXT_FIELDS,
    WHOLE_NAMES,
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
    Word,
)
from search.query.days import inside
from search.query.figures import answers

_COUNT_AT_MOST = 3_000
"""Documents that hold a unit inside other words are counted one by one up to this many; beyond, once each."""
_HEADS_END = encoded(HEADS_END)


def evaluate(segment: Segment, live: set[int], node: Node, verbatim: bool) -> set[int]:
    """The documents that answer a query; those that are deleted may be among them, except under a NOT."""
    match node:
        case Everything():
            return live
        case Word() | Phrase() | Prefix():
            return _all_of(leaf_units(segment, node, verbatim))
        case Dates():
            return {d for date, found in segment.dated.items() if inside(node, date) for d in found}
        case Among(keys):
            return segment.of_keys(keys)
        case Metric():
            return {d for figure, found in segment.figures if answers(node, figure) for d in found}
        case Near():
            return set(near(segment, node, verbatim))
        case Not(part):
            return live - evaluate(segment, live, part, verbatim)
        case Or(parts):
            return set().union(*(evaluate(segment, live, part, verbatim) for part in parts))
        case And(parts):
            result = live
            for part in sorted(parts, key=_cost):
                if not result:
                    break
                if isinstance(part, Not):
                    result = result - evaluate(segment, live, part.part, verbatim)
                else:
                    result = result & evaluate(segment, live, part, verbatim)
            return result


def _cost(node: Node) -> int:
    """What is cheap to find comes first: where nothing remains, the rest is not looked for."""
    return isinstance(node, Near | Not | Prefix | Or | And)


def _all_of(columns: Iterable[Found]) -> set[int]:
    found: set[int] | None = None
    for column in columns:
        found = set(column) if found is None else found & column.keys()
        if not found:
            break
    return found or set()


class Scored(NamedTuple):
    """What a leaf is scored by: each unit, and the whole string where it was cut, which nobody must hold."""

    units: list[Found]
    whole: Found | None


def scored(segment: Segment, leaf: Leaf, verbatim: bool) -> Scored:
    """The postings that a leaf is scored by."""
    columns = list(leaf_units(segment, leaf, verbatim))
    if verbatim or not isinstance(leaf, Word) or leaf.field not in TEXT_FIELDS or len(columns) < 2:
        return Scored(columns, None)
    return Scored(columns, string(segment, text.fold(leaf.text), leaf.field))


def titled(segment: Segment, leaves: Iterable[Leaf]) -> Found:
    """Documents whose whole title, punctuation and spaces aside, is what some leaves ask of texts."""
    key = title_key(leaves)
    return segment.postings("names", name_term(Field.TITLE, key)) if key else {}


def leaf_units(segment: Segment, leaf: Leaf, verbatim: bool) -> Iterator[Found]:
    """What each unit of a leaf finds in a segment; a document must be in all of them."""
    if leaf.field in NAME_FIELDS:
        yield _named(segment, leaf)
    elif verbatim:
        yield segment.keep(
            ("verbatim", type(leaf).__name__, leaf.text, leaf.field), lambda: _verbatim(segment, leaf)
        )
    elif isinstance(leaf, Phrase):
        yield string(segment, text.fold(leaf.text), leaf.field)
    elif isinstance(leaf, Prefix):
        yield _prefix(segment, leaf)
    else:
        for unit in text.units(leaf.text):
            yield _unit(segment, unit, leaf.field)


def _named(segment: Segment, leaf: Leaf) -> Found:
    if isinstance(leaf, Phrase) or (isinstance(leaf, Word) and leaf.field in WHOLE_NAMES):
        return dict.fromkeys(segment.postings("names", name_term(leaf.field, text.name_key(leaf.text))), 1.0)
    return {d: 1.0 for key, found in segment.names(leaf.field).items() if names(leaf, (key,)) for d in found}


def _signed(segment: Segment, holds: Callable[[str], bool], verbatim: bool = False) -> Found:
    """Documents of authors whose names, in comparable form, hold what a word asks for."""
    shown = segment.authors if verbatim else segment.folded_authors
    return {
        d: 1.0
        for name in shown
        if holds(comparable(name, True) if verbatim else segment.folded_authors[name])
        for d in segment.authors[name]
    }


def _unit(segment: Segment, unit: str, field: Field) -> Found:
    """Documents that hold a unit of a word: a Latin word as a whole, anything else as a string."""
    if not text.is_word(unit):
        found = string(segment, unit, field)
    elif field is Field.ANY:
        found = segment.keep(("word", unit), lambda: segment.postings("words", unit))
    else:
        everywhere = _unit(segment, unit, Field.ANY)
        leaf = Word(unit)
        found = {d: w for d, w in everywhere.items() if stands(leaf, passages(segment, d, field))}
    if field is Field.ANY and (signed := _signed(segment, lambda name: text.holds(unit, (name,)))):
        found = {**signed, **found}
    return found


def string(segment: Segment, unit: str, field: Field) -> Found:
    """Documents whose folded text holds this folded string in one passage of a text field."""
    if field is Field.ANY:
        return segment.keep(("string", unit), lambda: _string(segment, unit))
    return segment.keep(("string", unit, field), lambda: _within(segment, unit, field))


def _string(segment: Segment, unit: str) -> Found:
    words = segment.postings("words", unit)
    if len(unit) == 1 and unit.isalnum():
        return dict.fromkeys(segment.postings("grams", unit), 1.0) | words
    pairs = list(dict.fromkeys(text.grams(unit)))
    candidates = _holding(segment, pairs) if pairs else range(segment.size)
    others = [d for d in candidates if d not in words]
    if len(unit) == 2 and pairs and len(others) > _COUNT_AT_MOST:
        return dict.fromkeys(others, 1.0) | words
    return _count(segment, others, encoded(unit)) | words


def _holding(segment: Segment, pairs: list[str]) -> set[int]:
    """Documents that hold all these pairs of letters."""
    return _all_of(
        segment.keep(("pair", pair), lambda pair=pair: segment.postings("grams", pair))  # type: ignore[misc]
        for pair in pairs
    )


def _count(segment: Segment, docnums: Iterable[int], needle: bytes) -> Found:
    found: Found = {}
    for docnum in docnums:
        stored = segment.text(docnum)
        if count := stored.count(needle):
            in_title = stored.count(needle, 0, stored.index(b"\n"))
            found[docnum] = float(count + in_title * (TITLE_WEIGHT - 1))
    return found


def _within(segment: Segment, unit: str, field: Field) -> Found:
    """Those documents that hold a string in their heads or in their body."""
    needle, kept = encoded(unit), {}
    for docnum, weight in string(segment, unit, Field.ANY).items():
        stored = segment.text(docnum)
        border = stored.index(_HEADS_END)
        span = (0, border) if field is Field.TITLE else (border, len(stored))
        if stored.find(needle, *span) >= 0:
            kept[docnum] = weight
    return kept


def _prefix(segment: Segment, leaf: Prefix) -> Found:
    found = string(segment, text.fold(leaf.text), leaf.field)
    if not text.is_word(text.fold(leaf.text)[:1]):
        return found
    return {d: w for d, w in found.items() if stands(leaf, passages(segment, d, leaf.field))}


def passages(segment: Segment, docnum: int, field: Field, verbatim: bool = False) -> tuple[str, ...]:
    """`Document.passages`, without making the document."""
    if verbatim:
        stored = segment.original(docnum)
        parts = stored[: stored.rindex(AFTER_BODY)].split(AFTER_HEADS)
        heads, body = (part.split(AFTER_PASSAGE)[:-1] for part in parts)
    else:
        heads, body = (part.split(b"\n") for part in segment.text(docnum).split(_HEADS_END))
    chosen = {Field.TITLE: heads, Field.BODY: body}.get(field, heads + body)
    shown = (part.decode("utf-8", "surrogatepass") for part in chosen)
    if verbatim and docnum in segment.decomposed:
        return tuple(unicodedata.normalize("NFC", part) for part in shown)
    return tuple(shown)


def _verbatim(segment: Segment, leaf: Leaf) -> Found:
    needle = comparable(leaf.text, True)
    raw = encoded(needle)
    found: Found = {}
    for docnum, weight in string(segment, text.fold(leaf.text), leaf.field).items():
        if docnum not in segment.decomposed and raw not in segment.original(docnum):
            continue
        if stands(leaf, passages(segment, docnum, leaf.field, True), True):
            found[docnum] = weight
    if isinstance(leaf, Word) and leaf.field is Field.ANY:
        found = {**_signed(segment, lambda name: needle in name, True), **found}
    return found


def near(segment: Segment, node: Near, verbatim: bool) -> Found:
    """Documents that hold all parts in one sentence or passage."""
    field, found = node.field, None
    for part in node.parts:
        # Authors' names are no text in which anything is near: they only widen what is looked at.
        here = _all_of(leaf_units(segment, type(part)(part.text, field), verbatim))
        found = here if found is None else found & here
    return {
        docnum: 1.0
        for docnum in found or ()
        if any(is_near(node, passage, verbatim) for passage in passages(segment, docnum, field, verbatim))
    }
