"""One search, from what was typed to what is shown; views and commands only render it."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.models import Article
from articles.remembered import State
from search import beside, figured, highlight, index, say
from search.engines.base import FACETS, Hit, Request, Result, SearchUnavailable, Sort
from search.query import Node, Reading, read
from search.query.ast import Metric, conditions
from search.query.figures import answers, shown

logger = logging.getLogger(__name__)

FIGURES = 3
"""Figures of one article that are shown with it at most."""


@dataclass(frozen=True)
class Row:
    """A hit as it is shown. `title`, `snippet` and what is computed when asked for are HTML with <mark>.

    `asked`: the query string that has the hits marked in the article, "" where there is nothing to mark.
    """

    hit: Hit
    wanted: highlight.Wanted
    title: SafeString
    snippet: SafeString
    asked: str = ""
    conditions: tuple[Metric, ...] = ()

    @property
    def url(self) -> str:
        return reverse("articles:article", args=[self.hit.document.public_id])

    @property
    def labels(self) -> dict[str, list[str]]:
        return {name: [value.label for value in values] for name, values in self.hit.document.facets.items()}

    @property
    def kicker(self) -> SafeString:
        return highlight.head(self.hit.document.kicker, self.wanted)

    @property
    def subtitle(self) -> SafeString:
        return highlight.head(self.hit.document.subtitle, self.wanted)

    @property
    def authors(self) -> list[SafeString]:
        return [highlight.author(name, self.wanted) for name in self.hit.document.authors]

    @property
    def figures(self) -> list[str]:
        """The first figures that answer what was asked of figures: 提案办复率 95.4%."""
        answering = (f for f in self.hit.document.figures if any(answers(c, f) for c in self.conditions))
        return list(dict.fromkeys(shown(figure) for figure in answering))[:FIGURES]

    @cached_property
    def further(self) -> int:
        """How many passages hold something of what was asked for besides the one that is shown."""
        return max(0, len(highlight.ranked(self.hit.document, self.wanted)) - 1)


@dataclass(frozen=True, slots=True)
class Found:
    """`query` as typed, `reading` what was made of it, `read_as` said back, and what the engine found.

    `node` is what was searched for, what is chosen beside the query included but for facets of the index.
    `notices`: a sentence for each thing that could not be read; `repaired`: the query as it was read instead,
    where it can be written.
    """

    query: str
    reading: Reading
    node: Node
    read_as: str
    result: Result
    rows: list[Row]
    notices: list[str] = field(default_factory=list)

    @property
    def repaired(self) -> str:
        return self.reading.repaired or ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was searched. `change`: the number of the last change, `changed`: its day, "" where nothing is."""

    articles: int
    change: int
    changed: str


def search(
    query: str,
    *,
    filters: Mapping[str, tuple[str, ...]] | None = None,
    first: str = "",
    last: str = "",
    verbatim: bool = False,
    sort: Sort = "relevance",
    offset: int = 0,
    limit: int = 20,
    facets: tuple[str, ...] = FACETS,
    engine: str | None = None,
    inline: int | None = index.INLINE,
) -> Found:
    """Searches the published articles as they are now.

    `first`, `last`: ISO days, "" for no end. `inline`: pending changes that are indexed first, None for all.
    Raises SearchUnavailable when the index cannot answer, UnknownEngine among it.
    """
    chosen = index.engine(engine)
    if chosen.name != "scan":
        chosen.generation()  # a broken index must say so before anything is written to it
        try:
            index.freshen(inline)
        except (SearchUnavailable, OSError) as error:  # a full disk: what is indexed can still be searched
            logger.error("Pending changes could not be indexed: %s", error)
    reading = read(query)
    how = {"sort": sort, "offset": offset, "limit": limit, "facets": facets, "verbatim": verbatim}
    request = beside.asked(reading.node, filters or {}, first, last, **how)
    result = chosen.search(request)
    link = "?" + urlencode([("q", query), *([("verbatim", "1")] if verbatim else [])]) if query else ""
    compared = tuple(conditions(reading.node))
    wanted = figured.wanted(reading.node, verbatim, (int(hit.id) for hit in result.hits))
    rows = [_row(hit, wanted[int(hit.id)], link, compared) for hit in result.hits]
    notices = [notice.render(gettext) for notice in reading.notices]
    return Found(query, reading, request.query, say.read_as(reading.node, verbatim), result, rows, notices)


def _row(hit: Hit, wanted: highlight.Wanted, link: str, compared: tuple[Metric, ...]) -> Row:
    return Row(
        hit,
        wanted,
        highlight.title(hit.document, wanted),
        highlight.snippet(hit.document, wanted),
        link if wanted.body or wanted.heads else "",
        compared,
    )


def labels(name: str, values: Iterable[str]) -> dict[str, str]:
    """value → label of some values of a filter; one that nobody knows is its own label. What the index has of a
    facet is counted once for each of its states."""
    if name in beside.NAMES:
        return beside.labels(name, values)
    counts = index.engine().search(Request(limit=0, facets=(name,))).facets[name]
    known = {count.value: count.label for count in counts}
    return {value: known.get(value, value) for value in values}


def corpus() -> Corpus:
    """The published articles as they are now: a count that a reader can cite."""
    state = State.now()

    def count() -> Corpus:
        rows = Article.objects.published()
        changed = rows.aggregate(last=Max("updated_at"))["last"]
        return Corpus(
            rows.count(), state.number[-1], timezone.localdate(changed).isoformat() if changed else ""
        )

    return state.remember("search.corpus", count)


def as_data(found: Found, with_facets: bool = True) -> dict[str, Any]:
    """The contract's shape, for programs: `title` as printed, `snippet` as HTML with <mark>. `notices` and
    `repaired` only where something could not be read."""
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
    if found.notices:
        data["notices"] = found.notices
    if found.repaired:
        data["repaired"] = found.repaired
    if with_facets:
        data["facets"] = {
            name: [{"value": c.value, "label": c.label, "count": c.number} for c in counts]
            for name, counts in found.result.facets.items()
        }
    return data
