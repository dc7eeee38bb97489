"""What articles can be looked up by, each with its values: levels, genres, columns, themes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.catalogue import Selection
from articles.gazetteer.pinyin import text_key
from articles.models import Theme
from articles.views import index_tables
from articles.views.answer import Answer
from articles.views.filters import FILTERS, Narrowed
from articles.views.paging import paged

SIZE = 60
ORDER_NAMES = {"usual": _("in the usual order"), "count": _("most articles first"), "pinyin": _("by pinyin")}


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a facet: its articles, the years of the first and the last of them, and where it leads."""

    value: str
    name: str
    count: int
    first: str
    last: str
    address: str


@dataclass(frozen=True, slots=True)
class Index:
    """One way in. `orders` the ways to sort, the usual first; `address` leads from a value on, to the narrowed
    list of articles where it is None. `whole` also shows values that no article has."""

    facet: str
    title: str | Promise
    lede: str | Promise
    orders: tuple[str, ...] = ("count", "pinyin")
    address: Callable[[str], str] | None = None
    whole: bool = False


INDEXES: dict[str, Index] = {
    "levels": Index(
        "level",
        _("Levels"),
        _(
            "Of which level of the CPPCC an article tells: national, provincial, prefectural, county, township."
        ),
        ("usual", "count"),
        whole=True,
    ),
    "genres": Index(
        "genre",
        _("Genres"),
        _("What kind of piece it is: signed article, news, feature, theory …"),
        ("usual", "count"),
        whole=True,
    ),
    "columns": Index(
        "column",
        _("Columns"),
        _("Standing columns of the newspapers and magazines, as printed above the articles."),
    ),
    "themes": Index(
        "theme",
        _("Themes"),
        _("What CPPCC work an article is about. An article has one theme or several."),
        ("usual", "count", "pinyin"),
        lambda slug: reverse("articles:theme", args=[slug]),
        whole=True,
    ),
}


def years(selection: Selection, facet: str) -> Mapping[str, tuple[str, str]]:
    """The first and the last year of the articles of each value. Shared: not to be changed."""
    return selection.catalogue.answers.get(
        ("years", facet, selection.clauses), lambda: _years(selection, facet)
    )


def _years(selection: Selection, facet: str) -> dict[str, tuple[str, str]]:
    spans: dict[str, tuple[str, str]] = {}
    for value, year in selection.crossed(facet, "year"):
        first, last = spans.get(value, (year, year))
        spans[value] = (min(first, year), max(last, year))
    return spans


def _known(index: Index) -> Mapping[str, str]:
    """Every value that there could be, in the usual order, with its name. Themes cost a query."""
    if index.facet == "theme":
        return dict(Theme.objects.in_use().values_list("slug", "name"))
    return {value: str(label) for value, label in _labels(index.facet).items()}


def _labels(facet: str) -> Mapping[str, Any]:
    return next(entry.labels for entry in FILTERS if entry.name == facet)


def entries(request: HttpRequest, index: Index, narrowed: Narrowed, order: str) -> list[Entry]:
    """The values of the articles that the filters leave; one chosen value of the facet itself leaves the others."""
    selection = narrowed.but(index.facet)
    counts, spans = selection.counts(index.facet), years(selection, index.facet)
    known = _known(index) if index.whole or _labels(index.facet) else {}
    values = [*known, *(value for value in counts if value not in known)] if index.whole else list(counts)
    kept = [
        (name, value) for name, chosen in narrowed.chosen.clauses for value in chosen if name != index.facet
    ]
    found = []
    for value in values:
        first, last = spans.get(value, ("", ""))
        to = index.address(value) if index.address else reverse("articles:article_list")
        query = kept if index.address else [*kept, (index.facet, value)]
        name = known.get(value) or narrowed.known.label(index.facet, value).name
        address = f"{to}?{urlencode(query)}" if query else to
        found.append(Entry(value, name, counts.get(value, 0), first, last, address))
    if order == "count":
        found.sort(key=lambda entry: (-entry.count, entry.value))
    elif order == "pinyin":
        found.sort(key=lambda entry: text_key(entry.name))
    return found


def index_page(name: str) -> Callable[[HttpRequest], Answer]:
    """The view of one of INDEXES: `?order=` sorts, every other filter narrows what is counted."""

    def view(request: HttpRequest) -> Answer:
        index, narrowed = INDEXES[name], Narrowed.read(request.GET)
        order = request.GET.get("order", "")
        order = order if order in index.orders else index.orders[0]
        found = entries(request, index, narrowed, order)
        listing = paged(request, found, SIZE)

        def data() -> dict[str, Any]:
            page = listing.as_data(
                lambda e: {"value": e.value, "name": e.name, "articles": e.count, "first": e.first or None,
                           "last": e.last or None}
            )  # fmt: skip
            filters = narrowed.chosen.as_data()
            return {"filters": filters, "sort": order, **page}

        def context() -> dict[str, Any]:
            return {
                "index": index,
                "listing": listing,
                "most": max((e.count for e in found), default=0),
                "orders": [(o, ORDER_NAMES[o], o == order) for o in index.orders],
                "sorted_by": ORDER_NAMES[order],
                **narrowed.rail(request.GET.get("more", ""), index.facet),
            }

        return Answer(
            "articles/index.html", context, data, partial(index_tables.entries, request, name, found)
        )

    return view
