"""One segment of a Whoosh index, held open for searching.

A segment never changes but for its deletions, so everything read from it is kept: a searcher that lives as
long as its segments is what makes Whoosh fast. Texts stay in the file and are looked at through a memory map.
"""

import json
import mmap
import os
import threading
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from whoosh.reading import SegmentReader

from search import text
from search.engines.base import FACETS, Document, FacetValue, SearchUnavailable, order_key
from search.engines.whoosh_fields import document_of, encoded, name_term
from search.engines.whoosh_kept import Found, Kept
from search.engines.whoosh_store import postings
from search.query.ast import Field
from search.query.figures import Figure


class Segment:
    """What lies in a segment. Safe from several threads. `kept`: what all segments of an index remember."""

    def __init__(self, storage: Any, schema: Any, segment: Any, kept: Kept) -> None:
        self.id: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self._reader = SegmentReader(storage, schema, segment)
        self._lock = threading.Lock()
        self._kept = kept
        self._names: dict[Field, dict[str, list[int]]] = {}
        self._figures: list[tuple[Figure, list[int]]] | None = None
        self._read_cards()
        self._texts = _Mapped(self._column("text"), storage.folder, segment.make_filename(".text.col"))
        originals = segment.make_filename(".original.col")
        self._originals = _Mapped(self._column("original"), storage.folder, originals)

    def _column(self, name: str) -> Any:
        return self._reader._perdoc.column_reader(name, self._reader.schema[name].column_type)

    def _read_cards(self) -> None:
        """Fills ids, dates, lengths, authors and facets.

        `facets[name][docnum]` is the number of a combination of values, `combinations[name][number]` the
        values: counting small numbers is several times faster than counting tuples of strings.
        """
        self._cards = self._column("card")
        self.ids: list[str] = []
        self.lengths = array("I")
        self.digests: list[str] = []
        self.dated: dict[str, list[int]] = {}
        self.authors: dict[str, list[int]] = {}
        self.decomposed: set[int] = set()
        self.facets: dict[str, list[int]] = {name: [] for name in FACETS}
        self.with_value: dict[str, dict[FacetValue, list[int]]] = {name: {} for name in FACETS}
        numbers: dict[str, dict[tuple[FacetValue, ...], int]] = {name: {} for name in FACETS}
        for docnum, raw in enumerate(self._cards):
            id, _, date, length, digest, authors, _, facets, composed = json.loads(raw)
            self.ids.append(id)
            self.lengths.append(length)
            self.digests.append(digest)
            self.dated.setdefault(date, []).append(docnum)
            for author in authors:
                self.authors.setdefault(author, []).append(docnum)
            if not composed:
                self.decomposed.add(docnum)
            for name in FACETS:
                values = tuple(FacetValue(*value) for value in facets.get(name, ()))
                self.facets[name].append(numbers[name].setdefault(values, len(numbers[name])))
                for value in values:
                    self.with_value[name].setdefault(value, []).append(docnum)
        self.folded_authors = {name: text.fold(name) for name in self.authors}
        self.combinations = {name: list(found) for name, found in numbers.items()}
        dates = [(date, docnum) for date, docnums in self.dated.items() for docnum in docnums]
        self.by_date = sorted((date, -order_key(self.ids[d])[0], d) for date, d in dates)
        self.numbers = {id: docnum for docnum, id in enumerate(self.ids)}

    def of_keys(self, keys: frozenset[int]) -> set[int]:
        """The documents of articles with these database keys."""
        if len(keys) < self.size:
            return {self.numbers[id] for id in map(str, keys) if id in self.numbers}
        return {docnum for id, docnum in self.numbers.items() if int(id) in keys}

    def text(self, docnum: int) -> bytes:
        """The folded passages of a document, UTF-8, heads before `HEADS_END`."""
        return self._texts[docnum]

    def original(self, docnum: int) -> bytes:
        """The passages as they were, as the `original` column holds them."""
        return self._originals[docnum]

    def document(self, docnum: int) -> Document:
        with self.reading():
            return document_of(json.loads(self._cards[docnum]), self._originals[docnum])

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One thread at a time, because Whoosh's files have one position; a damaged file fails in any way."""
        with self._lock:
            try:
                yield
            except Exception as error:
                raise SearchUnavailable(f"The search index is damaged ({type(error).__name__}).") from error

    def postings(self, name: str, term: str) -> Found:
        """The documents of a term."""
        with self.reading():
            return dict(zip(*postings(self._reader, name, encoded(term)), strict=True))

    def names(self, field: Field) -> dict[str, list[int]]:
        """Every key of a name in a field, and its documents. Read on first use."""
        if field not in self._names:
            start = name_term(field, "")
            self._names[field] = {term[len(start) :]: found for term, found in self._terms("names", start)}
        return self._names[field]

    @property
    def figures(self) -> list[tuple[Figure, list[int]]]:
        """Every different figure and its documents. Read on first use."""
        if self._figures is None:
            self._figures = [(Figure(*json.loads(term)), found) for term, found in self._terms("figures")]
        return self._figures

    def _terms(self, name: str, start: str = "") -> list[tuple[str, list[int]]]:
        """The terms of a field that begin so, and their documents."""
        found, raw = [], encoded(start)
        with self.reading():
            for (field, term), info in self._reader._terms.items_from(name, raw):
                if field != name or not term.startswith(raw):
                    break
                found.append((term.decode("utf-8", "surrogatepass"), (term, info)))
            return [(key, postings(self._reader, name, *where)[0]) for key, where in found]

    def keep(self, key: tuple[str, ...], find: Callable[[], Found]) -> Found:
        """Remembers what was found last, as far as memory allows."""
        return self._kept.keep((self.id, *key), find)

    def close(self) -> None:
        self._reader.close()


class _Mapped:
    """The values of a column of byte strings, through a memory map."""

    def __init__(self, column: Any, folder: str, filename: str) -> None:
        self._offsets, self._lengths = column._offsets, column._lengths
        with open(os.path.join(folder, filename), "rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __getitem__(self, docnum: int) -> bytes:
        start = self._offsets[docnum]
        return self._map[start : start + self._lengths[docnum]]
