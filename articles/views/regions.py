"""Regions: the tree of all, and one with what lies in it."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest

from articles.models import Article, Level, Region
from articles.views import places, serial, tables
from articles.views.answer import Answer
from articles.views.filters import region_prefix
from articles.views.lists import article_listing, list_context, list_data

MECHANISMS = 30


def region_list(request: HttpRequest) -> Answer:
    tree = places.tree()

    def entry(place: places.Place) -> dict[str, Any]:
        return {
            "code": place.code,
            "name": place.region.name,
            "articles": place.count,
            "inside": [entry(p) for p in place.inside],
        }

    def data() -> dict[str, Any]:
        return {"total": len(tree), "results": [entry(place) for place in tree]}

    def context() -> dict[str, Any]:
        return {
            "tree": [place for place in tree if place.count],
            "empty": [place for place in tree if not place.count],
        }

    return Answer("articles/region_list.html", context, data, partial(tables.regions, request, tree))


def region(request: HttpRequest, code: str) -> Answer:
    rows = Region.objects.filter(code=code).select_related("parent__parent")
    place = rows.order_by("-since").first()
    if place is None:
        raise Http404
    here = Article.objects.published().within(region_prefix(code))
    chosen, listing = article_listing(request, Article.objects.within(region_prefix(code)), f"region {code}")
    inside = places.inside(place, places.counts_by_prefix(here))
    mechanisms = here.counted_by_mechanism()[:MECHANISMS]

    def data() -> dict[str, Any]:
        return {
            "region": {
                **(serial.region(place) or {}),
                "since": place.since,
                "until": place.until,
                "parent": serial.region(place.parent),
                "former": [
                    {
                        "code": f.region.code,
                        "name": f.region.name,
                        "since": f.region.since,
                        "until": f.region.until,
                    }
                    for f in places.former(place)
                ],
                "inside": [{"code": p.code, "name": p.region.name, "articles": p.count} for p in inside],
                "mechanisms": [{"id": key, "name": name, "articles": n} for key, name, n in mechanisms],
            },
            **list_data(request, chosen, listing),
        }

    levels = dict(here.counted_by("level"))

    def context() -> dict[str, Any]:
        return {
            "region": place,
            "lineage": places.lineage(place),
            "inside": inside,
            "former": places.former(place),
            "successors": place.successors.all() if place.until else (),
            "levels": [(value, label, levels[value]) for value, label in Level.choices if value in levels],
            "themes": here.counted_by("themes__slug", "themes__name"),
            "mechanisms": mechanisms,
            **list_context(chosen, listing),
        }

    return Answer("articles/region.html", context, data, partial(tables.articles, request, listing.all))
