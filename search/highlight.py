"""Shows in the original text why an article was found."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape  # by which Django escapes, too; what it wraps around takes most of a snippet's time
from typing import Literal

from django.utils.safestring import SafeString, mark_safe

from search import text
from search.engines.base import Document
from search.query.ast import Field, Leaf, Node, Prefix, Word
from search.query.ast import wanted as leaves

SNIPPET = 120
"""Characters of a snippet, about two lines on a wide screen and five on a telephone."""

FURTHER = 8
"""Passages of one article that are shown below its snippet at most."""

_CUT = 20
"""Letters by which a snippet grows at either end so that a mark is whole; a longer one is left out instead."""

_BREAKS = "。！？；!?;"
_CLOSING = "”’」』）)》"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Needle:
    """A comparable string to be marked, wherever it stands, as a Latin word only, or at the beginning of one."""

    unit: str
    stands: Literal["anywhere", "word", "beginning"] = "anywhere"

    def find(self, comparable: str) -> Iterable[Span]:
        if self.stands == "word":
            return text.find(self.unit, comparable)
        places = text.occurrences if self.stands == "anywhere" else text.begins
        return _apart(places(self.unit, comparable))

    def count(self, comparable: str) -> int:
        if self.unit not in comparable:
            return 0
        if self.stands == "anywhere" and self.unit:
            return comparable.count(self.unit)
        return sum(1 for _ in self.find(comparable))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark in each part of an article. `verbatim`: needles and texts are compared as they are. `figures`:
    those of `body` that are the words of a figure which was asked for; where one stands is the best passage."""

    body: tuple[Needle, ...]
    heads: tuple[Needle, ...]
    authors: tuple[Needle, ...]
    verbatim: bool = False
    figures: tuple[Needle, ...] = ()

    def quoting(self, figures: Iterable[str]) -> "Wanted":
        """The same and some figures, as they stand in the text; a line's end in them is the page's."""
        lines = dict.fromkeys("".join(figure.splitlines()) for figure in figures)
        needles = tuple(Needle(_comparable(line, self.verbatim)) for line in lines if line)
        return replace(self, body=(*self.body, *needles), figures=needles)

    def shown(self, original: str) -> str:
        """The text in which marks are set: composed where that is how it was compared, which looks the same."""
        return unicodedata.normalize("NFC", original) if self.verbatim else original


@lru_cache(maxsize=256)
def needles(query: Node, verbatim: bool = False) -> Wanted:
    """What an article is found for, as strings to mark."""
    found: dict[Field, dict[Needle, None]] = {field: {} for field in Field}
    for leaf in leaves(query):
        found[leaf.field].update(dict.fromkeys(_needles(leaf, verbatim)))
    anywhere = found[Field.ANY]
    return Wanted(
        tuple({**anywhere, **found[Field.BODY]}),
        tuple({**anywhere, **found[Field.TITLE]}),
        tuple({**anywhere, **found[Field.AUTHOR], **found[Field.FIRST_AUTHOR]}),
        verbatim,
    )


def _needles(leaf: Leaf, verbatim: bool) -> Iterator[Needle]:
    whole = _comparable(leaf.text, verbatim)
    if isinstance(leaf, Prefix):
        yield Needle(whole, "beginning")
    elif not isinstance(leaf, Word) or verbatim:
        yield Needle(whole)
    else:
        units = text.units(leaf.text)
        if len(units) > 1:  # a passage that holds the word as it was typed is a better one
            yield Needle(whole)
        yield from (Needle(unit, "word" if text.is_word(unit) else "anywhere") for unit in units)


def _comparable(string: str, verbatim: bool) -> str:
    return unicodedata.normalize("NFC", string) if verbatim else text.fold(string)


def spans(shown: str, wanted_here: Iterable[Needle], verbatim: bool = False) -> list[Span]:
    """Where needles stand in a text: half-open ranges in order; those that overlap are one."""
    if verbatim:
        found = sorted(span for needle in wanted_here for span in needle.find(shown))
    else:
        folded = text.fold_with_map(shown)
        found = sorted(folded.original(*span) for needle in wanted_here for span in needle.find(folded.text))
    joined: list[Span] = []
    for start, end in found:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def mark(original: str, found: Iterable[Span], start: int = 0, end: int | None = None) -> SafeString:
    """The original from `start` to `end`, escaped, with <mark> around the ranges."""
    end = len(original) if end is None else end
    parts: list[str] = []
    at = start
    for left, right in found:
        left, right = max(left, at), min(right, end)
        if left < right:
            parts += (escape(original[at:left]), "<mark>", escape(original[left:right]), "</mark>")
            at = right
    return mark_safe("".join(parts) + escape(original[at:end]))


def title(document: Document, wanted: Wanted) -> SafeString:
    """The title with what was found in it marked; the first words in its place where there is none."""
    if document.title:
        return head(document.title, wanted)
    opening = wanted.shown("\n".join(document.paragraphs))[:18]
    return mark(opening + "…", spans(opening, wanted.body, wanted.verbatim))


def head(original: str, wanted: Wanted) -> SafeString:
    """A title, kicker or subtitle, marked."""
    shown = wanted.shown(original)
    return mark(shown, spans(shown, wanted.heads, wanted.verbatim))


def author(name: str, wanted: Wanted) -> SafeString:
    shown = wanted.shown(name)
    return mark(shown, spans(shown, wanted.authors, wanted.verbatim))


def snippet(document: Document, wanted: Wanted, length: int = SNIPPET) -> SafeString:
    """The stretch of the body that shows most of what was asked for, or its beginning."""
    best = ranked(document, wanted)
    if not best:
        opening = " ".join(document.paragraphs[:3])
        return mark(opening[:length] + "…" if len(opening) > length else opening, ())
    return _passage(document.paragraphs[best[0]], wanted, length)


def further(document: Document, wanted: Wanted, length: int = SNIPPET) -> list[SafeString]:
    """The best passages after the one of the snippet, in the order of the text."""
    return [
        _passage(document.paragraphs[number], wanted, length)
        for number in sorted(ranked(document, wanted)[1 : FURTHER + 1])
    ]


def ranked(document: Document, wanted: Wanted) -> list[int]:
    """The paragraphs that hold something wanted, those first that hold a figure, then those that hold most of it, then
    the most often."""
    paragraphs = document.passages(Field.BODY, wanted.verbatim)
    scores: list[tuple[bool, int, int, int]] = []
    for number, paragraph in enumerate(paragraphs):
        counts = [count for needle in wanted.body if (count := needle.count(paragraph))]
        if counts:
            bare = not any(figure.unit in paragraph for figure in wanted.figures)
            scores.append((bare, -len(counts), -min(sum(counts), 5), number))
    return [number for *_, number in sorted(scores)]


def _passage(original: str, wanted: Wanted, length: int) -> SafeString:
    shown = wanted.shown(original)
    found = spans(shown, wanted.body, wanted.verbatim)
    start, end = _window(shown, found, length)
    before, after = "…" if start > 0 else "", "…" if end < len(shown) else ""
    return mark_safe(before + mark(shown, found, start, end) + after)


def _apart(places: Iterable[Span]) -> Iterator[Span]:
    """Those ranges that do not overlap the one before, as one counts them by finding the next."""
    at = 0
    for start, end in places:
        if start >= at:
            yield start, end
            at = end


def _window(original: str, found: list[Span], length: int) -> Span:
    """The window of about `length` characters with most marks in it, beginning at a sentence where one is
    near."""
    if len(original) <= length:
        return 0, len(original)
    best, most = found[0][0], 0
    for at, (left, _) in enumerate(found):
        inside = {original[a:b] for a, b in found[at:] if b <= left + length * 3 // 4}
        if len(inside) > most:
            best, most = left, len(inside)
    start = max(0, best - length // 4)
    for at in range(best - 1, max(0, best - length // 2) - 1, -1):
        if original[at] in _BREAKS:
            start = at + 1
            while start < best and original[start] in _CLOSING:
                start += 1
            break
    else:
        if best <= length // 2:
            start = 0
    end = min(len(original), max(start + length, next(right for left, right in found if left == best)))
    for left, right in found:  # half a mark would be a word that nobody asked for
        if left < start < right <= best:
            start = left if start - left <= _CUT else right
        if left < end < right:
            end = right if right - end <= _CUT or left <= best else left
    return start, end
