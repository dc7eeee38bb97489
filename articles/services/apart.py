"""Names in words where one name is not enough to know which row is meant."""

from typing import Any

from articles.models import Region

LONGEST = 120
"""What a decision keeps of a name."""


def told_apart(row: Any, other: Any) -> tuple[str, str]:
    """The names of two rows; where they are spelled alike, each with its place."""
    names = str(row), str(other)
    return names if names[0] != names[1] else (_placed(row), _placed(other))


def _placed(row: Any) -> str:
    if isinstance(row, Region):
        return f"{row.full_name or row.name} {row.code}"
    place = getattr(row, "region", None)
    return (f"{row} · {place.full_name or place.name}" if place else str(row))[:LONGEST]
