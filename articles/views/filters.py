"""The filters of a list of articles: one entry each, read from the query string, counted for the rail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Author, Genre, Level, Mechanism, Region, Theme
from articles.querysets import ArticleQuerySet
from articles.reading import SORTS
from articles.remembered import State

SHOWN = 12  # values of one filter in the rail; the rest is a matter for search

Rows = ArticleQuerySet
Values = list[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Filter:
    """`name` is the query parameter; `apply` narrows; `show` makes (value, label, articles) of what `count`
    counted, which is remembered while no article changes: what may change besides, `show` looks up.

    `inside` counts within a chosen value, for a filter with levels, and `show_inside` shows that.
    """

    name: str
    label: str | Promise
    apply: Callable[[Rows, str], Rows]
    count: Callable[[Rows], Any]
    say: Callable[[str], str]
    show: Callable[[Any], Values] = list
    inside: Callable[[Rows, str], dict[str, int]] | None = None
    show_inside: Callable[[dict[str, int], str], Values] = lambda counts, value: []


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with what it offers at the moment; `chosen` and `said` are empty where it is not in use.

    `inside` holds what a chosen value can be narrowed to further, for a filter with levels.
    """

    name: str
    label: str | Promise
    values: Values
    chosen: str
    said: str
    inside: Values

    @property
    def shown(self) -> Values:
        """The values to offer; the one in use stands before them where it can be narrowed further."""
        return [v for v in self.values[:SHOWN] if not (self.inside and v[0] == self.chosen)]

    @property
    def left_out(self) -> int:
        return max(0, len(self.values) - SHOWN)

    @property
    def listed(self) -> bool:
        """Whether the value in use is among those shown."""
        return any(value == self.chosen for value, _label, _n in self.shown)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters in use and the order of a list; `values` holds known parameters only, in registry order."""

    values: dict[str, str]
    sort: str

    @classmethod
    def read(cls, query: Mapping[str, str], fixed: tuple[str, ...] = ()) -> "Chosen":
        """From a query string. Unknown orders fall back to the first; `fixed` filters are the page's own."""
        values = {f.name: clean(query.get(f.name, "")) for f in FILTERS if f.name not in fixed}
        sort = query.get("sort", "")
        return cls({k: v for k, v in values.items() if v}, sort if sort in SORTS else next(iter(SORTS)))

    def apply(self, rows: Rows, but: str = "") -> Rows:
        """`rows` narrowed by every filter in use except `but`."""
        for entry in FILTERS:
            if entry.name in self.values and entry.name != but:
                rows = entry.apply(rows, self.values[entry.name])
        return rows

    def ordered(self, rows: Rows) -> Rows:
        return rows.order_by(*SORTS[self.sort])

    @property
    def question(self) -> tuple[tuple[str, str], ...]:
        """The filters in use as one value."""
        return tuple(self.values.items())

    def facets(self) -> list[Facet]:
        """Each filter over all published articles, counted under all the others."""
        rows, state, found = Article.objects.published(), State.now(), []
        for entry in FILTERS:
            chosen = self.values.get(entry.name, "")
            question = (entry.name, tuple(pair for pair in self.question if pair[0] != entry.name))
            others = self.apply(rows, but=entry.name)
            values = entry.show(state.remember(("facet", *question), partial(entry.count, others)))
            inside: Values = []
            if entry.inside and chosen:
                count = partial(entry.inside, others, chosen)
                inside = entry.show_inside(state.remember(("inside", chosen, *question), count), chosen)
            said = next((label for value, label, _n in values if value == chosen), "") if chosen else ""
            said = said or (entry.say(chosen) if chosen else "")
            found.append(Facet(entry.name, entry.label, values, chosen, said, inside))
        return found


def clean(value: str) -> str:
    """A parameter as far as a database can be asked about it."""
    return value.replace("\0", "").strip()[:120]


def region_prefix(code: str) -> str:
    """The digits that codes inside a region begin with: 510000 → 51, 510100 → 5101. Any digits are taken."""
    return Region(code=code).prefix if len(code) == 6 else code


def _by_province(rows: Rows) -> dict[str, int]:
    return rows.counted_by_region(2)


def _provinces(counts: dict[str, int]) -> Values:
    """Provinces, most articles first."""
    codes = {f"{prefix}0000": n for prefix, n in counts.items()}
    names = dict(Region.objects.one_a_code().filter(code__in=codes).values_list("code", "name"))
    return sorted(((c, names.get(c, c), n) for c, n in codes.items()), key=lambda v: (-v[2], v[0]))


def _inside_region(rows: Rows, code: str) -> dict[str, int]:
    """Articles by the prefixes of places right inside a region; counties of a prefecture, say."""
    lengths = {len(place.prefix) for place in Region.objects.one_a_code().filter(parent__code=code)}
    within = rows.within(region_prefix(code))
    return {prefix: n for digits in lengths for prefix, n in within.counted_by_region(digits).items()}


def _places(counts: dict[str, int], code: str) -> Values:
    """The places right inside a region that have articles."""
    places = Region.objects.one_a_code().filter(parent__code=code)
    found = [(place.code, place.name, counts[place.prefix]) for place in places if place.prefix in counts]
    return sorted(found, key=lambda v: (-v[2], v[0]))


def _say_region(code: str) -> str:
    region = Region.objects.one_a_code().filter(code=code).first()
    return region.full_name or region.name if region else code


def _by(*columns: str) -> Callable[[Rows], Any]:
    return lambda rows: rows.counted_by(*columns)


def _labelled(choices: Any) -> Callable[[Any], Values]:
    def show(counted: list[tuple[str, int]]) -> Values:
        counts = dict(counted)
        return [(value, str(label), counts[value]) for value, label in choices.choices if value in counts]

    return show


def _plain(counted: list[tuple[str, int]]) -> Values:
    return [(value, value, n) for value, n in counted]


def _named(model: Any, key: str) -> Callable[[str], str]:
    def say(value: str) -> str:
        return model.objects.filter(**{key: value}).values_list("name", flat=True).first() or value

    return say


def _itself(value: str) -> str:
    return value


FILTERS: tuple[Filter, ...] = (
    Filter(
        "region",
        _("Region"),
        lambda rows, v: rows.within(region_prefix(v)),
        _by_province,
        _say_region,
        _provinces,
        _inside_region,
        _places,
    ),
    Filter(
        "level",
        _("Level"),
        lambda rows, v: rows.filter(level=v),
        _by("level"),
        lambda v: str(dict(Level.choices).get(v, v)),
        _labelled(Level),
    ),
    Filter(
        "theme",
        _("Theme"),
        lambda rows, v: rows.filter(themes__slug=v),
        _by("themes__slug", "themes__name"),
        _named(Theme, "slug"),
    ),
    Filter(
        "mechanism",
        _("Mechanism"),
        lambda rows, v: rows.naming(v),
        lambda rows: rows.counted_by_mechanism(),
        _named(Mechanism, "public_id"),
    ),
    Filter(
        "genre",
        _("Genre"),
        lambda rows, v: rows.filter(genre=v),
        _by("genre"),
        lambda v: str(dict(Genre.choices).get(v, v)),
        _labelled(Genre),
    ),
    Filter(
        "publication",
        _("Publication"),
        lambda rows, v: rows.filter(page__issue__publication__name=v),
        _by("page__issue__publication__name"),
        _itself,
        _plain,
    ),
    Filter(
        "year",
        _("Year"),
        lambda rows, v: rows.dated().filter(day__startswith=v),
        lambda rows: rows.counted_by_year(),
        _itself,
        _plain,
    ),
    Filter("column", _("Column"), lambda rows, v: rows.filter(column=v), _by("column"), _itself, _plain),
    Filter(
        "author",
        _("Author"),
        lambda rows, v: rows.signed(v),
        lambda rows: rows.counted_by_author(),
        _named(Author, "public_id"),
    ),
)
