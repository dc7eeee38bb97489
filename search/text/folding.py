"""Folding: the form in which texts are compared, and the way back to the original."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.text.letters import FOLDED, SPACELESS

_CJK = re.compile(f"[{SPACELESS}]")
_SPACED = f"[^\\W_{SPACELESS}]"
_SPACES = re.compile(f"(?<={_SPACED})( ) *(?={_SPACED})| +")
"""All spaces; the group holds one that stays, as `_kept` has it."""
_CLUSTER = re.compile(
    r".[\u0300-\u036f\u0483-\u0489\u1160-\u11ff\u1ab0-\u1aff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]*", re.S
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that remembers where each of its characters came from.

    `starts[i]`, `ends[i]`: the half-open range of the original that became `text[i]`.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the original behind `text[start:end]`; `start < end`."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> str:
    """The form in which texts are compared; equal to `fold_with_map(text).text`."""
    if not unicodedata.is_normalized("NFC", text):
        return fold_with_map(text).text
    folded = text.translate(FOLDED)
    return _squeeze(folded) if " " in folded else folded


def fold_with_map(text: str) -> Folded:
    """`fold`, with the way back to the original offsets."""
    whole = unicodedata.is_normalized("NFC", text)
    folded = text.translate(FOLDED)
    if whole and FOLDED.uneven.isdisjoint(text):  # letter by letter, as nearly always
        if " " not in folded:
            return Folded(folded, range(len(folded)), range(1, len(folded) + 1))
        keep = _kept(folded)
        return Folded("".join([folded[i] for i in keep]), keep, [i + 1 for i in keep])
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    pieces = ((i, i + 1, c) for i, c in enumerate(text)) if whole else _clusters(text)
    for start, end, piece in pieces:
        for char in piece.translate(FOLDED):
            chars.append(char)
            starts.append(start)
            ends.append(end)
    keep = _kept("".join(chars))
    return Folded(
        "".join(chars[i] for i in keep), tuple(starts[i] for i in keep), tuple(ends[i] for i in keep)
    )


def _clusters(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _CLUSTER.finditer(text):
        yield match.start(), match.end(), unicodedata.normalize("NFC", match.group())


def _is_spaced(char: str) -> bool:
    return char.isalnum() and not _CJK.match(char)


def _kept(folded: str) -> list[int]:
    """Indexes that survive the white space rule."""
    keep: list[int] = []
    space = -1
    for i, char in enumerate(folded):
        if char == " ":
            space = i if space < 0 else space
            continue
        if space >= 0:
            if keep and _is_spaced(folded[keep[-1]]) and _is_spaced(char):
                keep.append(space)
            space = -1
        keep.append(i)
    return keep


def _squeeze(folded: str) -> str:
    return _SPACES.sub(r"\1", folded)
