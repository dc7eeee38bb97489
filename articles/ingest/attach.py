"""Arrangements of a page under way, and the headlines that stand apart from their text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.ingest import apart
from articles.ingest.headline import HeadlineGroup
from articles.ingest.label import Labelled
from articles.ingest.lazy import lazy
from articles.ingest.likeness import Likeness
from articles.ingest.stretch import Stretch
from articles.ingest.weighing import Weighed, Weighing

# Above this many headlines or articles to choose among, the best pair first is good enough.
MAX_EXACT = 7


@dataclass(frozen=True, eq=False)
class Draft:
    """An article in the making. `parts` are stretches and the headings between them, in reading order.

    `given` is a headline from elsewhere.
    """

    group: HeadlineGroup | None
    parts: tuple[HeadlineGroup | Stretch, ...]
    notes: tuple[Labelled, ...] = ()
    extra_bylines: tuple[Labelled, ...] = ()
    closed: bool = False
    given: HeadlineGroup | None = None
    given_why: str = ""

    @lazy
    def stretches(self) -> tuple[Stretch, ...]:
        return tuple(p for p in self.parts if isinstance(p, Stretch))

    @lazy
    def headings(self) -> tuple[HeadlineGroup, ...]:
        return tuple(p for p in self.parts if isinstance(p, HeadlineGroup))

    @lazy
    def indices(self) -> tuple[int, ...]:
        """What its stretches are called in comparisons."""
        return tuple(s.index for s in self.stretches)

    @lazy
    def bodies(self) -> frozenset[str]:
        return frozenset().union(*(s.bodies for s in self.stretches))

    @lazy
    def start(self) -> int:
        return self.stretches[0].items[0].block.start

    @lazy
    def groups(self) -> tuple[HeadlineGroup, ...]:
        return tuple(g for g in (self.group, self.given) if g is not None)

    @lazy
    def has_title(self) -> bool:
        return any(g.has_title for g in self.groups)

    @lazy
    def bylines(self) -> tuple[Labelled, ...]:
        """Everything that names who wrote it, wire brackets and credits included."""
        inline = tuple(
            x for s in self.stretches for x in s.items if x.label in ("lead", "signed", "credit") and x.byline
        )
        return (*(b for g in self.groups for b in g.bylines), *self.extra_bylines, *inline)

    @lazy
    def is_interrupted(self) -> bool:
        """Whether text of other articles stands between its own."""
        return any(b.index - a.index > 1 for a, b in zip(self.stretches, self.stretches[1:], strict=False))

    @lazy
    def is_cut(self) -> bool:
        written = [s for s in self.stretches if s.paragraphs]
        return bool(written) and written[-1].is_cut and not self.notes

    @lazy
    def jumps_out(self) -> bool:
        """Whether it is said to continue elsewhere and has not yet."""
        marks = [s for s in self.stretches if s.jump_out or s.jump_in]
        return bool(marks) and marks[-1].jump_out


@dataclass(frozen=True, slots=True)
class Step:
    """One decision of an arrangement: about which line, what, what speaks for it, and what it added to the score."""

    at: int
    what: str
    weighed: Weighed

    @property
    def why(self) -> str:
        return self.weighed.why

    @property
    def score(self) -> float:
        return self.weighed.score


@dataclass(frozen=True, slots=True)
class Taken:
    """Steps taken, the last one first."""

    step: Step
    earlier: "Taken | None"


@dataclass(frozen=True, slots=True)
class Arrangement:
    drafts: tuple[Draft, ...] = ()
    current: int = 0
    pending: tuple[HeadlineGroup, ...] = ()
    free: tuple[HeadlineGroup, ...] = ()
    stray: tuple[Labelled, ...] = ()
    score: float = 0.0
    # What headlines put aside, and texts without one, may still bring.
    outlook: float = 0.0
    taken: Taken | None = None

    def with_draft(self, k: int, draft: Draft) -> tuple[Draft, ...]:
        return (*self.drafts[:k], draft, *self.drafts[k + 1 :])

    def and_step(self, at: int, what: str, weighed: Weighed) -> Taken:
        return Taken(Step(at, what, weighed), self.taken)

    @property
    def steps(self) -> tuple[Step, ...]:
        found, taken = [], self.taken
        while taken is not None:
            found.append(taken.step)
            taken = taken.earlier
        return tuple(reversed(found))


def finish(a: Arrangement, weighing: Weighing) -> Arrangement:
    """Gives the headlines and notes left over to the articles that they fit, and counts what is still missing."""
    a = _with_stray_notes(a, weighing)
    free = (*a.free, *a.pending)
    pairs, gain = _assign(free, a.drafts, weighing)
    taken, drafts, left = a.taken, list(a.drafts), list(a.stray)
    for h, group in enumerate(free):
        if h in pairs:
            k, fit = pairs[h]
            drafts[k] = weighing(_given, drafts[k], group)
            taken = Taken(Step(group.items[0].block.start, f"headline lines of article {k + 1}", fit), taken)
        else:
            gain += apart.UNUSED_TITLE if group.has_title else apart.UNUSED_BYLINE
            left += group.items
    missing = sum(weighing(apart.unfinished, d) for d in drafts)
    return Arrangement(tuple(drafts), stray=tuple(left), score=a.score + gain + missing, taken=taken)


def _given(likeness: Likeness, draft: Draft, group: HeadlineGroup) -> Draft:
    fit = apart.attachment(likeness, group, draft)
    return replace(draft, given=group, given_why=fit.why if fit else "")


def _with_stray_notes(a: Arrangement, weighing: Weighing) -> Arrangement:
    left = []
    for note in a.stray:
        open_ = [k for k, d in enumerate(a.drafts) if not d.notes]
        valued = [(weighing(apart.note, note, a.drafts[k]), k) for k in open_]
        best, k = max(valued, key=lambda v: v[0].score, default=(None, 0))
        if best is not None and best.score > 0:
            what = f"note of article {k + 1} by the place it names"
            a = replace(
                a,
                drafts=a.with_draft(k, replace(a.drafts[k], notes=(note,))),
                score=a.score + best.score,
                taken=a.and_step(note.block.start, what, best),
            )
        else:
            left.append(note)
    return replace(a, stray=tuple(left)) if a.stray else a


Table = dict[tuple[int, int], Weighed]


def _assign(
    free: Sequence[HeadlineGroup], drafts: Sequence[Draft], weighing: Weighing
) -> tuple[dict[int, tuple[int, Weighed]], float]:
    """Which free group goes to which draft, and the sum of what that is worth."""
    if not free:
        return {}, 0.0
    table = {
        (h, k): fit
        for h, group in enumerate(free)
        for k, draft in enumerate(drafts)
        if (fit := weighing(apart.attachment, group, draft)) is not None and fit.score > apart.LEAST_FIT
    }
    wanted = sorted({h for h, _ in table})
    takers = sorted({k for _, k in table})
    chosen: dict[int, tuple[int, Weighed]] = {}
    if len(wanted) <= MAX_EXACT and len(takers) <= MAX_EXACT:
        chosen = {h: (k, table[h, k]) for h, k in _best_pairs(wanted, takers, table, free)}
    else:
        used = set()
        for (h, k), fit in sorted(table.items(), key=lambda x: -x[1].score):
            if h not in chosen and k not in used:
                chosen[h] = (k, fit)
                used.add(k)
    return chosen, sum(fit.score for _, fit in chosen.values())


def _best_pairs(
    wanted: Sequence[int], takers: Sequence[int], table: Table, free: Sequence[HeadlineGroup]
) -> tuple[tuple[int, int], ...]:
    """The pairs worth most together; a group left over costs what it costs."""
    # For every set of takers already served (a bit each) the best so far; groups are dealt one after another.
    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {0: (0.0, ())}
    for h in wanted:
        unused = apart.UNUSED_TITLE if free[h].has_title else apart.UNUSED_BYLINE
        takes = [(1 << bit, k, table[h, k].score) for bit, k in enumerate(takers) if (h, k) in table]
        grown = {served: (value + unused, pairs) for served, (value, pairs) in best.items()}
        for served, (value, pairs) in best.items():
            for bit, k, fit in takes:
                if not served & bit and value + fit > grown.get(served | bit, _NOTHING)[0]:
                    grown[served | bit] = (value + fit, (*pairs, (h, k)))
        best = grown
    return max(best.values(), key=lambda v: v[0])[1]


_NOTHING = (float("-inf"), ())
