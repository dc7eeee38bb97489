"""Columns, authors and issues: what the lists of articles are narrowed by and the index does not count."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from articles.catalogue import Card, Catalogue, Label, counted, current
from search import index
from search.engines.base import FacetCount, FacetValue, Request, ordered
from search.facets import BESIDE
from search.query.ast import EVERYTHING, Among, Dates, Node, all_of

NAMES = frozenset(facet.name for facet in BESIDE)

COUNTED = ("column", "author")
"""Those whose values are offered; an issue is only chosen where an address says so."""

MOST = 1_000
"""Articles whose columns and authors are counted, one by one; among more nobody chooses by them."""


def among(filters: Mapping[str, tuple[str, ...]]) -> Node:
    """The articles that these filters leave, the same as the lists hold; those of the index are passed over."""
    clauses = [(name, values) for name, values in filters.items() if name in NAMES and values]
    return Among(frozenset(current().select(*clauses).members())) if clauses else EVERYTHING


def labels(name: str, values: Iterable[str], known: Catalogue | None = None) -> dict[str, str]:
    """value → its words, itself where nobody knows it."""
    known = known or current()
    return {value: _said(name, known.label(name, value)) for value in values}


def _said(name: str, label: Label) -> str:
    if name != "issue":
        return label.name
    number = _("no. %(number)s") % {"number": label.also} if label.also else ""
    return " · ".join(part for part in (label.name, label.more, number) if part)


def asked(
    node: Node, filters: Mapping[str, tuple[str, ...]], first: str = "", last: str = "", **how: Any
) -> Request:
    """The request for what a query finds under all the choices beside it. `first`, `last`: ISO days, "" for an
    open end. `how`: what else `Request` takes."""
    dates = [Dates(first, last)] if first or last else []
    own = {name: values for name, values in filters.items() if name not in NAMES}
    return Request(all_of([node, *dates, among(filters)]), own, **how)


def counts(node: Node, limits: Mapping[str, Any]) -> dict[str, tuple[FacetCount, ...]]:
    """The values of COUNTED among what is found, each under all filters but its own, as facets are counted; nothing
    where more than MOST are found. `limits`: as `asked` takes them."""
    known, filters = current(), limits["filters"]
    found: dict[str, list[Card]] = {}
    for name in COUNTED:
        own = name if name in filters else ""
        if own not in found:
            others = {other: values for other, values in filters.items() if other != own}
            found[own] = _few(asked(node, **{**limits, "filters": others}), known)
    return {name: _counted(name, found[name if name in filters else ""], known) for name in COUNTED}


def _few(request: Request, known: Catalogue) -> list[Card]:
    """What a request finds, where it is not too much."""
    found = index.engine().search(replace(request, sort="newest", limit=MOST))
    hits = found.hits if found.total <= MOST else ()
    return [card for hit in hits if (card := known.card(int(hit.id)))]


def _counted(name: str, cards: list[Card], known: Catalogue) -> tuple[FacetCount, ...]:
    numbers = counted(cards, name)
    said = labels(name, numbers, known)
    return ordered({FacetValue(value, said[value]): number for value, number in numbers.items()})
