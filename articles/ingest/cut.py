"""Pieces that the page prints on one line are taken apart: a byline bracket before the text, a note after it."""

import re
from collections.abc import Callable, Iterator, Sequence

from articles.gazetteer import Gazetteer
from articles.ingest import bylines, furniture, notes
from articles.ingest.blocks import Block, make_block, passage, starts_numbered
from articles.ingest.passage import Span

# Text before the gap is a heading only where it is short and says nothing that ends, text after it is a paragraph.
_GLUED_HEADING = re.compile(r"^(?P<head>[^。！？；\s]{5,34})[\s\u3000]+(?=(?P<rest>\S.{7,}))", re.S)
_CREDITED = ("摄影报道", "摄影", "摄", "供图")
_CREDIT_TAIL = re.compile(
    r"[（(]?\s*(?P<who>[\u3400-\u9fff·]{2,4}(?:[\s、]+[\u3400-\u9fff·]{2,4}){0,3}\s*[/／]?\s*"
    rf"(?:{'|'.join(_CREDITED)}))\s*[)）]?\s*$"
)
# Where it was taken from, and who edited it: no words of the article.
_IMPRINT = re.compile(
    r"[（(【]\s*(?:(?:信息|稿件|文章|新闻)?来源|稿源|转自|原载|责任编辑|责编|编辑|审核|校对)\s*[:：][^（()）。]{2,60}[)）】]\s*$"
)
_TITLE_BYLINE = re.compile(
    rf"^(?P<title>.{{6,60}}?)[\s\u3000]+(?P<who>[{bylines.BULLETS}].{{2,40}}|(?:本报|本刊|特约|见习)(?:全媒体)?记者.{{2,40}})$"
)


_LETTERS = re.compile(r"[\u3400-\u9fff\w]+")


def cut_at(block: Block, i: int, page: str) -> tuple[Block, Block]:
    """The block as two, the second beginning at character `i` of its text (0 < i < length)."""
    text = passage("block", [block], page)
    left_end, right_start = text.offset(i - 1) + 1, text.offset(i)
    left = [Span(p.start, min(p.end, left_end)) for p in block.parts if p.start < left_end]
    right = [Span(max(p.start, right_start), p.end) for p in block.parts if p.end > right_start]
    # What stands between (white space, never more) belongs to neither.
    first = make_block(page, left, block.gap, block.indent, block.glued)
    return first, make_block(page, right, glued=True)


def take_apart(blocks: tuple[Block, ...], page: str, gazetteer: Gazetteer) -> tuple[Block, ...]:
    """Blocks with everything glued to a paragraph cut off."""
    heads = [m["head"] for b in blocks if (m := _GLUED_HEADING.match(b.text))]

    def heading(block: Block, gazetteer: Gazetteer) -> int | None:
        return _heading(block, heads)

    out: list[Block] = []
    for block in blocks:
        out += _pieces(block, page, gazetteer, heading)
    return tuple(out)


_Cut = Callable[[Block, Gazetteer], int | None]


def _pieces(block: Block, page: str, gazetteer: Gazetteer, heading: _Cut) -> Iterator[Block]:
    for cut in (_jump_head, _lead, _title_byline, heading):
        i = cut(block, gazetteer)
        if i is not None and 0 < i < len(block.text):
            first, block = cut_at(block, i, page)
            yield first
    tails: list[Block] = []
    for tail in (_jump_tail, _imprint, _note, _signed, _credit):
        i = tail(block, gazetteer)
        if i is not None and 0 < i < len(block.text):
            block, last = cut_at(block, i, page)
            tails.append(last)
    yield block
    yield from reversed(tails)


def _jump_head(block: Block, gazetteer: Gazetteer) -> int | None:
    m = furniture.JUMP_HEAD.match(block.text)
    return m.end() if m else None


def _jump_tail(block: Block, gazetteer: Gazetteer) -> int | None:
    m = furniture.JUMP_TAIL.search(block.text)
    return m.start() if m else None


def _lead(block: Block, gazetteer: Gazetteer) -> int | None:
    lead = bylines.read_lead(block.text, gazetteer)
    return lead[0] if lead else None


def _title_byline(block: Block, gazetteer: Gazetteer) -> int | None:
    m = _TITLE_BYLINE.match(block.text)
    if m is None or bylines.read_byline(m["title"], gazetteer):
        return None
    return m.start("who") if bylines.read_byline(m["who"], gazetteer) else None


def _heading(block: Block, heads: Sequence[str]) -> int | None:
    """`heads`: what stands before such a gap in any block of the page."""
    m = _GLUED_HEADING.match(block.text)
    if m is None or (
        starts_numbered(block.text) and not re.match(r"[一二三四五六七八九十]{1,3}、", block.text)
    ):
        return None
    # A quotation may hold such a gap; a heading closes what it opens.
    if m["head"].count("“") != m["head"].count("”") or m["head"].count("《") != m["head"].count("》"):
        return None
    numbered = re.match(r"[一二三四五六七八九十]{1,3}、", block.text)
    if "。" not in m["rest"]:
        return None
    if numbered:
        return m.end()
    # A stray space in running text looks the same; but headings come in series.
    return m.end() if len(m["rest"]) > 38 and any(_in_series(m["head"], h) for h in heads) else None


def _in_series(head: str, other: str) -> bool:
    """Whether two headings are built alike: length and punctuation, and the first or the last character."""
    return (
        head != other
        and abs(len(head) - len(other)) <= 2
        and (head[0] == other[0] or head[-1] == other[-1])
        and _LETTERS.sub("", head) == _LETTERS.sub("", other)
    )


def _imprint(block: Block, gazetteer: Gazetteer) -> int | None:
    if block.text.rstrip()[-1:] not in ")）】":
        return None
    m = _IMPRINT.search(block.text, max(0, len(block.text) - 80))
    return m.start() if m else None


def _note(block: Block, gazetteer: Gazetteer) -> int | None:
    i = notes.find_note(block.text)
    return None if i is None or bylines.names_author(block.text[i:], gazetteer) else i


def _signed(block: Block, gazetteer: Gazetteer) -> int | None:
    tail = bylines.read_tail(block.text, gazetteer)
    if tail is None or bylines.read_lead(block.text, gazetteer):
        return None  # a wire bracket on a line of its own is one thing
    return tail[0]


def _credit(block: Block, gazetteer: Gazetteer) -> int | None:
    if not block.text.rstrip().rstrip(")）").rstrip().endswith(_CREDITED):
        return None
    m = _CREDIT_TAIL.search(block.text)
    if m is None or m.start() < 15 or block.text[m.start() - 1] not in "。！？”)） 　":
        return None
    reading = bylines.read_byline(m["who"], gazetteer)
    return m.start() if reading and reading.kinds == {"摄影"} else None
