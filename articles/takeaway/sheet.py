"""Tables as Excel workbooks: real dates and numbers, links, a header that stays, nothing that calculates."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from articles.takeaway.reference import plain

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

NARROWEST, WIDEST = 8, 60  # of columns, in characters of half width
ON_PAPER = 210  # characters side by side on a sheet of paper, as small as can still be read
LONGEST_TEXT, LONGEST_LINK = 32_767, 2_079  # what Excel takes
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
"""How text begins that a spreadsheet would take for a formula, in full width too."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column. `kind`: text, date for ISO dates of which full days become real ones, or link for addresses."""

    name: str
    kind: str = "text"


@dataclass(slots=True)
class _Looks:
    head: Format
    date: Format
    link: Format
    quoted: Format


def write(file: BinaryIO, title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> None:
    """Writes a workbook of one sheet to `file`. One row is in memory at a time, the others on disk."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": title})
    looks = _Looks(
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        book.add_format({"font_color": "#1d5fa8", "underline": 1}),
        # A cell of plain text stays so when somebody edits it; without this it would calculate from then on.
        book.add_format({"quote_prefix": True}),
    )
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "1")
    widths = [_width(heading.name) + 3 for heading in headings]  # room for the button of the filter
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    for at, heading in enumerate(headings):
        sheet.write_string(0, at, heading.name, looks.head)
    last = 0
    for last, row in enumerate(rows, 1):
        for at, (heading, value) in enumerate(zip(headings, row, strict=True)):
            shown = _write(sheet, last, at, heading.kind, value, looks)
            widths[at] = max(widths[at], min(shown, WIDEST))
    widths = [max(NARROWEST, min(width, WIDEST)) for width in widths]
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.fit_to_pages(-(-sum(widths) // ON_PAPER), 0)
    sheet.autofilter(0, 0, last, len(headings) - 1)
    book.close()


def _write(sheet: Worksheet, row: int, at: int, kind: str, value: Any, looks: _Looks) -> int:
    """Writes one cell and returns how wide it shows."""
    if value is None or value == "":
        return 0
    if isinstance(value, int | float | Decimal):
        sheet.write_number(row, at, value)
        return len(str(value))
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    text = plain(str(value))[:LONGEST_TEXT]
    if kind == "date" and (day := _day(text)):
        sheet.write_datetime(row, at, day, looks.date)
    elif kind == "link" and text.startswith(("https://", "http://")) and len(text) <= LONGEST_LINK:
        sheet.write_url(row, at, text, looks.link)
    else:
        sheet.write_string(row, at, text, looks.quoted if FORMULA.match(text) else None)
    return _width(text)


def _day(text: str) -> date | None:
    """A day, if it is one that Excel counts."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and day.year >= 1900 else None


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text[:WIDEST]) + 1
