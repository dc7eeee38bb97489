"""Evaluates a request against the open segments: sets of documents, BM25F, exact totals, facets from stored
columns."""

import heapq
import math
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Iterator
from functools import cached_property, partial
from itertools import chain
from typing import Any, NamedTuple

from search.engines.base import FacetCount, FacetValue, Hit, Request, Result, order_key, ordered
from search.engines.whoosh_find import Scored, evaluate, scored, titled
from search.engines.whoosh_kept import Found
from search.engines.whoosh_segment import Segment
from search.query.ast import Leaf, Node, wanted

K1 = 1.2
B = 0.6

KEPT_DOCUMENTS = 200_000
"""How many documents the remembered answers may hold together: some 20 MB."""

Filters = tuple[tuple[str, tuple[str, ...]], ...]


class Asked(NamedTuple):
    """A query and whether strings are compared as they are."""

    query: Node
    verbatim: bool


class Order(NamedTuple):
    """Every document of a state of the index from the oldest to the newest, the first `undated` without a
    date.

    `places[rank]`: (segment, number in it); `ranks[segment][number]`: the way back.
    """

    places: list[tuple[int, int]]
    ranks: list[list[int]]
    undated: int


class Snapshot:
    """One state of the index. Immutable; keeps what it has found, so that the next page costs nothing."""

    def __init__(self, segments: list[Segment], deleted: list[frozenset[int]], generation: str) -> None:
        self.segments = segments
        self.deleted = deleted
        self.generation = generation
        self.live = [set(range(s.size)) - gone for s, gone in zip(segments, deleted, strict=True)]
        self.size = sum(map(len, self.live))
        self._kept: OrderedDict[object, object] = OrderedDict()
        self._sizes: dict[object, int] = {}
        self._lock = threading.Lock()

    def search(self, request: Request) -> Result:
        started = time.perf_counter()
        filters: Filters = tuple(sorted((name, tuple(sorted(v))) for name, v in request.filters.items() if v))
        asked = Asked(request.query, request.verbatim)
        found = self.found(asked, filters)
        hits = self.page(request, filters, found)
        facets = {name: self.counts(asked, filters, name) for name in request.facets}
        return Result(sum(map(len, found)), hits, facets, (time.perf_counter() - started) * 1000)

    def found(self, asked: Asked, filters: Filters) -> list[set[int]]:
        """The documents of each segment that answer the query and pass the filters."""
        key = ("found", asked, filters)
        kept: list[set[int]] | None = self._kept.get(key)  # type: ignore[assignment]
        if kept is None:
            if filters:
                plain = self.found(asked, ())
                kept = [d & self._passing(s, filters) for s, d in zip(self.segments, plain, strict=True)]
            else:
                kept = [
                    evaluate(s, live, *asked) & live for s, live in zip(self.segments, self.live, strict=True)
                ]
            self._keep(key, kept)
        return kept

    def _passing(self, segment: Segment, filters: Filters) -> set[int]:
        passing: set[int] | None = None
        for name, wanted_values in filters:
            rows = segment.with_value.get(name, {})
            some = {d for value, docnums in rows.items() if value.value in wanted_values for d in docnums}
            passing = some if passing is None else passing & some
        return passing or set()

    # -- order

    def page(self, request: Request, filters: Filters, found: list[set[int]]) -> tuple[Hit, ...]:
        number = request.offset + request.limit
        if request.limit <= 0:
            return ()
        leaves = list(wanted(request.query)) if request.sort == "relevance" else []
        best: list[tuple[float, int]]
        if leaves:
            best = heapq.nlargest(
                number, self.scores(leaves, Asked(request.query, request.verbatim), filters, found)
            )
        else:
            ranks = chain.from_iterable(
                map(r.__getitem__, d) for r, d in zip(self.order.ranks, found, strict=True)
            )
            undated = self.order.undated
            if request.sort == "oldest":
                last = len(self.order.places)
                first = heapq.nsmallest(number, (rank if rank >= undated else rank + last for rank in ranks))
                best = [(0.0, rank % last) for rank in first]
            else:
                best = [(0.0, rank) for rank in heapq.nlargest(number, ranks)]
        hits = []
        for score, rank in best[request.offset :]:
            segment, docnum = self.order.places[rank]
            here = self.segments[segment]
            hits.append(Hit(here.ids[docnum], round(score, 4), partial(here.document, docnum)))
        return tuple(hits)

    @cached_property
    def order(self) -> "Order":
        """All documents by date. Sorting by relevance breaks its ties by it, so that every order is
        stable."""
        rows = [
            (date, number, s, d)
            for s, segment in enumerate(self.segments)
            for date, number, d in segment.by_date
        ]
        rows.sort()
        ranks = [[0] * segment.size for segment in self.segments]
        for rank, (_, _, s, d) in enumerate(rows):
            ranks[s][d] = rank
        return Order([(s, d) for _, _, s, d in rows], ranks, sum(not row[0] for row in rows))

    @cached_property
    def norms(self) -> list[list[float]]:
        """The part of BM25F that only depends on a document's length."""
        mean = sum(sum(s.lengths) for s in self.segments) / max(1, sum(s.size for s in self.segments)) or 1.0
        return [[K1 * (1 - B + B * length / mean) for length in s.lengths] for s in self.segments]

    def scores(
        self, leaves: list[Leaf], asked: Asked, filters: Filters, found: list[set[int]]
    ) -> list[tuple[float, int]]:
        """(BM25F over what the query wants, rank by date) of every found document.

        A word that was cut adds, where its whole string stands, more than its units ever do; all words together
        add, where they are the whole title, as much as everything else can: who types a title wants that article.
        """
        key = ("scores", asked, filters)
        kept: list[tuple[float, int]] | None = self._kept.get(key)  # type: ignore[assignment]
        if kept is not None:
            return kept
        scores = [dict.fromkeys(docnums, 0.0) for docnums in found]
        most = 0.0
        for leaf in leaves:
            columns = [scored(segment, leaf, asked.verbatim) for segment in self.segments]
            most += self._score(columns, scores)
        for segment, here in zip(self.segments, scores, strict=True):
            for docnum in titled(segment, leaves):
                if docnum in here:
                    here[docnum] += most
        kept = [
            (score, ranks[docnum])
            for scored_here, ranks in zip(scores, self.order.ranks, strict=True)
            for docnum, score in scored_here.items()
        ]
        self._keep(key, kept)
        return kept

    def _score(self, columns: list[Scored], scores: list[dict[int, float]]) -> float:
        """Adds what one leaf is worth. Returns what it can be worth at most."""
        bonus = 0.0
        for number in range(len(columns[0].units) if columns else 0):
            units = [column.units[number] for column in columns]
            weight = self._weight(units)
            bonus += weight
            self._add(units, weight, 0.0, scores)
        wholes = [column.whole for column in columns if column.whole is not None]
        if not wholes:
            return bonus
        weight = self._weight(wholes)
        self._add(wholes, weight, bonus, scores)
        return 2 * bonus + weight

    def _weight(self, columns: list[Found]) -> float:
        frequency = sum(map(len, columns))
        return math.log(1 + (max(self.size - frequency, 0) + 0.5) / (frequency + 0.5)) * (K1 + 1)

    def _add(self, columns: list[Found], weight: float, bonus: float, scores: list[dict[int, float]]) -> None:
        for column, here, norm in zip(columns, scores, self.norms, strict=True):
            for docnum in here if len(here) < len(column) else column:
                if docnum in column and docnum in here:
                    often = column[docnum]
                    here[docnum] += weight * often / (often + norm[docnum]) + bonus

    # -- facets

    def counts(self, asked: Asked, filters: Filters, name: str) -> tuple[FacetCount, ...]:
        """The values of one facet, counted under the filters of the other facets."""
        others = tuple(item for item in filters if item[0] != name)
        key = ("counts", asked, others, name)
        kept: tuple[FacetCount, ...] | None = self._kept.get(key)  # type: ignore[assignment]
        if kept is None:
            counts: Counter[FacetValue] = Counter()
            for segment, docnums in zip(self.segments, self.found(asked, others), strict=True):
                for combination, number in Counter(map(segment.facets[name].__getitem__, docnums)).items():
                    for value in segment.combinations[name][combination]:
                        counts[value] += number
            kept = ordered(counts)
            self._keep(key, kept)
        return kept

    def digests(self) -> Iterator[tuple[str, str]]:
        rows = [
            (segment.ids[d], segment.digests[d])
            for segment, live in zip(self.segments, self.live, strict=True)
            for d in live
        ]
        return iter(sorted(rows, key=lambda row: order_key(row[0])))

    def _keep(self, key: object, value: list[Any] | tuple[Any, ...]) -> None:
        """Remembers an answer; the oldest ones go when together they hold too many documents."""
        size = sum(len(part) if isinstance(part, set) else 1 for part in value) + 100
        with self._lock:
            self._kept[key] = value
            self._sizes[key] = size
            while len(self._kept) > 1 and sum(self._sizes.values()) > KEPT_DOCUMENTS:
                gone, _ = self._kept.popitem(last=False)
                del self._sizes[gone]
