"""Issues: by the calendar, and one with its pages and their articles in order."""

import re
from functools import partial
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from articles.catalogue import Selection
from articles.models import Issue, Page
from articles.reading import rows_of
from articles.views import index_tables, serial, tables
from articles.views.answer import Answer
from articles.views.calendar import Printed, months
from articles.views.filters import Narrowed
from articles.views.lists import list_context
from articles.views.paging import InOrder, paged

SIZE = 50
PERIOD = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")
UNDATED = "none"


def issue_list(request: HttpRequest) -> Answer:
    """`?year=`, or `?on=` a year, a month, a day or `none`, names the time; without, the latest year is shown as a
    calendar and data is of all years. The filters narrow whose articles are counted."""
    narrowed = Narrowed.read(request.GET)
    asked = narrowed.chosen.values.get("year", ("",))[0]
    asked = asked if PERIOD.match(request.GET.get("on", "")) is None else request.GET["on"]
    asked = UNDATED if request.GET.get("on") == UNDATED else asked
    every = printed(narrowed.but("year"))
    years: dict[str, int] = {}
    for issue in every:
        years[issue.date[:4]] = years.get(issue.date[:4], 0) + 1
    wanted = [issue for issue in every if _within(issue, asked)]
    listing = paged(request, wanted, SIZE)

    def data() -> dict[str, Any]:
        found = Issue.objects.filter(public_id__in=[issue.value for issue in listing.rows])
        rows = {row.public_id: row for row in found.select_related("publication")}
        page = listing.as_data(lambda i: {**serial.issue(rows[i.value], request), "articles": i.articles})
        filters = narrowed.chosen.as_data()
        return {"filters": filters | ({"on": asked} if asked else {}), **page}

    def context() -> dict[str, Any]:
        undated = asked == UNDATED or (not asked and not any(years))
        year = "" if undated else asked[:4] or next(filter(None, years), "")
        of_year = [issue for issue in every if year and issue.date[:4] == year]
        pages = _pages(year) if year else {}
        of_year = [_with_pages(issue, pages) for issue in of_year]
        listed = undated or len(asked) > 4  # a month or a day; a year is a calendar
        shown = [_with_pages(issue, pages) for issue in listing.rows] if listed else []
        return {
            "listing": listing,
            "shown": shown,
            "asked": asked,
            "undated": undated,
            "year": year,
            "years": [(y, n) for y, n in years.items() if y],
            "without_date": years.get("", 0),
            "on": _on(request),
            "months": months(int(year), of_year) if year.isdecimal() and int(year) else [],
            "loose": [issue for issue in of_year if len(issue.date) == 4],
            "total": len(every),
            "of_year": len(of_year),
            **narrowed.rail(request.GET.get("more", ""), "year", "issue"),
        }

    return Answer("articles/issue_list.html", context, data, partial(index_tables.issues, request, wanted))


def _on(request: HttpRequest) -> str:
    """The address of a day or a month in the list at hand, but for its date."""
    kept = request.GET.copy()
    for name in ("year", "on", "page"):
        kept.pop(name, None)
    kept["on"] = ""
    return f"?{kept.urlencode()}"


def _within(issue: Printed, asked: str) -> bool:
    return not issue.date if asked == UNDATED else issue.date.startswith(asked)


def printed(selection: Selection) -> list[Printed]:
    """Every issue that holds one of the articles, the latest first; those without a date last. Shared: not to be
    changed."""
    return selection.catalogue.answers.get(("printed", selection.clauses), lambda: _printed(selection))


def _printed(selection: Selection) -> list[Printed]:
    labels = selection.catalogue.labels["issue"]
    found = [
        Printed(value, labels[value].name, labels[value].more, labels[value].also, n, 0)
        for value, n in selection.counts("issue").items()
    ]
    return sorted(sorted(found, key=lambda i: i.order[1:]), key=lambda i: i.date, reverse=True)


def _pages(year: str) -> dict[str, int]:
    """How many pages the archive holds of each issue of a year."""
    rows = Page.objects.filter(issue__date__startswith=year).order_by()
    return dict(rows.values_list("issue__public_id").annotate(n=Count("pk")))


def _with_pages(issue: Printed, pages: dict[str, int]) -> Printed:
    return Printed(
        issue.value, issue.publication, issue.date, issue.number, issue.articles, pages.get(issue.value, 0)
    )


def _place(article: Any) -> tuple[float, str, int, int, int]:
    """As articles stand in their issue: pages by number, then articles by place."""
    number = article.page.number if article.page else ""
    digits = re.sub(r"\D", "", number)[:6]
    return (
        int(digits) if digits else float("inf"),
        number,
        article.page_id or 0,
        article.position,
        article.pk,
    )


def issue(request: HttpRequest, public_id: str) -> Answer:
    """In the order of the pages; filters narrow, and `?sort=` orders as in any list."""
    row = get_object_or_404(Issue.objects.select_related("publication__region"), public_id=public_id)
    narrowed = Narrowed.read(request.GET, ("issue", (public_id,)))
    if not narrowed.here.total:
        raise Http404
    articles = sorted(rows_of(narrowed.found.keys("newest")), key=_place)
    pages = [(n, list(rows)) for n, rows in groupby(articles, key=lambda a: a.page.number if a.page else "")]

    def data() -> dict[str, Any]:
        results = [
            {"page": n or None, "articles": [serial.article(a, request) for a in rows]} for n, rows in pages
        ]
        filters = narrowed.chosen.as_data()
        return {
            "issue": serial.issue(row, request),
            "filters": filters,
            "total": len(articles),
            "results": results,
        }

    def context() -> dict[str, Any]:
        same = printed(narrowed.known.select(("publication", (row.publication.name,))))
        at = next((n for n, i in enumerate(same) if i.value == public_id), 0)
        listing = paged(request, InOrder(narrowed.found, narrowed.chosen.sort))
        return {
            **list_context(request, narrowed, listing),
            "issue": row,
            "pages": pages,
            "total": len(articles),
            "total_here": narrowed.here.total,
            "previous": same[at + 1] if at + 1 < len(same) else None,
            "next": same[at - 1] if at else None,
        }

    keys = [article.pk for article in articles]
    return Answer("articles/issue.html", context, data, partial(tables.articles, request, keys))
