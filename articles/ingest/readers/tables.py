"""Tables as text: a line a row, the cells parted by tabs."""

from collections.abc import Sequence

MAX_CELL = 60


def as_rows(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The lines of a table. Empty where the cells are none of a table of figures: one row or column, or whole texts."""
    filled = [row for row in rows if any(row)]
    if sum(len(row) > 1 for row in filled) < 2:
        return ()
    if any(len(cell) > MAX_CELL for row in filled for cell in row):
        return ()
    return tuple("\t".join(row).strip("\t") for row in filled)
