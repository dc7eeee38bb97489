"""Sums of reasons, and the memory that works each of them out once for a page."""

from collections.abc import Callable, Sequence
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from articles.ingest.likeness import Likeness

P = ParamSpec("P")
W = TypeVar("W")


class Weighed(NamedTuple):
    """A sum and what it was added up from."""

    score: float
    held: tuple[tuple[bool, float, str], ...]

    @property
    def why(self) -> str:
        return "; ".join(f"{why} {value:+.1f}" for holds, value, why in self.held if holds)


def added(parts: Sequence[tuple[bool, float, str]]) -> Weighed:
    """The sum of what holds."""
    score = 0.0
    for holds, value, _ in parts:
        if holds:
            score += value
    return Weighed(score, tuple(parts))


class Weighing:
    """The weights of one page, each worked out once: arrangements share nearly all of their decisions."""

    def __init__(self, likeness: Likeness) -> None:
        self.likeness = likeness
        self._known: dict[tuple[Any, ...], Any] = {}

    def __call__(self, weight: Callable[Concatenate[Likeness, P], W], *args: P.args, **kw: P.kwargs) -> W:
        key = (weight, *args)
        try:
            return self._known[key]
        except KeyError:
            known = self._known[key] = weight(self.likeness, *args, **kw)
            return known
