"""A page as a person rearranges it: what each piece of its text is, whose, and where paragraphs begin.

An arrangement is a value; every operation gives another one, with every character of the page in it exactly once.
`recompose.record_of` reads the records of an arrangement.
"""

import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from articles.ingest.blocks import Block
from articles.ingest.passage import Span
from articles.ingest.record import LEDGER_ROLES, LedgerEntry, PageRecord

# What fits nowhere is furniture in the ledger; here it waits for a person to say so.
UNASSIGNED = "unassigned"
NOBODYS = ("masthead", "furniture", UNASSIGNED)
OWNED = tuple(role for role in LEDGER_ROLES if role not in NOBODYS)
HEADLINE = ("kicker", "title", "subtitle", "column")


class CannotArrange(ValueError):
    """An operation that makes no sense there; `args[0]` is one of the codes of PROBLEMS. Nothing was changed."""


PROBLEMS = ("empty", "no_article", "no_role", "itself", "nothing_before", "not_body", "begins_here")


@dataclass(frozen=True, slots=True)
class Piece:
    """A logical line or a part of one. `parts` are its printed lines; `article` is a number from 1, None for nobody's.

    `joined`: goes on with the paragraph before it in its article. `by_hand`: a person put it where it is.
    """

    parts: tuple[Span, ...]
    role: str
    article: int | None
    joined: bool = False
    by_hand: bool = False

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`pieces` stand in page order. Numbers of articles stay as they are while others come and go."""

    text: str
    pieces: tuple[Piece, ...]

    @property
    def articles(self) -> tuple[int, ...]:
        """The numbers in use, in the order in which the articles' text begins."""
        first: dict[int, tuple[bool, int]] = {}
        for piece in self.pieces:
            if piece.article is not None:
                at = (piece.role in HEADLINE, piece.start)
                first[piece.article] = min(at, first.get(piece.article, at))
        return tuple(sorted(first, key=lambda number: first[number]))

    def of(self, article: int | None) -> tuple[Piece, ...]:
        return tuple(p for p in self.pieces if p.article == article)


@dataclass(frozen=True, slots=True)
class Balance:
    """Where the characters of a page went, white space aside. `lost` and `doubled` are 0 as long as nothing broke."""

    characters: int
    in_articles: int
    nobodys: int
    unassigned: int
    lost: int
    doubled: int

    @property
    def exact(self) -> bool:
        return not self.lost and not self.doubled


@dataclass(frozen=True, slots=True)
class Change:
    """What one operation did to the pieces: all that it takes to undo and to redo it."""

    removed: tuple[Piece, ...]
    added: tuple[Piece, ...]

    @property
    def undone(self) -> "Change":
        return Change(self.added, self.removed)


@dataclass(frozen=True, slots=True)
class Operation:
    """What a person asks for: one of OPERATIONS, on the text that `spans` touch. `article` 0 means a new one."""

    kind: str
    spans: tuple[Span, ...] = ()
    article: int | None = None
    role: str | None = None


def arranged(
    text: str,
    ledger: Iterable[LedgerEntry],
    begins: Iterable[int],
    blocks: Sequence[Block],
    stray: Iterable[int] = (),
) -> Arrangement:
    """The arrangement that a ledger says. `begins`: where paragraphs begin; `stray`: where lines begin that fit nowhere.

    The ledger's articles count from 0, numbers from 1.
    """
    fresh, strays = frozenset(begins), frozenset(stray)
    line_of = {part.start: k for k, block in enumerate(blocks) for part in block.parts}
    pieces: list[Piece] = []
    line: int | None = None
    for entry in sorted(ledger, key=lambda e: e.start):
        role = UNASSIGNED if entry.role == "furniture" and entry.start in strays else entry.role
        article = None if entry.article is None else entry.article + 1
        at = line_of.get(entry.start)
        last = pieces[-1] if pieces else None
        if (
            last
            and at is not None
            and at == line
            and (last.article, last.role) in ((article, role), (article, UNASSIGNED))
            and entry.start not in fresh
        ):
            pieces[-1] = replace(last, parts=(*last.parts, Span(entry.start, entry.end)))
        else:
            pieces.append(Piece((Span(entry.start, entry.end),), role, article))
        line = at
    begun = sorted(fresh)
    return Arrangement(text, tuple(_with_joins(pieces, begun)))


def arrangement_of(record: PageRecord, blocks: Sequence[Block], stray: Iterable[int] = ()) -> Arrangement:
    """A page record as an arrangement; article k of the record has the number k + 1."""
    begins = [p.runs[0].start for a in record.articles for p in a.text.body if p.runs]
    return arranged(record.text, record.ledger, begins, blocks, stray)


def _with_joins(pieces: Iterable[Piece], begun: Sequence[int]) -> Iterator[Piece]:
    seen: set[int | None] = set()
    for piece in pieces:
        if piece.role != "body":
            yield piece
            continue
        begins = any(
            bisect.bisect_left(begun, part.start) < bisect.bisect_left(begun, part.end)
            for part in piece.parts
        )
        yield replace(piece, joined=not begins and piece.article in seen)
        seen.add(piece.article)


def paragraphs(arrangement: Arrangement) -> list[list[Piece]]:
    """The body of all articles as paragraphs, each a list of pieces in page order."""
    found: list[list[Piece]] = []
    open_: dict[int | None, list[Piece]] = {}
    for piece in arrangement.pieces:
        if piece.role == "heading":
            open_.pop(piece.article, None)
        elif piece.role == "body":
            if piece.joined and piece.article in open_:
                open_[piece.article].append(piece)
            else:
                open_[piece.article] = [piece]
                found.append(open_[piece.article])
    return found


def above(arrangement: Arrangement) -> dict[int, int | None]:
    """By where a piece starts: the article right above it that is not its own, be it a headline and nothing more."""
    found: dict[int, int | None] = {}
    last: int | None = None  # the article of the line above
    other: int | None = None  # the one above that article
    for piece in arrangement.pieces:
        if piece.article not in (None, last):
            last, other = piece.article, last
        found[piece.start] = other if piece.article else last
    return found


def balance(arrangement: Arrangement) -> Balance:
    """Counts every character that is no white space."""
    text, times = arrangement.text, bytearray(len(arrangement.text))
    tally = {"articles": 0, "nobodys": 0, UNASSIGNED: 0}
    for piece in arrangement.pieces:
        where = "articles" if piece.article is not None else UNASSIGNED
        where = "nobodys" if where == UNASSIGNED and piece.role != UNASSIGNED else where
        for part in piece.parts:
            tally[where] += sum(not c.isspace() for c in text[part.start : part.end])
            for i in range(part.start, part.end):
                times[i] = min(times[i] + 1, 2)
    solid = [n for c, n in zip(text, times, strict=True) if not c.isspace()]
    return Balance(
        len(solid),
        tally["articles"],
        tally["nobodys"],
        tally[UNASSIGNED],
        solid.count(0),
        solid.count(2),
    )


def ledger_of(arrangement: Arrangement, index: Mapping[int, int]) -> tuple[LedgerEntry, ...]:
    """The ledger of an arrangement; `index` says which article of the record a number is."""
    return tuple(
        LedgerEntry(
            part.start,
            part.end,
            "furniture" if piece.role == UNASSIGNED else piece.role,
            None if piece.article is None else index[piece.article],
        )
        for piece in arrangement.pieces
        for part in piece.parts
    )


def difference(before: Arrangement, after: Arrangement) -> Change:
    was, now = set(before.pieces), set(after.pieces)
    return Change(
        tuple(p for p in before.pieces if p not in now), tuple(p for p in after.pieces if p not in was)
    )


def changed(arrangement: Arrangement, change: Change) -> Arrangement:
    """The arrangement with a change made. Raises ValueError where what it removes is not there."""
    pieces = set(arrangement.pieces)
    if not pieces.issuperset(change.removed):
        raise ValueError("the change belongs to another arrangement")
    kept = (pieces - set(change.removed)) | set(change.added)
    return Arrangement(arrangement.text, tuple(sorted(kept, key=lambda p: p.start)))


def pieces_json(pieces: Iterable[Piece]) -> list[list[Any]]:
    """[[[start, end], …], role, article, joined, by_hand] each."""
    return [[[[s.start, s.end] for s in p.parts], p.role, p.article, p.joined, p.by_hand] for p in pieces]


def pieces_from(data: Iterable[Sequence[Any]]) -> tuple[Piece, ...]:
    return tuple(
        Piece(tuple(Span(*part) for part in parts), role, article, joined, by_hand)
        for parts, role, article, joined, by_hand in data
    )
