"""Two texts side by side: which paragraphs are the same, which changed and in which characters. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 6000
"""Characters of a changed stretch, of both texts together, above which it is not compared letter by letter."""

CLOSE = 0.4
"""How alike two paragraphs are, 0..1, that stand beside each other as one that changed."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the view; a side that has nothing there is empty. `same` where both say the same."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    same: bool


def beside(left: str, right: str) -> list[Line]:
    """The paragraphs of both texts, in the order of both; empty ones are left out."""
    ours, theirs = _paragraphs(left), _paragraphs(right)
    lines: list[Line] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += (Line((Piece(text, False),), (Piece(text, False),), True) for text in ours[i1:i2])
        else:
            lines += _changed(ours[i1:i2], theirs[j1:j2])
    return lines


def pieces(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two texts with the characters marked that the other has not."""
    if not left or not right or len(left) + len(right) > LONGEST:
        return _whole(left), _whole(right)
    ours: list[Piece] = []
    theirs: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for side, text in ((ours, left[i1:i2]), (theirs, right[j1:j2])):
            if text:
                side.append(Piece(text, tag != "equal"))
    return tuple(ours), tuple(theirs)


def _changed(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Line]:
    """Paragraphs that changed: each beside the one that it became, if any did."""
    at = 0
    for text in ours:
        found = next((j for j in range(at, len(theirs)) if _close(text, theirs[j])), None)
        if found is None:
            yield Line(_whole(text), (), False)
            continue
        yield from (Line((), _whole(added), False) for added in theirs[at:found])
        yield Line(*pieces(text, theirs[found]), False)
        at = found + 1
    yield from (Line((), _whole(added), False) for added in theirs[at:])


def _close(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= CLOSE and matcher.quick_ratio() >= CLOSE and matcher.ratio() >= CLOSE


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, True),) if text else ()


def _paragraphs(text: str) -> list[str]:
    return [stripped for line in text.splitlines() if (stripped := line.strip())]
