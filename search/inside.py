"""The hits in one article: marks in the HTML that the article's own templates have made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from search import highlight
from search.highlight import Needle

_TOKEN = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.S)
_INLINE = re.compile(r"</?(?:a|abbr|b|cite|em|i|mark|small|span|strong|sub|sup|wbr)\b", re.I)
_CHARACTER = re.compile(r"&(?:#[0-9]+|#x[0-9a-f]+|[a-z0-9]+);|.", re.S | re.I)


@dataclass(slots=True)
class Marker:
    """Marks one page part by part; `total` hits so far, each numbered: `id="hit-3"`."""

    wanted: highlight.Wanted
    total: int = 0

    def mark(self, html: str, needles: tuple[Needle, ...]) -> str:
        """HTML with <mark> around every hit, also where it crosses an inline element; text is found within a
        passage, as the search does. The HTML must be our templates': escaped, attributes without ">"."""
        if not needles:
            return html
        tokens = _TOKEN.findall(html)
        for passage in _passages(tokens):
            self._mark_passage(tokens, passage, needles)
        return "".join(tokens)

    def _mark_passage(self, tokens: list[str], passage: list[int], needles: tuple[Needle, ...]) -> None:
        raw = {number: _CHARACTER.findall(tokens[number]) for number in passage}
        plain = {number: [_plain(piece) for piece in pieces] for number, pieces in raw.items()}
        text = "".join("".join(chars) for chars in plain.values())
        found = highlight.spans(text, needles, self.wanted.verbatim)
        if not found:
            return
        numbered = list(enumerate(found, self.total + 1))
        self.total += len(found)
        at = 0
        for number, pieces in raw.items():
            end = at + len(pieces)
            here = [
                (n, max(a, at) - at, min(b, end) - at, a >= at)
                for n, (a, b) in numbered
                if a < end and b > at
            ]
            tokens[number] = "".join(_with_marks(pieces, here))
            at = end


def _with_marks(pieces: list[str], here: list[tuple[int, int, int, bool]]) -> Iterator[str]:
    at = 0
    for number, start, end, begins in here:
        yield from pieces[at:start]
        anchor = f' id="hit-{number}" tabindex="-1"' if begins else ""
        yield f'<mark class="in-hit"{anchor}>{"".join(pieces[start:end])}</mark>'
        at = end
    yield from pieces[at:]


def _passages(tokens: list[str]) -> Iterator[list[int]]:
    """The numbers of the text tokens that stand in one passage: between them are only inline elements."""
    passage: list[int] = []
    for number, token in enumerate(tokens):
        if not token.startswith("<"):
            passage.append(number)
        elif not token.startswith("<!--") and not _INLINE.match(token):
            if passage:
                yield passage
            passage = []
    if passage:
        yield passage


def _plain(piece: str) -> str:
    """The one character that a piece of HTML text stands for."""
    return unescape(piece)[:1] or piece[:1] if len(piece) > 1 else piece
