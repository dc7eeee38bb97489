"""The engine for one large machine: Tantivy, a search library in Rust."""

import json
import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Query

from search.engines.base import Document, Request, Result, SearchUnavailable
from search.engines.folders import Files, Folders
from search.engines.processes import processors, spread
from search.engines.tantivy_faults import WRITTEN, said
from search.engines.tantivy_search import Snapshot
from search.engines.tantivy_store import SCHEMA, SCHEMA_VERSION, packed, prepared, row, row_of

KEEP_EVERY = 60.0
"""Seconds of a rebuild after which what is done is kept: more often makes more and smaller segments."""
BULK_MEMORY, BULK_THREADS = 200_000_000, 2
SMALL_MEMORY = 15_000_000
"""Bytes that a writer may hold before it writes a segment; Tantivy wants fifteen million for each thread."""
WORN = 0.4
"""Part of a segment that may be dead. Tantivy merges by living documents alone, so the dead of a large segment
would stay for ever: beyond this, each change writes some of its living anew, until nothing is left of it."""
RENEWED = 200
LOOK_EVERY = 0.2
"""Seconds for which open files count as whole, once looked at: looking took as long as a rare word's search."""
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
        self._files: Files | None = None
        self._looked = 0.0
        self._merging: threading.Thread | None = None

    # -- reading

    def search(self, request: Request) -> Result:
        with said():
            return self.snapshot().search(request)

    def digests(self) -> Iterator[tuple[str, str]]:
        with said():
            yield from self.snapshot().digests()

    def generation(self) -> str:
        with said():
            return self.snapshot().generation

    def outdated(self) -> bool:
        return self.folders.outdated()

    def busy(self) -> bool:
        return self.folders.busy()

    def snapshot(self) -> Snapshot:
        """The index as it is now; opened anew only when it has changed."""
        with self._lock:
            for attempt in range(5):
                try:
                    return self._now()
                except (OSError, ValueError):  # a merge or a rebuild removed what we were about to open
                    if attempt == 4:
                        raise
        raise AssertionError

    def _now(self) -> Snapshot:
        current = self.folders.current()
        seen = _seen(current)
        if self._snapshot is None or self._seen != seen:
            if self._index is None or self._index[0] != current:
                self._index = current, _opened(current)
            index = self._index[1]
            index.reload()
            meta = _meta(current)
            snapshot = Snapshot(index.searcher(), f"{current.name}:{meta['opstamp']}")
            snapshot.probe()
            self._snapshot = snapshot
            self._files = Files(current, (s["segment_id"].replace("-", "") for s in meta["segments"]))
            self._seen, self._looked = seen, time.monotonic()
        elif self._files and (now := time.monotonic()) - self._looked >= LOOK_EVERY:
            if (harmed := self._files.harmed()) and _seen(current) == seen:
                raise SearchUnavailable(f"A file of the search index was damaged: {harmed}.")
            self._looked = now
        return self._snapshot

    # -- writing

    def apply(self, updated: Iterable[Document], deleted: Iterable[str] = ()) -> None:
        """Merging goes on when this has returned, in a thread that keeps the lock until it is done."""
        documents, gone = list(updated), set(deleted)
        if not documents and not gone:
            return
        with ExitStack() as held, said(WRITTEN):
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

    def amend(self, updated: Iterable[Document], deleted: Iterable[str] = ()) -> None:
        self.change(self.folders.current(), updated, deleted)

    def rebuild(self, documents: Iterable[Document]) -> int:
        return self.folders.rebuild(self, documents)

    def create(self, folder: Path) -> None:
        with said(WRITTEN):
            tantivy.Index(SCHEMA, path=str(folder), reuse=False)

    def held(self, folder: Path) -> dict[str, str]:
        with said():
            return dict(Snapshot(_opened(folder).searcher(), "").digests())

    def add(self, folder: Path, documents: Iterable[Document]) -> None:
        """Folds and cuts in several processes where there are many."""
        with said(WRITTEN), _writer(folder, BULK_MEMORY, _threads()) as writer, ExitStack() as held:
            kept = time.monotonic()
            made = held.enter_context(closing(spread(prepared, map(packed, documents))))
            for fields in made:
                writer.add_document(row_of(fields))
                if time.monotonic() - kept > KEEP_EVERY:
                    writer.commit()
                    kept = time.monotonic()
            writer.commit()
            writer.wait_merging_threads()

    def change(self, folder: Path, updated: Iterable[Document], deleted: Iterable[str]) -> None:
        with said(WRITTEN):
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
    keys = [int(id) for id in {*documents, *deleted}]
    with _writer(folder, SMALL_MEMORY, 1) as writer:
        writer.delete_documents_by_query(Query.term_set_query(SCHEMA, "key", keys))
        for made in rows:
            writer.add_document(made)
        writer.commit()
    return writer


def _threads() -> int:
    """Each leaves segments of its own, and the fewer segments, the faster the searches."""
    return max(1, min(BULK_THREADS, processors() // 2))


@contextmanager
def _writer(folder: Path, memory: int, threads: int) -> Iterator[tantivy.IndexWriter]:
    """A writer whose threads are at rest again when anything goes wrong."""
    writer = _opened(folder).writer(memory, threads)
    try:
        yield writer
    except BaseException:
        with suppress(BaseException):  # it may be as broken as the disk it writes to
            writer.rollback()
            writer.wait_merging_threads()
        raise


def _merge(writer: tantivy.IndexWriter, held: ExitStack) -> None:
    """A writer that is dropped while it merges leaves files behind that nobody removes."""
    with held:
        writer.wait_merging_threads()


def _opened(folder: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")
    return index


def _seen(folder: Path) -> tuple[object, ...]:
    """What is another after every commit and every merge."""
    written = os.stat(f"{folder}/meta.json")
    return folder, written.st_ino, written.st_mtime_ns


def _meta(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "meta.json").read_text("utf-8"))
