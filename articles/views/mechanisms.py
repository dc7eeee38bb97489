"""Mechanisms: the index, and one with where and when it is practised."""

from collections import Counter
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest

from articles import reading
from articles.catalogue import Label
from articles.catalogue.cards import prefix
from articles.models import Article, Mechanism, MechanismKind, MechanismMention
from articles.views import index_tables, serial, tables
from articles.views.answer import Answer
from articles.views.filters import Narrowed, clean
from articles.views.indexes import years
from articles.views.lists import article_listing, list_context, list_data
from articles.views.marks import sentence_of
from articles.views.mechanism_index import ORDER_NAMES, Listed, families, in_order
from articles.views.moved import follow
from articles.views.paging import paged
from articles.views.places import provinces
from articles.views.tiles import tile_map
from articles.views.timeline import timeline

SIZE, FAMILIES = 60, 24
QUOTES, RELATED, PLACES = 12, 8, 40


def mechanism_list(request: HttpRequest) -> Answer:
    """`?kind=`, `?family=` and `?q=` (a part of a name) narrow the index beside the filters, `?order=` sorts."""
    asked = {name: clean(request.GET.get(name, "")) for name in ("kind", "family", "q")}
    order = request.GET.get("order", "")
    order = order if order in ORDER_NAMES else "count"
    narrowed = Narrowed.read(request.GET)
    selection = narrowed.but("mechanism")
    counts, labels = selection.counts("mechanism"), narrowed.known.labels["mechanism"]
    named = {value: labels[value] for value in counts}
    kinds = Counter(label.more for label in named.values())
    words = asked["q"]
    by_alias = set(Mechanism.objects.called(words)) if words else set()
    fitting = [
        value
        for value, label in named.items()
        if (not asked["kind"] or label.more == asked["kind"])
        and (not asked["family"] or label.also == asked["family"])
        and (not words or words in label.name or words in label.also or value in by_alias)
    ]
    spans = years(selection, "mechanism")
    found = in_order([Listed.of(v, named[v], counts[v], spans) for v in fitting], order)
    listing = paged(request, found, SIZE)

    def data() -> dict[str, Any]:
        rows = {
            row.public_id: row
            for row in Mechanism.objects.filter(public_id__in=[r.value for r in listing.rows])
        }
        page = listing.as_data(
            lambda r: {
                **serial.mechanism(rows[r.value], request),
                "articles": r.count,
                "first": r.first or None,
                "last": r.last or None,
            }
        )
        filters = narrowed.chosen.as_data()
        return {"filters": {**filters, **{k: v for k, v in asked.items() if v}}, "sort": order, **page}

    def context() -> dict[str, Any]:
        others = Mechanism.objects.aliases_of([r.value for r in listing.rows])
        return {
            "listing": listing,
            "rows": [(row, others.get(row.value, [])) for row in listing.rows],
            "families": families(named, counts)[:FAMILIES],
            "kinds": [(v, label, kinds[v]) for v, label in MechanismKind.choices if v in kinds],
            "asked": asked,
            "kept": narrowed.chosen.pairs,
            "orders": [(name, label, name == order) for name, label in ORDER_NAMES.items()],
            "order": order,
            "sorted_by": ORDER_NAMES[order],
            **narrowed.rail(request.GET.get("more", ""), "mechanism"),
        }

    return Answer(
        "articles/mechanism_list.html", context, data, partial(index_tables.mechanisms, request, found)
    )


def mechanism(request: HttpRequest, public_id: str) -> Answer:
    narrowed, listing = article_listing(request, ("mechanism", (public_id,)))
    here = narrowed.here
    row = Mechanism.objects.filter(public_id=public_id).first() if here.total else None
    if row is None:
        follow(Mechanism, public_id=public_id)
        raise Http404
    counts, labels = here.counts("region"), narrowed.known.labels["region"]
    regions = sorted((code, counts[code]) for code in counts if code in labels)
    mentions = reading.mentions_for_readers(MechanismMention.objects.filter(mechanism=row))[:QUOTES]
    said = [(m, sentence_of(m, m.article.body)) for m in mentions]

    def data() -> dict[str, Any]:
        return {
            "mechanism": {
                **serial.mechanism(row, request),
                "regions": [
                    {"code": code, "name": labels[code].name, "full_name": labels[code].more, "articles": n}
                    for code, n in regions
                ],
                "years": dict(sorted(here.counts("year").items())),
                "quotes": [
                    {"article": m.article.whole.public_id, "sentence": str(sentence), **serial.span(m)}
                    for m, sentence in said
                ],
            },
            **list_data(request, narrowed, listing),
        }

    def context() -> dict[str, Any]:
        first = here.keys("oldest", 0, 1)
        related = [entry for entry in here.ranked("mechanism", RELATED + 1) if entry[0] != public_id]
        return {
            "mechanism": row,
            "kind_name": row.get_kind_display(),
            "regions": [(code, labels[code], n, len(prefix(code)) // 2 - 1) for code, n in regions[:PLACES]],
            "region_total": len(regions),
            "map": tile_map(provinces(counts)),
            "years": timeline(here.counts("year")),
            "most": max(here.counts("year").values(), default=0),
            "undated": here.total - sum(here.counts("year").values()),
            "first": Article.objects.shown().for_list().prefetch_related(None).filter(pk__in=first).first(),
            "mentions": said,
            "metrics": here.metrics,
            "siblings": _siblings(narrowed, row),
            "related": related[:RELATED],
            **list_context(request, narrowed, listing),
        }

    return Answer("articles/mechanism.html", context, data, partial(tables.articles, request, listing.all))


def _siblings(narrowed: Narrowed, row: Mechanism) -> list[tuple[str, Label, int]]:
    """The other mechanisms of its family that published articles name, most articles first."""
    if not row.family:
        return []
    named = narrowed.known.select().ranked("mechanism")
    return [entry for entry in named if entry[1].also == row.family and entry[0] != row.public_id]
