"""Briefings as Word documents: one table of what was done where, and the list of references."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from articles.takeaway.reference import plain

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

SERIF, SANS, LATIN = "宋体", "黑体", "Times New Roman"
INK, SOFT = RGBColor(0x21, 0x1D, 0x18), RGBColor(0x5E, 0x57, 0x4C)
WIDTHS = (2.6, 4.0, 8.0, 8.0, 3.1)  # centimetres, of 25.7 that a landscape A4 page leaves


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article; `words` are those pieces of it that matter."""

    text: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """An article. `mechanisms` are names; `practice` says what is done, `effect` what came of it, in sentences of
    the article; `source` and `url` say where it stands."""

    title: str
    region: str
    mechanisms: tuple[str, ...]
    practice: tuple[Sentence, ...]
    effect: tuple[Sentence, ...]
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Words:
    """What the document says by itself, in one language. `columns` has five headings."""

    columns: tuple[str, str, str, str, str]
    references: str
    nothing: str
    comma: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """`lines` say under the title what was selected, how many articles those are, and when."""

    title: str
    lines: tuple[str, ...]
    rows: Sequence[Row]
    references: Sequence[str]
    words: Words


def write(file: BinaryIO, briefing: Briefing) -> None:
    """Writes a document that is in memory as a whole: for some hundred articles."""
    document = docx.Document()
    document.core_properties.title = plain(briefing.title)
    document.core_properties.author = ""
    _fonts(document)
    _landscape(document)
    document.add_paragraph(plain(briefing.title), style="Title")
    for line in briefing.lines:
        paragraph = document.add_paragraph(plain(line))
        paragraph.runs[0].font.color.rgb = SOFT
    _table(document, briefing)
    document.add_paragraph(briefing.words.references, style="Heading 1")
    for text in briefing.references:
        paragraph = document.add_paragraph(plain(text))
        paragraph.paragraph_format.left_indent = Cm(0.9)
        paragraph.paragraph_format.first_line_indent = Cm(-0.9)
    document.save(file)


def _fonts(document: Any) -> None:
    """Word takes Chinese characters from the East Asian font of a style, which the library leaves alone."""
    looks = (("Normal", SERIF, 10.5), ("Title", SANS, 20), ("Heading 1", SANS, 14))
    for name, chinese, size in looks:
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = LATIN, Pt(size), INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would go before the named one
        fonts.set(qn("w:eastAsia"), chinese)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
        style.element.rPr.append(language)
    properties = document.styles["Title"].element.get_or_add_pPr()
    if (line := properties.find(qn("w:pBdr"))) is not None:
        properties.remove(line)
    document.styles["Normal"].paragraph_format.space_after = Pt(3)


def _landscape(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(footer, "PAGE")


def _field(paragraph: Paragraph, name: str) -> None:
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _table(document: Any, briefing: Briefing) -> None:
    table = document.add_table(rows=1, cols=len(WIDTHS), style="Table Grid")
    table.autofit = False
    head = table.rows[0]
    for cell, name in zip(head.cells, briefing.words.columns, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
        _shade(cell)
    repeat = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeat)
    for number, row in enumerate(briefing.rows, 1):
        _row(document, table, number, row, briefing.words)
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    for line in table._tbl.tr_lst:
        for cell, width in zip(line.tc_lst, WIDTHS, strict=True):
            cell.width = Cm(width)


def _row(document: Any, table: Table, number: int, row: Row, words: Words) -> None:
    place, mechanisms, practice, effect, source = table.add_row().cells
    place.paragraphs[0].add_run(plain(row.region) or words.nothing)
    mechanisms.paragraphs[0].add_run(plain(words.comma.join(row.mechanisms)) or words.nothing)
    _lines(practice, map(_marked, row.practice), words.nothing)
    _lines(effect, map(_marked, row.effect), words.nothing)
    _link(document, source.paragraphs[0], f"[{number}]", row.url)
    source.paragraphs[0].add_run(f" {plain(row.title)}")
    if row.source:
        source.add_paragraph().add_run(plain(row.source)).font.color.rgb = SOFT


def _lines(cell: _Cell, lines: Iterable[list[tuple[str, bool]]], nothing: str) -> None:
    """Each line a paragraph of runs, some of them bold."""
    paragraph: Paragraph | None = cell.paragraphs[0]
    for line in lines:
        target = paragraph or cell.add_paragraph()
        paragraph = None
        for text, bold in line:
            target.add_run(plain(text)).bold = bold
    if paragraph is not None:
        paragraph.add_run(nothing)


def _marked(sentence: Sentence) -> list[tuple[str, bool]]:
    words = sorted(filter(None, sentence.words), key=len, reverse=True)
    if not words:
        return [(sentence.text, False)]
    pieces = re.split("(" + "|".join(map(re.escape, words)) + ")", sentence.text)
    return [(piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece]


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "F3EEE2")
    cell._tc.get_or_add_tcPr().append(shade)


def _link(document: Any, paragraph: Paragraph, text: str, url: str) -> None:
    relation = document.part.relate_to(
        url, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
    )
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = OxmlElement("w:r")
    link.append(run)
    paragraph._p.append(link)
    worded = Run(run, paragraph)
    worded.text = text
    worded.font.underline = True
