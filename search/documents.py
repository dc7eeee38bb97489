"""Articles → documents: the one place that knows which records feed the index.

A table read here needs its triggers on the change feed (in the articles' migrations), or the index would not
hear of its changes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from articles.models import Article, Byline, MechanismMention, Metric, Origin, Region
from articles.querysets import ArticleQuerySet
from search.engines.base import Document, FacetValue
from search.naming import names
from search.query.figures import Figure, unit_key

CHUNK = 1_000
COLUMNS = (
    "public_id", "external_id", "title", "kicker", "subtitle", "text", "date", "genre", "level", "column",
    "continued_from_id", "region_id", "page__number", "page__issue__date", "page__issue__publication__name",
)  # fmt: skip
"""What is read of an article and its page: reading the other columns would take as long again."""


def published() -> Iterator[Document]:
    """Every published article, by ascending key, a chunk in memory at a time."""
    last = 0
    while chunk := _load(Article.objects.published().filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield from _documents(chunk)
        last = chunk[-1].pk


def of_keys(keys: Collection[int]) -> Iterator[Document]:
    """Those of some articles that are published."""
    yield from _documents(_load(Article.objects.published().filter(pk__in=keys).order_by("pk")))


def _load(articles: ArticleQuerySet) -> list[Article]:
    return list(articles.select_related("page__issue__publication").only(*COLUMNS))


class _Related(NamedTuple):
    """Rows of other tables, by article key."""

    bylines: dict[int, list[Any]]
    mechanisms: dict[int, list[Any]]
    themes: dict[int, list[Any]]
    regions: dict[int, list[Any]]
    metrics: dict[int, list[Any]]
    places: dict[int, Region]
    """Regions by their own key, with everything that they are part of."""


def _documents(articles: list[Article]) -> Iterator[Document]:
    """The documents of some articles, their later parts on other pages included.

    One query a table, and work only for rows that there are: Django's prefetching makes a queryset for every
    article and relation, which took four times as long as all the rest.
    """
    later = Article.objects.shown().filter(continued_from__in=articles).order_by("part")
    parts = defaultdict(list)
    for part in _load(later):
        parts[part.continued_from_id].append(part)
    for article in articles:
        article.parts_shown = parts[article.pk]
    related = _related(articles)
    yield from (_document(article, related) for article in articles)


def _related(articles: list[Article]) -> _Related:
    firsts = [article.pk for article in articles]
    keys = [part.pk for article in articles for part in article.parts]
    bylines = Byline.objects.filter(article__in=keys).order_by("position", "pk")
    mentions = (
        MechanismMention.objects.filter(article__in=keys).exclude(origin=Origin.REJECTED).order_by("pk")
    )
    metrics = Metric.objects.filter(article__in=keys).exclude(origin=Origin.REJECTED).order_by("pk")
    themes = Article.themes.through.objects.filter(article__in=firsts).order_by("theme__order", "theme__slug")
    regions = Article.also_regions.through.objects.filter(article__in=firsts).order_by("region__code")
    also = _by_article(regions.values_list("article", "region"))
    wanted = {key for rows in also.values() for (key,) in rows}
    wanted.update(article.region_id for article in articles)
    return _Related(
        bylines=_by_article(bylines.values_list("article", "author__name", "body")),
        mechanisms=_by_article(
            mentions.values_list(
                "article", "mechanism__public_id", "mechanism__name", "name", "mechanism__aliases"
            )
        ),
        themes=_by_article(themes.values_list("article", "theme__slug", "theme__name")),
        regions=also,
        metrics=_by_article(metrics.values_list("article", "subject", "value", "value_max", "unit")),
        places=Region.objects.select_related("parent__parent__parent").in_bulk(wanted - {None}),
    )


def _by_article(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for article, *values in rows:
        found[article].append(tuple(values))
    return found


def _document(article: Article, related: _Related) -> Document:
    """One article as search sees it."""
    issue = article.page.issue if article.page else None
    date = article.date or (issue.date if issue else "")
    publication = issue.publication.name if issue else ""
    whole = [article, *article.parts]
    places = _paths(
        related.places[key]
        for key in (article.region_id, *(key for (key,) in related.regions.get(article.pk, ())))
        if key is not None
    )
    mechanisms = [row for part in whole for row in related.mechanisms.get(part.pk, ())]
    bylines = [row for part in whole for row in related.bylines.get(part.pk, ())]
    facets = {
        "region": _unique((place.code, place.name) for place in places),
        "level": _same(article.level),
        "theme": _unique(related.themes.get(article.pk, ())),
        "mechanism": _unique((public_id, name) for public_id, name, *_ in mechanisms),
        "genre": _same(article.genre),
        "publication": _same(publication),
        "year": _same(date[:4]),
    }
    return Document(
        id=str(article.pk),
        title=article.title,
        paragraphs=tuple(line for line in article.whole_text.splitlines() if line.strip()),
        kicker=article.kicker,
        subtitle=article.subtitle,
        authors=tuple(dict.fromkeys(name for name, _ in bylines)),
        date=date,
        public_id=article.public_id,
        external_id=article.external_id or "",
        facets=facets,
        names=names(
            places=places,
            mechanisms=(name for *_, printed, aliases in mechanisms for name in (printed, *aliases)),
            columns=(part.column for part in whole),
            pages=(part.page.number for part in whole if part.page),
            organisations=(body for _, body in bylines),
            publication=publication,
        ),
        figures=tuple(figure(*row) for part in whole for row in related.metrics.get(part.pk, ())),
    )


def figure(subject: str, value: Decimal, value_max: Decimal | None, unit: str) -> Figure:
    """The figure of a metric, as queries compare it."""
    return Figure(subject, float(value), float(value if value_max is None else value_max), unit_key(unit))


def _same(value: str) -> tuple[FacetValue, ...]:
    return (FacetValue(value, value),) if value else ()


def _unique(values: Iterable[tuple[str, str]]) -> tuple[FacetValue, ...]:
    return tuple(dict.fromkeys(FacetValue(*value) for value in values))


def _paths(regions: Iterable[Region | None]) -> list[Region]:
    """The regions with everything they are part of, province first, each once."""
    path: dict[Region, None] = {}
    for region in regions:
        steps = []
        while region is not None:
            steps.append(region)
            region = region.parent
        path.update(dict.fromkeys(reversed(steps)))
    return list(path)
