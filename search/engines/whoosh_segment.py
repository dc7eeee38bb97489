"""One segment of a Whoosh index, held open for searching.

A segment never changes but for its deletions, so everything read from it is kept: a searcher that lives as
long as its segments is what makes Whoosh fast. Texts stay in the file and are looked at through a memory map.
"""

import json
import mmap
import os
import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from whoosh.reading import SegmentReader

from search import text
from search.engines.base import FACETS, Document, FacetValue, SearchUnavailable, order_key
from search.engines.whoosh_store import HEADS_END, TITLE_WEIGHT, document_of, encoded, postings
from search.query.ast import Field

Found = dict[int, float]
"""Document number → how often, weighted."""

_KEPT_POSTINGS = 400_000
_COUNT_AT_MOST = 3_000
"""Documents that hold a unit inside other words are counted one by one up to this many; beyond, once each."""
_HEADS_END = encoded(HEADS_END)


class Segment:
    """Answers which documents hold a unit. Safe from several threads."""

    def __init__(self, storage: Any, schema: Any, segment: Any) -> None:
        self.id: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self._reader = SegmentReader(storage, schema, segment)
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], Found] = OrderedDict()
        self._kept_size = 0
        self._read_cards()
        self._map_texts(os.path.join(storage.folder, segment.make_filename(".text.col")))

    def _column(self, name: str) -> Any:
        return self._reader._perdoc.column_reader(name, self._reader.schema[name].column_type)

    def _read_cards(self) -> None:
        """Fills ids, dates, lengths, authors and facets.

        `facets[name][docnum]` is the number of a combination of values, `combinations[name][number]` the
        values: counting small numbers is several times faster than counting tuples of strings.
        """
        self._cards = self._column("card")
        self.ids: list[str] = []
        self.dates: list[str] = []
        self.lengths = array("I")
        self.digests: list[str] = []
        self.authors: dict[str, list[int]] = {}
        self.facets: dict[str, list[int]] = {name: [] for name in FACETS}
        self.with_value: dict[str, dict[FacetValue, list[int]]] = {name: {} for name in FACETS}
        numbers: dict[str, dict[tuple[FacetValue, ...], int]] = {name: {} for name in FACETS}
        for docnum, raw in enumerate(self._cards):
            id, _, date, length, digest, authors, _, facets = json.loads(raw)
            self.ids.append(id)
            self.dates.append(date)
            self.lengths.append(length)
            self.digests.append(digest)
            for author in authors:
                self.authors.setdefault(text.fold(author), []).append(docnum)
            for name in FACETS:
                values = tuple(FacetValue(*value) for value in facets.get(name, ()))
                self.facets[name].append(numbers[name].setdefault(values, len(numbers[name])))
                for value in values:
                    self.with_value[name].setdefault(value, []).append(docnum)
        self.combinations = {name: list(found) for name, found in numbers.items()}
        self.by_date = sorted((date, -order_key(self.ids[d])[0], d) for d, date in enumerate(self.dates))
        self.numbers = {id: docnum for docnum, id in enumerate(self.ids)}

    def _map_texts(self, path: str) -> None:
        column = self._column("text")
        self._offsets, self._lengths = column._offsets, column._lengths
        with open(path, "rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def text(self, docnum: int) -> bytes:
        """The folded passages of a document, UTF-8, heads before `HEADS_END`."""
        start = self._offsets[docnum]
        return self._map[start : start + self._lengths[docnum]]

    def document(self, docnum: int) -> Document:
        with self._reading():
            card, stored = json.loads(self._cards[docnum]), self._reader.stored_fields(docnum)
            return document_of(card, stored["doc"])

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One thread at a time, because Whoosh's files have one position; a damaged file fails in any way."""
        with self._lock:
            try:
                yield
            except Exception as error:
                raise SearchUnavailable(f"The search index is damaged ({type(error).__name__}).") from error

    # -- which documents hold what

    def string(self, unit: str, field: Field) -> Found:
        """Documents whose text (or title, or authors, or a label) holds this string; exact."""
        if field is Field.ANY:
            return self._keep("string", unit, lambda: self._string(unit))
        if field is Field.TITLE:
            return self._keep(
                "title", unit, lambda: self._in_heads(self.string(unit, Field.ANY), encoded(unit))
            )
        return self._labelled(unit, field, lambda label: unit in label)

    def unit(self, unit: str, field: Field) -> Found:
        """Documents that hold a unit of an unquoted word: a Latin word as a whole, anything else as a
        string."""
        if field not in (Field.ANY, Field.TITLE):
            return self._labelled(unit, field, lambda label: text.holds(unit, (label,)))
        if not text.is_word(unit):
            found = self.string(unit, field)
        elif field is Field.ANY:
            found = self._keep("word", unit, lambda: self._postings("words", unit))
        else:
            found = {d: w for d, w in self.unit(unit, Field.ANY).items() if self._word_in_heads(d, unit)}
        if field is Field.ANY:
            signed = self._labelled(unit, Field.AUTHOR, lambda name: text.holds(unit, (name,)))
            if signed:
                found = {**dict.fromkeys(signed, 1.0), **found}
        return found

    def _postings(self, name: str, term: str) -> Found:
        with self._reading():
            return dict(zip(*postings(self._reader, name, encoded(term)), strict=True))

    def _string(self, unit: str) -> Found:
        words = self._postings("words", unit)
        pairs = list(dict.fromkeys(text.grams(unit)))
        if not pairs:
            candidates: Iterable[int] = range(self.size)
        else:
            candidates = self._holding(pairs)
        others = [d for d in candidates if d not in words]
        if len(unit) == 2 and pairs and len(others) > _COUNT_AT_MOST:
            return dict.fromkeys(others, 1.0) | words
        return self._count(others, encoded(unit)) | words

    def _holding(self, pairs: list[str]) -> set[int]:
        """Documents that hold all these pairs of letters."""
        found: set[int] | None = None
        for pair in pairs:
            ids = self._keep("pair", pair, lambda pair=pair: self._postings("grams", pair)).keys()  # type: ignore[misc]
            found = set(ids) if found is None else found & ids
            if not found:
                break
        return found or set()

    def _count(self, docnums: Iterable[int], needle: bytes) -> Found:
        found: Found = {}
        for docnum in docnums:
            passages = self.text(docnum)
            if count := passages.count(needle):
                in_title = passages.count(needle, 0, passages.index(b"\n"))
                found[docnum] = float(count + in_title * (TITLE_WEIGHT - 1))
        return found

    def _in_heads(self, found: Found, needle: bytes) -> Found:
        kept: Found = {}
        for docnum, weight in found.items():
            passages = self.text(docnum)
            if passages.find(needle, 0, passages.index(_HEADS_END)) >= 0:
                kept[docnum] = weight
        return kept

    def _word_in_heads(self, docnum: int, unit: str) -> bool:
        heads = self.text(docnum).split(_HEADS_END, 1)[0].decode("utf-8", "surrogatepass")
        return text.holds(unit, heads.split("\n"))

    def _labelled(self, unit: str, field: Field, holds: Callable[[str], bool]) -> Found:
        found: Found = {}
        if field is Field.AUTHOR:
            for name, docnums in self.authors.items():
                if holds(name):
                    found.update(dict.fromkeys(docnums, 1.0))
        else:
            for value, docnums in self.with_value.get(field, {}).items():
                if holds(text.fold(value.label)):
                    found.update(dict.fromkeys(docnums, 1.0))
        return found

    def _keep(self, kind: str, unit: str, find: Callable[[], Found]) -> Found:
        """Remembers what was found last, as far as memory allows."""
        key = (kind, unit)
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        found = find()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = found
                self._kept_size += len(found) + 20
            while self._kept_size > _KEPT_POSTINGS and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._kept_size -= len(dropped) + 20
        return found

    def close(self) -> None:
        self._reader.close()
