"""Columns, authors and issues: what the lists of articles are narrowed by and the index does not count."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from articles.catalogue import FACETS, current
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


def label(name: str, value: str) -> str:
    """A value in words, as it is where nobody knows it."""
    known = current().label(name, value)
    if name != "issue":
        return known.name
    number = _("no. %(number)s") % {"number": known.also} if known.also else ""
    return " · ".join(part for part in (known.name, known.more, number) if part)


def asked(
    node: Node, filters: Mapping[str, tuple[str, ...]], first: str = "", last: str = "", **how: Any
) -> Request:
    """The request for what a query finds under all the choices beside it. `first`, `last`: ISO days, "" for an
    open end. `how`: what else `Request` takes."""
    dates = [Dates(first, last)] if first or last else []
    own = {name: values for name, values in filters.items() if name not in NAMES}
    return Request(all_of([node, *dates, among(filters)]), own, **how)


def counts(name: str, request: Request) -> tuple[FacetCount, ...]:
    """The values of the articles that a request finds, as a facet counts them; none where there are more than MOST."""
    found = index.engine().search(replace(request, sort="newest", offset=0, limit=MOST, facets=()))
    if found.total > MOST:
        return ()
    known = current()
    cards = [card for hit in found.hits if (card := known.card(int(hit.id)))]
    place = FACETS.index(name)
    numbers = Counter(value for card in cards for value in card.values[place])
    return ordered({FacetValue(value, label(name, value)): number for value, number in numbers.items()})
