"""Themes."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from articles.models import Article, Theme
from articles.views import tables
from articles.views.answer import Answer
from articles.views.lists import article_listing, list_context, list_data
from articles.views.tiles import tile_map

MECHANISMS = 20


def theme_list(request: HttpRequest) -> Answer:
    themes = list(Theme.objects.for_readers())

    def data() -> dict[str, Any]:
        rows = [{"slug": t.slug, "name": t.name, "articles": t.articles_published} for t in themes]
        return {"total": len(rows), "results": rows}

    def context() -> dict[str, Any]:
        return {"themes": themes, "most": max((t.articles_published for t in themes), default=0)}

    return Answer("articles/theme_list.html", context, data, partial(tables.themes, request, themes))


def theme(request: HttpRequest, slug: str) -> Answer:
    row = get_object_or_404(Theme, slug=slug)
    rows = Article.objects.filter(themes=row)
    chosen, listing = article_listing(request, rows, f"theme {slug}")

    def data() -> dict[str, Any]:
        return {"theme": {"slug": row.slug, "name": row.name}, **list_data(request, chosen, listing)}

    here = Article.objects.published().filter(themes=row)

    def context() -> dict[str, Any]:
        return {
            "theme": row,
            "map": tile_map(here.counted_by_region(2)),
            "mechanisms": here.counted_by_mechanism()[:MECHANISMS],
            **list_context(chosen, listing),
        }

    return Answer("articles/theme.html", context, data, partial(tables.articles, request, listing.all))
