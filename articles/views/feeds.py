"""What machines ask a site for by fixed names: how to search it, what it holds, what robots may read."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import F, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import catalogue
from articles.models import Article
from articles.querysets import ArticleQuerySet
from articles.takeaway.reference import plain

SHELF = 10_000
"""Articles of one page of the sitemap at most: those whose keys lie between two multiples of it."""

LISTS = (
    *("home", "browse", "article_list", "region_list", "theme_list", "mechanism_list", "issue_list"),
    *("publication_list", "author_list", "level_list", "genre_list", "column_list"),
    *("metric_list", "figure_list", "contradiction_list", "api"),
)
# What has a page of its own and is worth finding: the facet, and the name of the page.
OF_ONE = (("region", "region"), ("mechanism", "mechanism"), ("theme", "theme"))

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
Place = tuple[str, datetime | None]
"""An address, and when what is there changed last, if that is known."""


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Lets browsers search the archive from their address bar."""
    root = request.build_absolute_uri("/").removesuffix("/")
    media_type = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "opensearch.xml", {"root": root}, content_type=media_type)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing is to be read by robots unless the setting ROBOTS lets them in."""
    context = {
        "allowed": settings.ROBOTS,
        "sitemap": request.build_absolute_uri(reverse("articles:sitemap")),
    }
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    shelves = _published().annotate(shelf=F("pk") / SHELF).values_list("shelf")
    shelves = shelves.annotate(changed=Max("updated_at")).order_by("shelf")
    places: list[Place] = [(reverse("articles:sitemap_lists"), None)]
    places += [(reverse("articles:sitemap_shelf", args=[shelf]), changed) for shelf, changed in shelves]
    return _answer(request, "sitemapindex", "sitemap", places)


@require_safe
def sitemap_of_lists(request: HttpRequest) -> HttpResponse:
    places: list[Place] = [(reverse(f"articles:{name}"), None) for name in LISTS]
    everything = catalogue.current().select()
    for facet, name in OF_ONE:
        known = everything.catalogue.labels[facet]  # a code implies places above it that may not exist
        values = [value for value, _label, _n in everything.ranked(facet, SHELF) if value in known]
        places += [(reverse(f"articles:{name}", args=[value]), None) for value in values]
    return _answer(request, "urlset", "url", places)


@require_safe
def sitemap(request: HttpRequest, shelf: int) -> HttpResponse:
    rows = _published().filter(pk__gte=shelf * SHELF, pk__lt=(shelf + 1) * SHELF) if shelf < 2**31 else None
    found = list(rows.order_by("pk").values_list("public_id", "updated_at")) if rows is not None else []
    if not found:
        raise Http404
    places = ((reverse("articles:article", args=[public_id]), changed) for public_id, changed in found)
    return _answer(request, "urlset", "url", places)


def _published() -> ArticleQuerySet:
    return Article.objects.published().order_by()


def _answer(request: HttpRequest, root: str, entry: str, places: Iterable[Place]) -> HttpResponse:
    def lines() -> Iterator[str]:
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'
        start = request.build_absolute_uri("/").removesuffix("/")
        for address, changed in places:
            said = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
            yield f"<{entry}><loc>{escape(plain(start + address))}</loc>{said}</{entry}>\n"
        yield f"</{root}>\n"

    return HttpResponse("".join(lines()), content_type="application/xml; charset=utf-8")
