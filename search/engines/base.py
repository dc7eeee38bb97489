"""What every search engine takes and gives, and how it fails. Pure: documents are records, not models."""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple, Protocol

from search.query.ast import EVERYTHING, NAME_FIELDS, Field, Node
from search.query.days import Days, days
from search.query.figures import Figure
from search.text import fold, name_key

FACETS = ("region", "level", "theme", "mechanism", "genre", "publication", "year")
"""Facet names in the order in which they are shown. `search.facets` says how each is labelled."""

Sort = Literal["relevance", "newest", "oldest"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")


class SearchUnavailable(Exception):
    """The engine cannot answer: no index, or a damaged one. Never raised for a search without hits.

    The message is one sentence for people who run the archive; `remedy` is the command that mends it.
    """

    remedy = "python manage.py reindex"


class NoIndex(SearchUnavailable):
    """Nothing was ever indexed here, or what was indexed is gone."""


class UnknownEngine(SearchUnavailable, LookupError):
    """Nobody wrote the engine that was asked for."""

    remedy = "SEARCH_ENGINE=whoosh"


class Busy(SearchUnavailable):
    """Another process is writing; nothing is wrong with the index."""


class OtherVersion(SearchUnavailable):
    """The index is whole, but this program cuts and folds texts in another way than the one that wrote it."""


class FacetValue(NamedTuple):
    """One value of a facet on a document. `value` goes into addresses, `label` is what people read."""

    value: str
    label: str


class Heads(NamedTuple):
    """The passages of a document before its body, in the order in which they are folded and searched."""

    title: str
    kicker: str
    subtitle: str


@dataclass(frozen=True)
class Document:
    """One article as search sees it.

    `id`: its database key as a string. `paragraphs`: the body, headings included, in reading order. `date`:
    ISO, or its first parts, or empty. `facets`: facet name → values; a region brings its whole path, province
    first. `names`: query field → names besides the facet labels and the authors, under which the document is
    found there: short and former names of its regions, aliases of its mechanisms, its column, page and
    organisations. `figures`: what it counts.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...]
    kicker: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    public_id: str = ""
    external_id: str = ""
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Changes when anything of the document changes: 20 hexadecimal digits."""
        facets = {name: list(values) for name, values in sorted(self.facets.items()) if values}
        content = [
            self.id,
            self.public_id,
            self.external_id,
            *self.heads,
            *self.paragraphs,
            "",
            *self.authors,
            self.date,
            facets,
            {name: list(values) for name, values in sorted(self.names.items()) if values},
            self.figures,
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:20]

    @property
    def heads(self) -> Heads:
        return Heads(self.title, self.kicker, self.subtitle)

    @cached_property
    def folded_heads(self) -> tuple[str, ...]:
        return tuple(fold(head) for head in self.heads)

    @cached_property
    def folded_paragraphs(self) -> tuple[str, ...]:
        return tuple(fold(paragraph) for paragraph in self.paragraphs)

    @property
    def days(self) -> Days | None:
        """The days that the date covers; None without one."""
        return days(self.date)

    def passages(self, field: Field, verbatim: bool = False) -> tuple[str, ...]:
        """The passages of a text field, folded; `verbatim`: as they were, in Unicode's composed form (NFC)."""
        heads, paragraphs = self._composed if verbatim else (self.folded_heads, self.folded_paragraphs)
        match field:
            case Field.TITLE:
                return heads
            case Field.BODY:
                return paragraphs
        return heads + paragraphs

    @cached_property
    def _composed(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return (
            tuple(unicodedata.normalize("NFC", head) for head in self.heads),
            tuple(unicodedata.normalize("NFC", paragraph) for paragraph in self.paragraphs),
        )

    @cached_property
    def keys(self) -> Mapping[Field, tuple[str, ...]]:
        """The keys (`search.text.name_key`) of the names in every field of names that has any."""
        found: dict[Field, tuple[str, ...]] = {}
        for name in NAME_FIELDS:
            names = [value.label for value in self.facets.get(name, ())] + list(self.names.get(name, ()))
            if name is Field.AUTHOR:
                names.extend(self.authors)
            elif name is Field.FIRST_AUTHOR:
                names.extend(self.authors[:1])
            if keys := tuple(dict.fromkeys(key for key in map(name_key, names) if key)):
                found[name] = keys
        return found


@dataclass(frozen=True, slots=True)
class Request:
    """A search. `filters`: facet name → wanted values, alternatives within a facet, all of the facets.

    `verbatim` (逐字精确): strings are compared as they are, with Unicode's composition (NFC) and nothing else
    made equal: 台湾 is not 臺灣, GDP not gdp. A word then is a string like a phrase, and an author's name is
    compared so too where no field is named; names in their own fields, dates and figures stay as they are.
    """

    query: Node = EVERYTHING
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    verbatim: bool = False


@dataclass(frozen=True)
class Hit:
    """A found document and a score (0 where nothing was scored). `load`: reads the document, which most of the
    time of a search would go into otherwise."""

    id: str
    score: float
    load: Callable[[], Document] = field(repr=False)

    @classmethod
    def of(cls, document: Document, score: float) -> "Hit":
        return cls(document.id, score, lambda: document)

    @cached_property
    def document(self) -> Document:
        """Its text as it was when it was indexed. Raises SearchUnavailable when it cannot be read."""
        return self.load()


class FacetCount(NamedTuple):
    """How many of the found documents have a value."""

    value: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Result:
    """`total` is exact whatever the limit. `facets`: name → counts, largest first; a facet is counted under
    the other facets' filters, so that its own alternatives stay in sight. `took_ms` is the engine's time."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    took_ms: float


class Engine(Protocol):
    """A search engine. Every method may raise SearchUnavailable; searching is safe from several threads."""

    name: str

    def search(self, request: Request) -> Result: ...

    def apply(self, updated: Iterable[Document], deleted: Iterable[str] = ()) -> None:
        """Adds or replaces documents and removes ids in one commit, seen by the next search."""

    def amend(self, updated: Iterable[Document], deleted: Iterable[str] = ()) -> None:
        """`apply` for whoever is at `rebuild` in another thread and so keeps other writers out: changes the index
        that is searched meanwhile."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Replaces the whole index, in one step for those who search meanwhile. Returns how many."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """(id, digest) of every document, by ascending numeric id."""

    def generation(self) -> str:
        """Names the state of the index; another one after every change."""

    def outdated(self) -> bool:
        """Whether the index was cut with another dictionary than there is now: it finds the same articles, in
        another order."""

    def busy(self) -> bool:
        """Whether another process is writing, so that a change would have to wait."""


def ordered(counts: Mapping[FacetValue, int]) -> tuple[FacetCount, ...]:
    """Counts as they are shown: largest first, then by value, so that equal counts do not jump about."""
    # Tuples are compared without a function.
    rows = sorted([(-n, *value) for value, n in counts.items() if n])
    made, kind = tuple.__new__, FacetCount  # as the class itself does, without a call in Python for each
    return tuple([made(kind, (value, label, -n)) for n, value, label in rows])


def order_key(id: str) -> tuple[int, str]:
    """Sorts ids: numbers by size."""
    return (int(id), "") if id.isdigit() else (0, id)
