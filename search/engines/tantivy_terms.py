"""What a Tantivy index knows of names, figures and facets, and how facets are counted by number."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from tantivy import Query, Searcher

from search.engines.base import FacetCount, FacetValue
from search.engines.tantivy_store import (
    MARK,
    NONE,
    SCHEMA,
    columns,
    facet_value,
    figure_of,
    is_valid,
    number_of,
)
from search.query.ast import Field
from search.query.figures import Figure

MADE = 50_000
"""Counts of a facet that are held ready to be given again."""


def one_of(field: str, terms: Iterable[str | int]) -> Query:
    """Documents that have one of some terms; they say nothing about the order."""
    found = list(terms)
    if len(found) == 1:  # a set is looked up by an automaton over all terms
        return Query.const_score_query(Query.term_query(SCHEMA, field, found[0]), 0.0)
    return Query.term_set_query(SCHEMA, field, found) if found else Query.empty_query()


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
