"""Answers requests from one state of a Tantivy index."""

import threading
import time
from array import array
from collections import OrderedDict
from collections.abc import Iterator
from functools import partial
from typing import Any

from tantivy import DocAddress, FieldType, Occur, Order, Query, Searcher

from search.engines.base import Document, FacetCount, Hit, Request, Result
from search.engines.matching import matches
from search.engines.tantivy_faults import said
from search.engines.tantivy_query import Rendering, all_of, is_scored, scores
from search.engines.tantivy_store import SCHEMA, columns, unpacked, whole
from search.engines.tantivy_terms import Terms, one_of
from search.query.ast import Node

MOST_VALUES = 60_000
"""Values of a facet that are counted; Tantivy refuses more than 65,000."""
KEPT = 200
"""Counted facets and looked-up documents of so many queries are remembered."""
PAGE = 5_000

Filters = tuple[tuple[str, tuple[str, ...]], ...]


class Snapshot:
    """One state of the index. Safe from several threads."""

    def __init__(self, searcher: Searcher, generation: str) -> None:
        self.searcher = searcher
        self.generation = generation
        self.terms = Terms(searcher)
        self._kept: OrderedDict[object, Any] = OrderedDict()
        self._lock = threading.Lock()

    def search(self, request: Request) -> Result:
        started = time.perf_counter()
        filters: Filters = tuple(sorted((name, tuple(sorted(v))) for name, v in request.filters.items() if v))
        facets = self._facets(request, filters)
        total, hits = self._page(request, filters)
        return Result(total, hits, facets, (time.perf_counter() - started) * 1000)

    def _found(self, request: Request, filters: Filters) -> Query:
        matching = self._rendered(request.query, request.verbatim)
        return all_of([matching, *self.terms.filtered(dict(filters))])

    def _rendered(self, node: Node, verbatim: bool) -> Query:
        key = ("query", node, verbatim)
        kept: Query | None = self._remembered(key)
        return self._remember(key, self._rendering(verbatim).query(node)) if kept is None else kept

    def _rendering(self, verbatim: bool, ranked: bool = False) -> Rendering:
        def check(part: Node, candidates: Query) -> Query:
            return self._checked(part, candidates, verbatim)

        return Rendering(self.terms, check, verbatim, ranked)

    def _checked(self, node: Node, candidates: Query, verbatim: bool) -> Query:
        """Those of some documents that answer a node, by reading them."""
        found = self.searcher.search(candidates, limit=max(1, self.searcher.num_docs), count=False)
        documents = (self.document(address) for _, address in found.hits)
        return one_of("key", [int(d.id) for d in documents if matches(node, d, verbatim)])

    def document(self, address: DocAddress) -> Document:
        with said():
            return unpacked(self.searcher.doc(address)["doc"][0])

    def probe(self) -> None:
        """Reads a document of each segment. A hit's is read when it is shown; that it can be read is known
        before anything is found. Raises whatever a damaged file makes Tantivy raise."""
        for segment in range(self.searcher.num_segments):
            self.searcher.doc(DocAddress(segment, 0))

    def _page(self, request: Request, filters: Filters) -> tuple[int, tuple[Hit, ...]]:
        total: int | None = self._remembered(("total", request.query, request.verbatim, filters))
        if request.limit <= 0:
            return self._number(self._found(request, filters)) if total is None else total, ()
        by_score = request.sort == "relevance" and is_scored(request.query)
        page: Any  # the types that come with Tantivy leave out `count`
        if by_score:
            page = self.searcher.search(
                self._ranked(request, filters), request.limit, total is None, offset=request.offset
            )
        else:
            field, order = ("oldest", Order.Asc) if request.sort == "oldest" else ("newest", Order.Desc)
            page = self.searcher.search(
                self._found(request, filters), request.limit, total is None, field, request.offset, order
            )
        hits, total = page.hits, page.count if total is None else total
        if not hits:
            return total, ()
        addresses = [address for _, address in hits]
        keys: list[Any] = self.searcher.fast_field_values("key", addresses)
        return total, tuple(
            Hit(str(key), round(score, 4) if by_score else 0.0, partial(self.document, address))
            for key, (score, address) in zip(keys, hits, strict=True)
        )

    def _number(self, found: Query) -> int:
        """How many there are; nothing is scored or sorted."""
        counted = self.searcher.aggregate(found, {"found": {"value_count": {"field": "key"}}})
        return int(counted["found"]["value"])

    def _ranked(self, request: Request, filters: Filters) -> Query:
        """The documents that are found, with their scores."""
        rendering = self._rendering(request.verbatim, ranked=True)
        if rendering.proven(request.query):
            found = all_of([rendering.query(request.query), *self.terms.filtered(dict(filters))])
        else:
            rendering.ranked = False
            found = self._found(request, filters)
        more = list(scores(request.query, rendering))
        if not more:
            return found
        return Query.boolean_query([(Occur.Must, found), *((Occur.Should, query) for query in more)])

    # -- facets

    def _facets(self, request: Request, filters: Filters) -> dict[str, tuple[FacetCount, ...]]:
        """Each is counted under the filters of the others; those without a filter of their own together."""
        chosen = dict(filters)
        together = [name for name in request.facets if name not in chosen]
        counted = self._counts(request, together, filters)
        for name in request.facets:
            if name in chosen:
                others = tuple(item for item in filters if item[0] != name)
                counted |= self._counts(request, [name], others)
        return {name: counted[name] for name in request.facets}

    def _counts(
        self, request: Request, names: list[str], filters: Filters
    ) -> dict[str, tuple[FacetCount, ...]]:
        rows: dict[str, array[int]] = {}
        missing: list[str] = []
        for name in names:
            kept = self._remembered(("counts", request.query, request.verbatim, filters, name))
            rows.update({name: kept} if kept is not None else {})
            missing.extend([name] if kept is None else [])
        if missing:
            asked = {
                column: {"terms": {"field": column, "size": MOST_VALUES}}
                for name in missing
                for column in self.terms.columns(name)
            }
            found = self.searcher.aggregate(self._found(request, filters), asked)
            first = min((found[columns(name)[0]] for name in missing), key=lambda one: len(one["buckets"]))
            total = sum(bucket["doc_count"] for bucket in first["buckets"]) + first["sum_other_doc_count"]
            self._remember(("total", request.query, request.verbatim, filters), total)
            for name in missing:
                key = ("counts", request.query, request.verbatim, filters, name)
                counted = [found[column]["buckets"] for column in self.terms.columns(name)]
                rows[name] = self._remember(key, self.terms.facet_values(name).ordered(counted))
        return {name: self.terms.facet_values(name).counts(found) for name, found in rows.items()}

    # -- the whole index

    def digests(self) -> Iterator[tuple[str, str]]:
        last = -1
        while True:
            rest = Query.range_query(SCHEMA, "key", FieldType.Integer, last, None, include_lower=False)
            page = self.searcher.search(
                rest, limit=PAGE, count=False, order_by_field="key", order=Order.Asc
            ).hits
            if not page:
                return
            addresses = [address for _, address in page]
            columns: list[Any] = [
                self.searcher.fast_field_values(name, addresses) for name in ("digest_1", "digest_2")
            ]
            for (key, _), first, second in zip(page, *columns, strict=True):
                yield str(key), whole(first, second)
            last = page[-1][0]

    def some_of(self, segment: int, before: int, number: int) -> list[Document]:
        """The first documents of a segment, `before` living ones lying in the segments before it."""
        everything = self.searcher.search(Query.all_query(), limit=number, offset=before, count=False)
        return [self.document(address) for _, address in everything.hits if address.segment_ord == segment]

    # -- memory

    def _remembered(self, key: object) -> Any:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _remember(self, key: object, value: Any) -> Any:
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return value
