"""Mechanisms: the index by kind, and one with where it is practised."""

from collections import defaultdict
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from articles import reading
from articles.models import Article, Mechanism, MechanismKind, MechanismMention, Region
from articles.views import serial, tables
from articles.views.answer import Answer
from articles.views.filters import clean
from articles.views.lists import article_listing, list_context, list_data
from articles.views.marks import sentence_of

QUOTES = 30


def mechanism_list(request: HttpRequest) -> Answer:
    """`?kind=` and `?q=` (a part of a name) narrow the index."""
    kind, words = clean(request.GET.get("kind", "")), clean(request.GET.get("q", ""))
    everything = list(Mechanism.objects.for_readers())
    kinds: dict[str, int] = defaultdict(int)
    for row in everything:
        kinds[row.kind] += 1
    rows = [
        row
        for row in everything
        if (not kind or row.kind == kind)
        and any(words in name for name in (row.name, *row.aliases, row.family))
    ]
    groups = [
        (value, label, [row for row in rows if row.kind == value]) for value, label in MechanismKind.choices
    ]
    families = _families(rows)

    def data() -> dict[str, Any]:
        results = [{**serial.mechanism(r, request), "articles": r.articles_published} for r in rows]
        return {"filters": {"kind": kind, "q": words}, "total": len(rows), "results": results}

    def context() -> dict[str, Any]:
        return {
            "total": len(rows),
            "groups": [group for group in groups if group[2]],
            "families": families,
            "kinds": [(v, label, kinds[v]) for v, label in MechanismKind.choices if v in kinds],
            "kind": kind,
            "words": words,
        }

    return Answer("articles/mechanism_list.html", context, data, partial(tables.mechanisms, request, rows))


def _families(rows: list[Mechanism]) -> list[tuple[str, list[Mechanism]]]:
    """Brand stems that several mechanisms share, with those, the largest first."""
    families: dict[str, list[Mechanism]] = defaultdict(list)
    for row in rows:
        if row.family:
            families[row.family].append(row)
    shared = [(stem, members) for stem, members in families.items() if len(members) > 1]
    return sorted(shared, key=lambda f: (-len(f[1]), f[0]))


def mechanism(request: HttpRequest, public_id: str) -> Answer:
    row = get_object_or_404(Mechanism.objects.for_readers(), public_id=public_id)
    rows = Article.objects.naming(public_id)
    chosen, listing = article_listing(request, rows, f"mechanism {public_id}")
    here = Article.objects.published().naming(public_id)
    counts = here.counted_by_region(6)
    regions = [
        (region, counts[region.code])
        for region in Region.objects.one_a_code().filter(code__in=counts).select_related("parent__parent")
    ]
    mentions = MechanismMention.objects.filter(mechanism=row)
    mentions = [(m, sentence_of(m, m.article.body)) for m in reading.mentions_for_readers(mentions)[:QUOTES]]

    def data() -> dict[str, Any]:
        return {
            "mechanism": {
                **serial.mechanism(row, request),
                "regions": [{**(serial.region(r) or {}), "articles": n} for r, n in regions],
                "quotes": [
                    {"article": m.article.whole.public_id, "sentence": str(sentence), **serial.span(m)}
                    for m, sentence in mentions
                ],
            },
            **list_data(request, chosen, listing),
        }

    siblings = Mechanism.objects.for_readers().filter(family=row.family).exclude(pk=row.pk)

    def context() -> dict[str, Any]:
        return {
            "mechanism": row,
            "kind_name": row.get_kind_display(),
            "regions": sorted(regions, key=lambda pair: (-pair[1], pair[0].code)),
            "mentions": mentions,
            "siblings": siblings if row.family else (),
            **list_context(chosen, listing),
        }

    return Answer("articles/mechanism.html", context, data, partial(tables.articles, request, listing.all))
