"""Regions: the map and the tree of all, and one with what lies in it."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Level, Region
from articles.views import index_tables, places, serial, tables
from articles.views.answer import Answer
from articles.views.filters import Narrowed, clean
from articles.views.lists import article_listing, list_context, list_data
from articles.views.moved import follow
from articles.views.tiles import tile_map

INSIDE = 6  # prefectures that the page of all regions shows of each province
MECHANISMS, AUTHORS = 12, 12
ORDER_NAMES = {"code": _("by code"), "count": _("most articles first"), "pinyin": _("by pinyin")}


def _order(request: HttpRequest, usual: str) -> str:
    order = request.GET.get("order", "")
    return order if order in places.ORDERS else usual


def _orders(order: str) -> list[tuple[str, Any, bool]]:
    return [(name, label, name == order) for name, label in ORDER_NAMES.items()]


def _former(place: places.Former) -> dict[str, Any]:
    return {
        "code": place.region.code,
        "name": place.region.name,
        "since": place.region.since,
        "until": place.region.until,
        "became": [{"code": r.code, "name": r.name} for r in place.became],
    }


def region_list(request: HttpRequest) -> Answer:
    """`?order=` sorts, `?q=` looks for a place by today's or a former name, code or pinyin; the filters narrow what is
    counted."""
    order, words = _order(request, "code"), clean(request.GET.get("q", ""))
    narrowed = Narrowed.read(request.GET)
    counts = narrowed.but("region").counts("region")
    kept = [(name, value) for name, value in narrowed.chosen.pairs if name != "region"]

    def tree() -> list[places.Place]:
        return places.tree(counts, order)

    def entry(place: places.Place) -> dict[str, Any]:
        inside = [entry(p) for p in place.inside if p.count]
        return {"code": place.code, "name": place.region.name, "articles": place.count, "inside": inside}

    def found() -> list[tuple[places.Former, int]]:
        return [(f, counts.get(f.region.code, 0)) for f in places.named(words)] if words else []

    def data() -> dict[str, Any]:
        named, every = [{**_former(f), "articles": n} for f, n in found()], tree()
        results = [entry(place) for place in every]
        filters = narrowed.chosen.as_data()
        return {"filters": filters, "sort": order, "total": len(every), "found": named, "results": results}

    def context() -> dict[str, Any]:
        every = places.tree(counts, order, deep=False)
        provinces = [(p, [q for q in p.inside if q.count][:INSIDE]) for p in every if p.count]
        return {
            "map": tile_map(places.provinces(counts)),
            "tree": provinces,
            "empty": [place for place in every if not place.count],
            "most": max((place.count for place in every), default=0),
            "orders": _orders(order),
            "sorted_by": ORDER_NAMES[order],
            "words": words,
            "found": found(),
            "kept": f"?{urlencode(kept)}" if kept else "",
            "kept_pairs": kept,
            **narrowed.rail(request.GET.get("more", ""), "region"),
        }

    return Answer("articles/region_list.html", context, data, partial(index_tables.regions, request, tree))


def region(request: HttpRequest, code: str) -> Answer:
    """`?order=` sorts the places inside, `?empty=1` shows those without articles, too."""
    place = Region.objects.filter(code=code).select_related("parent__parent").order_by("-since").first()
    if place is None:
        raise Http404
    if place.merged_into_id:
        follow(Region, code=code)
    narrowed, listing = article_listing(request, ("region", (code,)))
    here, order = narrowed.here, _order(request, "count")
    inside = places.inside(place, here.counts("region"), order)
    former = places.former(place)
    mechanisms = here.ranked("mechanism", MECHANISMS)

    def data() -> dict[str, Any]:
        return {
            "region": {
                **(serial.region(place) or {}),
                "since": place.since,
                "until": place.until,
                "parent": serial.region(place.parent),
                "former": [_former(f) for f in former],
                "inside": [{"code": p.code, "name": p.region.name, "articles": p.count} for p in inside],
                "mechanisms": [
                    {"id": key, "name": label.name, "articles": n} for key, label, n in mechanisms
                ],
                "metrics": here.metrics,
            },
            **list_data(request, narrowed, listing),
        }

    def context() -> dict[str, Any]:
        themes, levels = here.ranked("theme"), here.counts("level")
        everywhere = narrowed.known.select().counts("region") if place.until else {}
        return {
            "region": place,
            "lineage": places.lineage(place),
            "inside": [p for p in inside if p.count or request.GET.get("empty") == "1"],
            "without": sum(not p.count for p in inside),
            "with_empty": request.GET.get("empty") == "1",
            "orders": _orders(order),
            "former": former,
            "successors": [(s, everywhere.get(s.code, 0)) for s in place.successors.all()]
            if place.until
            else (),
            "levels": [(value, label, levels[value]) for value, label in Level.choices if value in levels],
            "themes": themes,
            "mechanisms": mechanisms,
            "mechanism_total": len(here.counts("mechanism")),
            "authors": here.ranked("author", AUTHORS),
            "author_total": len(here.counts("author")),
            "metrics": here.metrics,
            "total_here": here.total,
            **list_context(request, narrowed, listing),
        }

    return Answer("articles/region.html", context, data, partial(tables.articles, request, listing.all))
