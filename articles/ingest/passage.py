"""Stretches of repaired text that still know where on the page each character stands."""

import bisect
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in the page text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters at `at` in a passage that stand unbroken at `start` on the page."""

    at: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of one kind: a headline line, a heading or one true paragraph.

    `text` has line breaks removed and runs of spaces closed (none inside numbers). `runs` are in text
    order; on the page they may lie apart, where a paragraph was cut by a column break or another article.
    `kind` is one of title, kicker, subtitle, column, byline, author_note, heading, paragraph, caption.
    """

    kind: str
    text: str
    runs: tuple[Run, ...]

    @property
    def folded(self) -> str:
        """`text` with half-width forms and known OCR slips mended, character for character."""
        return fold(self.text)

    def offset(self, i: int) -> int:
        """Page offset of character `i`; raises IndexError outside the text."""
        if not 0 <= i < len(self.text):
            raise IndexError(i)
        run = self.runs[self._run(i)]
        return run.start + min(i - run.at, run.length - 1)

    def _run(self, i: int) -> int:
        """Which run character `i` is of."""
        if len(self.runs) == 1:
            return 0
        return bisect.bisect_right(self.runs, i, key=lambda r: r.at) - 1

    def span(self, i: int, j: int) -> Span:
        """Page span of `text[i:j]` (i < j)."""
        return Span(self.offset(i), self.offset(j - 1) + 1)

    def is_contiguous(self, i: int, j: int, page: str) -> bool:
        """Whether nothing but white space stands on the page between the characters of `text[i:j]`."""
        if self._run(i) == self._run(j - 1):
            return True
        span = self.span(i, j)
        return squash(page[span.start : span.end]) == squash(self.text[i:j])

    def quote(self, i: int, j: int, page: str) -> str:
        """The page's own words for `text[i:j]`, line breaks removed."""
        span = self.span(i, j)
        return _LINE_BREAK.sub("", page[span.start : span.end])


_LINE_BREAK = re.compile(r"\s*[\r\n]+\s*")
_SLIPS = {"恊": "协", "仂": "协", "\u2011": "-", "\u2010": "-", "﹪": "%", "〇": "〇"}


class _Folding(dict[int, str]):
    """The table for str.translate, filled in as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_FOLDING = _Folding()


def _fold_character(c: str) -> str:
    if c in _SLIPS:
        return _SLIPS[c]
    if c < "\u2000" and c != "\u00a0":
        return c
    folded = unicodedata.normalize("NFKC", c)
    return folded if len(folded) == 1 else c


# Every field reader folds the same paragraphs.
@lru_cache(maxsize=512)
def fold(text: str) -> str:
    """Width-folded text of the same length, so offsets carry over. Letter l or O inside digits reads as 1 or 0."""
    folded = text.translate(_FOLDING)
    if "l" in folded or "O" in folded or "I" in folded or "o" in folded:
        folded = re.sub(
            r"(?<![A-Za-z])(?:(?=[lIOo\d.]{0,20}\d)|(?<=\d))(?:[lIOo](?=[\d.,lIOo%])|(?<=\d)[lIOo](?![A-Za-z]))+",
            lambda m: m[0].translate(_DIGIT_SLIPS),
            folded,
        )
    return folded


_DIGIT_SLIPS = str.maketrans("lIOo", "1100")


def squash(text: str) -> str:
    """Without white space."""
    return "".join(text.split())
