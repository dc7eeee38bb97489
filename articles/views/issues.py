"""Issues: all, and one with its pages and their articles in order."""

from functools import partial
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from articles.models import Article, Issue
from articles.views import serial, tables
from articles.views.answer import Answer
from articles.views.filters import clean
from articles.views.paging import paged

SIZE = 50


def issue_list(request: HttpRequest) -> Answer:
    """`?publication=` narrows to one newspaper or magazine."""
    issues = Issue.objects.for_readers()
    publications: dict[str, int] = {}
    for name in issues.order_by("publication__name").values_list("publication__name", flat=True):
        publications[name] = publications.get(name, 0) + 1
    chosen = clean(request.GET.get("publication", ""))
    listing = paged(request, issues.filter(publication__name=chosen) if chosen else issues, SIZE)

    def data() -> dict[str, Any]:
        page = listing.as_data(lambda i: {**serial.issue(i, request), "articles": i.articles_published})
        return {"filters": {"publication": chosen} if chosen else {}, **page}

    years = [(y, list(rows)) for y, rows in groupby(listing.rows, key=lambda issue: issue.date[:4])]

    def context() -> dict[str, Any]:
        return {
            "listing": listing,
            "years": years,
            "publications": list(publications.items()),
            "publication": chosen,
        }

    return Answer("articles/issue_list.html", context, data, partial(tables.issues, request, listing.all))


def issue(request: HttpRequest, public_id: str) -> Answer:
    row = get_object_or_404(Issue.objects.select_related("publication__region"), public_id=public_id)
    articles = list(Article.objects.published().filter(page__issue=row).for_list().in_page_order())
    if not articles:
        raise Http404
    pages = [(n, list(rows)) for n, rows in groupby(articles, key=lambda a: a.page.number if a.page else "")]

    def data() -> dict[str, Any]:
        results = [
            {"page": n or None, "articles": [serial.article(a, request) for a in rows]} for n, rows in pages
        ]
        return {"issue": serial.issue(row, request), "total": len(articles), "results": results}

    same = Issue.objects.for_readers().filter(publication=row.publication).order_by("date", "number")
    issues = list(same)
    ids = [i.pk for i in issues]
    at = ids.index(row.pk)

    def context() -> dict[str, Any]:
        return {
            "issue": row,
            "pages": pages,
            "total": len(articles),
            "previous": issues[at - 1] if at else None,
            "next": issues[at + 1] if at + 1 < len(issues) else None,
        }

    keys = [article.pk for article in articles]
    return Answer("articles/issue.html", context, data, partial(tables.articles, request, keys))
