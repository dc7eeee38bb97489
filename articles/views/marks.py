"""Evidence shown in an article's text: page spans become marks around the words they stand for. Pure."""

import re
from bisect import bisect_left, bisect_right
from collections import deque
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
    entries = [(str(entry["text"]), entry["kind"], _runs(entry)) for entry in body]
    found = _ranges([runs for _text, _kind, runs in entries], marks)
    marked = MarkedBody()
    used: set[str] = set()
    for n, (text, kind, runs) in enumerate(entries):
        ranges = [(left, min(right, len(text)), mark) for left, right, mark in found[n] if left < len(text)]
        ends = [m.end() for m in _SENTENCE_END.finditer(text)] if ranges else []
        for left, right, mark in ranges:
            if mark.anchor not in marked.sentences:
                marked.sentences[mark.anchor] = _sentence(text, left, right, ends)
        pieces = _nest(text, ranges, used, (joins or {}).get(n, ()))
        marked.paragraphs.append(Paragraph(kind, pieces, runs))
    return marked


def _runs(entry: Mapping[str, Any]) -> tuple[tuple[int, int, int], ...]:
    return tuple((at, start, length) for at, start, length in entry.get("runs") or ())


def sentence(text: str, start: int, end: int) -> Sentence:
    """The sentence or sentences of `text` that hold text[start:end]."""
    return _sentence(text, start, end, [m.end() for m in _SENTENCE_END.finditer(text, 0, start)])


def _sentence(text: str, start: int, end: int, ends: Sequence[int]) -> Sentence:
    """`ends` are those of the sentences of `text`, in order."""
    before = bisect_right(ends, start)
    left = ends[before - 1] if before else 0
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


def _ranges(
    entries: Sequence[Iterable[tuple[int, int, int]]], marks: Iterable[Mark]
) -> list[list[tuple[int, int, Mark]]]:
    """Of each entry, by its runs, where in its text the marks lie, by start, the longest first.

    A page that lists figures has thousands of marks and of runs: each mark is looked up among the runs.
    """
    placed = sorted((start, size, at, n) for n, runs in enumerate(entries) for at, start, size in runs)
    starts = [start for start, *_ in placed]
    found: list[list[tuple[int, int, Mark]]] = [[] for _ in entries]
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        covered: dict[int, tuple[int, int]] = {}
        for start, size, at, n in placed[
            max(bisect_right(starts, mark.start) - 1, 0) : bisect_left(starts, mark.end)
        ]:
            if mark.start < start + size:
                left, right = at + max(mark.start, start) - start, at + min(mark.end, start + size) - start
                first, last = covered.get(n, (left, right))
                covered[n] = min(first, left), max(last, right)
        for n, (left, right) in covered.items():
            if left < right:
                found[n].append((left, right, mark))
    return found


def _nest(
    text: str, ranges: list[tuple[int, int, Mark]], used: set[str], joins: Sequence[Join]
) -> tuple[Piece, ...]:
    """Ranges as a tree of pieces; one that crosses an outer one is split at its edge."""

    places = [join.at for join in joins]

    def plain(left: int, right: int) -> Iterator[Piece]:
        at = left
        for join in joins[bisect_left(places, left) : bisect_left(places, right)]:
            if join.at > at:
                yield Piece(text[at : join.at])
            yield Piece(join=join)
            at = join.at
        yield Piece(text[at:right])

    def build(left: int, right: int, inner: list[tuple[int, int, Mark]]) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        at = left
        queue = deque(sorted(inner, key=_outer_first))
        while queue:
            start, end, mark = queue.popleft()
            if start > at:
                pieces += plain(at, start)
            within = []
            while queue and queue[0][0] < end:
                within.append(queue.popleft())
            if rest := [(end, r[1], r[2]) for r in within if r[1] > end]:
                queue = deque(sorted([*queue, *rest], key=_outer_first))
            again = mark.anchor in used
            used.add(mark.anchor)
            inside = build(start, end, [(r[0], min(r[1], end), r[2]) for r in within])
            pieces.append(Piece("", mark.anchor, mark.label, mark.entries, again, inside))
            at = end
        if at < right:
            pieces += plain(at, right)
        return tuple(pieces)

    return build(0, len(text), ranges)


def _outer_first(found: tuple[int, int, Mark]) -> tuple[int, int]:
    return found[0], -found[1]
