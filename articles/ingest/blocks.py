"""The page text as logical lines: hard-wrapped lines rejoined, glued pieces taken apart.

A block is the smallest thing that gets a label. Together the blocks hold every non-space character once.
"""

import itertools
import re
from collections import Counter
from dataclasses import dataclass

from articles.ingest.compose import compose
from articles.ingest.passage import Passage, Span, fold

_CLOSING = "”’\"'」』》）)]】"
TERMINAL = re.compile(r"(?:[。！？!?…][”’\"'」』》）)\]】]*|[。！？!?…]?[.．](?<=[\u4e00-\u9fff][.．]))$")
_MARK = re.compile(r"\s*(#{1,6})(?:\s+|(?=[^\s#]))")
_NUMBERED = re.compile(
    r"(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|第[一二三四五六七八九十]{1,3}[，,、：:]|[一二三四五六七八九十]{1,2}是|[一二三四五六七八九十]{1,2}要)"
)
_ITEM = re.compile(r"[▶►▲△●○■□◆◇★☆•▪※]")  # begins an entry of a list, a byline, a caption
_MAX_WRAP = 64
_NOTE = re.compile(r"[（(]\s*(?:本文)?作者")
# The names under a text, or a note about its author, may be broken over two lines; then something else begins.
_SIGNED = re.compile(r"(?:[。！？…”]\s*[（(][^（()）。]{2,40}|[（(]\s*(?:本文)?作者[^（()）]{2,58})[)）]\Z")


@dataclass(frozen=True, slots=True)
class Block:
    """A logical line. `parts` are its printed lines on the page; `mark` counts the # before it, which `text` leaves out.

    `gap` is the number of blank lines before it (0 after a single line break), `glued` says that it stood on one
    line with the block before. `wrapped` says that its printed lines were rejoined.
    """

    parts: tuple[Span, ...]
    text: str
    gap: int = 0
    indent: int = 0
    mark: int = 0
    glued: bool = False

    @property
    def wrapped(self) -> bool:
        return len(self.parts) > 1

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def is_terminal(self) -> bool:
        """Whether a sentence ends here."""
        return ends_sentence(self.text)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    gap: int

    @property
    def length(self) -> int:
        return self.end - self.start


def printed_lines(page: str) -> list[_Line]:
    """Non-blank lines, trimmed."""
    lines: list[_Line] = []
    at, gap = 0, 0
    for raw in page.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            lead = len(raw) - len(raw.lstrip())
            lines.append(_Line(at + lead, at + lead + len(stripped), _width(raw[:lead]), gap))
            gap = 0
        else:
            gap += 1
        at += len(raw)
    return lines


def ends_sentence(text: str) -> bool:
    """As TERMINAL finds it in a trimmed text, looked for at the end only."""
    return bool(TERMINAL.search(text, max(0, len(text.rstrip(_CLOSING)) - 2)))


def _width(lead: str) -> int:
    return sum(2 if c in "\u3000\t" else 1 for c in lead)


def starts_numbered(text: str) -> bool:
    return bool(_NUMBERED.match(text))


def split_blocks(page: str) -> tuple[Block, ...]:
    """The page's logical lines in page order."""
    blocks: list[Block] = []
    chunk: list[_Line] = []
    lines = printed_lines(page)
    width = _page_width(lines)
    for line in lines:
        if chunk and line.gap:
            blocks += _chunk_blocks(page, chunk, width)
            chunk = []
        chunk.append(line)
    if chunk:
        blocks += _chunk_blocks(page, chunk, width)
    return tuple(blocks)


def _page_width(lines: list[_Line]) -> int | None:
    """The column width to which a whole page is hard-wrapped, if it is."""
    if len(lines) < 12:
        return None
    width, _ = Counter(line.length for line in lines).most_common(1)[0]
    near = sum(abs(line.length - width) <= 2 for line in lines)
    return width if 12 <= width <= _MAX_WRAP and near >= 0.5 * len(lines) else None


def _chunk_blocks(page: str, chunk: list[_Line], page_width: int | None) -> list[Block]:
    groups = _unwrap(page, chunk, page_width)
    return [make_block(page, [Span(x.start, x.end) for x in g], g[0].gap, g[0].indent) for g in groups]


def make_block(page: str, parts: list[Span], gap: int = 0, indent: int = 0, glued: bool = False) -> Block:
    mark = _MARK.match(page, parts[0].start, parts[0].end)
    level = len(mark[1]) if mark and mark.end() < parts[0].end else 0
    shown = [Span(mark.end(), parts[0].end), *parts[1:]] if mark and level else parts
    return Block(tuple(parts), compose("block", shown, page).text, gap, indent, level, glued)


def passage(kind: str, blocks: list[Block], page: str) -> Passage:
    """The blocks' text as one passage, without marks."""
    spans: list[Span] = []
    for block in blocks:
        first = block.parts[0]
        mark = _MARK.match(page, first.start, first.end) if block.mark else None
        spans += [Span(mark.end() if mark else first.start, first.end), *block.parts[1:]]
    return compose(kind, spans, page)


def _unwrap(page: str, chunk: list[_Line], page_width: int | None) -> list[list[_Line]]:
    """Groups of printed lines that make one logical line each: singles unless the chunk is hard-wrapped."""
    width = _wrap_width(page, chunk) or page_width
    if width is None:
        return [[line] for line in chunk]
    base = min(line.indent for line in chunk)
    indented = sum(line.indent > base for line in chunk)
    indents = (
        2 <= indented < len(chunk)
    )  # where paragraphs begin with white space, other lines tell themselves
    groups = [[chunk[0]]]
    for previous, line in itertools.pairwise(chunk):
        text, before = page[line.start : line.end], page[previous.start : previous.end]
        full = previous.length >= width - 3
        ended = ends_sentence(before)
        if (line.indent > base and indented < len(chunk)) or _MARK.match(text) or _ITEM.match(text):
            fresh = True
        elif max(previous.length, line.length) > width + 3 or _NOTE.match(text):
            fresh = True  # no line of a column is as long
        elif _SIGNED.search(page, max(groups[-1][0].start, previous.end - 60), previous.end):
            fresh = True
        elif indents and ended and line.length < width - 3 and not ends_sentence(text):
            fresh = True  # neither whole, as lines within a paragraph are, nor an end
        elif indents and len(groups) > 1 and len(groups[-1]) == 1 and groups[-1][0].indent == base:
            fresh = True  # under a headline or a byline
        elif full:
            fresh = (ended or before.endswith(("；", ";"))) and starts_numbered(text)
        else:
            fresh = ended or len(groups[-1]) == 1
        if fresh:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _wrap_width(page: str, chunk: list[_Line]) -> int | None:
    """The column width a chunk was wrapped to, or None where its lines are paragraphs of their own."""
    if len(chunk) < 3:
        return None
    lengths = sorted(line.length for line in chunk)
    width = lengths[int(0.75 * (len(lengths) - 1))]
    if not 12 <= width <= _MAX_WRAP:
        return None
    full = [line for line in chunk[:-1] if abs(line.length - width) <= 3]
    cut = [line for line in full if not ends_sentence(page[line.start : line.end])]
    return (
        width
        if len(full) >= 0.5 * (len(chunk) - 1) and len(cut) >= 0.6 * len(full) and len(cut) >= 2
        else None
    )
