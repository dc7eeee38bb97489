"""Letters at places on a page → text in reading order: columns from left to right, lines rejoined to paragraphs.

The page is cut where white runs through the whole of a part: down first, because columns are read one after the
other; where no white runs down, across, above or below the lines that stand in columns (a headline over them).
"""

import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

# All in sizes of a letter.
GUTTER = 0.6
"""White between columns, at the least."""
SPLIT = 0.7
"""White within a row that makes two pieces of it."""
INDENT = 1.2
CENTRED = 0.03
"""What a centred line may be off, of the width."""
SHORT = 2.5
"""What the last line of a paragraph leaves free at the least."""


@dataclass(frozen=True, slots=True)
class Letter:
    """`top` and `bottom` grow downwards; all in points."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters side by side in one row."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


Row = list[Piece]

# Many PDF makers map a glyph back to the radical that looks like the character. Unicode folds the first block of
# radicals itself; these are those of the second that are characters of their own.
_RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺟⻌⻛",
    "民虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟母辶风",
)


def page_text(letters: list[Letter]) -> str:
    """The text, a paragraph a line, blank lines between."""
    rows = _rows([replace(x, text=_ideograph(x.text)) for x in letters if x.text and x.size > 0])
    paragraphs = [p for part in _parts(rows) for p in _paragraphs(part)]
    return "\n\n".join(paragraphs) + ("\n" if paragraphs else "")


def _ideograph(text: str) -> str:
    folded = "".join(unicodedata.normalize("NFKC", c) if "\u2f00" <= c <= "\u2fdf" else c for c in text)
    return folded.translate(_RADICALS)


def _rows(letters: list[Letter]) -> list[Row]:
    """Rows from top to bottom; letters that overlap by half their height stand in one."""
    rows: list[list[Letter]] = []
    ordered = sorted(letters, key=lambda x: (x.top + x.bottom) / 2)
    for letter in ordered:
        middle = (letter.top + letter.bottom) / 2
        last = rows[-1][-1] if rows else None
        if last and abs(middle - (last.top + last.bottom) / 2) < 0.3 * min(letter.size, last.size):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [_pieces(sorted(row, key=lambda x: x.x0)) for row in rows]


def _pieces(row: list[Letter]) -> Row:
    pieces: list[list[Letter]] = [[row[0]]]
    for before, letter in pairwise(row):
        apart = letter.x0 - before.x1 > SPLIT * min(letter.size, before.size)
        if apart or abs(letter.size - before.size) > 0.5 * max(letter.size, before.size):
            pieces.append([letter])
        elif not (letter.text == before.text and abs(letter.x0 - before.x0) < 0.2 * letter.size):
            pieces[-1].append(letter)  # printed twice on one spot, it is bold, not two
    made = (
        Piece(
            "".join(x.text for x in piece),
            piece[0].x0,
            piece[-1].x1,
            min(x.top for x in piece),
            max(x.bottom for x in piece),
            median(x.size for x in piece),
        )
        for piece in pieces
    )
    return [piece for piece in made if piece.text.strip()]


def _parts(rows: list[Row]) -> list[list[Row]]:
    """The parts of the page that hold one column each, in reading order."""
    rows = [row for row in rows if row]
    if len(rows) < 2:
        return [rows] if rows else []
    if columns := _columns(rows):
        if over := _centred(rows):
            return [rows[:over], *_parts(rows[over:])]
        return [part for column in columns for part in _parts(column)]
    best, at = 0, 0
    for k in range(1, len(rows)):
        for part, size in ((rows[:k], k), (rows[k:], len(rows) - k)):
            if size > max(best, 1) and _columns(part):
                best, at = size, k
    return _parts(rows[:at]) + _parts(rows[at:]) if at else [rows]


def _centred(rows: list[Row]) -> int:
    """How many rows at the top are one piece each in the middle of the page: headlines no wider than a column."""
    pieces = [piece for row in rows for piece in row]
    left, right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    for number, row in enumerate(rows):
        middle = (row[0].x0 + row[-1].x1) / 2
        if len(row) > 1 or abs(middle - (left + right) / 2) > CENTRED * (right - left):
            return number
    return 0


def _columns(rows: list[Row]) -> list[list[Row]]:
    """The rows cut at every stripe of white that runs down through all of them; empty where none does."""
    pieces = [piece for row in rows for piece in row]
    white = GUTTER * median(piece.size for piece in pieces)
    edges: list[float] = []
    reached: float | None = None
    for piece in sorted(pieces, key=lambda x: x.x0):
        if reached is not None and piece.x0 - reached > white:
            edges.append((piece.x0 + reached) / 2)
        reached = piece.x1 if reached is None else max(reached, piece.x1)
    if not edges:
        return []
    bounds = [float("-inf"), *edges, float("inf")]
    return [
        [inside for row in rows if (inside := [p for p in row if low < p.x0 < high])]
        for low, high in pairwise(bounds)
    ]


def _paragraphs(rows: list[Row]) -> list[str]:
    """The lines of one column, rejoined where nothing says that a new paragraph begins."""
    lines = [_line(row) for row in rows]
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    gaps = [max(0.0, below.top - above.bottom) for above, below in pairwise(lines)]
    usual = median(gaps) if gaps else 0.0
    paragraphs = [lines[0].text]
    for (above, line), gap in zip(pairwise(lines), gaps, strict=True):
        begins = (
            line.x0 - left > INDENT * line.size
            or abs(line.size - above.size) > 0.15 * line.size
            or right - above.x1 > SHORT * above.size
            or gap > usual + 0.8 * line.size
        )
        if begins:
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line.text)
    return [p.strip() for p in paragraphs if p.strip()]


def _line(row: Row) -> Piece:
    text = "\u3000".join(piece.text.strip() for piece in row)
    first, last = row[0], row[-1]
    return Piece(text, first.x0, last.x1, first.top, max(p.bottom for p in row), median(p.size for p in row))


def _joined(above: str, below: str) -> str:
    above, below = above.rstrip(), below.lstrip()
    if above.endswith("-") and below[:1].isascii() and below[:1].islower():
        return above[:-1] + below
    latin = above[-1:].isascii() and above[-1:].isalnum() and below[:1].isascii() and below[:1].isalpha()
    return f"{above} {below}" if latin else above + below
