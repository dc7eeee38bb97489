"""What a search address says, made safe: no address is an error."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from search.engines.base import SORTS, Sort
from search.facets import FACETS

PAGE = 20
DEEPEST = 10_000
"""Hits that can be paged through; a narrower search is the better way to the rest."""

_CHOICES = 50
"""Values of one facet that an address may name."""


@dataclass(frozen=True, slots=True)
class Address:
    """`/search/?q=…&region=…&theme=…&sort=newest&page=2`; facet parameters may be repeated."""

    q: str = ""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1

    @classmethod
    def read(cls, params: QueryDict) -> "Address":
        filters = {}
        for facet in FACETS:
            values = tuple(dict.fromkeys(v for v in params.getlist(facet.name) if v.strip()))[:_CHOICES]
            if values:
                filters[facet.name] = values
        sort = params.get("sort", "")
        page = params.get("page", "1")
        return cls(
            q=params.get("q", "").replace("\x00", "").strip(),
            filters=filters,
            sort=sort if sort in SORTS else "relevance",
            page=min(int(page), DEEPEST // PAGE)
            if page.isascii() and page.isdigit() and int(page) > 0
            else 1,
        )

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """The address's parameters but for the page; what is as usual is left out."""
        if self.q:
            yield "q", self.q
        yield from self.chosen
        if self.sort != "relevance":
            yield "sort", self.sort

    @property
    def chosen(self) -> Iterator[tuple[str, str]]:
        """(facet name, value) of every choice."""
        for name, values in self.filters.items():
            for value in values:
                yield name, value

    @property
    def string(self) -> str:
        """The query string, "?" included."""
        pairs = [*self.pairs, *([("page", str(self.page))] if self.page > 1 else [])]
        return "?" + urlencode(pairs)

    def toggled(self, name: str, value: str) -> "Address":
        """With one choice made or given up, on the first page."""
        values = self.filters.get(name, ())
        changed = tuple(v for v in values if v != value) if value in values else (*values, value)
        filters = {**self.filters, name: changed}
        return replace(self, filters={n: v for n, v in filters.items() if v}, page=1)

    def sorted_by(self, sort: Sort) -> "Address":
        return replace(self, sort=sort, page=1)

    def on_page(self, page: int) -> "Address":
        return replace(self, page=page)

    def without_filters(self) -> "Address":
        return replace(self, filters={}, page=1)
