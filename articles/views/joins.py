"""Where the repaired text was put together: places whose two sides stand apart on the page. Pure."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from articles.views.marks import Join


def anchor(part: int, start: int, end: int) -> str:
    """The address of a span within an article's page, after #: s=12-30, in a second part s=2:12-30."""
    return f"s={start}-{end}" if part == 1 else f"s={part}:{start}-{end}"


def joins(body: Sequence[dict[str, Any]], page: str, part: int = 1) -> dict[int, list[Join]]:
    """By place in the body, the joins of each entry: inside it, and at its beginning.

    Lines of one paragraph are no join, nor are paragraphs that follow one another; white space between
    paragraphs is a join only inside one.
    """
    found: dict[int, list[Join]] = {}
    before: tuple[int, int] | None = None  # the last stretch that was read
    for n, entry in enumerate(body):
        runs = [(at, start, start + length) for at, start, length in entry.get("runs") or ()]
        if not runs:
            continue
        here = []
        if before is not None and (apart := _apart(page, before, runs[0][1:])) is not None:
            here.append(Join(0, apart, anchor(part, *runs[0][1:])))
        for (_at, *left), (at, *right) in pairwise(runs):
            apart = _apart(page, (left[0], left[1]), (right[0], right[1]))
            if apart is not None or "\n\n" in page[left[1] : right[0]]:
                here.append(Join(at, apart or 0, anchor(part, *right)))
        if here:
            found[n] = here
        before = runs[-1][1], runs[-1][2]
    return found


def _apart(page: str, left: tuple[int, int], right: tuple[int, int]) -> int | None:
    """How much other matter stands between two stretches; 0 if they stand the other way round, None if none."""
    if right[0] < left[1]:
        return 0
    return sum(not c.isspace() for c in page[left[1] : right[0]]) or None


def runs_within(text: str, page: str, start: int, end: int) -> list[list[int]]:
    """Where the characters of `text` stand in page[start:end], as runs; empty where they do not, in order."""
    places: list[int] = []
    at = start
    for c in text:
        if c.isspace():
            places.append(-1)
            continue
        at = page.find(c, at, end)
        if at < 0:
            return []
        places.append(at)
        at += 1
    return _runs(places)


def _runs(places: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for i, place in enumerate(places):
        if place < 0:
            continue
        if runs and runs[-1][0] + runs[-1][2] == i and runs[-1][1] + runs[-1][2] == place:
            runs[-1][2] += 1
        else:
            runs.append([i, place, 1])
    return runs
