"""Rows of tables among the lines of a page: text of the article above them, each a paragraph of its own."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from articles.ingest.furniture import match_line

if TYPE_CHECKING:
    from articles.ingest.label import Labelled

MAX_CELL = 60


def is_row(text: str) -> bool:
    """Whether a line may be a row: short cells parted by tabs."""
    cells = text.split("\t")
    return len(cells) > 1 and not any(len(cell) > MAX_CELL or "。" in cell for cell in cells)


def as_text(items: Sequence["Labelled"]) -> tuple["Labelled", ...]:
    """Lines of much the same number of cells, one under the other, are running text, whatever each alone may be."""
    found: set[int] = set()
    for i, (above, below) in enumerate(pairwise(items)):
        if is_row(above.text) and is_row(below.text):
            one, other = above.text.count("\t"), below.text.count("\t")
            alike = one == other or (abs(one - other) == 1 and max(one, other) > 1)
            if alike and (i in found or not (match_line(above.text) or match_line(below.text))):
                found |= {i, i + 1}
    return tuple(
        replace(x, label="body", reasons=("a row of a table",), byline=None, score=1.0) if i in found else x
        for i, x in enumerate(items)
    )
