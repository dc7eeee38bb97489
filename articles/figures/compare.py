"""Which figures disagree, how surely, and why; a contradiction is something to look at, never a verdict."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import TypeVar

from articles.figures.figure import Figure
from articles.figures.times import Nearness, nearness, same_period, years_apart

Entry = TypeVar("Entry")
Rest = Callable[[], object]
"""Called between short steps of a long comparison, so that it can leave the processor to others."""

DIFFER, SWAPPED, WITHIN = "differ", "swapped", "within"

LEAST = 0.4
"""Certainty below which a pair is not worth a reader's time."""

DOUBTS = frozenset(("undated", "named", "general", "hedged", "levels", "norm", "far apart", "small"))
"""Reasons that lower the certainty."""

_MANY = 7  # characters of a clause that two writers do not hit upon by chance


def _none() -> None:
    """Where nobody waits but for the comparison itself."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Figures that cannot all be right, at least two, by article; `certainty` from LEAST to 1.

    `reasons` are keys of what spoke for it and, those in DOUBTS, against it.
    """

    kind: str
    figures: tuple[Figure, ...]
    certainty: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    first: Figure
    second: Figure
    certainty: float
    reasons: tuple[str, ...]
    kind: str = DIFFER


def possible(figures: Iterable[Figure], about: int | None = None, rest: Rest = _none) -> list[Figure]:
    """Those whose amount is ruled out by another article's or their own; no setting has been looked at yet.

    With `about`, the key of an article, only its own and those that they are ruled out by.
    """
    found: dict[int, Figure] = {}
    for first, second in _apart(figures, about, rest):
        found |= {first.id: first, second.id: second}
    return list(found.values())


def contradictions(
    figures: Iterable[Figure], about: int | None = None, rest: Rest = _none
) -> list[Contradiction]:
    """What disagrees among figures with their settings, the surest first; with `about` only with that article."""
    pairs = list(_apart(figures, about, rest))
    swapped = _swapped(pairs, rest)
    used = {figure.id for found in swapped for figure in found.figures}
    judged = [
        judged
        for first, second in _at(pairs, rest)
        if not (first.id in used and second.id in used) and (judged := _judge(first, second))
    ]
    return sorted([*swapped, *_cases(judged, rest)], key=lambda c: (-c.certainty, c.figures[0].id))


def _apart(figures: Iterable[Figure], about: int | None, rest: Rest) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of one thing with amounts that exclude each other, the earlier article first; all, or with one article."""
    series: dict[tuple[str, str, str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.region:
            series[figure.series].append(figure)
    for members in series.values():
        members.sort(key=lambda f: (f.article, f.id))
        said: dict[int, list[Figure]] = defaultdict(list)
        for figure in members:
            said[figure.article].append(figure)
        together = combinations(members, 2) if about is None else _with(about, members)
        for first, second in _at(together, rest):
            if not first.bounds.apart(second.bounds) or years_apart(first.day, second.day) > 1:
                continue
            # One that says the other's number somewhere else knows of both.
            if first.article != second.article and (
                _says(said[first.article], second) or _says(said[second.article], first)
            ):
                continue
            yield first, second


def _at(entries: Iterable[Entry], rest: Rest) -> Iterator[Entry]:
    """The entries, with a moment for others before each."""
    for entry in entries:
        rest()
        yield entry


def _with(article: int, members: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """The pairs of `members`, in their order, that hold a figure of the article: few even where members are many."""
    for at, own in enumerate(members):
        if own.article == article:
            yield from ((other, own) for other in members[:at] if other.article != article)
            yield from ((own, other) for other in members[at + 1 :])


def _says(figures: Iterable[Figure], other: Figure) -> bool:
    return any(not figure.bounds.apart(other.bounds) for figure in figures)


def _swapped(pairs: list[tuple[Figure, Figure]], rest: Rest) -> list[Contradiction]:
    """Two subjects whose numbers two articles give the other way round."""
    by_values: dict[tuple[object, ...], list[tuple[Figure, Figure]]] = defaultdict(list)
    for first, second in _at(pairs, rest):
        if first.article != second.article:
            by_values[
                (first.article, second.article, first.unit, first.kind, first.value, second.value)
            ].append((first, second))
    found: list[Contradiction] = []
    used: set[int] = set()
    for (one, other, unit, kind, low, high), there in _at(by_values.items(), rest):
        for s, t in ((s, t) for s in there for t in by_values.get((one, other, unit, kind, high, low), ())):
            four = (s[0], t[0], s[1], t[1])
            if s[0].key == t[0].key or used & {f.id for f in four} or not all(map(_alike, s, t)):
                continue
            if judged := _judge_swap(four):
                used |= {f.id for f in four}
                found.append(judged)
    return found


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two figures of an article may be mistaken for each other."""
    return one.setting.scope == other.setting.scope and not (one.setting.change or other.setting.change)


def _judge_swap(four: tuple[Figure, Figure, Figure, Figure]) -> Contradiction | None:
    one_s, one_t, other_s, other_t = four
    near = nearness(one_s.day, other_s.day, one_s.issue is not None and one_s.issue == other_s.issue)
    if same_period(one_s.setting.period, other_s.setting.period) is False:
        return None
    certainty, reasons = 0.8, ["swapped"]
    if one_s.sentence == one_t.sentence and other_s.sentence == other_t.sentence:
        certainty, reasons = certainty + 0.1, [*reasons, "side by side"]
    if near is Nearness.TOGETHER:
        certainty, reasons = certainty + 0.08, [*reasons, "together"]
    if one_s.setting.scope != other_s.setting.scope:
        return None
    if max(one_s.value, one_t.value) < 10:
        certainty, reasons = certainty - 0.3, [*reasons, "small"]
    if one_s.general or one_t.general:
        certainty, reasons = certainty - 0.15, [*reasons, "general"]
    return Contradiction(SWAPPED, four, round(certainty, 2), tuple(reasons)) if certainty >= LEAST else None


def _judge(first: Figure, second: Figure) -> _Pair | None:
    """How surely two figures with amounts that exclude each other are of the same; None if they need not be."""
    a, b = first.setting, second.setting
    if (
        a.change
        or b.change
        or a.scope != b.scope
        or a.per != b.per
        or a.part != b.part
        or first.of != second.of
    ):
        return None
    if first.article == second.article:
        return _judge_within(first, second)
    near = nearness(first.day, second.day, first.issue is not None and first.issue == second.issue)
    period = same_period(a.period, b.period)
    if period is False or (near is Nearness.FAR and not a.period.name):
        return None
    if near is not Nearness.TOGETHER and (
        a.period.running or b.period.running or (a.period.name and not a.period.dated)
    ):
        return None
    stock, total, explicit = first.stock and second.stock, a.total and b.total, bool(a.period.name)
    if not explicit and near is not Nearness.TOGETHER and (not stock or _grown(first, second)):
        return None
    same_words = a.clause == b.clause and len(a.clause) >= _MANY
    if not (explicit or stock or total or first.rate or same_words):
        return None
    if not stock and a.names and b.names and not a.names & b.names:
        return None
    if (
        first.general
        and not same_words
        and not (total and a.verb == b.verb and (explicit or near is Nearness.TOGETHER))
    ):
        return None
    if first.kind != "result" and near is not Nearness.TOGETHER and not explicit:
        return None
    certainty, reasons = 0.45, []
    for holds, weight, reason in (
        (explicit, 0.2, "same period"),
        (near is Nearness.TOGETHER, 0.2, "together"),
        (near is Nearness.UNKNOWN and not explicit, -0.1, "undated"),
        (same_words, 0.2, "same words"),
        (stock, 0.1, "stock"),
        (total, 0.1, "total"),
        (len(first.key) >= 6 or first.key != first.subject, 0.1, "particular"),
        (a.names != b.names, -0.1, "named"),
        (first.general and not same_words, -0.15, "general"),
        (first.hedged or second.hedged, -0.1, "hedged"),
        (a.levels != b.levels, -0.1, "levels"),
        (first.kind != "result", -0.1, "norm"),
        (_ratio(first, second) > 5, -0.25, "far apart"),
    ):
        if holds:
            certainty += weight
            reasons.append(reason)
    return (
        _Pair(first, second, min(round(certainty, 2), 0.95), tuple(reasons)) if certainty >= LEAST else None
    )


def _judge_within(first: Figure, second: Figure) -> _Pair | None:
    """An article may say the same number twice and be wrong once; most that it counts twice is something else."""
    a, b = first.setting, second.setting
    sure = (
        first.stock and second.stock and a.total and b.total and a.period == b.period and a.levels == b.levels
    )
    named = len(first.key) >= 4 and not first.general and first.kind == "result"
    if not (sure and named) or first.hedged or second.hedged or first.sentence == second.sentence:
        return None
    certainty = 0.55 - (0.2 if _ratio(first, second) > 5 else 0)
    reasons = ("one article", "stock", "total")
    return _Pair(first, second, certainty, reasons, WITHIN) if certainty >= LEAST else None


def _grown(first: Figure, second: Figure) -> bool:
    """Whether the later of two articles has more, as what is being built does."""
    if not (first.day and second.day) or first.day == second.day:
        return False
    early, late = sorted((first, second), key=lambda f: f.day)
    return late.value >= early.value


def _ratio(first: Figure, second: Figure) -> Decimal:
    low, high = sorted((abs(first.value), abs(second.value)))
    return high / low if low else Decimal(100)


def _cases(pairs: list[_Pair], rest: Rest) -> list[Contradiction]:
    """One contradiction for all pairs of one thing that hang together, as sure as the surest of them."""
    groups: list[tuple[list[_Pair], set[int]]] = []
    for pair in _at(sorted(pairs, key=lambda p: (-p.certainty, p.first.id, p.second.id)), rest):
        ids = {pair.first.id, pair.second.id}
        met = [group for group in groups if group[1] & ids and group[0][0].kind == pair.kind]
        for group in met[1:]:
            met[0][0].extend(group[0])
            met[0][1].update(group[1])
            groups.remove(group)
        if met:
            met[0][0].append(pair)
            met[0][1].update(ids)
        else:
            groups.append(([pair], ids))
    cases = []
    for members, _ids in groups:
        best = max(members, key=lambda p: p.certainty)
        figures = {f.id: f for pair in members for f in (pair.first, pair.second)}
        ordered = tuple(sorted(figures.values(), key=lambda f: (f.article, f.id)))
        cases.append(Contradiction(best.kind, ordered, best.certainty, best.reasons))
    return cases
