"""The columns of the indexes to take away: one row a region, a theme, a mechanism, a person, a publication, an issue."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.csvfile import Column, Table
from articles.models import Mechanism
from articles.views.calendar import Printed
from articles.views.mechanism_index import Listed
from articles.views.places import Place

COUNT = _("number of articles")
ADDRESS = _("permanent address")


def _to(request: HttpRequest, name: str, value: str) -> str:
    return request.build_absolute_uri(reverse(f"articles:{name}", args=[value]))


def regions(request: HttpRequest, tree: Callable[[], list[Place]]) -> Table:
    """Each province with articles, followed by the places inside that have any; `tree` is asked when rows are."""
    columns = (
        Column(_("region code"), lambda p: p.code),
        Column(ADDRESS, lambda p: _to(request, "region", p.code), "link"),
        Column(_("name"), lambda p: p.region.name),
        Column(_("full name"), lambda p: p.region.full_name or p.region.name),
        Column(_("level"), lambda p: p.region.get_level_display()),
        Column(COUNT, lambda p: p.count),
    )

    def flat(places: list[Place]) -> Iterator[Place]:
        for place in places:
            if place.count:
                yield place
            yield from flat(place.inside)

    def rows() -> Iterator[Place]:
        yield from flat(tree())

    return Table("regions", columns, rows())


def entries(request: HttpRequest, name: str, rows: list[Any]) -> Table:
    """`rows` as `indexes.Entry`."""
    columns = (
        Column(_("name"), lambda e: e.name),
        Column(ADDRESS, lambda e: request.build_absolute_uri(e.address), "link"),
        Column(COUNT, lambda e: e.count),
        Column(_("first year"), lambda e: e.first),
        Column(_("last year"), lambda e: e.last),
    )
    return Table(name, columns, rows)


def mechanisms(request: HttpRequest, rows: list[Listed]) -> Table:
    others: dict[str, list[str]] = {}

    def aliases(row: Listed) -> list[str]:
        if not others:
            others.update(Mechanism.objects.aliases_of([r.value for r in rows]))
        return others.get(row.value, [])

    columns = (
        Column(_("mechanism id"), lambda m: m.value),
        Column(ADDRESS, lambda m: _to(request, "mechanism", m.value), "link"),
        Column(_("name"), lambda m: m.name),
        Column(_("kind"), lambda m: m.kind_name),
        Column(_("other names"), aliases),
        Column(_("family"), lambda m: m.family),
        Column(COUNT, lambda m: m.count),
        Column(_("first year"), lambda m: m.first),
        Column(_("last year"), lambda m: m.last),
    )
    return Table("mechanisms", columns, rows)


def people(request: HttpRequest, rows: list[Any]) -> Table:
    """`rows` as `people.Person`."""
    columns = (
        Column(_("author id"), lambda p: p.value),
        Column(ADDRESS, lambda p: _to(request, "author", p.value), "link"),
        Column(_("name"), lambda p: p.name),
        Column(_("distinguished by"), lambda p: p.note),
        Column(_("region"), lambda p: p.place),
        Column(COUNT, lambda p: p.count),
    )
    return Table("authors", columns, rows)


def publications(request: HttpRequest, rows: list[Any]) -> Table:
    """`rows` as `publications.Paper`."""
    columns = (
        Column(_("publication id"), lambda p: p.value),
        Column(ADDRESS, lambda p: _to(request, "publication", p.value), "link"),
        Column(_("name"), lambda p: p.name),
        Column(_("region"), lambda p: p.place),
        Column(_("number of issues"), lambda p: p.issues),
        Column(COUNT, lambda p: p.count),
        Column(_("first year"), lambda p: p.first),
        Column(_("last year"), lambda p: p.last),
    )
    return Table("publications", columns, rows)


def issues(request: HttpRequest, rows: list[Printed]) -> Table:
    columns = (
        Column(_("publication"), lambda i: i.publication),
        Column(_("issue date"), lambda i: i.date, "date"),
        Column(_("issue number"), lambda i: i.number),
        Column(ADDRESS, lambda i: _to(request, "issue", i.value), "link"),
        Column(COUNT, lambda i: i.articles),
    )
    return Table("issues", columns, rows)
