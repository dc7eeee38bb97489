"""The filters of a list of articles: one entry each, read from the query string, counted for the rail."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from articles.catalogue import SORTS, Catalogue, Selection, current
from articles.catalogue.cards import prefix
from articles.catalogue.selection import Clause
from articles.models import Genre, Level, Region
from articles.templatetags.reading import isodate
from articles.views.region_choices import Choice, region_choices

SHOWN, MORE = 8, 60
"""Values that the rail offers of a filter at first, and where a reader asks for more of one."""

VALUES = 20
"""Values of one filter that an address may name."""


@dataclass(frozen=True, slots=True)
class Filter:
    """`name` is the query parameter and the facet of the catalogue; `labels` translate, in the order to show.

    `latest` orders by value instead of by count; what is not `offered` only narrows where an address says so.
    """

    name: str
    label: str | Promise
    labels: Mapping[str, str | Promise] = field(default_factory=dict)
    latest: bool = False
    offered: bool = True

    def say(self, value: str, known: Catalogue | None = None) -> str:
        """A value in words, as it is where nobody knows it."""
        if value in self.labels:
            return str(self.labels[value])
        label = (known or current()).label(self.name, value)
        if self.name == "region":
            return label.more or _say_region(value)
        if self.name == "issue" and (label.more or label.also):
            number = _now("no. %(number)s") % {"number": label.also} if label.also else ""
            return " · ".join(part for part in (label.name, isodate(label.more), number) if part)
        return label.name


FILTERS: tuple[Filter, ...] = (
    Filter("region", _("Region")),
    Filter("level", _("Level"), dict(Level.choices)),
    Filter("theme", _("Theme")),
    Filter("mechanism", _("Mechanism")),
    Filter("genre", _("Genre"), dict(Genre.choices)),
    Filter("column", _("Column")),
    Filter("publication", _("Publication")),
    Filter("year", _("Year"), latest=True),
    Filter("issue", _("Issue"), offered=False),
    Filter("author", _("Author")),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters in use and the order of a list; `values` holds known parameters only, in registry order."""

    values: dict[str, tuple[str, ...]]
    sort: str

    @classmethod
    def read(cls, query: QueryDict) -> "Chosen":
        """From a query string. Unknown orders fall back to the first; of nested regions the inner ones count."""
        values = {f.name: tuple(dict.fromkeys(map(clean, query.getlist(f.name)[:VALUES]))) for f in FILTERS}
        values["region"] = innermost(values["region"])
        sort = query.get("sort", "")
        used = {name: tuple(v for v in named if v) for name, named in values.items()}
        return cls({k: v for k, v in used.items() if v}, sort if sort in SORTS else next(iter(SORTS)))

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(self.values.items())

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Parameter and value of each, as a form hands them on."""
        return [(name, value) for name, values in self.clauses for value in values]

    def as_data(self) -> dict[str, list[str]]:
        """The filters in use, as JSON answers say them."""
        return {name: list(values) for name, values in self.values.items()}


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with what it offers at the moment. `left_out` values are not shown."""

    name: str
    label: str | Promise
    choices: list[Choice]
    left_out: int

    @property
    def chosen(self) -> int:
        return sum(choice.chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Chip:
    """A value in use, to be taken away."""

    name: str
    value: str
    label: str | Promise
    said: str


@dataclass(frozen=True)
class Narrowed:
    """Published articles: those that `fixed` clauses make the page's own, as the query string narrows them."""

    known: Catalogue
    fixed: tuple[Clause, ...]
    chosen: Chosen

    @classmethod
    def read(cls, query: QueryDict, *fixed: Clause) -> "Narrowed":
        return cls(current(), fixed, Chosen.read(query))

    @property
    def here(self) -> Selection:
        """What the page is about, however it is narrowed."""
        return self.known.select(*self.fixed)

    @property
    def found(self) -> Selection:
        return self.but("")

    def but(self, facet: str) -> Selection:
        """Narrowed by every filter in use except one."""
        return self.known.select(*self.fixed, *(c for c in self.chosen.clauses if c[0] != facet))

    def facets(self, more: str = "", without: Iterable[str] = ()) -> list[Facet]:
        """Each filter, its values counted under all the others; `more` names one that is shown at length."""
        found = [self._facet(entry, entry.name == more) for entry in FILTERS if entry.name not in without]
        return [facet for facet in found if facet.choices]

    def _facet(self, entry: Filter, at_length: bool) -> Facet:
        chosen = self.chosen.values.get(entry.name, ())
        if not entry.offered:
            counts = self.but(entry.name).counts(entry.name) if chosen else {}
            choices = [Choice(v, entry.say(v, self.known), counts.get(v, 0), True) for v in chosen]
            return Facet(entry.name, entry.label, choices, 0)
        others = self.but(entry.name)
        counts = others.counts(entry.name)
        most = MORE if at_length else SHOWN
        fixed = {value for name, values in self.fixed if name == entry.name for value in values}
        if entry.name == "region":
            labels = self.known.labels["region"]
            within = next(iter(fixed), "")
            choices, left_out = region_choices(counts, labels, chosen, within, most)
            return Facet(entry.name, entry.label, choices, left_out)
        named = fixed.union(chosen)
        in_order = self._ordered(entry, others, most + len(named))
        values = [value for value in in_order if value not in named]
        shown = [*(v for v in chosen if v not in fixed), *values[:most]]
        if entry.labels or entry.latest:  # a fixed order stays; by count, what is chosen stands first
            shown = [v for v in in_order if v in shown] + [v for v in shown if v not in counts]
        choices = [Choice(v, entry.say(v, self.known), counts.get(v, 0), v in chosen) for v in shown]
        offered = len(counts) - sum(value in counts for value in named)
        return Facet(entry.name, entry.label, choices, max(0, offered - most))

    def _ordered(self, entry: Filter, selection: Selection, most: int) -> Sequence[str]:
        """The values of a filter, as many as it may show at least."""
        counts = selection.counts(entry.name)
        if entry.labels:
            return [value for value in entry.labels if value in counts]
        if entry.latest:
            return sorted(counts, reverse=True)
        return selection.ordered(entry.name, most)

    def rail(self, more: str, facet: str, *also: str) -> dict[str, Any]:
        """`facets` and `chips` of the context of an index of `facet`, which it is not narrowed by, nor offers `also`."""
        chips = [chip for chip in self.chips() if chip.name != facet]
        return {"facets": self.facets(more, without=(facet, *also)), "chips": chips}

    def chips(self) -> list[Chip]:
        """Every value in use, in words."""
        return [
            Chip(entry.name, value, entry.label, entry.say(value, self.known))
            for entry in FILTERS
            for value in self.chosen.values.get(entry.name, ())
        ]


def clean(value: str) -> str:
    """A parameter as far as a database can be asked about it."""
    return value.replace("\0", "").strip()[:120]


def region_prefix(code: str) -> str:
    """The digits that codes inside a region begin with: 510000 → 51, 510100 → 5101. Any digits are taken."""
    return prefix(code)


def innermost(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Regions without those that hold another one: who chose 四川 and then 成都 wants 成都."""
    return tuple(
        code
        for code in codes
        if not any(c != code and c.startswith(prefix(code)) for c in codes if prefix(code))
    )


def _say_region(code: str) -> str:
    """A region that no article concerns."""
    place: Any = Region.objects.one_a_code().filter(code=code).first()
    return (place.full_name or place.name) if place else code
