from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from articles.takeaway.sheet import Heading, write

HEADINGS = (Heading("标题"), Heading("日期", "date"), Heading("地址", "link"), Heading("数值"))


def sheet(*rows: list[Any], title: str = "文章") -> Any:
    file = BytesIO()
    write(file, title, HEADINGS, rows)
    return openpyxl.load_workbook(BytesIO(file.getvalue())).active


def test_dates_numbers_and_links_are_real() -> None:
    found = sheet(["甲", "2024-07-16", "https://a.example/a/1/", Decimal("-1.5")])
    title, day, link, value = found[2]
    assert (title.value, day.value, day.number_format) == ("甲", datetime(2024, 7, 16), "yyyy-mm-dd")  # noqa: DTZ001  (cells know no zone)
    assert link.value == link.hyperlink.target == "https://a.example/a/1/"
    assert value.value == -1.5 and value.data_type == "n"


@pytest.mark.parametrize("date", ["2024", "2024-07", "2024-02-30", "1899-12-31", ""])
def test_what_is_no_day_stays_text(date: str) -> None:
    cell = sheet(["甲", date, "", 1])["B2"]
    assert cell.value == (date or None) and cell.data_type in "sn"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "＝1", '=HYPERLINK("x")'])
def test_nothing_calculates_even_when_edited(text: str) -> None:
    cell = sheet([text, text, text, text])["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_the_header_stays_and_filters() -> None:
    found = sheet(["甲" * 50, "2024-07-16", "", 1], ["乙", "", "", 2])
    assert found.freeze_panes == "A2" and found.auto_filter.ref == "A1:D3"
    assert found.column_dimensions["A"].width > 55 > found.column_dimensions["B"].width > 8
    assert [cell.value for cell in found[1]] == ["标题", "日期", "地址", "数值"] and found["A1"].font.bold


def test_what_no_workbook_holds_is_left_out() -> None:
    found = sheet(["a\x00\x0bb\nc", None, "javascript:x", ["甲", "乙"]], title="a/b[c]:*" + "很" * 40)
    assert found["A2"].value == "ab c" and found["C2"].hyperlink is None and found["D2"].value == "甲; 乙"
    assert len(found.title) == 31 and not set("[]:*?/\\") & set(found.title)
    assert len(sheet(["长" * 40_000, "", "", 1])["A2"].value) == 32_767


def test_a_table_without_rows() -> None:
    assert sheet().max_row == 1


def test_a_wide_table_is_printed_on_several_sheets_that_can_be_read() -> None:
    for columns, across in ((3, 1), (17, 5)):
        file = BytesIO()
        headings = [Heading(f"第{n}栏") for n in range(columns)]
        write(file, "表", headings, [["宽" * 40] * columns])
        setup = openpyxl.load_workbook(file).active.page_setup
        assert (setup.fitToWidth or 1, setup.fitToHeight) == (across, 0)
