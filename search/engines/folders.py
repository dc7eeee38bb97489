"""Where an index lies on the disk, whichever engine fills it.

`CURRENT` names the folder in use. A rebuild fills another one beside it and then changes the name, so nobody
meets half an index, and a process that is killed on the way leaves a half-built folder with which the next
rebuild goes on.
"""

import fcntl
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from search import text
from search.engines.base import Busy, Document, NoIndex, OtherVersion, SearchUnavailable
from search.text import bulk

PATIENCE = 30.0
"""Seconds to wait for another process that is writing."""

_WRITTEN, _BUILDING = "written_by.json", "building.json"


class Files:
    """The files of some segments as they were when they were opened. They are never written again, so one that
    has changed was damaged; reading on in it could end the process, for it is mapped into memory."""

    def __init__(self, folder: Path, segments: Iterable[str]) -> None:
        names = tuple(segments)
        with os.scandir(folder) as entries:
            self._seen = {
                entry.path: _state(entry.stat()) for entry in entries if any(id in entry.name for id in names)
            }

    def harmed(self) -> str:
        """The name of one that is not as it was, or ""."""
        for path, state in self._seen.items():
            try:
                if _state(os.stat(path)) != state:
                    return os.path.basename(path)
            except OSError:
                return os.path.basename(path)
        return ""


def _state(found: os.stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


class Filler(Protocol):
    """What an engine does to an index in some folder, in use or not."""

    def create(self, folder: Path) -> None:
        """An index that holds nothing."""

    def held(self, folder: Path) -> dict[str, str]:
        """The digest of each document in it, by id."""

    def add(self, folder: Path, documents: Iterable[Document]) -> None:
        """Adds many documents that it does not hold, and keeps a part of them now and then."""

    def change(self, folder: Path, updated: Iterable[Document], deleted: Iterable[str]) -> None:
        """Adds or replaces documents and removes ids, all or nothing."""


class Folders:
    """The folders of one engine. `schema`: the version of what it keeps in them."""

    def __init__(self, root: Path, schema: str) -> None:
        self.root = root
        self._needed = {"analyser": text.ANALYSER, "schema": schema}
        self._known: tuple[Path, tuple[object, ...]] | None = None

    def current(self) -> Path:
        """The folder in use. Raises NoIndex, OtherVersion, SearchUnavailable."""
        known = self._known
        if known and known[1] and known[1] == self._states(known[0]):
            return known[0]  # every search asks: files that are as they were are not read again
        try:
            current = self.root / (self.root / "CURRENT").read_text(encoding="ascii").strip()
            states = self._states(current)
            written_by = _read(current / _WRITTEN)
        except FileNotFoundError as error:
            raise NoIndex("There is no search index yet.") from error
        except (OSError, ValueError) as error:
            raise SearchUnavailable(f"The search index cannot be read: {error}.") from error
        if not self._needed.items() <= written_by.items():
            raise OtherVersion("The search index was written by another version of this program.")
        self._known = current, states
        return current

    def _states(self, current: Path) -> tuple[object, ...]:
        """What tells whether the two files that name a folder and its version are as they were; () where one
        is missing."""
        try:
            found = [os.stat(f"{self.root}/CURRENT"), os.stat(f"{current}/{_WRITTEN}")]
        except OSError:
            return ()
        return tuple((state.st_ino, *_state(state)) for state in found)

    def in_use(self) -> Path | None:
        """The folder in use, whatever state it is in."""
        try:
            return self.root / (self.root / "CURRENT").read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return None

    def outdated(self) -> bool:
        """Whether the index in use was cut with another dictionary than there is now: it finds the same
        articles, but ranks them as that one did. Raises as `current` does."""
        return _read(self.current() / _WRITTEN) != self._written_by()

    def rebuild(self, filler: Filler, documents: Iterable[Document]) -> int:
        """Fills a new folder, or the rest of a half-built one, and puts it to use. Returns how many documents
        there are.

        What a half-built folder holds is not indexed again where it is still as the database has it. A fault
        removes the folder; only whoever is stopped from outside leaves it behind.
        """
        with self.writing():
            fresh, held = self._begun(filler)
            rest = _Rest(documents, held)
            try:
                filler.add(fresh, rest)
                if rest.changed or rest.held:
                    filler.change(fresh, rest.changed, set(rest.held))
                self._finish(fresh)
            except Exception:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            return rest.total

    def _begun(self, filler: Filler) -> tuple[Path, dict[str, str]]:
        """(folder to fill, digests of what it holds already, by id). Removes what nobody can use."""
        begun: tuple[Path, dict[str, str]] | None = None
        used = self.in_use()
        for folder in self.root.glob("index-*"):
            if folder == used:
                continue
            if begun is None:
                with suppress(Exception):  # half-built and damaged: it may fail in any way
                    if _read(folder / _BUILDING) == self._written_by():
                        begun = folder, filler.held(folder)
                        continue
            shutil.rmtree(folder, ignore_errors=True)
        if begun:
            return begun
        fresh = self.root / f"index-{uuid.uuid4().hex[:12]}"
        fresh.mkdir()
        filler.create(fresh)
        (fresh / _BUILDING).write_text(json.dumps(self._written_by()), encoding="ascii")
        return fresh, {}

    def _finish(self, fresh: Path) -> None:
        (fresh / _BUILDING).replace(fresh / _WRITTEN)
        note = self.root / f"{fresh.name}.current"
        note.write_text(fresh.name, encoding="ascii")
        note.replace(self.root / "CURRENT")
        for old in self.root.glob("index-*"):
            if old.is_dir() and old != fresh:
                shutil.rmtree(old, ignore_errors=True)

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[None]:
        """One writer at a time, in whatever process: the system frees the lock of one that died. Raises Busy
        when it has waited `patience` seconds, PATIENCE by default."""
        self.root.mkdir(parents=True, exist_ok=True)
        with open(self.root / "writing.lock", "a") as file:
            until = time.monotonic() + (PATIENCE if patience is None else patience)
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError as error:
                    if time.monotonic() > until:
                        raise Busy("The search index is being written by another process.") from error
                    time.sleep(0.02)
            yield

    def busy(self) -> bool:
        try:
            with self.writing(patience=0):
                return False
        except Busy:
            return True

    def _written_by(self) -> dict[str, str]:
        return {**self._needed, "cutter": bulk.cutter(), "dictionary": bulk.dictionary()}


class _Rest:
    """Those documents that are not held yet. When all are read: `total`, all of them; `changed`, those held
    in another form; `held`, what is left over."""

    def __init__(self, documents: Iterable[Document], held: dict[str, str]) -> None:
        self.documents = documents
        self.held = held
        self.changed: list[Document] = []
        self.total = 0

    def __iter__(self) -> Iterator[Document]:
        for document in self.documents:
            self.total += 1
            digest = self.held.pop(document.id, None)
            if digest is None:
                yield document
            elif digest != document.digest:
                self.changed.append(document)


def _read(path: Path) -> Mapping[str, str]:
    found = json.loads(path.read_text(encoding="ascii"))
    if not isinstance(found, dict):
        raise ValueError(f"{path.name} is damaged")
    return found
