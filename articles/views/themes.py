"""One theme, with where it is at home."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from articles.models import Theme
from articles.views import tables
from articles.views.answer import Answer
from articles.views.lists import article_listing, list_context, list_data
from articles.views.moved import follow
from articles.views.places import provinces
from articles.views.tiles import tile_map

MECHANISMS = 12


def theme(request: HttpRequest, slug: str) -> Answer:
    row = get_object_or_404(Theme, slug=slug)
    if row.merged_into_id:
        follow(Theme, slug=slug)
    narrowed, listing = article_listing(request, ("theme", (slug,)))

    def data() -> dict[str, Any]:
        return {"theme": {"slug": row.slug, "name": row.name}, **list_data(request, narrowed, listing)}

    def context() -> dict[str, Any]:
        here = narrowed.here
        return {
            "theme": row,
            "map": tile_map(provinces(here.counts("region"))),
            "mechanisms": here.ranked("mechanism", MECHANISMS),
            "mechanism_total": len(here.counts("mechanism")),
            "metrics": here.metrics,
            **list_context(request, narrowed, listing),
        }

    return Answer("articles/theme.html", context, data, partial(tables.articles, request, listing.all))
