"""What speaks for giving an article the headlines and notes that stand apart from it, and what one lacks at the end."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from articles.ingest import notes
from articles.ingest.headline import HeadlineGroup
from articles.ingest.label import Labelled
from articles.ingest.likeness import Likeness
from articles.ingest.stretch import Stretch
from articles.ingest.weighing import Weighed, added

if TYPE_CHECKING:
    from articles.ingest.attach import Draft

UNUSED_TITLE = -3.0
UNUSED_BYLINE = -1.0
UNSIGNED_NOTE = -2.0
PROMISED = 0.7
HOPEFUL = 0.4
# A headline that fits this badly still goes to the only article that lacks one.
LEAST_FIT = -2.2


def attachment(likeness: Likeness, group: HeadlineGroup, draft: "Draft") -> Weighed | None:
    """That a group which stands apart is the headline of `draft`; None where it cannot be."""
    if (group.has_title and draft.has_title) or (group.bylines and draft.bylines):
        return None
    if not group.has_title and not group.bylines:
        return None
    alike = likeness.contained(group.text, draft.indices) if group.has_title else 0.0
    reporters = any(b.byline and b.byline.kinds & {"记者", "通讯员"} for b in group.bylines)
    noted = bool(draft.notes)
    ends = draft.stretches[-1].items[-1].block.end
    begins = draft.start
    places = [x.block.start for x in group.items]
    near = min(min(abs(p - ends), abs(begins - p)) for p in places)
    return added(
        [
            (not group.has_title, 0.6, "nobody signs it"),
            (bool(group.bylines) and noted and not reporters, 1.0, "byline and author note"),
            (reporters and noted, -1.5, "reporters, but an author note"),
            (near < 60, 0.8, "stands beside it"),
            (group.has_title, 7.0 * (alike - 0.3), f"likeness {alike:.2f}"),
        ]
    )


def promise(likeness: Likeness, group: HeadlineGroup) -> float:
    """What a group that stands apart is worth to the text of the page that it fits best."""
    if not group.has_title:
        return UNUSED_BYLINE
    best = max((likeness.contained(group.text, likeness.from_here(i)) for i in likeness), default=0.0)
    return PROMISED * max(UNUSED_TITLE, 7.0 * (best - 0.3))


def hope(likeness: Likeness, text: Stretch, later: tuple[tuple[HeadlineGroup, int], ...]) -> float:
    """What a text that opens under no headline may still get from the headlines after it.

    `later` are the page's titled groups, each with the index of the text that follows it.
    """
    best = 0.0
    here = likeness.from_here(text.index)
    for group, follows in later:
        if follows <= text.index:
            continue
        fit = likeness.contained(group.text, here)
        if fit > HOPEFUL and fit > likeness.contained(group.text, likeness.from_here(follows)) + 0.15:
            best = max(best, PROMISED * (7.0 * (fit - 0.3) - UNUSED_TITLE))
    return best


def note(likeness: Likeness, item: Labelled, draft: "Draft") -> Weighed:
    """That an author note which stands apart belongs to `draft`."""
    named = likeness.contained(
        re.sub(r"作者|单位|系|政协|主席|副主席|委员|省|市", "", item.text), draft.indices
    )
    return added(
        [
            (True, 3.0 * named - 0.6, f"likeness {named:.2f}"),
            (draft.stretches[0].has_lead, -1.0, "a news item has no author note"),
        ]
    )


def unfinished(likeness: Likeness, draft: "Draft") -> float:
    """What an article still lacks at the end."""
    return (
        (0.0 if draft.has_title else -1.5)
        + (-2.0 if draft.is_cut else 0.0)
        + (-2.5 if _is_signed_twice(draft) else 0.0)
        + (UNSIGNED_NOTE if draft.notes and not draft.bylines and not _names_people(draft.notes) else 0.0)
        + (-0.5 if not draft.bylines and not draft.has_title else 0.0)
    )


def _names_people(items: Sequence[Labelled]) -> bool:
    return any((read := notes.read_note(x.text, 1)) is not None and read.names for x in items)


def _is_signed_twice(draft: "Draft") -> bool:
    """A text that reporters sign has no author note, and nobody signs at the end of what others sign at its head."""
    signed = any(x.label == "signed" for s in draft.stretches for x in s.items)
    if not (signed or draft.notes):
        return False
    lead = any(x.label == "lead" and x.byline for s in draft.stretches for x in s.items)
    reported = any(b.byline and "记者" in b.byline.kinds for b in draft.bylines)
    headed = any(b.byline and b.byline.kinds != {"摄影"} for g in draft.groups for b in g.bylines)
    return (bool(draft.notes) and (lead or reported)) or (signed and (lead or headed))
