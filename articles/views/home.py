"""The front page."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article, Issue, Mechanism, Metric, Theme
from articles.reading import rows_of
from articles.remembered import State
from articles.views.tiles import tile_map

NEW, ISSUES = 8, 6


@dataclass(frozen=True, slots=True)
class Counted:
    """What takes long to count; `provinces` by code prefix, `new` are keys of articles."""

    totals: dict[str, int]
    provinces: dict[str, int]
    placeless: int
    new: list[int]


def _count() -> Counted:
    published = Article.objects.published()
    provinces = published.counted_by_region(2)
    totals = {
        "articles": published.count(),
        "issues": Issue.objects.for_readers().count(),
        "provinces": len(provinces),
        "mechanisms": Mechanism.objects.for_readers().count(),
    }
    placeless = published.filter(region=None, also_regions=None).count()
    new = published.order_by("-published_at", "page_id", "position", "-id").keys(NEW)
    return Counted(totals, provinces, placeless, new)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    counted = State.now().remember("home", _count)
    # A change of a metric alone is no change of its article.
    totals = {**counted.totals, "metrics": Metric.objects.for_readers().count()}
    return render(
        request,
        "articles/home.html",
        {
            "totals": totals,
            "new": rows_of(counted.new),
            "map": tile_map(counted.provinces),
            "placeless": counted.placeless,
            "themes": Theme.objects.for_readers(),
            "issues": Issue.objects.for_readers()[:ISSUES],
        },
    )
