"""The embedded engine: Whoosh, with one searcher kept open until the index changes.

Folder: `CURRENT` names the folder that holds the index; a rebuild fills another one and then changes the
name, so a search never meets half an index and a crash leaves at worst a folder that the next rebuild
removes.
"""

import json
import shutil
import threading
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.writing import LockError

from search import text
from search.engines.base import Document, NoIndex, OtherVersion, Request, Result, SearchUnavailable
from search.engines.whoosh_search import Snapshot
from search.engines.whoosh_segment import Segment
from search.engines.whoosh_store import SCHEMA_VERSION, Writer, merge_policy, no_merge, schema

BATCH = 4_000
"""Documents written in one commit of a rebuild: some 300 MB of terms."""

_NAME = "MAIN"
WRITTEN_BY = {"analyser": text.ANALYSER, "schema": SCHEMA_VERSION}


class Whoosh:
    """An index in `folder`, made by the first `rebuild`."""

    name = "whoosh"

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None

    # -- reading

    def search(self, request: Request) -> Result:
        return self.snapshot().search(request)

    def digests(self) -> Iterator[tuple[str, str]]:
        return self.snapshot().digests()

    def generation(self) -> str:
        current = self._current()
        return f"{current.name}:{TOC._latest_generation(FileStorage(str(current)), _NAME)}"

    def snapshot(self) -> Snapshot:
        """The index as it is now; opened anew only when it has changed, and then only what is new in it."""
        with self._lock:
            for attempt in range(5):
                try:
                    generation = self.generation()
                    if self._snapshot is None or self._snapshot.generation != generation:
                        self._snapshot = self._open(generation)
                    return self._snapshot
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

    def _open(self, generation: str) -> Snapshot:
        current = self._current()
        storage = FileStorage(str(current))
        toc = TOC.read(storage, _NAME)
        known = {s.id: s for s in self._snapshot.segments} if self._snapshot else {}
        whole = [s for s in toc.segments if s.doc_count_all()]
        segments = [known.get(s.segment_id()) or Segment(storage, toc.schema, s) for s in whole]
        deleted = [frozenset(s.deleted_docs()) for s in whole]
        return Snapshot(segments, deleted, generation)

    def _current(self) -> Path:
        """The folder of the index in use."""
        try:
            current = self.folder / (self.folder / "CURRENT").read_text(encoding="ascii").strip()
            written_by = json.loads((current / "written_by.json").read_text(encoding="ascii"))
        except FileNotFoundError as error:
            raise NoIndex("There is no search index yet.") from error
        except (OSError, ValueError) as error:
            raise SearchUnavailable(f"The search index cannot be read: {error}.") from error
        if written_by != WRITTEN_BY:
            raise OtherVersion("The search index was written by another version of this program.")
        return current

    # -- writing

    def apply(self, updated: Iterable[Document], deleted: Iterable[str] = ()) -> None:
        documents = {document.id: document for document in updated}
        gone = {*documents, *deleted}
        if not gone:
            return
        with self._lock:
            snapshot = self.snapshot()
            writer = self._writer(self._current())
            try:
                if writer.generation - 1 != int(snapshot.generation.rpartition(":")[2]):
                    snapshot = self.snapshot()
                self._delete(writer, snapshot, gone)
                for document in documents.values():
                    writer.add(document)
                writer.commit(mergetype=merge_policy)
            except BaseException:
                if not writer.is_closed:
                    writer.cancel()
                raise

    def _delete(self, writer: Any, snapshot: Snapshot, ids: set[str]) -> None:
        in_writer = {segment.segment_id(): segment for segment in writer.segments}
        for segment in snapshot.segments:
            for id in ids & segment.numbers.keys():
                in_writer[segment.id].delete_document(segment.numbers[id])

    def _writer(self, folder: Path) -> Writer:
        try:
            return Writer(whoosh_index.FileIndex(FileStorage(str(folder)), indexname=_NAME))
        except LockError as error:
            raise SearchUnavailable("The search index is being written by another process.") from error

    def rebuild(self, documents: Iterable[Document]) -> int:
        fresh = self.folder / f"index-{uuid.uuid4().hex[:12]}"
        fresh.mkdir(parents=True)
        try:
            TOC.create(FileStorage(str(fresh)), schema(), _NAME)
            rows, total = iter(documents), 0
            while batch := list(islice(rows, BATCH)):
                writer = self._writer(fresh)
                try:
                    for document in batch:
                        writer.add(document)
                    writer.commit(mergetype=no_merge)
                except BaseException:
                    if not writer.is_closed:
                        writer.cancel()
                    raise
                total += len(batch)
            (fresh / "written_by.json").write_text(json.dumps(WRITTEN_BY), encoding="ascii")
            note = self.folder / f"{fresh.name}.current"
            note.write_text(fresh.name, encoding="ascii")
            note.replace(self.folder / "CURRENT")
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        for old in self.folder.glob("index-*"):
            if old.is_dir() and old != fresh:
                shutil.rmtree(old, ignore_errors=True)
        return total

    def close(self) -> None:
        """Lets go of the open files; the next search opens them again."""
        with self._lock:
            if self._snapshot:
                for segment in self._snapshot.segments:
                    segment.close()
            self._snapshot = None
