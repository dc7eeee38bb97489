"""All metrics of published articles in one table, to compare."""

from functools import partial
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest

from articles.models import Article, Metric, MetricKind, Region, Theme
from articles.views import serial, tables
from articles.views.answer import Answer
from articles.views.filters import clean, region_prefix
from articles.views.marks import sentence_of
from articles.views.paging import paged

SIZE = 50
SORTS = {
    "article": ("-article__date", "article", "start", "id"),
    "largest": ("-value", "id"),
    "smallest": ("value", "id"),
}


def metric_list(request: HttpRequest) -> Answer:
    """`?unit=`, `?kind=`, `?theme=`, `?region=` and `?q=` (words of the subject) narrow, `?sort=` orders."""
    names = ("unit", "kind", "theme", "region", "q")
    chosen = {name: clean(request.GET.get(name, "")) for name in names}
    rows = Metric.objects.for_readers()
    units = list(
        rows.order_by().values_list("unit").annotate(n=Count("pk")).order_by("-n", "unit").exclude(unit="")
    )
    rows = _narrow(rows, chosen)
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "article"
    listing = paged(request, rows.order_by(*SORTS[sort]), SIZE)

    def data() -> dict[str, Any]:
        page = listing.as_data(
            lambda m: {
                **serial.metric(m),
                "sentence": str(sentence_of(m, m.article.body)),
                "article": m.article.whole.public_id,
                "region": serial.region(m.article.whole.region),
            }
        )
        return {"filters": {k: v for k, v in chosen.items() if v}, "sort": sort, **page}

    provinces = Article.objects.published().counted_by_region(2)
    regions = Region.objects.one_a_code().filter(code__in=[f"{prefix}0000" for prefix in provinces])

    def context() -> dict[str, Any]:
        return {
            "listing": listing,
            "table": [(m, sentence_of(m, m.article.body)) for m in listing.rows],
            "units": units,
            "kinds": MetricKind.choices,
            "themes": Theme.objects.all(),
            "regions": regions,
            "chosen": chosen,
            "narrowed": any(chosen.values()),
            "sort": sort,
        }

    return Answer("articles/metric_list.html", context, data, partial(tables.metrics, request, listing.all))


def _narrow(rows: QuerySet, chosen: dict[str, str]) -> QuerySet:
    if chosen["unit"]:
        rows = rows.filter(unit=chosen["unit"])
    if chosen["kind"]:
        rows = rows.filter(kind=chosen["kind"])
    if chosen["theme"]:
        rows = rows.filter(whole__in=Article.objects.filter(themes__slug=chosen["theme"]).values("pk"))
    if chosen["region"]:
        rows = rows.filter(whole__in=Article.objects.within(region_prefix(chosen["region"])).values("pk"))
    for word in chosen["q"].split():
        rows = rows.filter(subject__contains=word)
    return rows
