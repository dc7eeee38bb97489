"""Newspapers and magazines: all, and one with its issues and columns."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.catalogue import Catalogue
from articles.gazetteer.pinyin import text_key
from articles.models import Publication
from articles.views import index_tables, serial, tables
from articles.views.answer import Answer
from articles.views.filters import Narrowed
from articles.views.indexes import years
from articles.views.lists import article_listing, list_context, list_data
from articles.views.paging import paged
from articles.views.timeline import timeline

SIZE, COLUMNS = 60, 12
ORDER_NAMES = {"count": _("most articles first"), "pinyin": _("by pinyin"), "region": _("by region")}


@dataclass(frozen=True, slots=True)
class Paper:
    """A publication of the index; `region` is a code or empty."""

    value: str
    name: str
    region: str
    place: str
    count: int
    issues: int
    first: str
    last: str


def publication_list(request: HttpRequest) -> Answer:
    """`?order=` sorts, the filters narrow what is counted."""
    order = request.GET.get("order", "")
    order = order if order in ORDER_NAMES else "count"
    narrowed = Narrowed.read(request.GET)
    found = _papers(narrowed)
    if order == "pinyin":
        found.sort(key=lambda paper: text_key(paper.name))
    elif order == "region":
        found.sort(key=lambda paper: (paper.region or "0", text_key(paper.name)))
    listing = paged(request, found, SIZE)

    def data() -> dict[str, Any]:
        page = listing.as_data(
            lambda p: {
                "id": p.value,
                "name": p.name,
                "region": p.region or None,
                "issues": p.issues,
                "articles": p.count,
                "first": p.first or None,
                "last": p.last or None,
            }
        )
        filters = narrowed.chosen.as_data()
        return {"filters": filters, "sort": order, **page}

    def context() -> dict[str, Any]:
        return {
            "listing": listing,
            "orders": [(name, label, name == order) for name, label in ORDER_NAMES.items()],
            "sorted_by": ORDER_NAMES[order],
            **narrowed.rail(request.GET.get("more", ""), "publication"),
        }

    return Answer(
        "articles/publication_list.html", context, data, partial(index_tables.publications, request, found)
    )


def _papers(narrowed: Narrowed) -> list[Paper]:
    selection, known = narrowed.but("publication"), narrowed.known
    spans, issues = years(selection, "publication"), _issues(known, selection.counts("issue"))
    found = []
    for name, label, n in selection.ranked("publication"):
        place = known.label("region", label.also).name if label.also else ""
        place = place if place != label.also else ""
        found.append(
            Paper(label.more, name, label.also, place, n, issues.get(name, 0), *spans.get(name, ("", "")))
        )
    return found


def _issues(known: Catalogue, counts: Any) -> dict[str, int]:
    """How many issues of each publication there are among some."""
    issues: dict[str, int] = {}
    for value in counts:
        name = known.label("issue", value).name
        issues[name] = issues.get(name, 0) + 1
    return issues


def publication(request: HttpRequest, public_id: str) -> Answer:
    row = Publication.objects.select_related("region__parent__parent").filter(public_id=public_id).first()
    if row is None:
        raise Http404
    narrowed, listing = article_listing(request, ("publication", (row.name,)))
    here = narrowed.here
    if not here.total:
        raise Http404
    issues = len(here.counts("issue"))

    def data() -> dict[str, Any]:
        entry = {"id": row.public_id, "name": row.name, "region": serial.region(row.region), "issues": issues}
        return {"publication": entry, **list_data(request, narrowed, listing)}

    def context() -> dict[str, Any]:
        return {
            "publication": row,
            "issues": issues,
            "years": timeline(here.counts("year")),
            "most": max(here.counts("year").values(), default=0),
            "undated": here.total - sum(here.counts("year").values()),
            "columns": here.ranked("column", COLUMNS),
            "column_total": len(here.counts("column")),
            "total_here": here.total,
            **list_context(request, narrowed, listing),
        }

    return Answer("articles/publication.html", context, data, partial(tables.articles, request, listing.all))
