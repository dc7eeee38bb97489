"""Tables of the site's lists, and the lines of one as CSV: UTF-8 with a byte order mark, one header row."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from articles.takeaway.sheet import FORMULA

MOST = 10_000
"""Rows of one file at most; the page beside the link says so."""

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the header; `cell` takes a row of the table; `kind` as of `takeaway.sheet.Heading`."""

    name: str | Promise
    cell: Callable[[Any], Any]
    kind: str = "text"

    @property
    def key(self) -> str:
        """The name for programs, the same in every language: permanent_address."""
        with translation.override("en"):
            return str(self.name).lower().replace(" ", "_")


@dataclass(frozen=True, slots=True)
class Selection:
    """The articles of a list: `keys` gives so many in the list's order, `latest` so many, last added first.

    `said` says in words which articles these are; others may join them later if it `grows`.
    """

    keys: Callable[[int], list[int]]
    latest: Callable[[int], list[int]]
    said: Callable[[], str]
    grows: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is the file's without its ending; `rows` may be endless, MOST of them are written.

    `articles` is there where each row is an article. Making a table asks the database nothing; reading it does.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Any]
    articles: Selection | None = None


class _Echo:
    """A file for csv.writer that returns what is written."""

    def write(self, line: str) -> str:
        return line


def text_of(value: Any) -> str:
    """A cell. Text that a spreadsheet would calculate gets an apostrophe before it; numbers are numbers."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, int | float):
        return str(value)
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if FORMULA.match(text) else text


def lines(table: Table) -> Iterator[str]:
    """The file in pieces of some hundred rows, each in the language that is active when it is asked for."""
    writer = csv.writer(_Echo())  # type: ignore[arg-type]
    rows = islice(iter(table.rows), MOST)
    yield "\ufeff" + str(writer.writerow([text_of(column.name) for column in table.columns]))
    while True:
        cells = [[text_of(column.cell(row)) for column in table.columns] for row in islice(rows, CHUNK)]
        if not cells:
            return
        yield "".join(str(writer.writerow(row)) for row in cells)
