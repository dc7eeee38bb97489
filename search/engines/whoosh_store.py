"""The writer of a Whoosh index.

Whoosh keeps the files, the term dictionary, commits and locks. Two things are ours, because Whoosh spends 15
µs on every posting: terms are collected in a dictionary instead of a sorted pool of postings, and a term's
postings are written in one piece. The files are Whoosh's own format (codec W3, whose blocks may have any
length).
"""

from collections.abc import Iterable
from itertools import accumulate
from operator import sub
from pickle import dumps
from typing import Any
from zlib import compress

from whoosh import fields
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3TermInfo
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.system import pack_int
from whoosh.writing import SegmentWriter

from search.engines.base import Document
from search.engines.whoosh_fields import encoded, fields_of

BLOCK = 16_384
ROOM_FOR_SMALL = 8
LARGEST_MERGE = 20_000
"""Segments of one order of size are merged when there are eight; beyond this many documents never."""


class _Pool:
    """Collects postings by field and term, in ascending document order."""

    def __init__(self) -> None:
        self.fields: dict[str, dict[bytes, tuple[list[int], list[float]]]] = {}

    def add(self, name: str, docnum: int, weighed: Iterable[tuple[str, int]]) -> None:
        """The terms of one field of a document, each once."""
        terms = self.fields.setdefault(name, {})
        for term, weight in weighed:
            key = encoded(term)
            found = terms.get(key)
            if found is None:
                terms[key] = ([docnum], [weight])
            else:
                found[0].append(docnum)
                found[1].append(weight)

    def extend(self, name: str, term: bytes, ids: Iterable[int], weights: Iterable[float]) -> None:
        terms = self.fields.setdefault(name, {})
        found = terms.get(term)
        if found is None:
            found = terms[term] = ([], [])
        found[0].extend(ids)
        found[1].extend(weights)

    def iter_postings(self) -> dict[str, dict[bytes, tuple[list[int], list[float]]]]:
        return self.fields

    def cleanup(self) -> None:
        self.fields = {}


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    def add_postings(self, schema: fields.Schema, lengths: Any, pooled: Any) -> None:
        for name in sorted(pooled):
            self.start_field(name, schema[name])
            terms = pooled[name]
            for term in sorted(terms):
                self._btext = term
                self._write(*terms[term])
            self.finish_field()

    def _write(self, ids: list[int], weights: list[float]) -> None:
        info = W3TermInfo()
        info._weight, info._df = float(sum(weights)), len(ids)
        info._minlength, info._maxlength, info._maxweight = 0, 0, max(weights)
        info._minid, info._maxid = ids[0], ids[-1]
        if len(ids) == 1:
            info.set_inlined(ids, weights, (b"",))
        else:
            parts = [WHOOSH3_HEADER_MAGIC]
            for at in range(0, len(ids), BLOCK):
                parts += _block(ids[at : at + BLOCK], weights[at : at + BLOCK], at + BLOCK >= len(ids))
            posted = b"".join(parts)
            info.set_extent(self._postfile.tell(), len(posted))
            self._postfile.write(posted)
        self._tindex.add(self._fieldid.to_bytes(2, "big") + self._btext, info.to_bytes())


def _block(ids: list[int], weights: list[float], last: bool) -> tuple[bytes, bytes, bytes]:
    same = min(weights) == (most := max(weights))
    deltas = tuple(map(sub, ids, [0, *ids[:-1]]))
    shown = (None if most == 1 else float(most)) if same else tuple(weights)
    data = dumps((deltas, shown, None), 2)
    packed = 3 if len(data) > 200 else 0
    if packed:
        data = compress(data, packed)
    head = dumps((len(ids), ids[-1], float(most), packed, 0, 0), 2)
    length = len(head) + len(data)
    return pack_int(-length if last else length), head, data


class Codec(W3Codec):  # type: ignore[misc]
    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        return _FieldWriter(self, storage, segment)


class Writer(SegmentWriter):  # type: ignore[misc]
    """Writes documents and merges segments; `commit` when done, `cancel` to leave the index as it was."""

    def __init__(self, index: Any, timeout: float = 30.0) -> None:
        super().__init__(index, timeout=timeout, codec=Codec(), compound=False)
        self.pool = _Pool()

    def add(self, document: Document) -> None:
        """What `add_document` does for fields as ours are, with a tenth of its calls."""
        made = fields_of(document)
        self.perdocwriter.start_doc(self.docnum)
        for name in sorted(made):
            if column := self.schema[name].column_type:
                self.perdocwriter.add_column_value(name, column, made[name])
            else:
                self.pool.add(name, self.docnum, made[name])
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: dict[int, int] | None) -> None:
        for (name, term), info in reader._terms.items():
            ids, weights = postings(reader, name, term, info)
            if docmap is None:
                self.pool.extend(name, term, [startdoc + i for i in ids], weights)
            else:
                kept = [(docmap[i], w) for i, w in zip(ids, weights, strict=True) if i in docmap]
                if kept:
                    self.pool.extend(name, term, *zip(*kept, strict=True))


def postings(reader: Any, name: str, term: bytes, info: Any = None) -> tuple[list[int], list[float]]:
    """A term's documents and weights in one segment, read block by block; empty where it has none.

    Reads Whoosh's matcher from the inside (2.7.4, which will not change): its own loop takes a microsecond a
    posting.
    """
    if info is None:
        try:
            info = reader._terms.term_info(name, term)
        except TermNotFound:
            return [], []
    if info.is_inlined():
        ids, weights, _ = info.inlined_postings()
        return list(ids), list(weights)
    matcher = reader._terms.matcher(name, term, reader.schema[name].format)
    all_ids: list[int] = []
    all_weights: list[float] = []
    while not matcher._atend:
        matcher._read_data()
        deltas, weights, _ = matcher._data
        all_ids.extend(accumulate(deltas))
        if weights is None or isinstance(weights, float):
            weights = [weights or 1.0] * len(deltas)
        all_weights.extend(weights)
        matcher._next_block()
    return all_ids, all_weights


def merge_policy(writer: Any, segments: list[Any]) -> list[Any]:
    """Which segments stay as they are; the others are copied into the one that is being written.

    Segments are merged by order of size, so that a document is copied a few times in its life and the large
    ones are left alone; one that is mostly deleted is written anew.
    """
    tiers: dict[int, list[Any]] = {}
    merged: list[Any] = []
    for segment in segments:
        live = segment.doc_count_all() - segment.deleted_count()
        if live * 2 < segment.doc_count_all():
            merged.append(segment)
        else:
            tiers.setdefault((live // 16).bit_length() // 3, []).append(segment)
    for tier in tiers.values():
        size = sum(s.doc_count_all() for s in tier)
        if len(tier) >= ROOM_FOR_SMALL and size <= LARGEST_MERGE:
            merged.extend(tier)
    for segment in merged:
        if segment.deleted_count() < segment.doc_count_all():
            reader = SegmentReader(writer.storage, writer.schema, segment)
            try:
                writer.add_reader(reader)
            finally:
                reader.close()
    gone = {segment.segment_id() for segment in merged}
    return [segment for segment in segments if segment.segment_id() not in gone]


def no_merge(writer: Any, segments: list[Any]) -> list[Any]:
    return segments
