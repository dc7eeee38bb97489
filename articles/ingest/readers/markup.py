"""Saved web pages of e-papers: the body is found by where the text is, navigation is dropped."""

import re
from collections.abc import Iterator

from lxml import etree, html

from articles.ingest.readers.base import Limits, Reading, UnreadableSource
from articles.ingest.readers.plain import decode
from articles.ingest.readers.tables import as_rows

_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|nav|header|main|article|section|div|table|h[1-6]|p)\b",
    re.I | re.S,
)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.I)
_DROPPED = {
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "select",
    "option", "textarea", "iframe", "object", "svg", "map", "head",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "section", "table", "tbody", "td", "th", "tr", "ul", "body", "pre",
    "founder-content", "founder-title",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_SENTENCE_MARKS = re.compile(r"[，。；！？]")
# A block in which more than this share of the text can be clicked is navigation.
_MOST_LINKED = 0.5


class WebPage:
    def accepts(self, data: bytes) -> bool:
        return bool(_OPENING.match(data[:4096].removeprefix(b"\xef\xbb\xbf")))

    def read(self, data: bytes, name: str, limits: Limits) -> tuple[Reading, ...]:
        declared = _CHARSET.search(data[:4096])
        # What a page says of its encoding is often left from a template, so the bytes decide, not the page.
        reading = decode(data, name, _known(declared.group(1)) if declared else None)
        text = "\n\n".join(_body(reading.text, name))
        if not text.strip():
            raise UnreadableSource(name, "", "no_text", "check_upload")
        return (Reading(text + "\n", f"html {reading.encoding}"[:20]),)


def _known(charset: bytes) -> str | None:
    """The encoding that a page names, where it is one that is tried anyway."""
    label = charset.decode("ascii").lower().replace("_", "-")
    if label.startswith("gb"):
        return "gb18030"
    return label if label in ("utf-8", "big5") else None


def _body(markup: str, name: str) -> list[str]:
    """The lines of the part that holds the text: the smallest element with nearly all of its sentences."""
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", markup), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableSource(name, "", "broken", "check_upload") from error
    body = root.find("body")
    weights = _weights(root if body is None else body)
    here = root if body is None else body
    whole = weights[here]
    while whole:
        into = max(here, key=lambda child: weights.get(child, 0.0), default=None)
        if into is None or weights.get(into, 0.0) < 0.9 * whole:
            break
        here = into
    # The headline often stands beside the element that holds the paragraphs.
    if here.tag in _BLOCKS and (parent := here.getparent()) is not None and here is not root:
        here = parent if parent.tag not in ("html", "body") or weights[here] < whole else here
    return [line for line in _lines(here) if line]


def _weights(root: etree._Element) -> dict[etree._Element, float]:
    """Sentence marks in each element: prose has them, menus do not."""
    weights: dict[etree._Element, float] = {}
    for _, node in etree.iterwalk(root, events=("end",)):
        if _is_dropped(node):
            weights[node] = 0.0
            continue
        own = len(_SENTENCE_MARKS.findall(node.text or ""))
        own += sum(len(_SENTENCE_MARKS.findall(child.tail or "")) for child in node)
        weights[node] = own + sum(weights.get(child, 0.0) for child in node)
    return weights


def _is_dropped(node: etree._Element) -> bool:
    return (
        not isinstance(node.tag, str)
        or node.tag in _DROPPED
        or node.get("hidden") is not None
        or bool(_HIDDEN.search(node.get("style") or ""))
    )


# What stands in a table that arranges the page, and not in one of figures.
_ARRANGED = {"table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "img", "a"}


def _rows(table: etree._Element) -> tuple[str, ...]:
    """The rows of a table of figures; empty for a table that arranges the page."""
    rows: list[list[str]] = []
    for node in table.iter():
        if node is not table and (node.tag in _ARRANGED or _is_dropped(node)):
            return ()
        if node.tag == "tr":
            rows.append([])
        elif node.tag in ("td", "th") and rows:
            rows[-1].append(_SPACES.sub(" ", " ".join(node.itertext())).strip())
    return as_rows(rows)


def _lines(root: etree._Element) -> Iterator[str]:
    """Text line by line: every block element and <br> begins a new one; a block of links is passed over.

    A table of figures is a line a row, its cells parted by tabs; one that only arranges the page is passed through.
    """
    pieces: list[str] = []
    linked = length = 0
    dropping: etree._Element | None = None
    inside_link = 0

    def flush() -> str:
        nonlocal linked, length
        line = _SPACES.sub(" ", "".join(pieces)).strip()
        is_menu = length and linked > _MOST_LINKED * length and not _SENTENCE_MARKS.search(line)
        pieces.clear()
        linked = length = 0
        return "" if is_menu else line

    def take(text: str | None) -> None:
        nonlocal linked, length
        if text:
            pieces.append(text)
            size = len(text.strip())
            length += size
            linked += size if inside_link else 0

    for event, node in etree.iterwalk(root, events=("start", "end")):
        if dropping is not None:
            if event == "end" and node is dropping:
                dropping = None
                if node is not root:
                    take(node.tail)
            continue
        if event == "start":
            if node is not root and _is_dropped(node):
                dropping = node
                continue
            if node is not root and node.tag == "table" and (rows := _rows(node)):
                yield flush()
                yield from rows
                dropping = node
                continue
            if node.tag in _BLOCKS or node.tag == "br":
                yield flush()
            inside_link += node.tag == "a"
            take(node.text)
        else:
            inside_link -= node.tag == "a"
            if node.tag in _BLOCKS:
                yield flush()
            if node is not root:
                take(node.tail)
    yield flush()
