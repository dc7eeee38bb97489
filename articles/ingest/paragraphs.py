"""True paragraphs out of blocks that column breaks cut."""

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.ingest.blocks import Block, starts_numbered
from articles.ingest.rows import is_row

_CLAUSE = re.compile(r"^[^，,。：:；;！？!?、]{2,10}(?=[，,])")
_CLAUSE_INSIDE = re.compile(r"(?<=[。！？”])(?=([^，,。：:；;！？!?、]{2,10})[，,])")
_CLOSING = "，。、；：！？）》”’…%,.;:!?)"


@dataclass(frozen=True, slots=True)
class Join:
    """Whether two blocks are one paragraph, and why."""

    joined: bool
    why: str


@dataclass(frozen=True, slots=True)
class Style:
    """What the blocks of one article show of how its paragraphs are set."""

    indented: bool
    common_start: tuple[str, int]  # the commonest first four characters of a block, and of how many
    inside: Mapping[str, int]  # clauses that begin a sentence inside the text, and how often each does

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> "Style":
        fresh = [b for a, b in itertools.pairwise(blocks) if a.is_terminal and not b.glued]
        indented = sum(b.indent >= 2 for b in fresh)
        plain = sum(b.indent < 2 for b in fresh)
        starts = Counter(b.text[:4] for b in blocks)
        return cls(
            indented >= 3 and indented > 2 * plain,
            max(starts.items(), key=lambda x: x[1], default=("", 0)),
            Counter(_CLAUSE_INSIDE.findall("\n".join(b.text for b in blocks))),
        )


def join(paragraph: Sequence[Block], after: Block, style: Style) -> Join:
    """Whether `after` goes on with the paragraph that these blocks make so far."""
    before = paragraph[-1]
    text, follows = before.text.rstrip(), after.text
    if is_row(text) or is_row(follows):
        return Join(False, "a row of a table")
    if follows[:1] in _CLOSING and follows[:1]:
        return Join(True, "begins with a closing mark")
    numbered = starts_numbered(follows)
    if not before.is_terminal:
        if text[-1:] in "：:" and numbered:
            return Join(False, "a list follows the colon")
        if text[-1:] in "；;" and numbered:
            return Join(False, "the next item of a list")
        if numbered and starts_numbered(text) and re.match(r"[\d(（①-⑳]", follows):
            return Join(False, "items of a list")
        return Join(True, "cut in mid-sentence")
    if _open_quotes(text) > 0 and not follows.startswith("“") and _closes_first(follows):
        return Join(True, "closes a quotation opened before")
    if _goes_on_counting(paragraph, follows):
        return Join(True, "the next point of a series begun within the paragraph")
    if style.indented and after.indent < 2 and not numbered:
        return Join(True, "not indented, where paragraphs are")
    if _breaks_parallel(follows, style):
        return Join(True, "its first words stand inside the other paragraphs, which begin alike")
    return Join(False, "a new paragraph")


_POINT = re.compile(r"(?:第)?([二三四五六七八九十])(?:是|要|则)|第([二三四五六七八九十])[，,、]")
_COUNT = "一二三四五六七八九十"


def _goes_on_counting(paragraph: Sequence[Block], follows: str) -> bool:
    """二是… after a paragraph with 一是 inside (not at its start, where each point is a paragraph)."""
    m = _POINT.match(follows)
    if m is None:
        return False
    mark = m[0].replace(m[1] or m[2], _COUNT[_COUNT.index(m[1] or m[2]) - 1])
    return "".join(b.text for b in paragraph).find(mark) > 0


def _open_quotes(text: str) -> int:
    return text.count("“") - text.count("”")


def _closes_first(text: str) -> bool:
    opened, closed = text.find("“"), text.find("”")
    return closed >= 0 and (opened < 0 or closed < opened)


def _breaks_parallel(follows: str, style: Style) -> bool:
    clause = _CLAUSE.match(follows)
    if clause is None:
        return False
    if style.inside.get(clause[0], 0) < 2:
        return False
    common, times = style.common_start
    return times >= 3 and not follows.startswith(common)
