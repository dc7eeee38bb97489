"""What pages with a list of articles share: filters, order, one page of rows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.catalogue.cards import FACETS, prefix
from articles.catalogue.selection import Clause
from articles.models import Article
from articles.views import serial
from articles.views.filters import Narrowed, innermost
from articles.views.paging import InOrder, Listing, paged

ALSO = 3
"""Further places that a row names."""

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
        "also": {row.pk: names for row in listing.rows if (names := _also(narrowed, row))},
        "facets": narrowed.facets(request.GET.get("more", "")),
        "chips": narrowed.chips(),
        "sorts": [(name, label, name == sort) for name, label in SORT_NAMES.items()],
        "sorted_by": SORT_NAMES[sort],
    }


def _also(narrowed: Narrowed, row: Article) -> str:
    """The places that an article concerns beside its own: why it stands in the list of one of them."""
    card, own = narrowed.known.card(row.pk), row.region.code if row.region else ""
    codes = card.values[FACETS.index("region")] if card else ()
    others = innermost(tuple(code for code in codes if not own.startswith(prefix(code))))
    return "、".join(narrowed.known.label("region", code).name for code in others[:ALSO])


def list_data(request: HttpRequest, narrowed: Narrowed, listing: Listing) -> dict[str, Any]:
    page = listing.as_data(lambda row: serial.article(row, request))
    filters = narrowed.chosen.as_data()
    return {"filters": filters, "sort": narrowed.chosen.sort, **page}
