"""What a search address says, made safe: no address is an error."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from search.engines.base import SORTS, Sort
from search.facets import BY_NAME, FILTERS, lies_in
from search.query import parse, read, render
from search.query.ast import all_of

SIZES = (20, 50, 100)
"""Hits that a page may show; the first is the usual."""

DEEPEST = 10_000
"""Hits that can be paged through; a narrower search is the better way to the rest."""

LONG = 500
"""Characters of a query from which on a page has no links that repeat it: it would weigh megabytes."""

_CHOICES = 50
"""Values of one facet that an address may name."""

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")


_UNSEEN = dict.fromkeys(map(ord, "\x00\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Letters that nobody types: copied along, they turn around what is written after them."""


@dataclass(frozen=True, slots=True)
class Address:
    """`/search/?q=…&region=…&theme=…&from=2023-01-01&to=2024&verbatim=1&sort=newest&size=50&page=2`.

    Facet parameters may be repeated. `first`, `last`: ISO days, both included, "" where there is no end.
    `verbatim`: letters count as they are, nothing is folded. `within`: a search to be done in this one's results.
    """

    q: str = ""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    verbatim: bool = False
    sort: Sort = "relevance"
    size: int = SIZES[0]
    page: int = 1
    within: str = ""

    @classmethod
    def read(cls, params: QueryDict) -> "Address":
        filters = {}
        for facet in FILTERS:
            values = tuple(dict.fromkeys(v for v in params.getlist(facet.name) if v.strip()))[:_CHOICES]
            if values:
                filters[facet.name] = values
        sort, size = params.get("sort", ""), _number(params.get("size", ""))
        size = size if size in SIZES else SIZES[0]
        return cls(
            q=_typed(params, "q"),
            filters=filters,
            first=_day(params.get("from", ""), last=False),
            last=_day(params.get("to", ""), last=True),
            verbatim=params.get("verbatim", "") == "1",
            sort=sort if sort in SORTS else "relevance",
            size=size,
            page=min(_number(params.get("page", "")) or 1, DEEPEST // size),
            within=_typed(params, "within"),
        )

    @property
    def long(self) -> bool:
        return len(self.q) > LONG

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @property
    def steering(self) -> Iterator[tuple[str, str]]:
        """The parameters that a form with a box of its own for `q` carries along; none that is as usual."""
        yield from self.chosen
        yield from self.days
        yield from self.manner

    @property
    def chosen(self) -> Iterator[tuple[str, str]]:
        """(facet name, value) of every choice."""
        for name, values in self.filters.items():
            for value in values:
                yield name, value

    @property
    def days(self) -> Iterator[tuple[str, str]]:
        if self.first:
            yield "from", self.first
        if self.last:
            yield "to", self.last

    @property
    def manner(self) -> Iterator[tuple[str, str]]:
        """How the hits are shown."""
        if self.sort != "relevance":
            yield "sort", self.sort
        if self.size != SIZES[0]:
            yield "size", str(self.size)

    @property
    def limits(self) -> dict[str, Any]:
        """What narrows a search beside its words, by the names that `search.services` and `search.beside` know."""
        return {
            "filters": self.filters,
            "first": self.first,
            "last": self.last,
            "verbatim": self.verbatim,
        }

    @property
    def asked(self) -> Iterator[tuple[str, str]]:
        """What was typed and how it is compared: what a hit's own page needs to know."""
        if self.q:
            yield "q", self.q
        if self.verbatim:
            yield "verbatim", "1"

    @property
    def string(self) -> str:
        """The query string, "?" included."""
        page = [("page", str(self.page))] if self.page > 1 else []
        return "?" + urlencode([*self.asked, *self.steering, *page])

    def toggled(self, name: str, value: str) -> "Address":
        """With one choice made or given up, on the first page. In a tree, a place takes the place of those that
        it lies in and of those that lie in it."""
        values = self.filters.get(name, ())
        if value in values:
            changed = tuple(v for v in values if v != value)
        else:
            tree = BY_NAME[name].tree
            kin = {v for v in values if tree and (lies_in(v, value) or lies_in(value, v))}
            changed = (*(v for v in values if v not in kin), value)
        filters = {**self.filters, name: changed}
        return replace(self, filters={n: v for n, v in filters.items() if v}, page=1)

    def asking(self, q: str) -> "Address":
        return replace(self, q=q, page=1)

    def sorted_by(self, sort: Sort) -> "Address":
        return replace(self, sort=sort, page=1)

    def sized(self, size: int) -> "Address":
        return replace(self, size=size, page=1)

    def on_page(self, page: int) -> "Address":
        return replace(self, page=page)

    def without_days(self) -> "Address":
        return replace(self, first="", last="", page=1)

    def without_facet(self, name: str) -> "Address":
        return replace(self, filters={n: v for n, v in self.filters.items() if n != name}, page=1)

    def without_filters(self) -> "Address":
        return replace(self.without_days(), filters={})

    def literally(self, verbatim: bool) -> "Address":
        return replace(self, verbatim=verbatim, page=1)

    def inside(self) -> "Address":
        """The search that `within` makes of this one: both must hold."""
        return replace(self, q=both(self.q, self.within), within="", page=1)


def both(one: str, other: str) -> str:
    """A query that asks for both, as it was typed where side by side or in parentheses it still means that, else
    as it was understood."""
    node = all_of([parse(one), parse(other)])
    for typed in (f"{one} {other}".strip(), f"({one}) ({other})"):
        if parse(typed) == node and not read(typed).notices:
            return typed
    return render(node)


def _typed(params: QueryDict, name: str) -> str:
    return params.get(name, "").translate(_UNSEEN).strip()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _day(text: str, last: bool) -> str:
    """A year, a month or a day as its first or last day; "" for what is none."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return ""
    year, month, day = (int(part) if part else 0 for part in found.groups())
    month = month or (12 if last else 1)
    if year < 1 or not 1 <= month <= 12:
        return ""
    length = calendar.monthrange(year, month)[1]
    day = day or (length if last else 1)
    return f"{year:04}-{month:02}-{min(day, length):02}" if day >= 1 else ""
