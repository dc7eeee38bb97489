"""The facets, in one tuple, and how their counts become choices on a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Genre, Level
from search.engines.base import FacetCount


@dataclass(frozen=True, slots=True)
class Facet:
    """`name`: in addresses and in the index. `tree`: values are region codes, shown as a tree. `bars`: values are
    years, shown as bars in their order. `translated`: labels that have a translation."""

    name: str
    title: str | Promise
    tree: bool = False
    bars: bool = False
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
    Facet("year", _("year"), bars=True),
)
BESIDE: tuple[Facet, ...] = (
    Facet("column", _("column")),
    Facet("author", _("author")),
    Facet("issue", _("issue")),
)
"""What the lists of articles are narrowed by, too. The index does not count them: the catalogue knows which articles
they are."""

FILTERS = (*FACETS, *BESIDE)
BY_NAME = {facet.name: facet for facet in FILTERS}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a reader can choose or give up. `depth`: in the region tree, 0 for provinces. `around`: one
    that lies in it is chosen. `height`: in the bars, of 100."""

    facet: Facet
    value: str
    label: str
    count: int
    chosen: bool
    depth: int = 0
    around: bool = False
    height: int = 0


def choices(facet: Facet, counts: tuple[FacetCount, ...], chosen: tuple[str, ...]) -> list[Choice]:
    """What a facet offers, in the order in which it is shown."""
    rows = [
        Choice(facet, c.value, facet.label(c.value, c.label), c.number, c.value in chosen) for c in counts
    ]
    if facet.bars:
        return _bars(facet, rows)
    return _tree(rows) if facet.tree else rows


def parent(code: str) -> str:
    """The region code one step up: a prefecture's for a county, a province's for a prefecture, "" for a
    province."""
    if not code.endswith("00"):
        return code[:4] + "00"
    return "" if code.endswith("0000") else code[:2] + "0000"


def lies_in(code: str, outer: str) -> bool:
    """Whether one region is a part of another one."""
    while code := parent(code):
        if code == outer:
            return True
    return False


MOST_BARS = 60
"""Years side by side; where there are more between the first and the last, the empty ones are left out."""


def _bars(facet: Facet, rows: list[Choice]) -> list[Choice]:
    """Every year from the first to the last, those without articles too: a gap is something to see."""
    known = {int(row.value): row for row in rows if row.value.isascii() and row.value.isdigit()}
    if not known:
        return []
    every: Iterable[int] = range(min(known), max(known) + 1)
    if max(known) - min(known) >= MOST_BARS:
        every = sorted(known)[-MOST_BARS:]
    tallest = max(row.count for row in known.values()) or 1
    shown = []
    for year in every:
        row = known.get(year) or Choice(facet, f"{year:04}", f"{year:04}", 0, False)
        height = max(2, round(100 * row.count / tallest)) if row.count else 0
        shown.append(Choice(facet, row.value, row.label, row.count, row.chosen, height=height))
    return shown


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
            around = within(row.value)
            shown.append(Choice(row.facet, row.value, row.label, row.count, row.chosen, depth, around))
            if row.chosen or around or len(below[code]) == 1:
                add(row.value, depth + 1)

    add("", 0)
    return shown
