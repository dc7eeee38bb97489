"""The facets, in one tuple, and how their counts become choices on a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Genre, Level
from search.engines.base import FacetCount

LISTED = 12
"""Choices that a facet shows at first; the others stand behind "more"."""


@dataclass(frozen=True, slots=True)
class Facet:
    """`name`: in addresses and in the index. `tree`: values are region codes, shown as a tree. `by_value`:
    sorted by value, last first, instead of by count. `translated`: labels that have a translation."""

    name: str
    title: str | Promise
    tree: bool = False
    by_value: bool = False
    translated: Mapping[str, str | Promise] = field(default_factory=dict)

    def label(self, value: str, label: str) -> str:
        return str(self.translated.get(value, label))


FACETS: tuple[Facet, ...] = (
    Facet("region", _("region"), tree=True),
    Facet("level", _("level"), translated=dict(Level.choices)),
    Facet("theme", _("theme")),
    Facet("mechanism", _("mechanism")),
    Facet("genre", _("genre"), translated=dict(Genre.choices)),
    Facet("publication", _("publication")),
    Facet("year", _("year"), by_value=True),
)
BY_NAME = {facet.name: facet for facet in FACETS}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a reader can choose or give up. `depth`: in the region tree, 0 for provinces."""

    facet: Facet
    value: str
    label: str
    count: int
    chosen: bool
    depth: int = 0


def choices(facet: Facet, counts: tuple[FacetCount, ...], chosen: tuple[str, ...]) -> list[Choice]:
    """What a facet offers, in the order in which it is shown."""
    rows = [
        Choice(facet, c.value, facet.label(c.value, c.label), c.number, c.value in chosen) for c in counts
    ]
    if facet.by_value:
        return sorted(rows, key=lambda row: row.value, reverse=True)
    return _tree(rows) if facet.tree else rows


def parent(code: str) -> str:
    """The region code one step up: a prefecture's for a county, a province's for a prefecture, "" for a
    province."""
    if not code.endswith("00"):
        return code[:4] + "00"
    return "" if code.endswith("0000") else code[:2] + "0000"


def _tree(rows: list[Choice]) -> list[Choice]:
    """Provinces, and below those that are chosen or alone what lies in them, each followed by its own
    places."""
    present = {row.value for row in rows}
    below: dict[str, list[Choice]] = {}
    for row in rows:
        above = parent(row.value)
        while above and above not in present:
            above = parent(above)
        below.setdefault(above, []).append(row)

    def within(code: str) -> bool:
        return any(row.chosen or within(row.value) for row in below.get(code, ()))

    shown: list[Choice] = []

    def add(code: str, depth: int) -> None:
        for row in below.get(code, ()):
            shown.append(Choice(row.facet, row.value, row.label, row.count, row.chosen, depth))
            if row.chosen or within(row.value) or len(below[code]) == 1:
                add(row.value, depth + 1)

    add("", 0)
    return shown
