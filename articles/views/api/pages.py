"""/api/ says to people what programs can ask for, /api/openapi.json says the same to programs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_resolver
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles.exports import FORMS
from articles.openapi import Operation, Schema, Served, Text, described, document, served, told
from articles.twins import answered
from articles.views.api.operations import TAGS, operation_of
from articles.views.api.shapes import SHAPES
from articles.views.briefing import BRIEFING

VERSION = "1"
"""To be raised when a field goes or means something else; fields may be added under one version."""

EXAMPLES: tuple[tuple[str, str | Promise], ...] = (
    ("/articles.json?region=510000&theme=consultation", _("Articles on consultation in Sichuan.")),
    ("/regions/510000.json", _("Sichuan: what lies inside, its mechanisms, its articles.")),
    ("/mechanisms.json?order=first&page_size=5", _("The five mechanisms that were first seen.")),
    ("/metrics.json?unit=件&sort=largest", _("Metrics counted in 件, the largest first.")),
    ("/metrics/contradictions.json", _("Figures that disagree.")),
    ("/search.json?q=有事好商量&sort=newest", _("A search, the latest articles first.")),
    ("/articles.table.json?year=2024", _("All articles of a year as a table, in one file.")),
    ("/articles.csl.json?theme=consultation", _("References for citation processors.")),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Addresses of one kind, as the page shows them."""

    title: Text
    entries: list[Served]


def described_addresses(request: HttpRequest) -> Iterator[Served]:
    """Every address that ends in .json and answers with something, with what it answers."""
    for entry in served(get_resolver().url_patterns):
        operation = entry.operation or operation_of(entry.name, request)
        if operation:
            yield replace(entry, operation=operation)


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    entries = [entry for entry in described_addresses(request) if entry.operation]
    groups = [
        Group(title, [e for e in entries if e.operation and e.operation.tag == tag])
        for tag, title in TAGS.items()
    ]
    context = {
        "groups": groups,
        "examples": EXAMPLES,
        "root": request.build_absolute_uri("/").removesuffix("/"),
        "forms": [*FORMS, BRIEFING],
    }
    return render(request, "articles/api.html", context)


_DOCUMENT: Schema = {"type": "object", "required": ["openapi", "info", "paths"]}


@described(Operation(_("This description"), _DOCUMENT, tag="search", errors=()))
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    return answered(request, lambda: told(_document(request)))


def _document(request: HttpRequest) -> Schema:
    said = _("Every list and every article of the archive as JSON, with the query string of its page.")
    entries = list(described_addresses(request))
    return document(_("CPPCC Practice Archive"), said, VERSION, TAGS, entries, SHAPES)
