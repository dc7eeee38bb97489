"""Lines that are no article's own because they stand on the page again and again, or name the paper at its top."""

import re
from collections import Counter

from articles.gazetteer import Gazetteer
from articles.ingest import bylines, notes
from articles.ingest.blocks import Block
from articles.ingest.passage import squash

_PAPER = re.compile(r"[\u3400-\u9fff·]{2,8}(?:[日晚周早导时商]报|政协报|报|周刊|政协)")


def names_paper(text: str) -> bool:
    """Whether a line alone at the top of a page looks like the name of a paper."""
    return bool(_PAPER.fullmatch(squash(text)))


def _stands_again(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a line may well be printed several times on a page: a reporter's name, a column's, a note."""
    if gazetteer.columns.likelihood(text) >= 1.0 or notes.find_note(text) == 0:
        return True
    byline = bylines.read_byline(text, gazetteer)
    return bool(byline and byline.strength == 1.0) or bylines.read_lead(text, gazetteer) is not None


_HEAD_FORM = re.compile(r"[报刊]$|^\d{4}年|版$|专刊|周刊")


def repeated(blocks: tuple[Block, ...], gazetteer: Gazetteer) -> frozenset[str]:
    """Short lines that stand on the page more than once: running heads (a column named twice is told by its name)."""
    lines = [b.text for b in blocks if 2 <= len(b.text) <= 24 and not b.mark and not b.is_terminal]
    counts = Counter(map(squash, lines))
    often = {t: n for t, n in counts.items() if n >= 3 or (n == 2 and _HEAD_FORM.search(t))}
    printed = {squash(line): line for line in lines}
    return frozenset(t for t in often if not _stands_again(printed[t], gazetteer))
