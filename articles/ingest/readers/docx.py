"""Word documents: the text of the main part, in reading order. Nothing outside of it is followed."""

import io
from collections.abc import Iterator

from lxml import etree

from articles.ingest.readers.base import Limits, Reading, UnreadableSource
from articles.ingest.readers.package import MAGIC, Package
from articles.ingest.readers.tables import as_rows

DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Deleted text, field codes, comments' anchors: not what a reader of the document sees.
_UNSEEN = {f"{_W}delText", f"{_W}instrText", f"{_W}del", f"{_W}moveFrom", _FALLBACK}


class Docx:
    def accepts(self, data: bytes) -> bool:
        if not data.startswith(MAGIC):
            return False
        try:
            return any(info.filename == DOCUMENT for info in Package(data, "", Limits()).members)
        except UnreadableSource:
            return False

    def read(self, data: bytes, name: str, limits: Limits) -> tuple[Reading, ...]:
        content = Package(data, name, limits).read(DOCUMENT)
        text = "\n\n".join(p for p in _paragraphs(parse_xml(content, name)) if p.strip())
        if not text.strip():
            raise UnreadableSource(name, "", "no_text", "check_upload")
        return (Reading(text + "\n", "docx"),)


def parse_xml(content: bytes, name: str) -> etree._Element:
    """The tree of an XML part. A document type is refused: entities can be made to swell without end."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        tree = etree.parse(io.BytesIO(content), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableSource(name, f"line {error.lineno}", "broken", "check_upload") from error
    if tree.docinfo.doctype:
        raise UnreadableSource(name, "", "entities", "save_as_text")
    return tree.getroot()


def _paragraphs(root: etree._Element) -> Iterator[str]:
    """Every paragraph's text; a text box comes before the paragraph that anchors it. Without recursion: a
    document may nest deeper than Python calls."""
    lines: list[list[str]] = []
    skipping = 0
    within: etree._Element | None = None  # the table whose rows are told
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if within is not None:
            within = None if node is within and event == "end" else within
        elif node.tag in _UNSEEN:
            skipping += 1 if event == "start" else -1
        elif skipping:
            continue
        elif node.tag == f"{_W}tbl" and event == "start" and (rows := _rows(node)):
            yield from rows
            within = node
        elif node.tag == f"{_W}p":
            if event == "start":
                lines.append([])
            else:
                yield "".join(lines.pop())
        elif event == "start" and lines:
            if node.tag == f"{_W}t":
                lines[-1].append(node.text or "")
            else:
                lines[-1].append(_TEXT.get(node.tag, ""))


def _rows(table: etree._Element) -> tuple[str, ...]:
    """The rows of a table of figures; empty for one that arranges the page, as one that holds another does."""
    if next(table.iterdescendants(f"{_W}tbl"), None) is not None:
        return ()
    cells = [list(row.iter(f"{_W}tc")) for row in table.iter(f"{_W}tr")]
    return as_rows([[" ".join(" ".join(_paragraphs(cell)).split()) for cell in row] for row in cells])
