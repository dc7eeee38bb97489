"""What pages with a list of articles share: filters, order, one page of rows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.catalogue.selection import Clause
from articles.views import serial
from articles.views.filters import Narrowed
from articles.views.paging import InOrder, Listing, paged

SORT_NAMES = {
    "newest": _("latest issue first"),
    "oldest": _("earliest issue first"),
    "title": _("by title in pinyin"),
    "region": _("by region"),
    "added": _("last added first"),
}


def article_listing(request: HttpRequest, *fixed: Clause) -> tuple[Narrowed, Listing]:
    """The published articles that fulfil the page's own clauses, as the query string narrows and orders them."""
    narrowed = Narrowed.read(request.GET, *fixed)
    return narrowed, paged(request, InOrder(narrowed.found, narrowed.chosen.sort))


def list_context(request: HttpRequest, narrowed: Narrowed, listing: Listing) -> dict[str, Any]:
    sort = narrowed.chosen.sort
    return {
        "listing": listing,
        "facets": narrowed.facets(request.GET.get("more", "")),
        "chips": narrowed.chips(),
        "sorts": [(name, label, name == sort) for name, label in SORT_NAMES.items()],
        "sorted_by": SORT_NAMES[sort],
    }


def list_data(request: HttpRequest, narrowed: Narrowed, listing: Listing) -> dict[str, Any]:
    page = listing.as_data(lambda row: serial.article(row, request))
    filters = narrowed.chosen.as_data()
    return {"filters": filters, "sort": narrowed.chosen.sort, **page}
