"""The engines, in one tuple. A newcomer adds a factory here and a few lines to the contract tests."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from search.engines.base import Document, Engine

Source = Callable[[], Iterable[Document]]


class Entry(NamedTuple):
    """`make` takes the engine's own folder and a function that yields every document."""

    name: str
    make: Callable[[Path, Source], Engine]


def _whoosh(folder: Path, source: Source) -> Engine:
    from search.engines.whoosh import Whoosh

    return Whoosh(folder)


def _tantivy(folder: Path, source: Source) -> Engine:
    from search.engines.tantivy import Tantivy

    return Tantivy(folder)


def _scan(folder: Path, source: Source) -> Engine:
    from search.engines.scan import ScanEngine

    return ScanEngine(source)


ENGINES: tuple[Entry, ...] = (
    Entry("whoosh", _whoosh),  # the default: embedded, one process writes
    Entry("tantivy", _tantivy),  # for one large machine: in Rust, and sure without a look at the texts
    Entry("scan", _scan),  # no index, reads every article: slow, and right by reading
)
