"""The filters of a list of metrics: one entry each, read from the query string."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.catalogue import Catalogue, current
from articles.catalogue.cards import FACETS
from articles.figures.names import subject_key
from articles.metric_reading import SORTS
from articles.models import Article, Level, Metric, MetricKind, Region, Theme
from articles.querysets import MetricQuerySet
from articles.remembered import State
from articles.views.cursors import InDatabase
from articles.views.filters import clean
from articles.views.menus import clauses, menus
from articles.views.paging import Listing, paged

SORT_NAMES: dict[str, str | Promise] = {
    "newest": _("latest article first"),
    "oldest": _("earliest article first"),
    "largest": _("largest value first"),
    "smallest": _("smallest value first"),
    "place": _("by region"),
    "pinyin": _("by region, alphabetically"),
    "subject": _("by what is counted"),
}
# How the list of what is counted may be ordered.
FIGURE_SORT_NAMES: dict[str, str | Promise] = {
    "count": _("most values first"),
    "pinyin": _("by pinyin"),
    "places": _("most places first"),
    "newest": _("latest article first"),
}


def number(said: str) -> Decimal | None:
    """A bound of a range of values as typed: 1000, 1,000 or 1.5; None for anything else."""
    try:
        value = Decimal(said.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 10**18 else None


def _of_words(rows: MetricQuerySet, words: str) -> MetricQuerySet:
    for word in words.split():
        rows = rows.filter(subject__contains=word)
    return rows


# What narrows metrics, and what narrows the articles that they stand in.
ON_METRICS: dict[str, Callable[[MetricQuerySet, str], MetricQuerySet]] = {
    "q": _of_words,
    "subject": lambda rows, v: rows.filter(subject_key=subject_key(v)),
    "unit": lambda rows, v: rows.filter(unit=v),
    "kind": lambda rows, v: rows.filter(kind=v),
    "least": lambda rows, v: rows.near(number(v), None),
    "most": lambda rows, v: rows.near(None, number(v)),
}
NAMES = (*ON_METRICS, *FACETS)
# What the form has no menu of its own for.
FURTHER = ("mechanism", "genre", "column", "publication", "author")
# The orders that begin as one of articles does, and its name.
AS_ARTICLES = {"newest": "newest", "place": "region"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters in use and the order of a list of metrics; `values` holds known parameters only.

    `sorts` names the orders that there are; `state` and `articles` are those of one request.
    """

    values: dict[str, str]
    sort: str
    state: State
    articles: Catalogue
    sorts: Mapping[str, str | Promise]

    @classmethod
    def read(
        cls,
        query: Mapping[str, str],
        first: str = "newest",
        sorts: Mapping[str, str | Promise] = SORT_NAMES,
    ) -> "Wanted":
        """From a query string. What is no number as a bound is left out, unknown orders fall back to `first`."""
        values = {name: clean(query.get(name, "")) for name in NAMES}
        for name in ("least", "most"):
            if number(values[name]) is None:
                values[name] = ""
        sort = query.get("sort", "")
        used = {name: value for name, value in values.items() if value}
        return cls(used, sort if sort in sorts else first, State.now(), current(), sorts)

    def narrow(self, rows: MetricQuerySet, but: str = "") -> MetricQuerySet:
        """`rows` narrowed by every filter in use except `but`."""
        used = {name: value for name, value in self.values.items() if name != but}
        for name in ON_METRICS.keys() & used.keys():
            rows = ON_METRICS[name](rows, used[name])
        asked = clauses(used)
        # The catalogue says which articles in some milliseconds, the database in some hundred.
        return rows.of_articles(self.articles.select(*asked).members()) if asked else rows

    def rows(self) -> MetricQuerySet:
        """What is wanted, in order, as `for_readers` gives it."""
        return self.narrow(Metric.objects.for_readers()).order_by(*SORTS[self.sort])

    def keys(self, start: int, stop: int) -> list[int]:
        """The keys of the wanted metrics from `start` to before `stop`. Where the catalogue knows in which articles the
        first ones stand, the database puts the metrics of those in order, and not of a whole province."""
        sort = AS_ARTICLES.get(self.sort)
        if sort is None or ON_METRICS.keys() & self.values.keys():
            return self.rows()[start:stop].keys()
        apart = self.state.remember("articles in parts", Article.objects.in_parts)
        articles = self.articles.select(*clauses(self.values)).with_first_metrics(sort, stop, apart)
        rows = Metric.objects.shown().dated().of_articles(articles)
        return rows.order_by(*SORTS[self.sort])[start:stop].keys()

    def among(self, but: str = "") -> MetricQuerySet:
        """What is wanted, to be counted."""
        return self.narrow(Metric.objects.shown(), but)

    def total(self) -> int:
        """How many are wanted. The catalogue knows it, unless it is metrics that are narrowed and not their articles."""
        if ON_METRICS.keys() & self.values.keys():
            # Rows are counted without what is joined to show and to order them.
            return self.among().count()
        return self.articles.select(*clauses(self.values)).metrics

    def ask(self, part: Hashable, count: Callable[[], Any]) -> Any:
        """What `count` counts of what is wanted, remembered under `part` until an article changes."""
        return self.state.remember(("metrics", tuple(self.values.items()), self.sort, part), count)

    def offered(self) -> dict[str, Any]:
        """What the form of filters offers. Counts of units and kinds are of all metrics."""
        kinds, units = self.state.remember("metric kinds and units", _kinds_and_units)
        code = self.values.get("region", "")
        return {
            "chosen": self.values,
            "units": units,
            "kinds": [(value, label, kinds[value]) for value, label in MetricKind.choices if value in kinds],
            "years": sorted(self.articles.select().metrics_by("year"), reverse=True),
            "levels": Level.choices,
            "themes": Theme.objects.in_use(),
            "regions": self.state.remember(("metric regions", code), lambda: self._regions(code)),
            "narrowed": bool(self.values),
            "menus": menus(self.articles, self.values, FURTHER),
            "further": any(name in self.values for name in FURTHER),
            "sort": self.sort,
            "sorts": [(name, label, name == self.sort) for name, label in self.sorts.items()],
            "sorted_by": self.sorts[self.sort],
        }

    def _regions(self, code: str) -> list[tuple[str, str, int]]:
        """(code, name, depth) of the provinces that have articles, and below the one in use its parts down to it."""
        provinces = {c for c in self.articles.select().counts("region") if c.endswith("0000")}
        above = [c for c in (f"{code[:2]}0000", f"{code[:4]}00") if len(code) == 6]
        rows = Region.objects.one_a_code()
        found = rows.filter(code__in=provinces) | rows.filter(parent__code__in=above, until__isnull=True)
        found = found | rows.filter(code=code)
        depth = {"省级": 0, "地市级": 1, "区县级": 2}
        named = {(r.code, r.name, depth.get(r.level, 2) if r.code not in provinces else 0) for r in found}
        return sorted(named)


def _kinds_and_units() -> tuple[Counter[str], list[tuple[str, int]]]:
    """How many metrics are of each kind, and (unit, metrics), most metrics first; one statement for both."""
    kinds, units = Counter[str](), Counter[str]()
    for kind, unit, n in Metric.objects.shown().counted_by("kind", "unit"):
        kinds[kind] += n
        units[unit] += n
    return kinds, sorted(((u, n) for u, n in units.items() if u), key=lambda found: (-found[1], found[0]))


@dataclass(frozen=True, kw_only=True)
class MetricListing(Listing):
    """One page of a list of metrics; its keys are remembered, and bodies are read for what it shows only."""

    wanted: Wanted

    @property
    def numbered(self) -> list[int]:
        page = self.page
        start = (page.number - 1) * self.size

        def read() -> list[int]:
            return self.wanted.keys(start, min(start + self.size, self.total))

        keys: list[int] = self.ask(("keys", page.number, self.size), read)
        return keys

    @cached_property
    def rows(self) -> list[Metric]:
        return Metric.objects.in_table(self.entries)


def listed(request: HttpRequest, wanted: Wanted, size: int, total: int | None = None) -> MetricListing:
    """The page of what is wanted that the address asks for; `total` says how many there are where that is known."""
    rows = wanted.rows()
    walk = InDatabase(rows, wanted.sort, SORTS[wanted.sort])

    def ask(part: Hashable, count: Callable[[], Any]) -> Any:
        if part == "total":
            return wanted.ask(part, wanted.total) if total is None else total
        return wanted.ask(part, count)

    page = paged(request, rows, size, ask, walk)
    return MetricListing(request, page.page, rows, walk, ask, wanted=wanted)
