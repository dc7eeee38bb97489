"""Tables as CSV for spreadsheets: UTF-8 with a byte order mark, one header row, written as a stream."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.functional import Promise

MOST = 50_000
"""Rows of one file at most; the page beside the link says so."""

CHUNK = 500
# What a spreadsheet takes for a formula, in full width too; a tab or a line end before it makes no difference.
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the header; `cell` takes a row of the table."""

    name: str | Promise
    cell: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is the file's without .csv; `rows` may be endless, MOST of them are written."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Any]


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


def response(table: Table) -> StreamingHttpResponse:
    """The file as a download in the reader's language, readable from any origin.

    The language is set for each piece: between two, the thread does other things.
    """
    language = translation.get_language()

    def stream() -> Iterator[str]:
        pieces = lines(table)
        while True:
            with translation.override(language):
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    answer = StreamingHttpResponse(stream(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
