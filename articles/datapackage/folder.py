"""Writes the data package: beside its place first, then put there as a whole."""

import csv
import fcntl
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from articles.datapackage import corpus
from articles.datapackage.fields import Data, Sheet, cells
from articles.datapackage.tables import OF_ARTICLES, SHEETS

NAME = "cppcc-practice-archive"
DESCRIPTOR, RECORDS, SHAPE = "datapackage.json", "articles.jsonl", "articles.schema.json"
FILES = frozenset({DESCRIPTOR, RECORDS, SHAPE, *(sheet.path for sheet in SHEETS)})
"""All that a package holds."""


class Foreign(Exception):
    """The place is taken by something that is no data package of ours; `what` names it."""

    def __init__(self, what: Path) -> None:
        super().__init__(str(what))
        self.what = what


@dataclass(slots=True)
class Written:
    """A file under way. `rows` does not count the header."""

    path: str
    rows: int = 0
    size: int = 0
    digest: Any = field(default_factory=sha256)


class _Out:
    """A file that counts what is written to it."""

    def __init__(self, folder: Path, path: str) -> None:
        self.written = Written(path)
        self._file = (folder / path).open("wb")

    def write(self, text: str) -> None:
        data = text.encode()
        self._file.write(data)
        self.written.size += len(data)
        self.written.digest.update(data)

    def __enter__(self) -> "_Out":
        return self

    def __exit__(self, *failure: object) -> None:
        self._file.close()


class _Table:
    def __init__(self, out: _Out, sheet: Sheet) -> None:
        self._out = out
        self._writer = csv.writer(out)
        self._writer.writerow(sheet.header)

    def add(self, row: Any) -> None:
        self._writer.writerow(cells(row))
        self._out.written.rows += 1


def write(target: Path, record: Callable[[Any], Data], shape: Data) -> list[Written]:
    """The published archive as a folder `target`, which is made, or replaced if it is such a package.

    `record` makes an article's full record, which `shape`, a JSON Schema, describes. Raises Foreign for a place
    that holds anything else, and OSError; the place is then as it was.
    """
    target = Path(os.path.abspath(target))
    check(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _beside(target) as folder:
        written = [*_names(folder), *_articles(folder, record)]
        _json(folder / SHAPE, shape)
        _json(folder / DESCRIPTOR, descriptor({w.path: w for w in written}))
        check(target)  # somebody may have put something there meanwhile
        _put(folder, target)
    return written


def check(target: Path) -> None:
    """Raises Foreign unless the place is free, an empty folder, or a package that nobody added anything to."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise Foreign(target)
    entries = sorted(target.iterdir()) if target.exists() else []
    if entries:
        for entry in entries:
            if entry.name not in FILES or not entry.is_file() or entry.is_symlink():
                raise Foreign(entry)
        try:
            name = json.loads((target / DESCRIPTOR).read_text("utf-8"))["name"]
        except (OSError, ValueError, KeyError, TypeError):
            name = ""
        if name != NAME:
            raise Foreign(target)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new folder next to the place, held as long as it is written to; it is gone afterwards, whatever happens.

    What a killed process left there goes first.
    """
    _sweep(target)
    folder, held = _held_folder(target)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _held_folder(target: Path) -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        held = _hold(folder)
        if held is not None and folder.exists():  # nobody swept it away in between
            return folder, held


def _hold(folder: Path) -> int | None:
    """A descriptor that holds a folder until it is closed, or its process ends; None where another has it."""
    try:
        held = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        return None
    return held


def _sweep(target: Path) -> None:
    """Takes away what processes left that were killed under way; a package that was just being replaced comes back."""
    ours = re.compile(rf"\.{re.escape(target.name)}\.[a-z0-9_]{{8}}(\.former)?")
    for left in sorted(target.parent.iterdir()):
        found = ours.fullmatch(left.name)
        if not found or left.is_symlink() or not left.is_dir():
            continue
        if any(entry.name not in FILES for entry in left.iterdir()):
            continue
        under_way = left.with_name(left.name.removesuffix(".former"))
        held = _hold(under_way)
        if held is None and under_way.exists():
            continue
        if found[1] and not target.exists():
            left.rename(target)
        else:
            shutil.rmtree(left, ignore_errors=True)
        if held is not None:
            os.close(held)


def _put(folder: Path, target: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    folder.chmod(0o777 & ~mask)
    if not target.exists():
        folder.rename(target)
        return
    former = folder.with_name(f"{folder.name}.former")
    target.rename(former)
    try:
        folder.rename(target)
    except OSError:
        former.rename(target)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _names(folder: Path) -> Iterator[Written]:
    for sheet, rows in corpus.names():
        with _Out(folder, sheet.path) as out:
            table = _Table(out, sheet)
            for row in rows:
                table.add(row)
        yield out.written


def _articles(folder: Path, record: Callable[[Any], Data]) -> list[Written]:
    """All files of articles in one pass: some hundred articles are in memory at a time."""
    with ExitStack() as files:
        outs = {sheet.name: files.enter_context(_Out(folder, sheet.path)) for sheet in OF_ARTICLES}
        records = files.enter_context(_Out(folder, RECORDS))
        sheets = {sheet.name: _Table(outs[sheet.name], sheet) for sheet in OF_ARTICLES}
        for article in corpus.articles():
            for sheet, row in corpus.rows_of(article):
                sheets[sheet.name].add(row)
            records.write(json.dumps(record(article), ensure_ascii=False) + "\n")
            records.written.rows += 1
    return [*(out.written for out in outs.values()), records.written]


def descriptor(written: dict[str, Written]) -> Data:
    """What datapackage.json says of these files."""
    resources: list[Data] = [
        {
            "name": sheet.name,
            "title": sheet.said,
            **_file(written[sheet.path], "csv", "text/csv"),
            "profile": "tabular-data-resource",
            "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
            "schema": sheet.schema(),
        }
        for sheet in SHEETS
    ]
    resources.append(
        {
            "name": "records",
            "title": f"Full records of the articles, one JSON object a line, as {SHAPE} describes them",
            **_file(written[RECORDS], "jsonl", "application/jsonl"),
            "profile": "data-resource",
            "jsonSchema": SHAPE,
        }
    )
    return {
        "profile": "data-package",
        "name": NAME,
        "title": "政协实践文库 · CPPCC Practice Archive",
        "description": "All published articles with what was read from them and the words that it was read from. "
        "Cells are as read: open the tables with a program for data, or as text in a spreadsheet.",
        "resources": resources,
    }


def _file(written: Written, form: str, media_type: str) -> Data:
    return {
        "path": written.path,
        "format": form,
        "mediatype": media_type,
        "encoding": "utf-8",
        "bytes": written.size,
        "hash": f"sha256:{written.digest.hexdigest()}",
    }


def _json(path: Path, data: Data) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
