"""People as bylines name them."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from articles.models import Article, Author, Byline
from articles.views import serial, tables
from articles.views.answer import Answer
from articles.views.lists import article_listing, list_context, list_data


def author(request: HttpRequest, public_id: str) -> Answer:
    row = get_object_or_404(Author.objects.for_readers(), public_id=public_id)
    signed = Article.objects.signed(public_id)
    chosen, listing = article_listing(request, signed, f"author {public_id}")
    bylines = (
        Byline.objects.filter(author=row, article__state="published")
        .exclude(role="", body="")
        .select_related("article__page__issue", "region")
        .defer("article__body", "article__text", "article__machine", "article__page__text")
    )
    roles = _roles(list(bylines))
    namesakes = Author.objects.for_readers().filter(name=row.name).exclude(pk=row.pk)

    def data() -> dict[str, Any]:
        return {
            "author": {
                "id": row.public_id,
                "name": row.name,
                "region": serial.region(row.region),
                "roles": [{"role": role, "first": first, "last": last} for role, first, last, _n in roles],
            },
            **list_data(request, chosen, listing),
        }

    def context() -> dict[str, Any]:
        return {"author": row, "roles": roles, "namesakes": namesakes, **list_context(chosen, listing)}

    return Answer("articles/author.html", context, data, partial(tables.articles, request, listing.all))


def _roles(bylines: list[Byline]) -> list[tuple[str, str, str, int]]:
    """(role, first date, last date, articles) for each role as printed, latest first."""
    dates: dict[str, list[str]] = {}
    for byline in bylines:
        page = byline.article.page
        day = byline.article.date or (page.issue.date if page and page.issue else "")
        dates.setdefault(byline.role or byline.body, []).append(day)
    roles = [(role, min(days), max(days), len(days)) for role, days in dates.items()]
    return sorted(roles, key=lambda r: r[2], reverse=True)
