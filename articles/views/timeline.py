"""Articles by year, without gaps. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Year:
    year: str
    count: int


def timeline(counts: Mapping[str, int]) -> list[Year]:
    """From the first year to the last, those without an article in between included; years are four digits."""
    known = sorted(int(year) for year in counts if year.isdecimal())
    if not known:
        return []
    return [Year(f"{year:04d}", counts.get(f"{year:04d}", 0)) for year in range(known[0], known[-1] + 1)]
