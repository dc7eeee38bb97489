"""What pages with a list of articles share: filters, order, one page of rows."""

from collections.abc import Callable, Hashable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.querysets import ArticleQuerySet
from articles.remembered import State
from articles.views import serial
from articles.views.filters import Chosen
from articles.views.paging import Listing, paged

SORT_NAMES = {
    "newest": _("latest issue first"),
    "oldest": _("earliest issue first"),
    "added": _("last added first"),
}


def article_listing(
    request: HttpRequest, rows: ArticleQuerySet | None = None, among: str = ""
) -> tuple[Chosen, Listing]:
    """Published articles among `rows`, as the query string narrows and orders them.

    `among` names the rows, one name for the same rows: what was counted is remembered under it.
    """
    chosen, state = Chosen.read(request.GET), State.now()
    narrowed = chosen.apply((rows if rows is not None else Article.objects.all()).published())

    def ask(part: Hashable, count: Callable[[], Any]) -> Any:
        return state.remember(("listing", among, chosen.question, chosen.sort, part), count)

    return chosen, paged(request, chosen.ordered(narrowed.dated()), ask=ask)


def list_context(chosen: Chosen, listing: Listing) -> dict[str, Any]:
    sorts = [(name, label, name == chosen.sort) for name, label in SORT_NAMES.items()]
    return {"listing": listing, "sorts": sorts, "sorted_by": SORT_NAMES[chosen.sort]}


def list_data(request: HttpRequest, chosen: Chosen, listing: Listing) -> dict[str, Any]:
    page = listing.as_data(lambda row: serial.article(row, request))
    return {"filters": chosen.values, "sort": chosen.sort, **page}
