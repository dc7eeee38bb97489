"""The engine for one large machine: Tantivy, a search library in Rust."""

import json
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Query

from search.engines.base import Busy, Document, Request, Result, SearchUnavailable
from search.engines.folders import Folders
from search.engines.tantivy_search import Snapshot
from search.engines.tantivy_store import SCHEMA, SCHEMA_VERSION, row

KEEP_EVERY = 20.0
"""Seconds of a rebuild after which what is done is kept: more often makes more and smaller segments."""
BULK_MEMORY, BULK_THREADS = 128_000_000, 2
SMALL_MEMORY = 15_000_000
"""Bytes that a writer may hold before it writes a segment; Tantivy wants fifteen million for each thread."""
WORN = 0.4
"""Part of a segment that may be dead. Tantivy merges by living documents alone, so the dead of a large segment
would stay for ever: beyond this, each change writes some of its living anew, until nothing is left of it."""
RENEWED = 200
MOMENT = 0.05
"""Seconds that a change waits for its merging, which is mostly none."""


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
        self._merging: threading.Thread | None = None

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

    def busy(self) -> bool:
        return self.folders.busy()

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
        """Merging goes on when this has returned, in a thread that keeps the lock until it is done."""
        documents, gone = list(updated), set(deleted)
        if not documents and not gone:
            return
        with ExitStack() as held, _said():
            held.enter_context(self.folders.writing())
            touched = {*gone, *(document.id for document in documents)}
            renewed = [document for document in self._worn() if document.id not in touched]
            writer = _changed(self.folders.current(), [*documents, *renewed], gone)
            self._merging = threading.Thread(target=_merge, args=(writer, held.pop_all()))
            self._merging.start()
        self._merging.join(MOMENT)

    def _worn(self) -> list[Document]:
        """Some living documents of the segment that has the most dead, if those are too many."""
        snapshot = self.snapshot()
        segments = _meta(self.folders.current())["segments"]
        dead = [(segment["deletes"] or {}).get("num_deleted_docs", 0) for segment in segments]
        worst = max(range(len(segments)), key=dead.__getitem__, default=0)
        if not segments or dead[worst] <= WORN * segments[worst]["max_doc"]:
            return []
        before = sum(segment["max_doc"] for segment in segments[:worst]) - sum(dead[:worst])
        return snapshot.some_of(worst, before, RENEWED)

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
        _changed(folder, updated, deleted).wait_merging_threads()

    def close(self) -> None:
        """Lets go of the open files; the next search opens them again."""
        if self._merging:
            self._merging.join()
        with self._lock:
            self._index, self._snapshot, self._seen = None, None, ()


def _changed(folder: Path, updated: Iterable[Document], deleted: Iterable[str]) -> tantivy.IndexWriter:
    """A writer that has committed a change and merges what is due."""
    documents = {document.id: document for document in updated}
    rows = [row(document) for document in documents.values()]
    writer = _opened(folder).writer(SMALL_MEMORY, 1)
    keys = [int(id) for id in {*documents, *deleted}]
    writer.delete_documents_by_query(Query.term_set_query(SCHEMA, "key", keys))
    for made in rows:
        writer.add_document(made)
    writer.commit()
    return writer


def _merge(writer: tantivy.IndexWriter, held: ExitStack) -> None:
    """A writer that is dropped while it merges leaves files behind that nobody removes."""
    with held:
        writer.wait_merging_threads()


def _opened(folder: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")
    return index


def _meta(folder: Path) -> dict[str, Any]:
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
            raise Busy("The search index is being written by another process.") from error
        raise SearchUnavailable(f"The search index is damaged ({type(error).__name__}).") from error
