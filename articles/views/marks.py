"""Evidence shown in an article's text: page spans become marks around the words they stand for. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_SENTENCE_END = re.compile(r"[。！？；!?]+[”’」』）)]*|\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span on the page (code points, half-open) and the anchor that its mark gets in the text.

    `label` says what was read there, `entries` names the ids of the record's entries that say so.
    """

    anchor: str
    start: int
    end: int
    label: str = ""
    entries: str = ""


@dataclass(frozen=True, slots=True)
class Join:
    """A place in an entry's text, before its character `at`, whose two sides stand apart on the page.

    `apart` counts the characters of other matter between them, 0 where there is only white space or where the
    page has them the other way round; `anchor` is the address of what goes on there.
    """

    at: int
    apart: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with marks inside: plain `text`, a mark around further pieces, or a place where text was joined.

    A mark that was cut has several pieces; all but the first are `again`.
    """

    text: str = ""
    anchor: str = ""
    label: str = ""
    entries: str = ""
    again: bool = False
    inside: tuple["Piece", ...] = ()
    join: Join | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One entry of the body; `kind` is paragraph or heading, `runs` as in `Article.body`."""

    kind: str
    pieces: tuple[Piece, ...]
    runs: tuple[tuple[int, int, int], ...] = ()


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


def mark_body(
    body: Iterable[dict[str, Any]], marks: Iterable[Mark], joins: Mapping[int, Sequence[Join]] | None = None
) -> MarkedBody:
    """The body with every mark that stands in it; those that stand elsewhere on the page have no sentence.

    A mark that is cut (by a column break, a paragraph, or another mark that it crosses) shows as several
    pieces. `joins` lists those of an entry by its place in the body, in text order.
    """
    wanted = sorted(marks, key=lambda m: (m.start, -m.end))
    marked = MarkedBody()
    used: set[str] = set()
    for n, entry in enumerate(body):
        text = str(entry["text"])
        runs = tuple((at, start, length) for at, start, length in entry.get("runs") or ())
        ranges = []
        for mark in wanted:
            if found := _range(runs, mark, len(text)):
                ranges.append((*found, mark))
                marked.sentences.setdefault(mark.anchor, sentence(text, *found))
        pieces = _nest(text, ranges, used, (joins or {}).get(n, ()))
        marked.paragraphs.append(Paragraph(entry["kind"], pieces, runs))
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


def _range(runs: Iterable[Sequence[int]], mark: Mark, length: int) -> tuple[int, int] | None:
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


def _nest(
    text: str, ranges: list[tuple[int, int, Mark]], used: set[str], joins: Sequence[Join]
) -> tuple[Piece, ...]:
    """Ranges as a tree of pieces; one that crosses an outer one is split at its edge."""

    def plain(left: int, right: int) -> Iterator[Piece]:
        at = left
        for join in joins:
            if left <= join.at < right:
                if join.at > at:
                    yield Piece(text[at : join.at])
                yield Piece(join=join)
                at = join.at
        yield Piece(text[at:right])

    def build(left: int, right: int, inner: list[tuple[int, int, Mark]]) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        at = left
        queue = sorted(inner, key=lambda r: (r[0], -r[1]))
        while queue:
            start, end, mark = queue.pop(0)
            if start > at:
                pieces += plain(at, start)
            within = [r for r in queue if r[0] < end]
            rest = [(end, r[1], r[2]) for r in within if r[1] > end]
            queue = sorted([r for r in queue if r[0] >= end] + rest, key=lambda r: (r[0], -r[1]))
            clipped = [(r[0], min(r[1], end), r[2]) for r in within]
            again = mark.anchor in used
            used.add(mark.anchor)
            inside = build(start, end, clipped)
            pieces.append(Piece("", mark.anchor, mark.label, mark.entries, again, inside))
            at = end
        if at < right:
            pieces += plain(at, right)
        return tuple(pieces)

    return build(0, len(text), ranges)
