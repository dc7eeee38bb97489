"""/search/ and /search.json: read the address, search once, render."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles.openapi import described
from articles.twins import answered, refused
from search import services
from search.engines.base import SORTS, SearchUnavailable, UnknownEngine
from search.forms import DEEPEST, SIZES, Address
from search.page.nothing import help_for
from search.page.panels import Link, chips, page_count, pages, panels
from search.page.quote import quotation
from search.query.ast import wanted
from search.views.described import SEARCH
from search.views.taking import offered

logger = logging.getLogger(__name__)

SORT_NAMES = {
    "relevance": gettext_lazy("relevance"),
    "newest": gettext_lazy("newest first"),
    "oldest": gettext_lazy("oldest first"),
}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The results page; 503 with the remedy when the index cannot answer, which never looks like no hits."""
    address = Address.read(request.GET)
    if address.within:
        return redirect(reverse("search:search") + address.inside().string)
    try:
        found, address = _found(address)
        context = _context(request, found, address)
    except SearchUnavailable as error:
        logger.error("Search is out of order: %s Mend it with: %s", error, error.remedy)
        mending = not isinstance(error, UnknownEngine)  # by whoever follows the changes: `search.follow`
        context = {"address": address, "query": address.q, "remedy": error.remedy, "mending": mending}
        return render(request, "search/out_of_order.html", context, status=503)
    return render(request, "search/search.html", context)


@described(SEARCH)
@require_safe
def search_json(request: HttpRequest) -> HttpResponse:
    """The same search for programs."""
    address = Address.read(request.GET)
    try:
        found, address = _found(address)
    except SearchUnavailable as error:
        return refused(503, "search is out of order", query=address.q, remedy=error.remedy)
    data = services.as_data(found)
    data["page"], data["pages"] = address.page, page_count(found.result.total, address.size)
    data["sort"] = address.sort
    data["filters"] = {name: list(values) for name, values in address.filters.items()}
    data.update(address.days)
    return answered(request, lambda: data, steady=False, passing="took_ms")


def _found(address: Address) -> tuple[services.Found, Address]:
    """The search, and the address of the page it is on: beyond the last page is the last page."""
    found = _search(address)
    last = page_count(found.result.total, address.size)
    if address.page > last:
        address = address.on_page(last)
        found = _search(address)
    return found, address


def _search(address: Address) -> services.Found:
    return services.search(
        address.q,
        **address.limits,
        sort=address.sort,
        offset=address.offset,
        limit=address.size,
    )


def sorts(found: services.Found, address: Address) -> list[Link]:
    """Links to the orders. Where nothing is looked for in texts or names there is no relevance, and what comes of
    it is the newest first."""
    ranked = any(wanted(found.reading.node))
    here = "newest" if address.sort == "relevance" and not ranked else address.sort
    some = [sort for sort in SORTS if ranked or sort != "relevance"]
    return [Link(str(SORT_NAMES[sort]), address.sorted_by(sort).string, sort == here) for sort in some]


def _context(request: HttpRequest, found: services.Found, address: Address) -> dict[str, Any]:
    beside = panels(found, address)
    place = request.build_absolute_uri(reverse("search:search") + address.string)
    return {
        "address": address,
        "query": address.q,
        "found": found,
        "panels": [] if address.long else beside,
        "chips": chips(beside, address),
        "sorts": sorts(found, address),
        "sizes": [Link(str(size), address.sized(size).string, size == address.size) for size in SIZES],
        "pages": pages(found.result.total, address),
        "first": address.offset + 1,
        "last": address.offset + len(found.rows),
        "too_deep": found.result.total > DEEPEST,
        "deepest": DEEPEST,
        "repaired": address.asking(found.repaired).string if found.repaired else "",
        "help": None if found.rows or address.long else help_for(found, address),
        "quotation": "" if address.long else quotation(found, address, beside, place),
        "json": "/search.json" + address.string,
        "taking": None if address.long else offered(request),
        "trail": "" if address.long else address.string,
        "cleared": address.without_filters().string,
    }
