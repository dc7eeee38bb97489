"""Hits and misses under names, and what they come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

RECALL, PRECISION, F1 = ".recall", ".precision", ".f1"


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that was not as annotated: the figure it counts against, where, and what was found."""

    figure: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.figure}: {self.where}" + (f": {self.what}" if self.what else "")


class Figures:
    """A count under each name, filled by `hit`; everything else reads."""

    def __init__(self) -> None:
        self.counts: dict[str, tuple[int, int]] = {}
        self.misses: list[Miss] = []

    def hit(self, figure: str, good: bool, where: str, what: str = "") -> None:
        hits, total = self.counts.get(figure, (0, 0))
        self.counts[figure] = hits + bool(good), total + 1
        if not good:
            self.misses.append(Miss(figure, where, what))

    def add(self, other: "Figures") -> None:
        for figure, (hits, total) in other.counts.items():
            mine = self.counts.get(figure, (0, 0))
            self.counts[figure] = mine[0] + hits, mine[1] + total
        self.misses += other.misses

    @property
    def values(self) -> dict[str, float]:
        """Every figure 0..1 by name, f1 first, then by name; nothing to find counts as all found."""
        shares = {name: hits / total if total else 1.0 for name, (hits, total) in self.counts.items()}
        stems = sorted(name.removesuffix(RECALL) for name in shares if name.endswith(RECALL))
        f1 = {
            stem + F1: _harmonic(shares.get(stem + PRECISION, 1.0), shares[stem + RECALL]) for stem in stems
        }
        return f1 | dict(sorted(shares.items()))

    def as_data(self) -> dict[str, Any]:
        """What `from_data` reads back."""
        return {
            "counts": {name: list(count) for name, count in sorted(self.counts.items())},
            "misses": [[m.figure, m.where, m.what] for m in self.misses],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Figures":
        """Raises ValueError, KeyError or TypeError for data that `as_data` did not write."""
        figures = cls()
        for name, (hits, total) in data["counts"].items():
            figures.counts[name] = int(hits), int(total)
        figures.misses = [Miss(*map(str, row)) for row in data["misses"]]
        return figures

    @classmethod
    def total(cls, several: Iterable["Figures"]) -> "Figures":
        figures = cls()
        for one in several:
            figures.add(one)
        return figures


def _harmonic(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0
