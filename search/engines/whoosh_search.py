"""Evaluates a request against the open segments: sets of documents, BM25F, exact totals, facets from stored
columns."""

import heapq
import math
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from search import text
from search.engines.base import FacetCount, FacetValue, Hit, Request, Result, order_key, ordered
from search.engines.matching import matches
from search.engines.whoosh_segment import Found, Segment
from search.query.ast import (
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
    wanted,
)
from search.query.days import inside

K1 = 1.2
B = 0.6

KEPT_DOCUMENTS = 500_000
"""How many documents the remembered answers may hold together: some 50 MB."""

Filters = tuple[tuple[str, tuple[str, ...]], ...]


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
        found = self.found(request.query, filters)
        hits = self.page(request, filters, found)
        facets = {name: self.counts(request.query, filters, name) for name in request.facets}
        return Result(sum(map(len, found)), hits, facets, (time.perf_counter() - started) * 1000)

    def found(self, query: Node, filters: Filters) -> list[set[int]]:
        """The documents of each segment that answer the query and pass the filters."""
        key = ("found", query, filters)
        kept: list[set[int]] | None = self._kept.get(key)  # type: ignore[assignment]
        if kept is None:
            if filters:
                plain = self.found(query, ())
                kept = [d & self._passing(s, filters) for s, d in zip(self.segments, plain, strict=True)]
            else:
                kept = [
                    self._evaluate(s, live, query) & live
                    for s, live in zip(self.segments, self.live, strict=True)
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

    def _evaluate(self, segment: Segment, live: set[int], node: Node) -> set[int]:
        match node:
            case Everything():
                return live
            case Word() | Phrase():
                found: set[int] | None = None
                for column in leaf_units(segment, node):
                    found = set(column) if found is None else found & column.keys()
                    if not found:
                        break
                return found or set()
            case Dates():
                return {d for d, date in enumerate(segment.dates) if inside(node, date)}
            case Prefix() | Near() | Metric():
                return {d for d in live if matches(node, segment.document(d))}
            case Not(part):
                return live - self._evaluate(segment, live, part)
            case Or(parts):
                return set().union(*(self._evaluate(segment, live, part) for part in parts))
            case And(parts):
                result = self._evaluate(segment, live, parts[0])
                for part in parts[1:]:
                    if not result:
                        break
                    if isinstance(part, Not):
                        result = result - self._evaluate(segment, live, part.part)
                    else:
                        result = result & self._evaluate(segment, live, part)
                return result

    # -- order

    def page(self, request: Request, filters: Filters, found: list[set[int]]) -> tuple[Hit, ...]:
        number = request.offset + request.limit
        if request.limit <= 0:
            return ()
        leaves = (
            [leaf for leaf in wanted(request.query) if not isinstance(leaf, Prefix)]
            if request.sort == "relevance"
            else []
        )
        best: list[tuple[float, int]]
        if leaves:
            best = heapq.nlargest(number, self.scores(leaves, request.query, filters, found))
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
            hits.append(Hit(self.segments[segment].document(docnum), round(score, 4)))
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
        self, leaves: list[Word | Phrase], query: Node, filters: Filters, found: list[set[int]]
    ) -> list[tuple[float, int]]:
        """(BM25F over what the query wants, rank by date) of every found document."""
        key = ("scores", query, filters)
        kept: list[tuple[float, int]] | None = self._kept.get(key)  # type: ignore[assignment]
        if kept is not None:
            return kept
        columns = [list(_scored(segment, leaves)) for segment in self.segments]
        weights = []
        for number in range(len(columns[0]) if columns else 0):
            frequency = sum(len(column[number]) for column in columns)
            weights.append(math.log(1 + (max(self.size - frequency, 0) + 0.5) / (frequency + 0.5)) * (K1 + 1))
        kept = []
        for s, docnums in enumerate(found):
            norm, ranks = self.norms[s], self.order.ranks[s]
            scores = dict.fromkeys(docnums, 0.0)
            for weight, column in zip(weights, columns[s], strict=True):
                for docnum in docnums if len(docnums) < len(column) else column:
                    if docnum in column and docnum in scores:
                        often = column[docnum]
                        scores[docnum] += weight * often / (often + norm[docnum])
            kept.extend((score, ranks[docnum]) for docnum, score in scores.items())
        self._keep(key, kept)
        return kept

    # -- facets

    def counts(self, query: Node, filters: Filters, name: str) -> tuple[FacetCount, ...]:
        """The values of one facet, counted under the filters of the other facets."""
        others = tuple(item for item in filters if item[0] != name)
        key = ("counts", query, others, name)
        kept: tuple[FacetCount, ...] | None = self._kept.get(key)  # type: ignore[assignment]
        if kept is None:
            counts: Counter[FacetValue] = Counter()
            for segment, docnums in zip(self.segments, self.found(query, others), strict=True):
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


def leaf_units(segment: Segment, leaf: Word | Phrase) -> Iterator[Found]:
    """What each unit of a leaf finds in a segment."""
    if isinstance(leaf, Phrase):
        yield segment.string(text.fold(leaf.text), leaf.field)
    else:
        for unit in text.units(leaf.text):
            yield segment.unit(unit, leaf.field)


def _scored(segment: Segment, leaves: list[Word | Phrase]) -> Iterator[Found]:
    """What documents are scored by: every unit, and the whole word where it was cut, which nobody must
    hold."""
    for leaf in leaves:
        yield from leaf_units(segment, leaf)
        if (
            isinstance(leaf, Word)
            and len(text.units(leaf.text)) > 1
            and leaf.field in (Field.ANY, Field.TITLE)
        ):
            yield segment.string(text.fold(leaf.text), leaf.field)
