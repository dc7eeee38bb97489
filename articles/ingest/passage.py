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
        return without_breaks(page[span.start : span.end])


def without_breaks(text: str) -> str:
    """The text without line breaks and the white space round them."""
    if "\n" not in text and "\r" not in text:
        return text
    return _SPACE.sub(lambda m: "" if "\n" in m[0] or "\r" in m[0] else m[0], text)


_SPACE = re.compile(r"\s+")
_SLIPS = {"恊": "协", "仂": "协", "\u2011": "-", "\u2010": "-", "﹪": "%", "〇": "〇"}


# Most characters of a Chinese text fold to themselves: Latin letters, the commonest marks, all ideographs but
# the two slips 仂 (4ec2) and 恊 (604a). Only the others are looked up.
_UNLIKE = re.compile(r"[^\x00-\x9f\xa1-\u1fff、。“”‘’《》—…\u3400-\u4ec1\u4ec3-\u6049\u604b-\u9fff]")


class _Folding(dict[str, str]):
    """What characters fold to, filled in as they are met."""

    def __missing__(self, c: str) -> str:
        self[c] = folded = _fold_character(c)
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
    folded = _UNLIKE.sub(lambda m: _FOLDING[m[0]], text)
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
