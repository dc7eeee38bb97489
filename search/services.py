"""One search, from what was typed to what is shown; views and commands only render it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from search import highlight, index, say
from search.engines.base import FACETS, Hit, Request, Result, SearchUnavailable, Sort
from search.query import Node, parse

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Row:
    """A hit as it is shown. `title` and `snippet` are HTML with <mark>."""

    hit: Hit
    title: SafeString
    snippet: SafeString

    @property
    def url(self) -> str:
        return reverse("articles:article", args=[self.hit.document.public_id])

    @property
    def labels(self) -> dict[str, list[str]]:
        return {name: [value.label for value in values] for name, values in self.hit.document.facets.items()}


@dataclass(frozen=True, slots=True)
class Found:
    """`query` as typed, `read_as` said back, and what the engine found."""

    query: str
    node: Node
    read_as: str
    result: Result
    rows: list[Row]


def search(
    query: str,
    *,
    filters: Mapping[str, tuple[str, ...]] | None = None,
    sort: Sort = "relevance",
    offset: int = 0,
    limit: int = 20,
    facets: tuple[str, ...] = FACETS,
    engine: str | None = None,
    inline: int | None = index.INLINE,
) -> Found:
    """Searches the published articles as they are now.

    `inline`: pending changes that are indexed first, None for all. Raises SearchUnavailable when the index
    cannot answer, UnknownEngine among it.
    """
    chosen = index.engine(engine)
    if chosen.name != "scan":
        chosen.generation()  # a broken index must say so before anything is written to it
        try:
            index.freshen(inline)
        except (SearchUnavailable, OSError) as error:  # a full disk: what is indexed can still be searched
            logger.error("Pending changes could not be indexed: %s", error)
    node = parse(query)
    result = chosen.search(Request(node, filters or {}, sort, offset, limit, facets))
    rows = [
        Row(h, highlight.title(h.document, node), highlight.snippet(h.document, node)) for h in result.hits
    ]
    return Found(query, node, say.read_as(node), result, rows)


def labels(name: str) -> dict[str, str]:
    """value → label of everything that a facet has in the whole archive; counted once for each state of the
    index."""
    result = index.engine().search(Request(limit=0, facets=(name,)))
    return {count.value: count.label for count in result.facets[name]}


def as_data(found: Found, with_facets: bool = True) -> dict[str, Any]:
    """The contract's shape, for programs: `title` as printed, `snippet` as HTML with <mark>."""
    data: dict[str, Any] = {
        "query": found.query,
        "read_as": found.read_as,
        "total": found.result.total,
        "took_ms": round(found.result.took_ms, 2),
        "hits": [
            {
                "id": row.hit.document.public_id,
                "title": row.hit.document.title,
                "score": row.hit.score,
                "snippet": row.snippet,
                "date": row.hit.document.date,
                "url": row.url,
                "external_id": row.hit.document.external_id,
            }
            for row in found.rows
        ],
    }
    if with_facets:
        data["facets"] = {
            name: [{"value": c.value, "label": c.label, "count": c.number} for c in counts]
            for name, counts in found.result.facets.items()
        }
    return data
