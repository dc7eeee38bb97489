"""The engine for one large machine: Tantivy, a search library in Rust."""

import json
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy
from tantivy import Query

from search.engines.base import Document, Request, Result, SearchUnavailable
from search.engines.folders import Folders
from search.engines.tantivy_search import Snapshot
from search.engines.tantivy_store import SCHEMA, SCHEMA_VERSION, row

KEEP_EVERY = 20.0
"""Seconds of a rebuild after which what is done is kept: more often makes more and smaller segments."""
BULK_MEMORY, BULK_THREADS = 128_000_000, 2
SMALL_MEMORY = 15_000_000
"""Bytes that a writer may hold before it writes a segment; Tantivy wants fifteen million for each thread."""
MOST_SEGMENTS = 12
"""Beyond so many a change waits until they are merged; Tantivy begins at eight of like size."""


class Tantivy:
    """An index in `folder`, made by the first `rebuild`."""

    name = "tantivy"

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.folders = Folders(self.folder, SCHEMA_VERSION)
        self._lock = threading.Lock()
        self._index: tuple[Path, tantivy.Index] | None = None
        self._snapshot: Snapshot | None = None
        self._seen: tuple[object, ...] = ()

    # -- reading

    def search(self, request: Request) -> Result:
        with _said():
            return self.snapshot().search(request)

    def digests(self) -> Iterator[tuple[str, str]]:
        with _said():
            yield from self.snapshot().digests()

    def generation(self) -> str:
        with _said():
            return self.snapshot().generation

    def outdated(self) -> bool:
        return self.folders.outdated()

    def snapshot(self) -> Snapshot:
        """The index as it is now; opened anew only when it has changed."""
        current = self.folders.current()
        written = (current / "meta.json").stat()
        seen = (current, written.st_ino, written.st_mtime_ns)
        with self._lock:
            if self._snapshot is None or self._seen != seen:
                if self._index is None or self._index[0] != current:
                    self._index = current, _opened(current)
                index = self._index[1]
                index.reload()
                self._snapshot = Snapshot(index.searcher(), f"{current.name}:{_meta(current)['opstamp']}")
                self._seen = seen
            return self._snapshot

    # -- writing

    def apply(self, updated: Iterable[Document], deleted: Iterable[str] = ()) -> None:
        documents, gone = list(updated), set(deleted)
        if documents or gone:
            with self.folders.writing():
                self.change(self.folders.current(), documents, gone)

    def rebuild(self, documents: Iterable[Document]) -> int:
        return self.folders.rebuild(self, documents)

    def create(self, folder: Path) -> None:
        tantivy.Index(SCHEMA, path=str(folder), reuse=False)

    def held(self, folder: Path) -> dict[str, str]:
        with _said():
            return dict(Snapshot(_opened(folder).searcher(), "").digests())

    def add(self, folder: Path, documents: Iterable[Document]) -> None:
        writer = _opened(folder).writer(BULK_MEMORY, BULK_THREADS)
        kept = time.monotonic()
        for document in documents:
            writer.add_document(row(document))
            if time.monotonic() - kept > KEEP_EVERY:
                writer.commit()
                kept = time.monotonic()
        writer.commit()
        writer.wait_merging_threads()

    def change(self, folder: Path, updated: Iterable[Document], deleted: Iterable[str]) -> None:
        documents = {document.id: document for document in updated}
        rows = [row(document) for document in documents.values()]
        keys = [int(id) for id in {*documents, *deleted}]
        with _said():
            writer = _opened(folder).writer(SMALL_MEMORY, 1)
            writer.delete_documents_by_query(Query.term_set_query(SCHEMA, "key", keys))
            for made in rows:
                writer.add_document(made)
            writer.commit()
            if len(_meta(folder)["segments"]) > MOST_SEGMENTS:
                writer.wait_merging_threads()

    def close(self) -> None:
        """Lets go of the open files; the next search opens them again."""
        with self._lock:
            self._index, self._snapshot, self._seen = None, None, ()


def _opened(folder: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")
    return index


def _meta(folder: Path) -> dict[str, list[object]]:
    return json.loads((folder / "meta.json").read_text("utf-8"))


@contextmanager
def _said() -> Iterator[None]:
    """Says in our words that Tantivy cannot read or write; a damaged file can make it fail in any way, even
    in a panic of its own, which is no Exception."""
    try:
        yield
    except SearchUnavailable:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        if "LockBusy" in str(error):
            raise SearchUnavailable("The search index is being written by another process.") from error
        raise SearchUnavailable(f"The search index is damaged ({type(error).__name__}).") from error
