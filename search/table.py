"""The whole of a search to take away: its hits as a table, and which articles they are."""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.csvfile import MOST, Column, Selection, Table
from articles.models import Article
from search import index, services
from search.beside import asked
from search.facets import BY_NAME
from search.forms import Address
from search.index import INLINE
from search.page.panels import days_said
from search.query import parse
from search.say import read_as

CHUNK = 1_000
FED_FROM = 1_000
"""Hits, newest first, among which a feed looks for those last added to the archive."""


def table(request: HttpRequest, address: Address) -> Table:
    """What the search finds, in its order. Raises SearchUnavailable before anything is sent."""
    services.search(address.q, **address.limits, limit=1, facets=(), inline=INLINE)
    columns = (
        Column(_("article id"), lambda row: row.hit.document.public_id),
        Column(_("permanent address"), lambda row: request.build_absolute_uri(row.url), "link"),
        Column(_("headline"), lambda row: _plain(row.title)),
        Column(_("kicker"), lambda row: row.hit.document.kicker),
        Column(_("subtitle"), lambda row: row.hit.document.subtitle),
        Column(_("date"), lambda row: row.hit.document.date, "date"),
        Column(_("authors"), lambda row: row.hit.document.authors),
        Column(_("region code"), lambda row: [place.value for place in _facet(row, "region")]),
        *(Column(BY_NAME[name].title, _labels(name)) for name in ("region", "level", "genre")),
        Column(_("themes"), _labels("theme")),
        Column(_("mechanisms"), _labels("mechanism")),
        Column(BY_NAME["publication"].title, _labels("publication")),
        Column(_("excerpt"), lambda row: _plain(row.snippet)),
        Column(_("score"), lambda row: row.hit.score),
    )
    newest = replace(address, sort="newest")
    selection = Selection(
        keys=lambda most: _keys(address, most),
        latest=lambda most: _last_added(_keys(newest, FED_FROM), most),
        said=lambda: said(address),
    )
    return Table("search", columns, _rows(address), selection)


def said(address: Address) -> str:
    """The search in words, with the choices made beside it."""
    chosen: dict[str, list[str]] = {}
    for name, value in address.chosen:
        (label,) = services.labels(name, (value,)).values()
        chosen.setdefault(name, []).append(BY_NAME[name].label(value, label))
    narrowed = (
        gettext("%(label)s: %(value)s") % {"label": BY_NAME[name].title, "value": "、".join(values)}
        for name, values in chosen.items()
    )
    days = [days_said(address.first, address.last)] if address.first or address.last else []
    read = read_as(parse(address.q), address.verbatim)
    return " · ".join([gettext("Search"), read, *narrowed, *days])


def _keys(address: Address, most: int) -> list[int]:
    """The keys of the first hits, each once, without their texts being looked at."""
    found: dict[int, None] = {}
    for offset in range(0, most, CHUNK):
        limit = min(CHUNK, most - offset)
        request = asked(parse(address.q), **address.limits, sort=address.sort, offset=offset, limit=limit)
        hits = index.engine().search(request).hits
        found.update((int(hit.document.id), None) for hit in hits)
        if len(hits) < CHUNK:
            break
    return list(found)


def _last_added(keys: list[int], most: int) -> list[int]:
    return Article.objects.shown().filter(pk__in=keys).order_by("-published_at", "-pk").keys(most)


def _part(address: Address, offset: int) -> list[services.Row]:
    found = services.search(
        address.q,
        **address.limits,
        sort=address.sort,
        offset=offset,
        limit=min(CHUNK, MOST - offset),
        facets=(),
        inline=0,
    )
    return found.rows


def _rows(address: Address) -> Iterator[services.Row]:
    """Each article once: the index may change between two parts, and rows move from one to the next."""
    seen: set[str] = set()
    for offset in range(0, MOST, CHUNK):
        part = _part(address, offset)
        yield from (row for row in part if row.hit.document.id not in seen)
        seen |= {row.hit.document.id for row in part}
        if len(part) < CHUNK:
            return


def _facet(row: services.Row, name: str) -> Any:
    return row.hit.document.facets.get(name, ())


def _labels(name: str) -> Any:
    return lambda row: [BY_NAME[name].label(value.value, value.label) for value in _facet(row, name)]


def _plain(html: str) -> str:
    return unescape(strip_tags(html))
