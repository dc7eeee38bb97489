"""Regions with their counts: the tree of places, what lies inside one, and what they were called before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db.models import F, Q

from articles.catalogue.cards import prefix
from articles.models import Region

ORDERS: dict[str, Callable[["Place"], Any]] = {
    "code": lambda place: place.code,
    "count": lambda place: (-place.count, place.code),
    "pinyin": lambda place: (place.region.pinyin or "~", place.code),
}


@dataclass(slots=True)
class Place:
    """A region with the articles of it and everything inside, and the places inside."""

    region: Region
    count: int
    inside: list["Place"] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.region.code

    @property
    def inhabited(self) -> int:
        """How many places right inside have articles."""
        return sum(place.count > 0 for place in self.inside)


def tree(counts: Mapping[str, int], order: str = "code", deep: bool = True) -> list[Place]:
    """All provinces with the places inside that have articles, former ones, too; one level of those unless `deep`.

    One query.
    """
    places: dict[str, Place] = {}
    roots: list[Place] = []
    found = Region.objects.filter(pk__in=Region.objects.one_a_code().values("pk"))
    found = found.annotate(above=F("parent__code"))  # whole parents would double what is read
    province, first = Q(parent=None), Q(parent__parent=None)
    if deep:
        rows = found.filter(province | Q(code__in=list(counts)))
    else:  # of all, rather than of thousands of codes named one by one
        rows = found.filter(province | first).only("code", "name", "pinyin", "until")
    for region in sorted(rows, key=lambda r: r.prefix):
        place = Place(region, counts.get(region.code, 0))
        if not place.count and (region.above or region.until is not None):
            continue
        places[region.code] = place
        if region.above is None:
            roots.append(place)
        elif above := places.get(region.above):
            above.inside.append(place)
    for place in places.values():
        place.inside.sort(key=ORDERS[order])
    return sorted(roots, key=ORDERS[order])


def inside(region: Region, counts: Mapping[str, int], order: str = "count") -> list[Place]:
    """The places right inside a region as they are today, and former ones that have articles. One query."""
    # a parent keeps its children under every name it has had
    rows = Region.objects.one_a_code().filter(parent__code=region.code)
    places = [Place(row, counts.get(row.code, 0)) for row in rows]
    return sorted((p for p in places if p.region.until is None or p.count), key=ORDERS[order])


@dataclass(frozen=True, slots=True)
class Former:
    """A name and code that a place had, until when, and what it became."""

    region: Region
    became: tuple[Region, ...]


def former(region: Region) -> list[Former]:
    """Earlier names under the same code, and the codes that became this one, latest first. Two queries."""
    here = Q(code=region.code) | Q(successors__code=region.code)
    rows = list(Region.objects.filter(here).distinct().order_by("since").prefetch_related("successors"))
    names = [*(row for row in rows if row.code == region.code and row.pk != region.pk), region]
    found = []
    for old, new in reversed(list(pairwise(names))):
        if not _goes_on(old, new):
            break  # the code was given to another place later
        found.append(Former(old, (new,)))
    found += [Former(row, tuple(row.successors.all())) for row in rows if row.code != region.code]
    return sorted(found, key=lambda f: (-(f.region.until or 9999), f.region.code))


def lineage(region: Region) -> list[Region]:
    """The regions that this one is part of, largest first; at most two queries where not prefetched."""
    above: list[Region] = []
    while region.parent is not None:
        region = region.parent
        above.insert(0, region)
    return above


def named(term: str, most: int = 40) -> list[Former]:
    """Places of today and of former times that are called so, likeliest first, with what former ones became.

    Three queries. A former name of a place that kept its code became what the code named next.
    """
    rows = list(Region.objects.matching(term).select_related("parent").prefetch_related("successors")[:most])
    gone = [row.code for row in rows if row.until is not None]
    next_names = list(Region.objects.filter(code__in=gone).order_by("since"))
    return [
        Former(row, (() if row.until is None else tuple(row.successors.all()) or _next(row, next_names)))
        for row in rows
    ]


def _next(row: Region, names: list[Region]) -> tuple[Region, ...]:
    return tuple(new for new in names if new.code == row.code and _goes_on(row, new))[:1]


def _goes_on(old: Region, new: Region) -> bool:
    """Whether of two names under one code the second took over from the first, as `region_rows.goes_on`."""
    elsewhere = [heir for heir in old.successors.all() if heir.code != old.code]
    return old.pk != new.pk and old.until == new.since and not elsewhere


def provinces(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts by the first two digits of a code, of counts by code."""
    return {prefix(code): n for code, n in counts.items() if code.endswith("0000")}
