"""Evidence shown in an article's text: page spans become marks around the words they stand for. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

_SENTENCE_END = re.compile(r"[。！？；!?]+[”’」』）)]*|\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span on the page (code points, half-open) and the anchor that its mark gets in the text."""

    anchor: str
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with marks inside: either plain `text`, or a mark around further pieces."""

    text: str = ""
    anchor: str = ""
    label: str = ""
    inside: tuple["Piece", ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One entry of the body; `kind` is paragraph or heading."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a mark with what stands around them in the sentence."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return self.before + self.words + self.after


@dataclass(slots=True)
class MarkedBody:
    """`sentences` holds, for each anchor found in the text, the sentence around it."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    sentences: dict[str, Sentence] = field(default_factory=dict)


def mark_body(body: Iterable[dict[str, Any]], marks: Iterable[Mark]) -> MarkedBody:
    """The body with every mark that stands in it; those that stand elsewhere on the page have no sentence.

    A mark that is cut (by a column break, a paragraph, or another mark that it crosses) shows as several
    pieces, of which the first has the anchor.
    """
    wanted = sorted(marks, key=lambda m: (m.start, -m.end))
    marked = MarkedBody()
    used: set[str] = set()
    for entry in body:
        text = str(entry["text"])
        ranges = []
        for mark in wanted:
            if found := _range(entry.get("runs") or (), mark, len(text)):
                ranges.append((*found, mark))
                marked.sentences.setdefault(mark.anchor, sentence(text, *found))
        marked.paragraphs.append(Paragraph(entry["kind"], _nest(text, ranges, used)))
    return marked


def sentence(text: str, start: int, end: int) -> Sentence:
    """The sentence or sentences of `text` that hold text[start:end]."""
    left = max((m.end() for m in _SENTENCE_END.finditer(text, 0, start)), default=0)
    stop = _SENTENCE_END.search(text, max(end - 1, start))
    right = max(stop.end(), end) if stop else len(text)
    return Sentence(text[left:start].lstrip(), text[start:end], text[end:right].rstrip())


def sentence_of(row: Any, body: Iterable[dict[str, Any]]) -> Sentence:
    """The sentence that a record row with a span was read from; its quote where that is not in the body."""
    if row.start is not None and row.end is not None:
        marked = mark_body(body, [Mark("it", row.start, row.end)])
        if found := marked.sentences.get("it"):
            return found
    return Sentence("", row.quote, "")


def _range(runs: Iterable[list[int]], mark: Mark, length: int) -> tuple[int, int] | None:
    """Where a page span lies in an entry's text."""
    parts = [
        (at + max(mark.start, start) - start, at + min(mark.end, start + size) - start)
        for at, start, size in runs
        if start < mark.end and mark.start < start + size
    ]
    if not parts:
        return None
    left, right = min(p[0] for p in parts), min(max(p[1] for p in parts), length)
    return (left, right) if left < right else None


def _nest(text: str, ranges: list[tuple[int, int, Mark]], used: set[str]) -> tuple[Piece, ...]:
    """Ranges as a tree of pieces; one that crosses an outer one is split at its edge."""

    def build(left: int, right: int, inner: list[tuple[int, int, Mark]]) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        at = left
        queue = sorted(inner, key=lambda r: (r[0], -r[1]))
        while queue:
            start, end, mark = queue.pop(0)
            if start > at:
                pieces.append(Piece(text[at:start]))
            within = [r for r in queue if r[0] < end]
            rest = [(end, r[1], r[2]) for r in within if r[1] > end]
            queue = sorted([r for r in queue if r[0] >= end] + rest, key=lambda r: (r[0], -r[1]))
            anchor = "" if mark.anchor in used else mark.anchor
            used.add(mark.anchor)
            clipped = [(r[0], min(r[1], end), r[2]) for r in within]
            pieces.append(Piece(anchor=anchor, label=mark.label, inside=build(start, end, clipped)))
            at = end
        if at < right:
            pieces.append(Piece(text[at:right]))
        return tuple(pieces)

    return build(0, len(text), ranges)
