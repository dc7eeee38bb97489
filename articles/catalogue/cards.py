"""A card holds what one published article is found, counted and ordered by. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

FACETS = (
    "region", "level", "theme", "mechanism", "genre", "column", "publication", "year", "issue", "author",
)  # fmt: skip

REGIONS = 8192
"""Enough to keep what is reckoned of every region code there is."""

FAR = 2**62
"""Where what is unknown is sorted."""


@dataclass(frozen=True, slots=True)
class Card:
    """`values` holds the values of each of FACETS, as addresses name them; `day` is ISO, maybe a year alone.

    `issue` and `page` are keys, 0 for none; `added` counts microseconds; `metrics` are those that readers see.
    Regions are the codes of the article's places and of everything that those lie in.
    """

    key: int
    day: str
    issue: int
    page: int
    position: int
    added: int
    title: str
    place: str
    metrics: int
    values: tuple[tuple[str, ...], ...]


def counted(cards: Iterable[Card], facet: str) -> Counter[str]:
    """How many of some cards hold each value of a facet."""
    at = FACETS.index(facet)
    return Counter(value for card in cards for value in card.values[at] if value)


class Label(NamedTuple):
    """How a value is named. `more` and `also` depend on the facet.

    region: full name, pinyin · mechanism: kind, family · author: place's code and name · issue: date, number, the
    name being the publication's · publication: public id, code of its region. An author's `note` stands in brackets at
    the end of the name, too.
    """

    name: str
    more: str = ""
    also: str = ""
    note: str = ""

    @property
    def bare(self) -> str:
        """The name without the note."""
        return self.name.removesuffix(f"（{self.note}）") if self.note else self.name


@lru_cache(REGIONS)
def path(code: str) -> tuple[str, ...]:
    """The codes of province, prefecture and county that a region code implies: 510104 → 510000, 510100, 510104."""
    return tuple(dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code)))


@lru_cache(REGIONS)
def prefix(code: str) -> str:
    """The digits that codes inside a region begin with: 510000 → 51, 510100 → 5101. Any digits are taken."""
    if len(code) != 6:
        return code
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def matcher(facet: str, wanted: Iterable[str]) -> Callable[[tuple[str, ...]], bool]:
    """Whether the values of a card in a facet hold one of those wanted; a region stands for all inside it."""
    if facet == "region":
        beginnings = tuple(prefix(code) for code in wanted)
        return lambda values: any(value.startswith(beginnings) for value in values)
    chosen = frozenset(wanted)
    return lambda values: not chosen.isdisjoint(values)
