"""The slow and obvious engine: looks at every document. What it finds is right by reading; other engines must
agree."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import count

from search.engines.base import Document, FacetValue, Hit, Request, Result, order_key, ordered
from search.engines.matching import comparable, matches, title_key
from search.query.ast import TEXT_FIELDS, Field, Node, Word, wanted
from search.text import name_key, units

WHOLE_TITLE = 10_000.0
"""More than all words together can score: a query has five hundred of them at most."""


def passes(request: Request, document: Document, leaving_out: str = "") -> bool:
    """Whether a document has the wanted facet values, one facet left out."""
    return all(
        name == leaving_out or not values or any(v.value in values for v in document.facets.get(name, ()))
        for name, values in request.filters.items()
    )


class ScanEngine:
    """Reads its documents anew for every search, from `source` or from what `apply` and `rebuild` were
    given."""

    name = "scan"

    def __init__(self, source: Callable[[], Iterable[Document]] | None = None) -> None:
        self._source = source
        self._own: dict[str, Document] = {}
        self._generations = count(1)
        self._generation = 0

    def _documents(self) -> Iterable[Document]:
        return self._source() if self._source else self._own.values()

    def search(self, request: Request) -> Result:
        started = time.perf_counter()
        hits: list[Hit] = []
        counts: dict[str, Counter[FacetValue]] = {name: Counter() for name in request.facets}
        for document in self._documents():
            if not matches(request.query, document, request.verbatim):
                continue
            for name in request.facets:
                if passes(request, document, leaving_out=name):
                    counts[name].update(document.facets.get(name, ()))
            if passes(request, document):
                hits.append(Hit.of(document, _score(request.query, document, request.verbatim)))
        hits.sort(key=lambda hit: order_key(hit.document.id))
        match request.sort:
            case "relevance":
                hits.sort(key=lambda hit: (hit.score, hit.document.date), reverse=True)
            case "newest":
                hits.sort(key=lambda hit: hit.document.date, reverse=True)
            case "oldest":
                hits.sort(key=lambda hit: hit.document.date or "9999")
        page = tuple(hits[request.offset : request.offset + request.limit])
        facets = {name: ordered(counted) for name, counted in counts.items()}
        return Result(len(hits), page, facets, (time.perf_counter() - started) * 1000)

    def apply(self, updated: Iterable[Document], deleted: Iterable[str] = ()) -> None:
        for id in deleted:
            self._own.pop(id, None)
        for document in updated:
            self._own[document.id] = document
        self._generation = next(self._generations)

    amend = apply

    def rebuild(self, documents: Iterable[Document]) -> int:
        self._own = {}
        self.apply(documents)
        return len(self._own)

    def digests(self) -> Iterator[tuple[str, str]]:
        for document in sorted(self._documents(), key=lambda d: order_key(d.id)):
            yield document.id, document.digest

    def generation(self) -> str:
        return str(self._generation)

    def outdated(self) -> bool:
        return False

    def busy(self) -> bool:
        return False


def _score(query: Node, document: Document, verbatim: bool) -> float:
    """How often the wanted units stand in the text, five times as much in the title; a word that stands there
    as it was typed counts more than its units ever do, and whoever has the whole title comes first. No more than
    an order."""
    title, *rest = document.passages(Field.ANY, verbatim)
    body = "\n".join(rest)
    leaves = list(wanted(query))
    key = title_key(leaves)
    score = WHOLE_TITLE if key and key == name_key(document.title) else 0.0
    for leaf in leaves:
        if leaf.field not in TEXT_FIELDS:
            continue
        whole = comparable(leaf.text, verbatim)
        cut = units(leaf.text) if isinstance(leaf, Word) and not verbatim else (whole,)
        for needle in cut:
            often = 5 * title.count(needle) + body.count(needle)
            score += often / (often + 2)
        if len(cut) > 1 and (whole in title or whole in body):
            score += len(cut)
    return score
