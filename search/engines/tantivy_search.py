"""Answers requests from one state of a Tantivy index."""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from tantivy import DocAddress, FieldType, Occur, Order, Query, Searcher

from search.engines.base import Document, FacetCount, Hit, Request, Result, ordered
from search.engines.matching import matches
from search.engines.tantivy_query import Rendering, Terms, all_of, one_of, scores
from search.engines.tantivy_store import SCHEMA, unpacked, whole
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
        matching = self._rendered(request.query, request.verbatim)
        found = all_of([matching, *self.terms.filtered(dict(filters))])
        total, hits = self._page(request, found)
        facets = self._facets(request, filters, matching)
        return Result(total, hits, facets, (time.perf_counter() - started) * 1000)

    def _rendered(self, node: Node, verbatim: bool) -> Query:
        key = ("query", node, verbatim)
        kept: Query | None = self._remembered(key)
        if kept is None:

            def check(part: Node, candidates: Query) -> Query:
                return self._checked(part, candidates, verbatim)

            kept = self._remember(key, Rendering(self.terms, check, verbatim).query(node))
        return kept

    def _checked(self, node: Node, candidates: Query, verbatim: bool) -> Query:
        """Those of some documents that answer a node, by reading them."""
        found = self.searcher.search(candidates, limit=max(1, self.searcher.num_docs), count=False)
        documents = (self._document(address) for _, address in found.hits)
        return one_of("key", [int(d.id) for d in documents if matches(node, d, verbatim)])

    def _document(self, address: DocAddress) -> Document:
        return unpacked(self.searcher.doc(address)["doc"][0])

    def _page(self, request: Request, found: Query) -> tuple[int, tuple[Hit, ...]]:
        by_score = scores(request.query) if request.sort == "relevance" else []
        page: Any  # the types that come with Tantivy leave out `count`
        if request.limit <= 0:
            page = self.searcher.search(found, limit=1)
            return page.count, ()
        if by_score:
            must = (Occur.Must, Query.const_score_query(found, 0.0))
            asked = Query.boolean_query([must, *((Occur.Should, query) for query in by_score)])
            page = self.searcher.search(asked, limit=request.limit, offset=request.offset)
        else:
            field, order = ("oldest", Order.Asc) if request.sort == "oldest" else ("newest", Order.Desc)
            page = self.searcher.search(
                found, limit=request.limit, offset=request.offset, order_by_field=field, order=order
            )
        return page.count, tuple(
            Hit(self._document(address), round(score, 4) if by_score else 0.0) for score, address in page.hits
        )

    # -- facets

    def _facets(
        self, request: Request, filters: Filters, matching: Query
    ) -> dict[str, tuple[FacetCount, ...]]:
        """Each is counted under the filters of the others; those without a filter of their own together."""
        chosen = dict(filters)
        together = [name for name in request.facets if name not in chosen]
        counted = self._counts(request, together, filters, matching)
        for name in request.facets:
            if name in chosen:
                others = tuple(item for item in filters if item[0] != name)
                counted |= self._counts(request, [name], others, matching)
        return {name: counted[name] for name in request.facets}

    def _counts(
        self, request: Request, names: list[str], filters: Filters, matching: Query
    ) -> dict[str, tuple[FacetCount, ...]]:
        counted: dict[str, tuple[FacetCount, ...]] = {}
        missing: list[str] = []
        for name in names:
            kept = self._remembered(("counts", request.query, request.verbatim, filters, name))
            counted.update({name: kept} if kept is not None else {})
            missing.extend([name] if kept is None else [])
        if missing:
            query = all_of([matching, *self.terms.filtered(dict(filters))])
            asked = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in missing}
            found = self.searcher.aggregate(query, asked)
            for name in missing:
                value = self.terms.facet_value
                counts = {value(bucket["key"]): bucket["doc_count"] for bucket in found[name]["buckets"]}
                key = ("counts", request.query, request.verbatim, filters, name)
                counted[name] = self._remember(key, ordered(counts))
        return counted

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
        return [self._document(address) for _, address in everything.hits if address.segment_ord == segment]

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
