"""Which text and which headline lines make one article: the arrangement of the whole page that fits best.

Every stretch of text either opens an article (with the headline before it, or with none yet), goes on after a heading,
or resumes an article that something interrupted. Arrangements grow stretch by stretch; the best few are kept. At the end
headlines that stand elsewhere are given to the articles that lack one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from articles.ingest import apart, weigh, windows
from articles.ingest.attach import Arrangement, Draft, Step, finish
from articles.ingest.headline import HeadlineGroup, Reading
from articles.ingest.label import Labelled, as_body
from articles.ingest.likeness import Likeness
from articles.ingest.notes import is_open
from articles.ingest.stretch import Event, GroupEvent, NoteEvent, Stretch, events
from articles.ingest.weighing import Weighed, Weighing

BEAM = 14
MARGIN = 5.0  # arrangements that fall behind the best by more do not catch up
MOST_READINGS = 36  # of the headline lines that may stand between two texts, for each arrangement


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The articles in the order in which their text begins, the best arrangement's steps, and the runner-up's score."""

    drafts: tuple[Draft, ...]
    steps: tuple[Step, ...]
    score: float
    runner_up: float | None
    stray: tuple[Labelled, ...]


def segment(items: Sequence[Labelled]) -> Segmentation:
    """The best arrangement of a labelled page.

    Where a headline finds no text, texts may stand together that nothing on the page keeps apart: then every
    paragraph may begin an article, and the better of the two arrangements is taken.
    """
    sequence = events(items)
    if windows.is_long(sequence):
        return _in_windows(sequence)
    best = _arrange(sequence)
    if any(x.label in ("short", "subtitle") for x in best.stray):
        closer = _arrange(events(items, everywhere=True))
        if closer.score > best.score:
            return closer
    return best


def _in_windows(sequence: Sequence[Event]) -> Segmentation:
    """A text far longer than a page: put together piece by piece, so that its time stays linear in its length."""
    beam = windows.beam(sequence, BEAM)
    parts = [_arrange(part, beam) for part in windows.split(sequence)]
    return Segmentation(
        tuple(d for p in parts for d in p.drafts),
        tuple(s for p in parts for s in p.steps),
        sum(p.score for p in parts),
        None,
        tuple(x for p in parts for x in p.stray),
    )


def _arrange(sequence: Sequence[Event], width: int = BEAM) -> Segmentation:
    weighing = Weighing(Likeness([e.pairs for e in sequence if isinstance(e, Stretch)]))
    search = _Search(weighing, _titled_groups(sequence))
    beam: list[Arrangement] = [Arrangement()]
    for event in sequence:
        if isinstance(event, GroupEvent):
            # Not pruned before the next text says which reading it fits.
            beam = [b for a in beam for r in event.readings for b in search.with_lines(a, r)]
            if len(beam) > MOST_READINGS * width:
                beam = sorted(beam, key=lambda a: -a.score)[: MOST_READINGS * width]
        elif isinstance(event, NoteEvent):
            beam = [search.with_note(a, event.item) for a in beam]
        else:
            beam = search.grown(beam, event, width)
    finished = sorted((finish(a, search.weighing) for a in beam), key=lambda a: -a.score)
    best = finished[0]
    order = sorted(best.drafts, key=lambda d: d.start)
    return Segmentation(
        tuple(order), best.steps, best.score, finished[1].score if len(finished) > 1 else None, best.stray
    )


class _Option(NamedTuple):
    """One way to take a text: into article `k` (None: a new one under `group`), after `heading` or `bylines`."""

    k: int | None
    weighed: Weighed
    text: Stretch
    freed: tuple[HeadlineGroup, ...]
    outlook: float
    group: HeadlineGroup | None = None
    heading: HeadlineGroup | None = None
    bylines: HeadlineGroup | None = None


class _Search:
    """Grows arrangements of one page. Drafts made alike are one object, so that what is known of them is known once."""

    def __init__(self, weighing: Weighing, titled: tuple[tuple[HeadlineGroup, int], ...]) -> None:
        self.weighing = weighing
        self._titled = titled
        self._hopes: dict[Stretch, float] = {}
        self._made: dict[tuple[object, ...], Draft] = {}
        self._begun: dict[tuple[HeadlineGroup, Stretch], Stretch] = {}

    def grown(self, beam: Sequence[Arrangement], text: Stretch, width: int) -> list[Arrangement]:
        """The best arrangements with one more text."""
        options = [
            (a.score + a.outlook + o.weighed.score + o.outlook, a, o)
            for a in beam
            for o in self._options(a, text)
        ]
        options.sort(key=lambda x: -x[0])
        kept: dict[tuple[object, ...], Arrangement] = {}
        least = options[0][0] - MARGIN
        for rank, a, option in options:
            if rank < least:
                break
            score = a.score + option.weighed.score
            b = self._taken(a, option, score)
            kept.setdefault((b.drafts, b.current, b.free, b.stray), b)
            if len(kept) == width:
                break
        return list(kept.values())

    def _promise(self, freed: tuple[HeadlineGroup, ...]) -> float:
        """What headlines put aside may still bring, once all texts are known."""
        return sum(self.weighing(apart.promise, g) for g in freed) if freed else 0.0

    def _hope(self, text: Stretch) -> float:
        """What an article opened without a headline may still get."""
        if text not in self._hopes:
            self._hopes[text] = apart.hope(self.weighing.likeness, text, self._titled)
        return self._hopes[text]

    def with_lines(self, a: Arrangement, reading: Reading) -> Iterator[Arrangement]:
        """Headline lines wait for their text; names alone may also sign the text above them, which ends there."""
        groups, score = reading.groups, a.score + reading.prior
        yield replace(a, pending=(*a.pending, *groups), score=score)
        current = a.drafts[a.current] if a.drafts and not a.pending else None
        if current is None or current.closed or current.bylines or not groups[0].is_byline_only:
            return
        if current.stretches[0].soft and len(current.stretches) == 1:
            return  # these words more likely begin what the names sign
        weighed = self.weighing(weigh.signature, current)
        key = (current, groups[0])
        if key not in self._made:
            self._made[key] = replace(current, extra_bylines=groups[0].bylines, closed=True)
        yield replace(
            a,
            drafts=a.with_draft(a.current, self._made[key]),
            pending=groups[1:],
            score=score + weighed.score,
            taken=a.and_step(groups[0].items[0].block.start, "names end the article before them", weighed),
        )

    def with_note(self, a: Arrangement, item: Labelled) -> Arrangement:
        """An author note ends the article before it; names that stand between text and note sign that text."""
        pending = a.pending
        current = a.drafts[a.current] if a.drafts else None
        if current is None or (current.closed and (pending or not _takes_note(current))):
            return replace(a, stray=(*a.stray, item))
        signs = pending[0] if pending and pending[0].is_byline_only and not current.bylines else None
        freed = pending[1:] if signs else pending
        weighed = self.weighing(weigh.note, current, item)
        return replace(
            a,
            drafts=a.with_draft(a.current, self._noted(current, item, signs)),
            pending=(),
            free=(*a.free, *freed),
            score=a.score + weighed.score,
            outlook=a.outlook + self._promise(freed),
            taken=a.and_step(item.block.start, "note ends the article before it", weighed),
        )

    def _noted(self, draft: Draft, item: Labelled, signs: HeadlineGroup | None) -> Draft:
        key = (draft, item.block.start, signs)
        if key not in self._made:
            extra = (*draft.extra_bylines, *(signs.bylines if signs else ()))
            self._made[key] = replace(draft, notes=(*draft.notes, item), extra_bylines=extra, closed=True)
        return self._made[key]

    def _options(self, a: Arrangement, text: Stretch) -> Iterator[_Option]:
        weighing, pending = self.weighing, a.pending
        anchor = pending[-1] if pending else None
        current = a.drafts[a.current] if a.drafts else None

        def opened(
            group: HeadlineGroup | None,
            freed: tuple[HeadlineGroup, ...],
            heading: HeadlineGroup | None = None,
        ) -> _Option:
            weighed = weighing(weigh.opening, group, current, text, _titled(freed))
            if heading is not None:
                weighed = weigh.with_heading(weighed, heading)
            hope = 0.0 if group is not None and group.has_title else self._hope(text)
            return _Option(None, weighed, text, freed, hope + self._promise(freed), group, heading)

        yield opened(anchor, pending[:-1])
        if len(pending) >= 2 and anchor is not None and anchor.is_bare and not pending[-2].is_bare:
            # Headline, then at once the first heading of its text.
            yield opened(pending[-2], pending[:-2], heading=anchor)
            yield opened(None, pending[:-1], heading=anchor)
        if anchor is not None and anchor.has_title:
            # The lines before it belong elsewhere, its own headline too.
            yield opened(None, pending)
        if current is None:
            return
        if anchor is not None and anchor.is_bare:
            freed = pending[:-1]
            titled, promised = _titled(freed), self._promise(freed)
            for k, draft in _open(a):
                weighed = weighing(weigh.heading, anchor, draft, text, abs(a.current - k), titled)
                yield _Option(k, weighed, text, freed, promised, heading=anchor)
        if anchor is not None and anchor.is_bare and not current.closed and len(pending) == 1:
            weighed = weighing(weigh.fragment, anchor, current, text)
            if weighed.score > 0:
                yield _Option(a.current, weighed, self._with_beginning(anchor, text), (), 0.0)
        if anchor is not None and anchor.is_byline_only and not current.closed and not current.bylines:
            weighed = weighing(weigh.byline_inside, current, text)
            freed = pending[:-1]
            yield _Option(a.current, weighed, text, freed, self._promise(freed), bylines=anchor)
        if text.has_lead:
            return
        promised = self._promise(pending)
        own = anchor is not None and anchor.has_title and bool(anchor.bylines)
        waiting = bool(pending)
        for k, draft in _open(a):
            weighed = weighing(weigh.resume, draft, text, max(0, a.current - k), waiting, own)
            yield _Option(k, weighed, text, pending, promised)

    def _with_beginning(self, anchor: HeadlineGroup, text: Stretch) -> Stretch:
        key = (anchor, text)
        if key not in self._begun:
            self._begun[key] = replace(text, items=(*(as_body(x) for x in anchor.shorts), *text.items))
        return self._begun[key]

    def _taken(self, a: Arrangement, o: _Option, score: float) -> Arrangement:
        if o.k is None:
            what, current = "opens an article", len(a.drafts)
            drafts = (*a.drafts, self._opened(o))
        else:
            what, current = f"goes on with article {o.k + 1}", o.k
            drafts = a.with_draft(o.k, self._joined(a.drafts[o.k], o))
        taken = a.and_step(o.text.items[0].block.start, what, o.weighed)
        return Arrangement(
            drafts, current, (), (*a.free, *o.freed), a.stray, score, a.outlook + o.outlook, taken
        )

    def _opened(self, o: _Option) -> Draft:
        key = (None, o.group, o.heading, o.text)
        if key not in self._made:
            parts = (o.heading, o.text) if o.heading else (o.text,)
            self._made[key] = Draft(o.group, parts, closed=o.text.is_signed)
        return self._made[key]

    def _joined(self, draft: Draft, o: _Option) -> Draft:
        key = (draft, o.heading, o.bylines, o.text)
        if key not in self._made:
            self._made[key] = replace(
                draft,
                parts=(*draft.parts, o.heading, o.text) if o.heading else (*draft.parts, o.text),
                extra_bylines=(*draft.extra_bylines, *(o.bylines.bylines if o.bylines else ())),
                closed=draft.closed or o.text.is_signed,
            )
        return self._made[key]


def _takes_note(draft: Draft) -> bool:
    """Whether a note right after an article that has ended is still its own: after the names, or the rest of a note."""
    return is_open(draft.notes[-1].text) if draft.notes else bool(draft.bylines)


def _titled_groups(sequence: Sequence[Event]) -> tuple[tuple[HeadlineGroup, int], ...]:
    """Every headline that the page may have, with the index of the text after it."""
    texts = 0
    found: list[tuple[HeadlineGroup, int]] = []
    for event in sequence:
        if isinstance(event, Stretch):
            texts += 1
        elif isinstance(event, GroupEvent):
            groups = dict.fromkeys(g for r in event.readings for g in r.groups)
            found += [(g, texts) for g in groups if g.has_title and not g.is_numbered and g.mark < 2]
    return tuple(found)


def _titled(groups: Sequence[HeadlineGroup]) -> bool:
    return any(group.has_title for group in groups)


def _open(a: Arrangement) -> list[tuple[int, Draft]]:
    """The articles that a text may go on with."""
    return [(k, d) for k, d in enumerate(a.drafts) if not d.closed]
