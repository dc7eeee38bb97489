"""The columns of each list to take away: what the list's JSON holds, one row an entry, with permanent addresses."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.csvfile import CHUNK, MOST, Column, Selection, Table
from articles.models import Article, Region
from articles.querysets import ArticleQuerySet
from articles.reading import exported
from articles.references import pages
from articles.templatetags.reading import headline, or_opening
from articles.views.marks import sentence_of
from articles.views.paging import InOrder
from articles.views.said import said


def _address(request: HttpRequest, row: Any, anchor: str = "") -> str:
    return request.build_absolute_uri(row.get_absolute_url()) + anchor


def _full_name(place: Region | None) -> str:
    return (place.full_name or place.name) if place else ""


def _code(place: Region | None) -> str:
    return place.code if place else ""


def _printed(article: Any) -> Any:
    """The issue that an article stands in, if any."""
    return article.page.issue if article.page else None


def articles(
    request: HttpRequest, rows: ArticleQuerySet | InOrder | list[int], name: str = "articles"
) -> Table:
    """`rows` are articles in order, or their keys."""
    columns = (
        Column(_("article id"), lambda a: a.public_id),
        Column(_("permanent address"), lambda a: _address(request, a), "link"),
        Column(_("headline"), headline),
        Column(_("kicker"), lambda a: a.kicker),
        Column(_("subtitle"), lambda a: a.subtitle),
        Column(_("date"), lambda a: a.day, "date"),
        Column(_("authors"), lambda a: list(dict.fromkeys(str(b.author) for b in a.signatures))),
        Column(_("region code"), lambda a: _code(a.region)),
        Column(_("region"), lambda a: _full_name(a.region)),
        Column(_("level"), lambda a: a.get_level_display()),
        Column(_("genre"), lambda a: a.get_genre_display()),
        Column(_("column"), lambda a: a.column),
        Column(_("themes"), lambda a: [theme.name for theme in a.themes.all()]),
        Column(_("publication"), lambda a: i.publication.name if (i := _printed(a)) else ""),
        Column(_("issue date"), lambda a: i.date if (i := _printed(a)) else "", "date"),
        Column(_("issue number"), lambda a: i.number if (i := _printed(a)) else ""),
        Column(_("page"), lambda a: list(pages(a))),
    )
    selection = Selection(
        keys=lambda most: rows[:most] if isinstance(rows, list) else rows.keys(most),
        latest=partial(_latest, rows),
        said=lambda: said(request),
    )
    return Table(name, columns, _in_order(selection), selection)


def picked(request: HttpRequest, keys: list[int], name: str) -> Table:
    """Articles that were named one by one: no other will join them."""
    table = articles(request, keys, name)
    assert table.articles is not None
    return replace(table, articles=replace(table.articles, grows=False))


def _latest(rows: ArticleQuerySet | InOrder | list[int], most: int) -> list[int]:
    if isinstance(rows, InOrder):
        return rows.latest(most)
    found = Article.objects.shown().filter(pk__in=rows) if isinstance(rows, list) else rows
    return found.order_by("-published_at", "-pk").keys(most)


def _in_order(selection: Selection) -> Iterator[Any]:
    yield from exported(selection.keys(MOST), CHUNK)


def metrics(request: HttpRequest, rows: QuerySet) -> Table:
    """`rows` as `MetricReading.for_readers` gives them, in order."""
    columns = (
        Column(_("of what"), lambda m: m.subject),
        Column(_("value"), lambda m: m.value),
        Column(_("value up to"), lambda m: m.value_max),
        Column(_("qualifier"), lambda m: m.qualifier),
        Column(_("unit"), lambda m: m.unit),
        Column(_("kind"), lambda m: m.get_kind_display()),
        Column(_("of how many"), lambda m: m.of),
        Column(_("words of the page"), lambda m: m.quote),
        Column(_("sentence"), lambda m: str(sentence_of(m, m.article.body))),
        Column(_("article id"), lambda m: m.article.whole.public_id),
        Column(_("permanent address"), lambda m: _address(request, m.article.whole, f"#n{m.pk}"), "link"),
        Column(_("headline"), lambda m: or_opening(m.article.whole.title, m.opening)),
        Column(_("region code"), lambda m: _code(m.article.whole.region)),
        Column(_("region"), lambda m: _full_name(m.article.whole.region)),
        Column(_("publication"), lambda m: i.publication.name if (i := _printed(m.article)) else ""),
        Column(_("issue date"), lambda m: i.date if (i := _printed(m.article)) else "", "date"),
        Column(_("page"), lambda m: m.article.page.number if m.article.page else ""),
        Column(_("start"), lambda m: m.start),
        Column(_("end"), lambda m: m.end),
        Column(_("rule"), lambda m: m.rule),
        Column(_("confidence"), lambda m: m.confidence),
        Column(_("says who"), lambda m: m.get_origin_display()),
    )

    def in_chunks() -> Iterator[Any]:
        keys = list(rows.values_list("pk", flat=True)[:MOST])
        for at in range(0, len(keys), CHUNK):
            found = rows.in_bulk(keys[at : at + CHUNK])
            yield from (found[key] for key in keys[at : at + CHUNK] if key in found)

    return Table("metrics", columns, in_chunks())
