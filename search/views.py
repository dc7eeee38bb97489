"""/search/, /search.json and /search.csv: read the address, search once, render."""

import logging
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from articles import csvfile
from search import services
from search.engines.base import SORTS, FacetCount, SearchUnavailable
from search.facets import FACETS, LISTED, Choice, Facet, choices
from search.forms import DEEPEST, PAGE, Address
from search.table import table

logger = logging.getLogger(__name__)

SORT_NAMES = {
    "relevance": gettext_lazy("relevance"),
    "newest": gettext_lazy("newest first"),
    "oldest": gettext_lazy("oldest first"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go from here: `here` where one already is."""

    label: str
    href: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceLink:
    choice: Choice
    href: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One facet on the page: the choices shown at once, and those behind "more"."""

    facet: Facet
    first: list[ChoiceLink]
    more: list[ChoiceLink]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The results page; 503 with the remedy when the index cannot answer, which never looks like no hits."""
    address = Address.read(request.GET)
    try:
        found, address = _found(address)
    except SearchUnavailable as error:
        logger.error("Search is out of order: %s Mend it with: %s", error, error.remedy)
        context = {"address": address, "query": address.q, "remedy": error.remedy}
        return render(request, "search/out_of_order.html", context, status=503)
    panels = _panels(found, address)
    context = {
        "address": address,
        "query": address.q,
        "found": found,
        "panels": panels,
        "chips": _chips(panels),
        "sorts": [Link(str(SORT_NAMES[s]), address.sorted_by(s).string, s == address.sort) for s in SORTS],
        "pages": _pages(found, address),
        "first": address.offset + 1,
        "last": address.offset + len(found.rows),
        "too_deep": found.result.total > DEEPEST,
        "deepest": DEEPEST,
        "json": "/search.json" + address.string,
        "csv": "/search.csv" + address.on_page(1).string,
        "csv_most": csvfile.MOST,
        "cleared": address.without_filters().string,
    }
    return render(request, "search/search.html", context)


@require_safe
def search_json(request: HttpRequest) -> JsonResponse:
    """The same search for programs."""
    address = Address.read(request.GET)
    try:
        found, address = _found(address)
    except SearchUnavailable as error:
        body = {"query": address.q, "error": "search is out of order", "remedy": error.remedy}
        return JsonResponse(body, status=503, json_dumps_params={"ensure_ascii": False})
    data = services.as_data(found)
    data["page"], data["pages"] = address.page, _page_count(found)
    data["sort"], data["filters"] = (
        address.sort,
        {name: list(values) for name, values in address.filters.items()},
    )
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@require_safe
def search_csv(request: HttpRequest) -> HttpResponseBase:
    """All that the search finds, for spreadsheets; which page of it the address names does not matter."""
    try:
        return csvfile.response(table(request, Address.read(request.GET)))
    except SearchUnavailable as error:
        logger.error("Search is out of order: %s Mend it with: %s", error, error.remedy)
        said = f"search is out of order: {error.remedy}\n"
        return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8")


def _found(address: Address) -> tuple[services.Found, Address]:
    """The search, and the address of the page it is on: beyond the last page is the last page."""
    found = _search(address)
    last = _page_count(found)
    if address.page > last:
        address = address.on_page(last)
        found = _search(address)
    return found, address


def _search(address: Address) -> services.Found:
    return services.search(
        address.q, filters=address.filters, sort=address.sort, offset=address.offset, limit=PAGE
    )


def _page_count(found: services.Found) -> int:
    return max(1, -(-min(found.result.total, DEEPEST) // PAGE))


def _panels(found: services.Found, address: Address) -> list[Panel]:
    panels = []
    for facet in FACETS:
        chosen = address.filters.get(facet.name, ())
        counts = found.result.facets[facet.name]
        absent = set(chosen) - {count.value for count in counts}
        names = services.labels(facet.name) if absent else {}
        counts += tuple(FacetCount(value, names.get(value, value), 0) for value in chosen if value in absent)
        links = [
            ChoiceLink(row, address.toggled(facet.name, row.value).string)
            for row in choices(facet, counts, chosen)
        ]
        if links:
            panels.append(Panel(facet, links[:LISTED], links[LISTED:]))
    return panels


def _chips(panels: list[Panel]) -> list[Link]:
    """The choices made, each with the address without it."""
    return [
        Link(f"{gettext(str(panel.facet.title))}: {link.choice.label}", link.href)
        for panel in panels
        for link in (*panel.first, *panel.more)
        if link.choice.chosen
    ]


def _pages(found: services.Found, address: Address) -> list[Link | None]:
    """Links to the pages around this one, the first and the last; None stands for a gap."""
    last = _page_count(found)
    if last == 1:
        return []
    numbers = sorted({1, last, *range(max(1, address.page - 2), min(last, address.page + 2) + 1)})
    links: list[Link | None] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number > before + 1:
            links.append(None)
        links.append(Link(str(number), address.on_page(number).string, number == address.page))
    return links
