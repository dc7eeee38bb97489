"""What speaks for and against each way of putting a page together. Numbers add up; each comes with its reason.

The weights were set by hand on annotated pages and are worth what the held-out pages say.
"""

import re
from typing import TYPE_CHECKING

from articles.ingest.headline import HeadlineGroup
from articles.ingest.label import ASKS_FOR_MORE, Labelled
from articles.ingest.likeness import Likeness
from articles.ingest.notes import read_note
from articles.ingest.stretch import Stretch
from articles.ingest.weighing import Weighed, added

if TYPE_CHECKING:
    from articles.ingest.attach import Draft

_RESUMES = re.compile(r"^[\u3400-\u9fff“《（(\dA-Za-z‘]")
_PLACE_BODY = re.compile(r"政协")


def opening(
    likeness: Likeness, anchor: HeadlineGroup | None, previous: "Draft | None", text: Stretch, freed: bool
) -> Weighed:
    """That `text` opens an article under `anchor`.

    None: under no headline, whether or not lines that stand before it are `freed` for others.
    """
    ended = previous is None or previous.closed
    cut = previous is not None and previous.is_cut
    if anchor is None:
        return added(
            [
                (True, -0.8, "no headline before it"),
                (ended, 0.8, "the article before it has ended"),
                (text.has_lead, 2.0, "begins with a wire bracket"),
                (cut, -1.0, "the text before it was cut in mid-sentence"),
                (text.is_caption, -3.0, "a caption alone"),
                (text.jump_in and not text.from_elsewhere, -3.0, "is said to continue"),
                (text.from_elsewhere, 1.5, "goes on with an article of another page"),
                (text.soft, -1.0, "nothing stands between it and the text before"),
                (text.is_brief, 3.0, "short news with a mark of its own"),
                (freed, -1.5, "headline lines stand right before it"),
            ]
        )
    title = anchor.has_title
    # An anecdote may come before what the headline speaks of.
    alike = likeness.contained(anchor.text, likeness.from_here(text.index)) if title else 0.0
    unlike = title and alike < 0.1 and not text.is_photo
    elsewhere = likeness.best_elsewhere(anchor.text, text.index) if title else 0.0
    foreign = previous is not None and _names_another_place(previous, anchor, text)
    return added(
        [
            (True, -1.8, "may be a heading or stand elsewhere"),
            (bool(anchor.bylines) and title, 2.5, "headline with byline"),
            (bool(anchor.bylines) and not title, 0.4, "byline without headline"),
            (bool(anchor.columns), 2.0, "under a column name"),
            (bool(anchor.subtitles), 2.0, "headline with subtitle"),
            (anchor.mark == 1, 2.0, "marked #"),
            (anchor.mark >= 2 and anchor.is_bare, -2.5, "marked ##"),
            (anchor.is_numbered, -3.0, "numbered"),
            (anchor.is_bulleted and anchor.is_bare, -1.5, "marked ■"),
            (anchor.listed, 3.0, "named in the contents list"),
            (title and text.has_lead, 3.0, "a wire bracket follows"),
            (not title and text.has_lead, -1.0, "a wire bracket under no headline"),
            (title and text.is_photo and not anchor.bylines, 1.8, "a picture's text follows"),
            (title and text.is_dated, 1.6, "begins as news do"),
            (
                bool(anchor.bylines) and text.is_photo,
                -1.5,
                "signed, and so is the picture's text that follows",
            ),
            (ended, 1.6, "the article before it has ended"),
            (cut, -1.0, "the text before it was cut in mid-sentence"),
            (bool(_PLACE_BODY.search(anchor.text)) and title, 0.4, "names a committee"),
            (len(anchor.shorts) >= 2, 0.6, "several lines"),
            (foreign and not unlike, 1.6, "speaks of another committee than the text before"),
            (text.is_caption, -3.0, "only a caption follows"),
            (text.jump_in and not text.from_elsewhere, -4.0, "the text is said to continue"),
            (text.from_elsewhere and title, 1.5, "goes on with an article of another page"),
            (unlike, -2.0, "nothing in common with the text"),
            (elsewhere > alike + 0.35, -1.5, "has far more in common with another text"),
            (title, 2.5 * alike, f"likeness {alike:.2f}"),
        ]
    )


def with_heading(weighed: Weighed, heading: HeadlineGroup) -> Weighed:
    """The same with a heading between headline and text."""
    value = heading_likeness(heading) + 0.3
    return Weighed(weighed.score + value, (*weighed.held, (True, value, "its first heading follows at once")))


def _names_another_place(previous: "Draft", anchor: HeadlineGroup, text: Stretch) -> bool:
    named = text.bodies or anchor.bodies
    return bool(previous.bodies) and bool(named) and not (previous.bodies & named)


def heading_likeness(anchor: HeadlineGroup) -> float:
    """How much bare lines look like headings inside a text rather than a headline."""
    return added(
        [
            (anchor.mark >= 2, 2.0, ""),
            (anchor.mark == 1, -1.5, ""),
            (anchor.is_numbered, 2.5, ""),
            (anchor.is_bulleted, 1.2, ""),
            (anchor.listed, -3.0, ""),
            (len(anchor.shorts) > 1, -1.2, ""),
            (len(anchor.text) > 40, -0.5, ""),
        ]
    ).score


def heading(
    likeness: Likeness, anchor: HeadlineGroup, current: "Draft", text: Stretch, between: int, freed: bool
) -> Weighed:
    """That `anchor` is a heading of an article and `text` goes on under it; `between` articles were begun since."""
    alike = likeness.shared(text.index, current.indices)
    siblings = [h for h in current.headings if _parallel(h, anchor)]
    return added(
        [
            (True, 0.9, "short lines within a text are mostly headings"),
            (True, heading_likeness(anchor), "form"),
            (bool(siblings), 1.2, "built like the other headings"),
            (freed, -1.5, "headline lines stand right before it"),
            (between > 0, -2.4 - 0.4 * between, f"{between} articles between"),
            (current.is_cut, -2.0, "the text before it was cut in mid-sentence"),
            (text.has_lead, -4.0, "a wire bracket follows"),
            (text.from_elsewhere, -6.0, "goes on with an article of another page"),
            (text.is_photo, -2.0, "a picture's text follows"),
            (text.is_dated, -1.2, "begins as news do"),
            (current.stretches[0].has_lead and not current.headings, -0.6, "a news item seldom has headings"),
            (
                bool(current.bodies) and bool(text.bodies) and not current.bodies & text.bodies,
                -1.6,
                "another committee",
            ),
            (
                bool(current.bodies) and bool(anchor.bodies) and not current.bodies & anchor.bodies,
                -1.6,
                "names another committee itself",
            ),
            (True, 2.0 * (alike - 0.2), f"likeness {alike:.2f}"),
        ]
    )


# A line that ends so is no heading, a text that begins so no paragraph.
_UNFINISHED = re.compile(rf"(?:{ASKS_FOR_MORE}|[是也更等各]|“[^”]*)$")
_CONTINUES = re.compile(r"^(?:[的了着们得及且]|[，。、；：！？”’》）])")


def fragment(likeness: Likeness, anchor: HeadlineGroup, current: "Draft", text: Stretch) -> Weighed:
    """That `anchor` is no headline at all but the beginning of a sentence that a column break cut."""
    line = anchor.shorts[0].text
    alike = likeness.shared(text.index, current.indices)
    before = [p for s in current.stretches for p in s.paragraphs][-6:]
    like = sum(_begins_alike(line, p.text) for p in before)
    return added(
        [
            (True, -1.0, "may be a heading"),
            (len(anchor.shorts) > 1 or bool(anchor.mark) or anchor.is_numbered, -4.0, "form"),
            (like >= 2, 4.5, "built like the beginnings of the paragraphs before it"),
            (bool(_UNFINISHED.search(line)), 2.5, "its last word asks for more"),
            (
                likeness.stands(line[-1] + text.items[0].text[:1]),
                2.2,
                "its end and the text make a known word",
            ),
            (bool(_CONTINUES.match(text.items[0].text)), 3.0, "the next text begins in mid-sentence"),
            (text.from_elsewhere, -6.0, "goes on with an article of another page"),
            (text.items[0].label != "body", -3.0, "a byline or caption follows"),
            (current.is_cut, 0.5, "the text before it was cut as well"),
            (True, 2.0 * (alike - 0.2), f"likeness {alike:.2f}"),
        ]
    )


_CLAUSE_END = re.compile("[，,。：:]")


def _first_clause(text: str) -> str:
    end = _CLAUSE_END.search(text, 0, 24)
    return text[: end.start()] if end else text[:24]


def _begins_alike(a: str, b: str) -> bool:
    """Whether two sentences begin with clauses of one pattern: 在深学细悟中统一思想， 在宣传阐释中增进共识，."""
    x, y = _first_clause(a), _first_clause(b)
    if not 5 <= len(x) <= 20 or not 5 <= len(y) <= 20:
        return False
    same = sum(c == d for c, d in zip(x, y, strict=False))
    return abs(len(x) - len(y)) <= 1 and x[0] == y[0] and same >= 2


def _parallel(a: HeadlineGroup, b: HeadlineGroup) -> bool:
    """Headings of one text are built alike: length, punctuation, first or last characters."""
    x, y = a.text, b.text
    if not x or not y:
        return False
    same_marks = re.sub(r"[^，,：:、“”]", "", x) == re.sub(r"[^，,：:、“”]", "", y)
    near = abs(len(x) - len(y)) <= 2 + 0.15 * len(x)
    return a.mark == b.mark and ((near and same_marks) or x[:2] == y[:2] or x[-2:] == y[-2:])


def byline_inside(likeness: Likeness, current: "Draft", text: Stretch) -> Weighed:
    """That a byline on its own signs the text around it, which began before the byline."""
    alike = likeness.shared(text.index, current.indices)
    return added(
        [
            (True, 0.6, "nobody signs the text yet"),
            (
                len(current.stretches) == 1 and len(current.stretches[0].paragraphs) <= 2,
                1.6,
                "after its first words",
            ),
            (not current.has_title, 0.8, "which had no headline"),
            (current.has_title and current.stretches[0].has_lead, -2.0, "a news item has its own reporters"),
            (True, 4.0 * (alike - 0.3), f"likeness {alike:.2f}"),
        ]
    )


def note(likeness: Likeness, draft: "Draft", item: Labelled) -> Weighed:
    """That an author note speaks of who wrote `draft`."""
    read = read_note(item.text, 1)
    named = set(read.names) if read else set()
    signed = {s.name for b in draft.bylines if b.byline for s in b.byline.signers}
    return added([(bool(named) and bool(signed) and not named & signed, -4.0, "names other authors")])


def signature(likeness: Likeness, current: "Draft") -> Weighed:
    """That names on a line under a text which nobody signs yet sign it, and end it."""
    return added(
        [
            (True, 2.4, "nobody signs the text yet"),
            (not current.has_title, -1.5, "which has no headline"),
            (current.is_cut, -3.0, "which was cut in mid-sentence"),
            (current.stretches[-1].is_photo or current.stretches[-1].is_caption, -3.0, "a picture's text"),
        ]
    )


def resume(
    likeness: Likeness, draft: "Draft", text: Stretch, between: int, pending: bool, own: bool
) -> Weighed:
    """That `text` resumes `draft`, which something interrupted; `between` articles were begun since.

    `pending`: headline lines stand before it; `own`: the last of them with a byline.
    """
    alike = likeness.shared(text.index, draft.indices)
    jumped = draft.jumps_out
    titled = (
        likeness.contained(draft.group.text, (text.index,)) if draft.group and draft.group.has_title else 0.0
    )
    follows = text.soft and draft.stretches[-1].index == text.index - 1
    return added(
        [
            (not follows, -0.6, "has to have been interrupted"),
            (follows, 1.8, "nothing stands between"),
            (text.is_brief, -4.5, "short news with a mark of its own"),
            (text.soft and not follows and not draft.is_cut, -2.0, "nothing on the page shows the change"),
            (draft.is_cut and bool(_RESUMES.match(text.items[0].text)), 3.0, "it was cut in mid-sentence"),
            (jumped and text.jump_in, 4.5, "continued and continuing"),
            (jumped != text.jump_in, -1.0, "only one of the two is marked as continued"),
            (text.from_elsewhere, -6.0, "goes on with an article of another page"),
            (pending, -1.2, "headline lines stand between"),
            (own, -1.2, "a headline with byline stands right before it"),
            (between > 0, -0.3 * between, f"{between} articles between"),
            (draft.stretches[-1].is_photo, -3.0, "a picture's text had ended"),
            (text.is_photo, -2.5, "is a picture's text"),
            (text.is_caption, 2.5, "a caption within it"),
            (bool(draft.bodies & text.bodies), 1.0, "the same committee"),
            (
                bool(draft.bodies and text.bodies and not draft.bodies & text.bodies),
                -1.2,
                "another committee",
            ),
            (titled > 0, 1.5 * titled, f"likeness to its headline {titled:.2f}"),
            (True, 3.0 * (alike - 0.25), f"likeness {alike:.2f}"),
        ]
    )
