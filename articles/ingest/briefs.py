"""Short news under one column name (简讯, 短讯), each begun by a triangle that elsewhere points to a picture."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from articles.ingest.passage import squash

if TYPE_CHECKING:
    from articles.ingest.label import Labelled

MARKS = "▲△"
_WITHIN = ("caption", "body", "signed", "furniture")


def as_news(items: Sequence["Labelled"]) -> tuple["Labelled", ...]:
    """What looks like captions under such a column is running text."""
    out: list[Labelled] = []
    within = False
    for item in items:
        if item.label == "column":
            within = squash(item.text).endswith("讯")
        elif item.label not in _WITHIN:
            within = False
        elif within and item.label == "caption" and item.text[:1] in MARKS:
            item = replace(item, label="body", reasons=("one of the short news under their column",))
        out.append(item)
    return tuple(out)
