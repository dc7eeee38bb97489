"""The hits in one article: marks in the HTML that the article's own templates have made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from search import highlight
from search.highlight import Needle

_TOKEN = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.S)
_INLINE = re.compile(r"</?(?:a|abbr|b|cite|em|i|mark|small|span|strong|sub|sup|wbr)\b")
_NOT_TEXT = re.compile(r'<a class="join"')
"""A remark of the page inside a paragraph, up to the next end of a link."""

HEADS = re.compile(r'<(?:h1\b|p class="(?:kicker|subtitle)")')
BODY = re.compile(r"<(?:p|h2)(?! class=)")
"""With which elements the passages of an article begin; those with a class are remarks of the page."""
_CHARACTER = re.compile(r"&(?:#[0-9]+|#x[0-9a-f]+|[a-z0-9]+);|.", re.S | re.I)


@dataclass(slots=True)
class Marker:
    """Marks one page part by part; `total` hits so far, each numbered: `id="hit-3"`."""

    wanted: highlight.Wanted
    total: int = 0

    def heads(self, html: str) -> str:
        """The headline, marked."""
        return self._mark(html, HEADS, self.wanted.heads)

    def body(self, html: str) -> str:
        """The text, marked."""
        return self._mark(html, BODY, self.wanted.body)

    def _mark(self, html: str, within: re.Pattern[str], needles: tuple[Needle, ...]) -> str:
        """HTML with <mark> around every hit, also where it crosses an inline element; text is found within a
        passage, as the search does. The HTML must be our templates': escaped, attributes without ">"."""
        tokens = _TOKEN.findall(html)
        for passage in _passages(tokens, within) if needles else ():
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


def _passages(tokens: list[str], within: re.Pattern[str]) -> Iterator[list[int]]:
    """The numbers of the text tokens that stand in one passage: between them are only inline elements."""
    passage: list[int] = []
    inside = remark = False
    for number, token in enumerate(tokens):
        if not token.startswith("<"):
            if inside and not remark:
                passage.append(number)
        elif _INLINE.match(token):
            remark = token != "</a>" and (remark or _NOT_TEXT.match(token) is not None)
        elif not token.startswith("<!--"):
            if passage:
                yield passage
            passage, inside = [], within.match(token) is not None
    if passage:
        yield passage


def _plain(piece: str) -> str:
    """The one character that a piece of HTML text stands for."""
    return unescape(piece)[:1] or piece[:1] if len(piece) > 1 else piece
