"""The labelled page as a sequence of events: stretches of running text, groups of headline lines, notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.ingest import jumps
from articles.ingest.blocks import starts_numbered
from articles.ingest.briefs import MARKS
from articles.ingest.headline import Reading, readings
from articles.ingest.label import Labelled
from articles.ingest.lazy import lazy
from articles.ingest.likeness import bodies_named, pairs
from articles.ingest.rows import is_row

HEADLINE_LABELS = frozenset({"short", "column", "subtitle", "byline"})
# No page of a paper has as much: longer texts are read in less depth, so that their time stays linear.
MANY_LINES = 400  # headline lines on a page
MAX_LINES = 30  # headline lines that stand together
FAR_BACK = 60  # paragraphs of a text
TEXT_LABELS = frozenset({"body", "caption", "lead", "signed", "credit"})


@dataclass(frozen=True, eq=False)
class Stretch:
    """Running text that nothing but furniture interrupts. `jump_out`/`jump_in`: （下转…）after it, （上接…）before it.

    `from_elsewhere`: what it goes on with stands on a page that this text does not hold.
    `soft`: only its own words say that another article may begin here, nothing stands before it.
    """

    index: int
    items: tuple[Labelled, ...]
    jump_in: bool
    jump_out: bool
    soft: bool
    pairs: frozenset[str]
    bodies: frozenset[str]
    from_elsewhere: bool = False

    @lazy
    def paragraphs(self) -> tuple[Labelled, ...]:
        return tuple(x for x in self.items if x.label == "body")

    @lazy
    def has_lead(self) -> bool:
        return self.items[0].label == "lead"

    @lazy
    def is_dated(self) -> bool:
        """Whether its first words date it, as those of news do."""
        return self.items[0].label == "body" and bool(_DATED.match(self.items[0].block.folded))

    @lazy
    def is_brief(self) -> bool:
        return self.items[0].label == "body" and self.items[0].text[:1] in MARKS

    @lazy
    def is_photo(self) -> bool:
        """One short text with a photographer's name under it."""
        return self.items[-1].label == "credit" and len(self.paragraphs) <= 2 and self.length <= 500

    @lazy
    def is_signed(self) -> bool:
        return self.items[-1].label in ("signed", "credit") and bool(self.paragraphs)

    @lazy
    def is_caption(self) -> bool:
        return not self.paragraphs

    @lazy
    def length(self) -> int:
        return sum(len(x.text) for x in self.paragraphs)

    @lazy
    def is_cut(self) -> bool:
        """Whether it ends in mid-sentence."""
        if not self.paragraphs or self.is_signed:
            return False
        last = self.paragraphs[-1].block
        return not last.is_terminal and not is_row(last.text)


@dataclass(frozen=True, slots=True)
class NoteEvent:
    item: Labelled


@dataclass(frozen=True, slots=True)
class GroupEvent:
    readings: tuple[Reading, ...]


Event = Stretch | NoteEvent | GroupEvent


def events(items: Sequence[Labelled], everywhere: bool = False) -> tuple[Event, ...]:
    """The page in order, furniture left out. `everywhere`: any paragraph may begin an article, not only likely ones."""
    gather = _Gatherer(everywhere, crowded=sum(x.label in HEADLINE_LABELS for x in items) > MANY_LINES)
    gather.apart = jumps.from_elsewhere(items)
    for k, item in enumerate(items):
        gather.take(k, item)
    return gather.done()


class _Gatherer:
    def __init__(self, everywhere: bool, crowded: bool) -> None:
        self.crowded = crowded
        self.everywhere = everywhere
        self.out: list[Event] = []
        self.text: list[Labelled] = []
        self.lines: list[Labelled] = []
        self.lines_at = 0
        self.stretches = 0
        self.jump_in = self.soft = self.from_elsewhere = False
        self.apart: frozenset[int] = frozenset()

    def take(self, k: int, item: Labelled) -> None:
        if item.label in HEADLINE_LABELS:
            if item.label == "byline" and not self.lines:
                self._split_lead_in()
            self.close_text()
            self.lines_at = self.lines_at if self.lines else k
            self.lines.append(item)
            if len(self.lines) >= MAX_LINES:
                self.close_lines()
        elif item.label in TEXT_LABELS:
            self.close_lines()
            if self.text and (item.label == "lead" or _may_begin(self.text, item, self.everywhere)):
                self.close_text()
                self.soft = item.label != "lead"
            self.text.append(item)
            if item.label == "credit":
                self._split_picture()
            if item.label in ("signed", "credit") and not _is_caption_credit(self.text):
                self.close_text()
        elif item.label == "note":
            self.close_text()
            self.close_lines()
            self.out.append(NoteEvent(item))
        elif item.label == "jump":
            self.close_text(jump_out="转" in item.text)
            if "接" in item.text:
                self.close_lines()
                self.jump_in = True
                self.from_elsewhere = item.block.start in self.apart

    def done(self) -> tuple[Event, ...]:
        self.close_text()
        self.close_lines()
        return tuple(self.out)

    def close_text(self, jump_out: bool = False) -> None:
        if self.text:
            marks = (self.jump_in, jump_out, self.soft, self.from_elsewhere)
            self.out.append(_stretch(self.stretches, self.text, *marks))
            self.stretches += 1
            self.text = []
            self.jump_in = self.soft = self.from_elsewhere = False

    def close_lines(self) -> None:
        if self.lines:
            self.out.append(GroupEvent(readings(self.lines, self.lines_at, self.crowded)))
            self.lines = []

    def _split_picture(self) -> None:
        """The dated words over a photographer's name may be an item of their own."""
        texts, credit = self.text[:-1], self.text[-1]
        if len(texts) >= 2 and texts[-1].label == texts[-2].label == "body" and texts[-2].block.is_terminal:
            if _DATED.match(texts[-1].block.folded):
                self.text = texts[:-1]
                self.close_text()
                self.soft = True
                self.text = [texts[-1], credit]

    def _split_lead_in(self) -> None:
        """The words before a byline may be the beginning of the article that it signs."""
        if len(self.text) >= 2 and self.text[-1].label == self.text[-2].label == "body":
            if self.text[-2].block.is_terminal:
                last = self.text.pop()
                self.close_text()
                self.soft = True
                self.text = [last]


_DATED = re.compile(r"^(?:\d{1,2}月\d{1,2}日|近日|日前|连日来|[今昨]天|图为)")
_SHORT_SENTENCE = re.compile(r"^[^，。！？：“]{1,5}。")


def _may_begin(text: list[Labelled], item: Labelled, everywhere: bool) -> bool:
    """Whether a paragraph's own first words may begin, or resume, another article than the text before it."""
    before = text[-1]
    if item.label != "body" or before.label != "body" or not before.block.is_terminal:
        return False
    if item.text[:1] in MARKS:
        return True
    if starts_numbered(item.text):
        return False
    if everywhere or _SHORT_SENTENCE.match(item.text):
        return True
    named = bodies_named(item.text[:70])
    return bool(named) and not any(named & bodies_named(x.text) for x in text[-FAR_BACK:])


def _is_caption_credit(text: list[Labelled]) -> bool:
    """A photographer named under the caption of a picture that stands inside other text."""
    return text[-1].label == "credit" and len(text) >= 2 and text[-2].label == "caption"


def _stretch(
    index: int, items: list[Labelled], jump_in: bool, jump_out: bool, soft: bool, from_elsewhere: bool
) -> Stretch:
    text = "\n".join(x.text for x in items if x.label in ("body", "caption"))
    named = bodies_named(text)
    return Stretch(index, tuple(items), jump_in, jump_out, soft, pairs(text), named, from_elsewhere)
