"""Which article of an issue goes on in which text of another page: （下转第2版） there, （上接第1版） here.

Page numbers must fit wherever they are known; then headline and text speak. What does not stand out stays
apart, with a warning on both sides. The weights were set on articles of the annotated pages, cut in two.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from articles.ingest.blocks import TERMINAL
from articles.ingest.likeness import bodies_named, pairs
from articles.ingest.said import say

MARK = "转版："  # begins each warning of this module, so that they can be renewed
LEAST = 2.4  # both page numbers (2.0) and some likeness, or one page number and much
MARGIN = 0.35  # by which a pair must lead each rival
BACKGROUND = 200  # articles of the issue against which likeness is measured
_INSIDE = re.compile(r"^[，。、；：！？”’》）,.;:!?)的了着们得]")
_FRESH = re.compile(r"^(?:[一二三四五六七八九十]是|[（(]?[一二三四五六七八九十]、|本报讯)")


@dataclass(frozen=True, slots=True)
class Part:
    """An article of one page: `page` it stands on, `to` which page it goes on, `source` from which it comes.

    Numbers as `jumps.plain_number` gives them; `page` is "" where unknown, `to` and `source` None where
    nothing is said. `sheet` tells page texts apart. `headline` is everything printed over it.
    """

    key: int
    sheet: int
    page: str
    to: str | None
    source: str | None
    title: str
    headline: str
    text: str


@dataclass(frozen=True, slots=True)
class Join:
    """`later` goes on with `earlier` (keys of parts), with the sum of what speaks for it and the reasons."""

    earlier: int
    later: int
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Matching:
    joins: tuple[Join, ...] = ()
    warnings: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def match(parts: Sequence[Part]) -> Matching:
    """Pairs the open ends among the articles of one issue with the texts that go on, each used once."""
    ends = [p for p in parts if p.to is not None]
    beginnings = [p for p in parts if p.source is not None]
    weigh = _Weighing(parts)
    found = [j for a in ends for b in beginnings if (j := weigh.join(a, b)) is not None]
    joins = _outstanding(found)
    warnings: dict[int, tuple[str, ...]] = {}
    taken_ends, taken_beginnings = {j.earlier for j in joins}, {j.later for j in joins}
    left = [j for j in found if j.earlier not in taken_ends and j.later not in taken_beginnings]
    names = {p.key: p.title or f"{p.text[:16]}…" for p in parts}
    for p in ends:
        if p.key not in taken_ends:
            rivals = [names[j.later] for j in _best(left) if j.earlier == p.key]
            warnings[p.key] = (_said("goes_on", p.to, rivals),)
    for p in beginnings:
        if p.key not in taken_beginnings:
            rivals = [names[j.earlier] for j in _best(left) if j.later == p.key]
            warnings[p.key] = (*warnings.get(p.key, ()), _said("comes_from", p.source, rivals))
    return Matching(joins, warnings)


def _said(what: str, page: str | None, rivals: Sequence[str]) -> str:
    if not rivals:
        return say(f"{what}_nowhere", page=page)
    return say(f"perhaps_{what}", page=page, titles="、".join(f"“{name}”" for name in rivals[:3]))


def _best(joins: Iterable[Join]) -> list[Join]:
    return sorted(joins, key=lambda j: (-j.score, j.earlier, j.later))


def _outstanding(found: Sequence[Join]) -> tuple[Join, ...]:
    """The joins that lead every rival for either side; one settled may settle others."""
    joins: list[Join] = []
    left = _best(found)
    while True:
        sure = next((j for j in left if j.score >= LEAST and _leads(j, left) and not _loops(j, joins)), None)
        if sure is None:
            return tuple(joins)
        joins.append(sure)
        left = [j for j in left if j.earlier != sure.earlier and j.later != sure.later]


def _leads(join: Join, among: Iterable[Join]) -> bool:
    return all(
        join.score - other.score >= MARGIN
        for other in among
        if other is not join and (other.earlier == join.earlier or other.later == join.later)
    )


def _loops(join: Join, joins: Iterable[Join]) -> bool:
    before = {j.later: j.earlier for j in joins}
    at: int | None = join.earlier
    while at is not None and at != join.later:
        at = before.get(at)
    return at is not None


class _Weighing:
    """What speaks for a join, against the vocabulary of the issue: what everyone writes of joins nobody."""

    def __init__(self, parts: Sequence[Part]) -> None:
        marked = [p for p in parts if p.to is not None or p.source is not None]
        others = [p for p in parts if p.to is None and p.source is None]
        read = [*marked, *others[:BACKGROUND]]
        self._pairs = {p.key: pairs(f"{p.headline}\n{p.text}") for p in read}
        self._counts = Counter(pair for found in self._pairs.values() for pair in found)
        self._sums = {p.key: self._weight(self._pairs[p.key]) for p in marked}

    def _weight(self, found: Iterable[str]) -> float:
        n = len(self._pairs) + 1
        return sum(math.log(n / self._counts[pair]) for pair in found)

    def shared(self, a: int, b: int) -> float:
        """Of the rare character pairs of the shorter text, the share that stands in the other, 0..1."""
        common = self._weight(self._pairs[a] & self._pairs[b])
        return common / (min(self._sums[a], self._sums[b]) + 1)

    def join(self, a: Part, b: Part) -> Join | None:
        """What speaks for `b` going on with `a`; None where it cannot."""
        if a.key == b.key or a.sheet == b.sheet:
            return None
        if (b.page and a.to != b.page) or (a.page and b.source != a.page):
            return None
        alike = self.shared(a.key, b.key)
        headline = _headline(a, b)
        ours, theirs = bodies_named(a.headline + a.text), bodies_named(b.headline + b.text)
        cut = not TERMINAL.search(a.text.rstrip())
        parts = [
            (bool(b.page), 1.0, "the page that it goes on on"),
            (bool(a.page), 1.0, "the page that it comes from"),
            (True, min(1.5, max(0.0, 20 * (alike - 0.02))), f"likeness {alike:.3f}"),
            (
                headline is not None and headline >= 0.25,
                2.0 * (headline or 0.0),
                f"headline {headline or 0:.2f}",
            ),
            (0 <= headline < 0.25, -1.0, "another headline"),
            (bool(ours & theirs), 0.4, "the same committee"),
            (bool(ours and theirs and not ours & theirs), -0.4, "another committee"),
            (cut and bool(_INSIDE.match(b.text)), 0.6, "in mid-sentence both"),
            (not cut and bool(_INSIDE.match(b.text)), -1.0, "begins in mid-sentence after a full stop"),
            (cut and bool(_FRESH.match(b.text)), -0.6, "a sentence cut, and a new one begun"),
        ]
        held = [(value, why) for holds, value, why in parts if holds]
        score = sum(value for value, _ in held)
        return Join(a.key, b.key, score, "; ".join(f"{why} {value:+.1f}" for value, why in held))


def _headline(a: Part, b: Part) -> float:
    """How much of the headline over `b`, which may be a short form, stands over `a`, 0..1; -1 where there is none."""
    printed = pairs(b.title)
    if not printed:
        return -1.0
    over, within = pairs(a.headline), pairs(a.text)
    return max(len(printed & over), 0.6 * len(printed & (over | within))) / len(printed)
