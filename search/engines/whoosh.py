"""The embedded engine: Whoosh, with one searcher kept open until the index changes."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.writing import LockError

from search.engines.base import Busy, Document, Request, Result, SearchUnavailable
from search.engines.folders import Files, Folders
from search.engines.whoosh_fields import SCHEMA_VERSION, schema
from search.engines.whoosh_kept import Kept
from search.engines.whoosh_search import Snapshot
from search.engines.whoosh_segment import Segment
from search.engines.whoosh_store import Writer, merge_policy, no_merge

BATCH = 4_000
"""Documents written in one commit of a rebuild: some 300 MB of terms."""

_NAME = "MAIN"


class Whoosh:
    """An index in `folder`, made by the first `rebuild`."""

    name = "whoosh"

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.folders = Folders(self.folder, SCHEMA_VERSION)
        self._lock = threading.RLock()
        self._kept = Kept()
        self._snapshot: Snapshot | None = None
        self._files: Files | None = None

    # -- reading

    def search(self, request: Request) -> Result:
        return self.snapshot().search(request)

    def digests(self) -> Iterator[tuple[str, str]]:
        return self.snapshot().digests()

    def generation(self) -> str:
        return _generation(self.folders.current())

    def outdated(self) -> bool:
        return self.folders.outdated()

    def busy(self) -> bool:
        return self.folders.busy()

    def snapshot(self) -> Snapshot:
        """The index as it is now; opened anew only when it has changed, and then only what is new in it."""
        with self._lock:
            for attempt in range(5):
                try:
                    return self._now()
                except FileNotFoundError as error:  # a commit or a rebuild removed what we were about to open
                    if attempt == 4:
                        raise SearchUnavailable(
                            f"A file of the search index is missing: {error.filename}."
                        ) from error
                except SearchUnavailable:
                    raise
                except Exception as error:  # a damaged file makes Whoosh fail in any way
                    raise SearchUnavailable(
                        f"The search index is damaged ({type(error).__name__})."
                    ) from error
        raise AssertionError

    def _now(self) -> Snapshot:
        current = self.folders.current()
        generation = _generation(current)
        if self._snapshot is None or self._snapshot.generation != generation:
            self._snapshot = _open(current, self._kept, generation, self._snapshot)
            toc = TOC._filename(_NAME, int(generation.rpartition(":")[2]))
            self._files = Files(current, (toc, *(segment.id for segment in self._snapshot.segments)))
        elif self._files and (harmed := self._files.harmed()) and _generation(current) == generation:
            raise SearchUnavailable(f"A file of the search index was damaged: {harmed}.")
        return self._snapshot

    # -- writing

    def apply(self, updated: Iterable[Document], deleted: Iterable[str] = ()) -> None:
        documents, gone = list(updated), set(deleted)
        if documents or gone:
            with self.folders.writing(), self._lock:
                self.change(self.folders.current(), documents, gone)

    def amend(self, updated: Iterable[Document], deleted: Iterable[str] = ()) -> None:
        with self._lock:
            self.change(self.folders.current(), updated, deleted)

    def rebuild(self, documents: Iterable[Document]) -> int:
        return self.folders.rebuild(self, documents)

    def create(self, folder: Path) -> None:
        TOC.create(FileStorage(str(folder)), schema(), _NAME)

    def held(self, folder: Path) -> dict[str, str]:
        snapshot = _open(folder, Kept())
        try:
            return dict(snapshot.digests())
        finally:
            _close(snapshot)

    def add(self, folder: Path, documents: Iterable[Document]) -> None:
        rows = iter(documents)
        while batch := list(islice(rows, BATCH)):
            with _writer(folder) as writer:
                for document in batch:
                    writer.add(document)
                writer.commit(mergetype=no_merge)

    def change(self, folder: Path, updated: Iterable[Document], deleted: Iterable[str]) -> None:
        documents = {document.id: document for document in updated}
        gone = {*documents, *deleted}
        snapshot = self.snapshot() if folder == self.folders.in_use() else _open(folder, Kept())
        with _writer(folder) as writer:
            in_writer = {segment.segment_id(): segment for segment in writer.segments}
            for segment in snapshot.segments:
                for id in gone & segment.numbers.keys():
                    in_writer[segment.id].delete_document(segment.numbers[id])
            for document in documents.values():
                writer.add(document)
            writer.commit(mergetype=merge_policy)

    def close(self) -> None:
        """Lets go of the open files; the next search opens them again."""
        with self._lock:
            if self._snapshot:
                _close(self._snapshot)
            self._snapshot = None


def _generation(folder: Path) -> str:
    return f"{folder.name}:{TOC._latest_generation(FileStorage(str(folder)), _NAME)}"


def _open(folder: Path, kept: Kept, generation: str = "", before: Snapshot | None = None) -> Snapshot:
    """The index in a folder; segments that were open before stay so."""
    storage = FileStorage(str(folder))
    toc = TOC.read(storage, _NAME)
    known = {s.id: s for s in before.segments} if before else {}
    whole = [s for s in toc.segments if s.doc_count_all()]
    segments = [known.get(s.segment_id()) or Segment(storage, toc.schema, s, kept) for s in whole]
    deleted = [frozenset(s.deleted_docs()) for s in whole]
    return Snapshot(segments, deleted, generation)


def _close(snapshot: Snapshot) -> None:
    for segment in snapshot.segments:
        segment.close()


@contextmanager
def _writer(folder: Path) -> Iterator[Writer]:
    """A writer that leaves the index as it was when anything goes wrong before its commit."""
    try:
        writer = Writer(whoosh_index.FileIndex(FileStorage(str(folder)), indexname=_NAME))
    except LockError as error:
        raise Busy("The search index is being written by another process.") from error
    try:
        yield writer
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise
