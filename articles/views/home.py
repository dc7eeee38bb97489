"""The front page, and all the ways in."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles import catalogue
from articles.models import Theme
from articles.reading import rows_of
from articles.views.filters import FILTERS
from articles.views.issues import printed
from articles.views.places import provinces
from articles.views.tiles import tile_map

NEW, ISSUES, FIRST = 8, 6, 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    everything = catalogue.current().select()
    by_province = provinces(everything.counts("region"))
    themes = everything.counts("theme")
    totals = {
        "articles": everything.total,
        "issues": len(everything.counts("issue")),
        "provinces": len(by_province),
        "mechanisms": len(everything.counts("mechanism")),
        "metrics": everything.metrics,
    }
    return render(
        request,
        "articles/home.html",
        {
            "totals": totals,
            "new": rows_of(everything.keys("added", 0, NEW)),
            "map": tile_map(by_province),
            "placeless": everything.without("region"),
            "themes": [(theme, themes.get(theme.slug, 0)) for theme in Theme.objects.in_use()],
            "issues": printed(everything)[:ISSUES],
        },
    )


# What the page of all ways in shows of each: the facet, the name of its own page, and of the page of one value.
WAYS = (
    ("region", "region_list", "region", _("Where it happened: province, prefecture, county.")),
    ("level", "level_list", "", _("Which level of the CPPCC it tells of.")),
    ("theme", "theme_list", "theme", _("What the work is about.")),
    ("mechanism", "mechanism_list", "mechanism", _("Named local practices, with places and years.")),
    ("genre", "genre_list", "", _("What kind of piece it is.")),
    ("column", "column_list", "", _("Standing columns of newspapers and magazines.")),
    ("publication", "publication_list", "publication", _("Where it was printed.")),
    ("year", "issue_list", "", _("When it was printed, by the calendar.")),
    ("author", "author_list", "author", _("Who signed it, by pinyin.")),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A way into the archive: `page` shows all its values, `one` a single one; `first` are (what an address names
    a value by, the value, its name, articles)."""

    facet: str
    label: str | Promise
    page: str
    one: str
    what: str | Promise
    first: list[tuple[str, str, str, int]]
    all: int


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """Every way into the archive, each with its first few values."""
    everything = catalogue.current().select()
    ways = [_way(everything, *way) for way in WAYS]
    return render(request, "articles/browse.html", {"ways": ways, "total": everything.total})


def _way(everything: catalogue.Selection, facet: str, page: str, one: str, what: str | Promise) -> Way:
    entry = next(entry for entry in FILTERS if entry.name == facet)
    ordered = everything.ordered(facet)
    if facet == "region":
        ordered = [code for code in ordered if code.endswith("0000")]
    elif entry.latest:
        ordered = sorted(ordered, reverse=True)
    counts = everything.counts(facet)
    first = []
    for value in ordered[:FIRST]:
        label = everything.catalogue.label(facet, value)
        key = label.more if facet == "publication" else value
        first.append((key, value, str(entry.labels.get(value, label.name)), counts[value]))
    return Way(facet, entry.label, page, one, what, first, len(ordered))
