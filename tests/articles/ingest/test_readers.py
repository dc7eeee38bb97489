"""Files become texts, or are refused with the reason; one contract for every reader."""

import codecs
import os
from pathlib import Path

import pytest

from articles.ingest.readers import (
    ENCODINGS,
    LIMITS,
    READERS,
    Limits,
    Reading,
    UnreadableSource,
    read,
    read_pages,
)
from articles.ingest.readers.base import PROBLEMS, REMEDIES
from tests.support.files import Printed, docx, pdf

TEXT = "安溪县政协围绕茶叶品牌保护开展专题协商，组织委员走进茶山茶厂，听茶农的心里话。\n"
TRADITIONAL = "縣政協委員會圍繞茶葉品牌保護開展協商工作，組織委員走進茶山，聽取農民的心裡話。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TRADITIONAL.encode("big5"), "big5"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    reading = read(data, "页.txt")
    text = TRADITIONAL if encoding == "big5" else TEXT
    assert (reading.text, reading.encoding) == (text, encoding)


@pytest.mark.parametrize("letter", ["裏", "啓", "煊"])
def test_letters_that_hong_kong_added_to_big5(letter: str) -> None:
    text = TRADITIONAL + letter
    data = TRADITIONAL.encode("big5") + letter.encode("big5hkscs")
    assert read(data, "页.txt") == Reading(text, "big5")
    assert read_pages(data, "页.txt", encoding="big5") == (Reading(text, "big5"),)


def test_a_text_longer_than_that_of_a_page_is_refused() -> None:
    with pytest.raises(UnreadableSource) as told:
        read_pages("有事好商量。".encode() * 20, "页.txt", Limits(characters=100))
    assert (told.value.problem, told.value.where) == ("too_long", "120 characters > 100 characters")


def test_line_ends_are_left_as_they_are() -> None:
    # Offsets count the characters of the file.
    assert read("甲。\r\n乙。\r丙。\n".encode(), "页.txt").text == "甲。\r\n乙。\r丙。\n"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        ("\u3000\n".encode(), "empty"),
        (b"a" * (LIMITS.file_bytes + 1), "too_large"),
        (b"%PDF-1.7\n...", "broken"),
        (b"PK\x03\x04rest", "other_package"),
        (b"\x1f\x8b\x08rest", "other_package"),
        (b"\xd0\xcf\x11\xe0rest", "old_office"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"abc\x00def", "binary"),
        (b"MZ", "program"),
        (b"MZ\x90\x00\x03" + b"\x00" * 300, "program"),
        (b"\x7fELF\x02", "program"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image"),
        (b"PK\x03\x04....xl/workbook.xml", "other_office"),
        (b"\xe6\x94\xbf\xff\xff", "encoding"),
        (codecs.BOM_UTF8 + b"\xff\xff", "encoding"),
    ],
)
def test_refused_with_reason_and_remedy(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableSource) as refused:
        read(data, "页.txt")
    assert refused.value.problem == problem
    assert refused.value.name == "页.txt" and "页.txt" in str(refused.value)
    assert REMEDIES[refused.value.remedy] in str(refused.value)


def test_the_first_bad_byte_is_named() -> None:
    with pytest.raises(UnreadableSource, match="byte 3"):
        read(b"abc\xff\xfe\xfd", "页.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_bytes_that_are_no_text_are_named_where_they_stand(encoding: str) -> None:
    good = ("茶山\n\n" + TEXT * 3).encode(encoding)
    with pytest.raises(UnreadableSource) as refused:
        read(good + b"\xff\xfe\x81" + TEXT.encode(encoding), "页.txt")
    assert (refused.value.problem, refused.value.where) == ("encoding", f"line 6, byte {len(good)}")


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("某报.zip", "no_package"),
        ("名单.XLSX", "other_office"),
        ("扫描.jpg", "image"),
        ("安装.exe", "program"),
    ],
)
def test_a_name_that_promises_no_text_is_refused_where_the_bytes_say_nothing(name: str, problem: str) -> None:
    for data in (b"not what it says", b"\x04\xd6w\x04+\x00\x85"):
        with pytest.raises(UnreadableSource) as refused:
            read(data, name)
        assert refused.value.problem == problem


LEFT = "　　安溪县政协围绕茶叶品牌保护开展专题协商，组织委员走进茶山茶厂，听茶农的心里话，形成建议二十条。"
RIGHT = "　　县政府逐条研究，办复率达到百分之九十五，群众满意。会后又开了两次现场会，解决难题三个。"
HEADLINE = Printed(60, 60, "政协搭台办好民生实事", 24)


def column(x: float, text: str, width: int = 14) -> list[Printed]:
    return [
        Printed(x, 100 + 16 * i, text[width * i : width * (i + 1)]) for i in range(-(-len(text) // width))
    ]


EXAMPLES = {
    "Pdf": pdf([Printed(60, 60, TEXT.strip())]),
    "Docx": docx(TEXT.strip()),
    "WebPage": f"<!DOCTYPE html><title>x</title><p>{TEXT.strip()}</p>".encode(),
    "PlainText": TEXT.encode(),
}


@pytest.mark.parametrize("reader", READERS, ids=lambda r: type(r).__name__)
def test_every_reader_keeps_the_contract(reader: object) -> None:
    kind = type(reader).__name__
    first = next(type(r).__name__ for r in READERS if r.accepts(EXAMPLES[kind]))
    assert first == kind
    assert [r.text for r in reader.read(EXAMPLES[kind], "页", LIMITS)] == [TEXT]  # type: ignore[attr-defined]
    cut = EXAMPLES[kind][: len(EXAMPLES[kind]) // 2 + 1]
    try:
        read_pages(cut, "页")
    except UnreadableSource as refused:
        assert refused.problem in PROBLEMS and refused.remedy in REMEDIES and refused.name == "页"


def test_an_encoding_that_was_chosen_wins_or_says_where_it_fails() -> None:
    assert read_pages("ab甲".encode("utf-16-le"), "页", encoding="utf-16-le")[0].text == "ab甲"
    with pytest.raises(UnreadableSource) as refused:
        read_pages(TEXT.encode("gb18030"), "页", encoding="utf-8")
    assert (refused.value.problem, refused.value.where) == ("not_in_encoding", "byte 0")
    assert set(ENCODINGS) >= {"utf-8", "gb18030", "big5"}


def test_columns_of_a_pdf_are_read_one_after_the_other() -> None:
    page = [HEADLINE, *column(60, LEFT), *column(300, RIGHT)]
    (reading,) = read_pages(pdf(page), "版.pdf")
    assert reading.text.split("\n\n") == [HEADLINE.text, LEFT.strip(), RIGHT.strip() + "\n"]


def test_a_centred_line_over_columns_is_not_in_a_column() -> None:
    byline = Printed(230, 80, "张三李")
    text = read_pages(pdf([byline, *column(60, LEFT), *column(300, RIGHT)]), "版.pdf")[0].text
    assert text.index("张三李") < text.index("安溪县") < text.index("县政府")


def test_every_page_of_a_pdf_is_a_page() -> None:
    readings = read_pages(pdf([HEADLINE], column(60, LEFT)), "期.pdf")
    assert [r.text.strip() for r in readings] == [HEADLINE.text, LEFT.strip()]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (pdf([HEADLINE], encrypted=True), "encrypted"),
        (pdf([]), "no_text"),
        (pdf([HEADLINE])[:300], "broken"),
        (pdf(*[[HEADLINE]] * 4), "too_many_pages"),
        (docx(raw="<w:p>"), "broken"),
        (docx(), "no_text"),
        (docx("甲", head='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'), "entities"),
        (docx("政" * 2_000_000), "unpacks_too_large"),
        (b"<html><body><script>1</script></body></html>", "no_text"),
    ],
)
def test_hostile_and_broken_files_are_refused_with_the_reason(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableSource) as refused:
        read_pages(data, "坏", Limits(pages=3))
    assert refused.value.problem == problem


def test_pages_that_lead_in_a_circle_come_to_an_end() -> None:
    circle = pdf([HEADLINE]).replace(b"/Kids [10 0 R]", b"/Kids [2 0 R ]")
    assert [r.text.strip() for r in read_pages(circle, "环.pdf")] == [HEADLINE.text]


def test_a_scanned_page_is_refused_unless_text_recognition_is_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = pdf([], picture=True)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableSource) as refused:
        read_pages(scan, "扫描.pdf")
    assert (refused.value.problem, refused.value.where) == ("scanned", "page 1")
    program = tmp_path / "tesseract"
    program.write_text('#!/bin/sh\n[ "$1" = --list-langs ] && echo chi_sim || echo 委员履职\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    (reading,) = read_pages(scan, "扫描.pdf")
    assert (reading.text.strip(), reading.encoding) == ("委员履职", "pdf ocr")


def test_the_text_of_a_document_is_what_its_reader_sees() -> None:
    raw = (
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert read_pages(docx("政协", raw=raw), "文.docx")[0].text == "政协\n\n甲\t乙\n丙\n"


def test_the_body_of_a_web_page_is_found_and_its_navigation_dropped() -> None:
    page = f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>电子报</title></head><body>
    <div class="top"><a href="/">首页</a> <a href="/2">上一版</a><form><input value="搜"></form></div>
    <div><ul><li><a href="1">第01版：要闻</a></li><li><a href="2">第02版：时评</a></li></ul></div>
    <div id="main"><h1>政协搭台</h1><p class="author">张三</p><div id="ozoom">
    <p>{LEFT}</p><p>{RIGHT}</p><p style="display:none">隐藏，隐藏，隐藏。</p></div></div>
    <footer>版权所有，不得转载。</footer><script>var a = "，。，。";</script></body></html>"""
    text = read_pages(page.encode("gb18030"), "版.html")[0].text
    assert text.strip().split("\n\n") == ["政协搭台", "张三", LEFT.strip(), RIGHT.strip()]


def test_what_a_file_is_is_told_by_its_content() -> None:
    assert read_pages(docx("政协"), "页.txt")[0].encoding == "docx"
    assert read_pages(pdf([HEADLINE]), "页.txt")[0].encoding == "pdf"
    assert read_pages(TEXT.encode(), "页.pdf")[0].encoding == "utf-8"


ROWS = (("镇", "走访人次", "捐款（万元）"), ("湖上", "720", "3.5"), ("西坪", "540", "2.1"))


def test_a_table_of_a_web_page_is_a_line_a_row_and_its_cells_stay_apart() -> None:
    cells = "".join("<tr>" + "".join(f"<td><p>{c}</p></td>" for c in row) + "</tr>" for row in ROWS)
    page = f"""<!DOCTYPE html><html><body><h1>送诊下乡</h1><p>{LEFT}</p><table>{cells}</table>
    <h2>茶山新事</h2><p>{RIGHT}</p></body></html>"""
    lines = read_pages(page.encode(), "版.html")[0].text.strip().split("\n\n")
    assert lines == ["送诊下乡", LEFT.strip(), *("\t".join(r) for r in ROWS), "茶山新事", RIGHT.strip()]


def test_a_table_that_arranges_the_page_is_passed_through() -> None:
    page = f"""<!DOCTYPE html><html><body><table><tr><td><h1>送诊下乡</h1></td><td>林小茶</td></tr>
    <tr><td>{LEFT}</td><td>{RIGHT}</td></tr></table></body></html>"""
    lines = read_pages(page.encode(), "版.html")[0].text.strip().split("\n\n")
    assert lines == ["送诊下乡", "林小茶", LEFT.strip(), RIGHT.strip()]


def test_a_table_of_a_document_is_a_line_a_row() -> None:
    def cell(text: str) -> str:
        return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    rows = "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in ROWS)
    after = "<w:p><w:r><w:t>后文。</w:t></w:r></w:p>"
    text = read_pages(docx("前文。", raw=f"<w:tbl>{rows}</w:tbl>{after}"), "文.docx")[0].text
    assert text.strip().split("\n\n") == ["前文。", *("\t".join(row) for row in ROWS), "后文。"]


def test_a_table_in_a_table_of_a_document_is_passed_through() -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>里</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    raw = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>外</w:t></w:r></w:p>{inner}</w:tc></w:tr></w:tbl>"
    assert read_pages(docx("前文。", raw=raw), "文.docx")[0].text.split() == ["前文。", "外", "里"]
