"""AST → Tantivy's queries: one for which documents, some for their order.

Nearly everything is proven by postings. What is not (a sentence's neighbours, a string as it was before
folding, the beginning of a Latin word) is asked of the documents that the rest of the query leaves, by
`search.engines.matching`.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from tantivy import FieldType, Occur, Query, Searcher

from search import text
from search.engines.base import FacetCount, FacetValue
from search.engines.tantivy_store import (
    MARK,
    NONE,
    SCHEMA,
    SPACE,
    columns,
    day,
    facet_value,
    figure_of,
    is_valid,
    number_of,
    pairs_of,
    title_term,
)
from search.query.ast import (
    NAME_FIELDS,
    WHOLE_NAMES,
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
    wanted,
)
from search.query.figures import Figure, answers

Checker = Callable[[Node, Query], Query]
"""(node, candidates) → those of the candidates that answer it."""

WHOLE_STRING = 32.0
"""What the whole string of a word adds for each of its units: more than a unit can score by itself."""
ELSEWHERE = 0.2
"""What a unit counts where the cut of the text did not make a word of it."""
IN_HEADS = 3.0
WHOLE_TITLE = 100.0
"""What it adds that all that was asked for is the whole title: who types a title wants that article first."""

MADE = 50_000
"""Counts of a facet that are held ready to be given again."""

_FIELDS = {Field.ANY: ("heads", "body"), Field.TITLE: ("heads",), Field.BODY: ("body",)}


def all_of(queries: list[Query]) -> Query:
    if not queries:
        return Query.all_query()
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, q) for q in queries])


def any_of(queries: list[Query]) -> Query:
    if not queries:
        return Query.empty_query()
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, q) for q in queries])


def one_of(field: str, terms: Iterable[str | int]) -> Query:
    """Documents that have one of some terms; they say nothing about the order."""
    found = list(terms)
    if len(found) == 1:  # a set is looked up by an automaton over all terms
        return Query.const_score_query(Query.term_query(SCHEMA, field, found[0]), 0.0)
    return Query.term_set_query(SCHEMA, field, found) if found else Query.empty_query()


def string(folded: str, fields: Iterable[str]) -> Query:
    """Documents in which a folded string stands, in one of the fields of pairs."""
    if not is_valid(folded):
        return Query.empty_query()
    if len(folded) == 1:
        begins = f"\\x{{{ord(folded.replace(' ', SPACE)):x}}}(?s:.)"
        return any_of([Query.regex_query(SCHEMA, field, begins) for field in fields])
    if len(folded) == 2:
        return any_of([Query.term_query(SCHEMA, field, pairs_of(folded)[0][1]) for field in fields])
    return any_of([Query.phrase_query(SCHEMA, field, list(pairs_of(folded))) for field in fields])


def unit(wanted_unit: str, fields: Iterable[str]) -> Query:
    """Documents that hold a unit of a word: `search.text.holds`."""
    if text.is_word(wanted_unit):
        return any_of([Query.term_query(SCHEMA, field, MARK + wanted_unit) for field in fields])
    return string(wanted_unit, fields)


class FacetValues(dict[int, FacetCount]):
    """All values of a facet in order, and the place of each by its number (`number_of`). A count is written as
    one number, the place of its value less its size: so thousands are sorted fast, kept ones cost the garbage
    collector nothing, and the small counts, which come again and again, are made once."""

    def __init__(self, numbers: Mapping[FacetValue, int]) -> None:
        self.ranked = sorted(numbers)
        self.places = {numbers[value]: place for place, value in enumerate(self.ranked)}

    def __missing__(self, row: int) -> FacetCount:
        if len(self) >= MADE:
            self.clear()
        made = self[row] = FacetCount(*self.ranked[row & 0xFFFFFFFF], -(row >> 32))
        return made

    def ordered(self, counted: Sequence[Iterable[Mapping[str, Any]]]) -> "array[int]":
        """What Tantivy counted in the columns of the facet, in the order of `search.engines.base.ordered`."""
        places = self.places
        if len(counted) == 1:
            return array(
                "q", sorted([places[b["key"]] - (b["doc_count"] << 32) for b in counted[0] if b["key"]])
            )
        totals: dict[int, int] = {}
        for buckets in counted:
            for bucket in buckets:
                key = bucket["key"]
                totals[key] = totals.get(key, 0) + bucket["doc_count"]
        totals.pop(NONE, None)
        return array("q", sorted([places[key] - (number << 32) for key, number in totals.items()]))

    def counts(self, rows: "array[int]") -> tuple[FacetCount, ...]:
        return tuple(map(self.__getitem__, rows))


class Terms:
    """What one state of the index knows of names, figures and facets; read once and kept."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher
        self.keys: Callable[[Field], list[str]] = lru_cache(maxsize=None)(self._keys)
        self.figures: Callable[[], list[tuple[str, Figure]]] = lru_cache(maxsize=1)(self._figures)
        self.facet_values: Callable[[str], FacetValues] = lru_cache(maxsize=None)(self._facet_values)
        self.columns: Callable[[str], tuple[str, ...]] = lru_cache(maxsize=None)(self._columns)

    def _keys(self, field: Field) -> list[str]:
        start = f"{field}{MARK}"
        return [term[len(start) :] for term, _ in self.searcher.terms_with_prefix("names", start)]

    def _figures(self) -> list[tuple[str, Figure]]:
        return [(term, figure_of(term)) for term, _ in self.searcher.terms_with_prefix("figures", "")]

    def _facet_values(self, name: str) -> FacetValues:
        known = {facet_value(term): number_of(term) for term, _ in self.searcher.terms_with_prefix(name, "")}
        return FacetValues(known)

    def _columns(self, name: str) -> tuple[str, ...]:
        """Those columns of a facet that hold anything, the first in any case."""
        first, *others = columns(name)
        return first, *(column for column in others if self.searcher.doc_freq("filled", column))

    def filtered(self, filters: Mapping[str, tuple[str, ...]]) -> list[Query]:
        """One query for each facet in which something is wanted."""
        return [
            one_of(name, (term for value in values for term in self._of_value(name, value)))
            for name, values in filters.items()
        ]

    def _of_value(self, name: str, value: str) -> Iterator[str]:
        if is_valid(value):
            for term, _ in self.searcher.terms_with_prefix(name, value + MARK):
                if facet_value(term).value == value:
                    yield term


class Rendering:
    """Renders nodes for one state of the index. `verbatim` as in `Request`."""

    def __init__(self, terms: Terms, check: Checker, verbatim: bool) -> None:
        self.terms = terms
        self.check = check
        self.verbatim = verbatim

    def query(self, node: Node, within: Query | None = None) -> Query:
        """The documents that answer a node. `within`: nobody asks about others, so only these need be looked
        at."""
        match node:
            case Everything():
                return Query.all_query()
            case And(parts):
                return self._all(parts, within)
            case Or(parts):
                return any_of([self.query(part, within) for part in parts])
            case Not():
                return self._all((node,), within)
            case Dates(first, last):
                return _dates(first, last)
            case Metric():
                found = self.terms.figures()
                return one_of("figures", (term for term, figure in found if answers(node, figure)))
            case Word() | Phrase() | Prefix() if node.field in NAME_FIELDS:
                return self._names(node)
        if not isinstance(node, Near) and self.proven(node):
            return self._leaf(node)
        candidates = self._candidates(node)
        return self.check(node, all_of([within, candidates]) if within else candidates)

    def _all(self, parts: tuple[Node, ...], within: Query | None) -> Query:
        """What is cheap narrows down what must be looked at one by one."""
        clauses = [(Occur.Must, within or Query.all_query())]
        for part in sorted(parts, key=lambda part: (not self.proven(part), isinstance(part, Not))):
            left = within if len(clauses) == 1 else Query.boolean_query(clauses)
            if isinstance(part, Not):
                clauses.append((Occur.MustNot, self.query(part.part, left)))
            else:
                clauses.append((Occur.Must, self.query(part, left)))
        if within is None and any(occur == Occur.Must for occur, _ in clauses[1:]):
            clauses = clauses[1:]
        return Query.boolean_query(clauses)

    def proven(self, node: Node) -> bool:
        """Whether postings alone tell which documents answer a node; its query then brings their order, too."""
        match node:
            case And(parts) | Or(parts):
                return all(map(self.proven, parts))
            case Not(part):
                return self.proven(part)
            case Near():
                return False
            case Word() | Phrase() | Prefix() if node.field not in NAME_FIELDS:
                begins_latin = isinstance(node, Prefix) and text.is_word(text.fold(node.text)[:1])
                return not self.verbatim and not begins_latin
        return True

    def _leaf(self, leaf: Leaf) -> Query:
        """A leaf in a field of texts whose answer the postings prove."""
        fields = _FIELDS[leaf.field]
        if not isinstance(leaf, Word):
            return any_of([_weighed(text.fold(leaf.text), field) for field in fields])
        if leaf.field is Field.ANY:
            fields += ("signed",)
        return all_of([Query.boost_query(unit(one, fields), ELSEWHERE) for one in text.units(leaf.text)])

    def _candidates(self, node: Node) -> Query:
        """Documents beside which no other can answer the node."""
        if isinstance(node, Near):
            return all_of([self._part(part, _FIELDS[node.field]) for part in node.parts])
        assert isinstance(node, Word | Phrase | Prefix)
        fields = _FIELDS[node.field]
        return self._part(node, (*fields, "signed") if isinstance(node, Word) else fields)

    def _part(self, leaf: Leaf, fields: tuple[str, ...]) -> Query:
        if isinstance(leaf, Word) and not self.verbatim:
            return all_of([unit(one, fields) for one in text.units(leaf.text)])
        folded = text.fold(leaf.text)
        return string(folded, fields) if folded else Query.all_query()

    def _names(self, leaf: Leaf) -> Query:
        """`search.engines.matching.names`, asked of all names at once."""
        key = text.name_key(leaf.text)
        if isinstance(leaf, Prefix):
            keys = [known for known in self.terms.keys(leaf.field) if known.startswith(key)]
        elif isinstance(leaf, Phrase) or leaf.field in WHOLE_NAMES:
            keys = [key] if is_valid(key) else []
        else:
            keys = [known for known in self.terms.keys(leaf.field) if key in known]
        return one_of("names", (f"{leaf.field}{MARK}{known}" for known in keys))


def _dates(first: str, last: str) -> Query:
    bounds = [Query.range_query(SCHEMA, "first_day", FieldType.Integer, day(first or "0001-01-01"), None)]
    if last:
        bounds.append(Query.range_query(SCHEMA, "last_day", FieldType.Integer, None, day(last)))
    return all_of(bounds)


def _weighed(folded: str, field: str) -> Query:
    found = string(folded, [field])
    return Query.boost_query(found, IN_HEADS) if field == "heads" else found


def is_scored(node: Node) -> bool:
    return any(leaf.field not in NAME_FIELDS for leaf in wanted(node))


def scores(node: Node, proven: Callable[[Node], bool]) -> Iterator[Query]:
    """What adds to the order that the query itself brings (`Rendering.query`), each where it matches."""
    leaves = [leaf for leaf in wanted(node) if leaf.field not in NAME_FIELDS]
    for leaf in leaves:
        folded = text.fold(leaf.text)
        if is_valid(folded) and folded:
            yield from _scores(leaf, folded, proven(leaf))
    if title := text.name_key(" ".join(leaf.text for leaf in leaves)):
        yield Query.const_score_query(Query.term_query(SCHEMA, "names", title_term(title)), WHOLE_TITLE)


def _scores(leaf: Leaf, folded: str, proven: bool) -> Iterator[Query]:
    fields = _FIELDS[leaf.field]
    if not isinstance(leaf, Word):
        if not proven:
            yield from (_weighed(folded, field) for field in fields)
        return
    units = text.units(leaf.text)
    for one in units:
        if leaf.field is not Field.TITLE:
            yield Query.term_query(SCHEMA, "words", one)
        if not proven:
            yield Query.boost_query(unit(one, fields), ELSEWHERE)
    if len(units) > 1:
        yield Query.const_score_query(string(folded, fields), WHOLE_STRING * len(units))
