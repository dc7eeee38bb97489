"""What got better and what got worse between two runs."""

from collections import Counter
from dataclasses import dataclass

from articles.ingest.evaluation.figures import Figures, Miss


@dataclass(frozen=True, slots=True)
class Change:
    """A figure's value before and now, 0..1; None where the run does not have it."""

    figure: str
    before: float | None
    now: float | None

    @property
    def difference(self) -> float:
        return (self.now or 0.0) - (self.before or 0.0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`fixed` are misses of the earlier run that are gone, `broken` those that it did not have."""

    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    fixed: tuple[Miss, ...]
    broken: tuple[Miss, ...]

    @property
    def is_same(self) -> bool:
        return not (self.better or self.worse or self.fixed or self.broken)


def compare(before: Figures, now: Figures) -> Comparison:
    """Changes by size, the largest first; misses in page order."""
    old, new = before.values, now.values
    changes = [
        Change(figure, old.get(figure), new.get(figure))
        for figure in dict.fromkeys((*new, *old))
        if abs((new.get(figure) or 0.0) - (old.get(figure) or 0.0)) > 1e-9
    ]
    changes.sort(key=lambda c: (-abs(c.difference), c.figure))
    return Comparison(
        better=tuple(c for c in changes if c.difference > 0),
        worse=tuple(c for c in changes if c.difference < 0),
        fixed=_without(before.misses, now.misses),
        broken=_without(now.misses, before.misses),
    )


def _without(misses: list[Miss], others: list[Miss]) -> tuple[Miss, ...]:
    left = Counter(others)
    out = []
    for miss in misses:
        if left[miss]:
            left[miss] -= 1
        else:
            out.append(miss)
    return tuple(out)
