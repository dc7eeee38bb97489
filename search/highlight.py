"""Shows in the original text why an article was found."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from search import text
from search.engines.base import Document
from search.query.ast import Field, Node, Phrase, wanted

SNIPPET = 120
"""Characters of a snippet, about two lines on a wide screen and five on a telephone."""

_BREAKS = "。！？；!?;"
_CLOSING = "”’」』）)》"


@dataclass(frozen=True, slots=True)
class Needle:
    """A folded string to be marked; `exact` ones also inside Latin words."""

    unit: str
    exact: bool = False

    def find(self, folded: str) -> Iterable[tuple[int, int]]:
        if not self.exact:
            return text.find(self.unit, folded)
        return _every(self.unit, folded)


def _every(needle: str, folded: str) -> Iterable[tuple[int, int]]:
    at = folded.find(needle)
    while at >= 0:
        yield at, at + len(needle)
        at = folded.find(needle, at + len(needle))


def needles(query: Node) -> tuple[tuple[Needle, ...], tuple[Needle, ...]]:
    """What to mark (in titles and bodies, in titles only)."""
    anywhere: dict[Needle, None] = {}
    titles: dict[Needle, None] = {}
    for leaf in wanted(query):
        if leaf.field in (Field.ANY, Field.TITLE):
            found = anywhere if leaf.field is Field.ANY else titles
            if isinstance(leaf, Phrase):
                found[Needle(text.fold(leaf.text), exact=True)] = None
            else:
                found.update(dict.fromkeys(map(Needle, text.units(leaf.text))))
    return tuple(anywhere), tuple({**anywhere, **titles})


def spans(original: str, wanted: Iterable[Needle]) -> list[tuple[int, int]]:
    """Where needles stand in an original text: half-open ranges in order, touching ones joined."""
    folded = text.fold_with_map(original)
    found = sorted(folded.original(*span) for needle in wanted for span in needle.find(folded.text))
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def mark(
    original: str, found: Iterable[tuple[int, int]], start: int = 0, end: int | None = None
) -> SafeString:
    """The original from `start` to `end`, escaped, with <mark> around the ranges."""
    end = len(original) if end is None else end
    parts: list[tuple[SafeString]] = []
    at = start
    for left, right in found:
        left, right = max(left, at), min(right, end)
        if left < right:
            parts.append((conditional_escape(original[at:left]),))
            parts.append((format_html("<mark>{}</mark>", original[left:right]),))
            at = right
    parts.append((conditional_escape(original[at:end]),))
    return format_html_join("", "{}", parts)


def title(document: Document, query: Node) -> SafeString:
    """The title with what was found in it marked; the first words in its place where there is none."""
    shown = document.title or "\n".join(document.paragraphs)[:18] + "…"
    return mark(shown, spans(shown, needles(query)[1]))


def snippet(document: Document, query: Node, length: int = SNIPPET) -> SafeString:
    """The stretch of the body that shows most of what was asked for, or its beginning."""
    wanted_here = needles(query)[0]
    original, found = _best_paragraph(document, wanted_here)
    if not found:
        opening = " ".join(document.paragraphs[:3])
        return mark(opening[:length] + "…" if len(opening) > length else opening, ())
    start, end = _window(original, found, length)
    shown = mark(original, found, start, end)
    before, after = "…" if start > 0 else "", "…" if end < len(original) else ""
    return mark_safe(before + shown + after)


def _best_paragraph(document: Document, wanted_here: tuple[Needle, ...]) -> tuple[str, list[tuple[int, int]]]:
    best, best_score = -1, (0, 0)
    for number, folded in enumerate(document.folded_paragraphs):
        counts = [sum(1 for _ in needle.find(folded)) for needle in wanted_here if needle.unit in folded]
        score = (sum(1 for count in counts if count), min(sum(counts), 5))
        if score > best_score:
            best, best_score = number, score
    if best < 0:
        return "", []
    original = document.paragraphs[best]
    return original, spans(original, wanted_here)


def _window(original: str, found: list[tuple[int, int]], length: int) -> tuple[int, int]:
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
    first_end = next(right for left, right in found if left == best)
    return start, min(len(original), max(start + length, first_end))
