"""The slow and obvious engine: looks at every document. What it finds is right by reading; other engines must
agree."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import count

from search.engines.base import (
    LABEL_FIELDS,
    Document,
    FacetValue,
    Hit,
    Request,
    Result,
    order_key,
    ordered,
)  # fmt: skip
from search.query.ast import And, Everything, Field, Node, Not, Or, Phrase, Word, Years, wanted
from search.text import fold, holds, units


def matches(node: Node, document: Document) -> bool:
    """Whether a document answers a query: the definition of every node."""
    match node:
        case Everything():
            return True
        case And(parts):
            return all(matches(part, document) for part in parts)
        case Or(parts):
            return any(matches(part, document) for part in parts)
        case Not(part):
            return not matches(part, document)
        case Years(first, last):
            return document.year is not None and first <= document.year <= last
        case Phrase(text, field):
            needle = fold(text)
            return any(needle in passage for passage in _passages(field, document, quoted=True))
        case Word(text, field):
            passages = _passages(field, document)
            return all(holds(unit, passages) for unit in units(text))


def passes(request: Request, document: Document, leaving_out: str = "") -> bool:
    """Whether a document has the wanted facet values, one facet left out."""
    return all(
        name == leaving_out or not values or any(v.value in values for v in document.facets.get(name, ()))
        for name, values in request.filters.items()
    )


def _passages(field: Field, document: Document, quoted: bool = False) -> tuple[str, ...]:
    if field is Field.ANY:
        text = document.folded_heads + document.folded_paragraphs
        return text if quoted else text + tuple(fold(name) for name in document.authors)
    if field is Field.TITLE:
        return document.folded_heads
    if field is Field.AUTHOR:
        return tuple(fold(name) for name in document.authors)
    return tuple(fold(value.label) for value in document.facets.get(LABEL_FIELDS[field], ()))


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
            if not matches(request.query, document):
                continue
            for name in request.facets:
                if passes(request, document, leaving_out=name):
                    counts[name].update(document.facets.get(name, ()))
            if passes(request, document):
                hits.append(Hit(document, _score(request.query, document)))
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

    def rebuild(self, documents: Iterable[Document]) -> int:
        self._own = {}
        self.apply(documents)
        return len(self._own)

    def digests(self) -> Iterator[tuple[str, str]]:
        for document in sorted(self._documents(), key=lambda d: order_key(d.id)):
            yield document.id, document.digest

    def generation(self) -> str:
        return str(self._generation)


def _score(query: Node, document: Document) -> float:
    """How often the wanted units stand in the text, five times as much in the title. No more than an
    order."""
    title, body = document.folded_heads[0], "\n".join(document.folded_heads[1:] + document.folded_paragraphs)
    needles = [
        n
        for leaf in wanted(query)
        for n in (units(leaf.text) if isinstance(leaf, Word) else (fold(leaf.text),))
    ]
    return float(sum(5 * title.count(needle) + body.count(needle) for needle in needles))
