"""The whole of a search as a table for spreadsheets."""

from collections.abc import Iterator
from html import unescape
from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from articles.csvfile import MOST, Column, Table
from search import services
from search.facets import BY_NAME
from search.forms import Address
from search.index import INLINE

CHUNK = 1_000


def table(request: HttpRequest, address: Address) -> Table:
    """What the search finds, in its order. Raises SearchUnavailable before anything is sent."""
    first = _part(address, 0)
    columns = (
        Column(_("article id"), lambda row: row.hit.document.public_id),
        Column(_("permanent address"), lambda row: request.build_absolute_uri(row.url)),
        Column(_("headline"), lambda row: _plain(row.title)),
        Column(_("kicker"), lambda row: row.hit.document.kicker),
        Column(_("subtitle"), lambda row: row.hit.document.subtitle),
        Column(_("date"), lambda row: row.hit.document.date),
        Column(_("authors"), lambda row: row.hit.document.authors),
        Column(_("region code"), lambda row: [place.value for place in _facet(row, "region")]),
        *(Column(BY_NAME[name].title, _labels(name)) for name in ("region", "level", "genre")),
        Column(_("themes"), _labels("theme")),
        Column(_("mechanisms"), _labels("mechanism")),
        Column(BY_NAME["publication"].title, _labels("publication")),
        Column(_("excerpt"), lambda row: _plain(row.snippet)),
        Column(_("score"), lambda row: row.hit.score),
    )
    return Table("search", columns, _rows(address, first))


def _part(address: Address, offset: int) -> list[services.Row]:
    found = services.search(
        address.q,
        filters=address.filters,
        sort=address.sort,
        offset=offset,
        limit=min(CHUNK, MOST - offset),
        facets=(),
        inline=INLINE if offset == 0 else 0,
    )
    return found.rows


def _rows(address: Address, part: list[services.Row]) -> Iterator[services.Row]:
    """Each article once: the index may change between two parts, and rows move from one to the next."""
    seen: set[str] = set()
    offset = 0
    while part:
        yield from (row for row in part if row.hit.document.id not in seen)
        seen |= {row.hit.document.id for row in part}
        offset += CHUNK
        part = _part(address, offset) if len(part) == CHUNK and offset < MOST else []


def _facet(row: services.Row, name: str) -> Any:
    return row.hit.document.facets.get(name, ())


def _labels(name: str) -> Any:
    return lambda row: [BY_NAME[name].label(value.value, value.label) for value in _facet(row, name)]


def _plain(html: str) -> str:
    return unescape(strip_tags(html))
