"""Articles → documents: the one place that knows which records feed the index.

A table read here needs its triggers on the change feed (in the articles' migrations), or the index would not
hear of its changes.
"""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Prefetch

from articles.models import Article, Byline, MechanismMention, Origin, Region
from articles.querysets import ArticleQuerySet
from search.engines.base import Document, FacetValue

CHUNK = 500


def published() -> Iterator[Document]:
    """Every published article, by ascending key, a chunk in memory at a time."""
    last = 0
    while chunk := list(_articles().filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield from map(document, chunk)
        last = chunk[-1].pk


def of_keys(keys: Collection[int]) -> Iterator[Document]:
    """Those of some articles that are published."""
    yield from map(document, _articles().filter(pk__in=keys).order_by("pk"))


def _articles() -> ArticleQuerySet:
    mentions = MechanismMention.objects.exclude(origin=Origin.REJECTED).select_related("mechanism")
    of_parts = (
        Prefetch("bylines", Byline.objects.select_related("author").order_by("position", "pk")),
        Prefetch("mentions", mentions.order_by("pk")),
    )
    return (
        Article.objects.published()
        .select_related("region__parent__parent__parent", "page__issue__publication")
        .prefetch_related(
            *of_parts,
            Prefetch(
                "also_regions", Region.objects.select_related("parent__parent__parent").order_by("code")
            ),
            "themes",
        )
        .with_parts(*of_parts)
        .defer("machine", "page__text")
    )


def document(article: Article) -> Document:
    """One article as search sees it, its later parts on other pages included.

    Costs no query for articles of this module's own queries.
    """
    issue = article.page.issue if article.page else None
    date = article.date or (issue.date if issue else "")
    facets = {
        "region": _paths([article.region, *article.also_regions.all()]),
        "level": _same(article.level),
        "theme": tuple(FacetValue(theme.slug, theme.name) for theme in article.themes.all()),
        "mechanism": _unique(
            FacetValue(m.mechanism.public_id, m.mechanism.name)
            for part in article.parts
            for m in part.mentions.all()
        ),
        "genre": _same(article.genre),
        "publication": _same(issue.publication.name if issue else ""),
        "year": _same(date[:4]),
    }
    return Document(
        id=str(article.pk),
        title=article.title,
        paragraphs=tuple(line for line in article.whole_text.splitlines() if line.strip()),
        kicker=article.kicker,
        subtitle=article.subtitle,
        authors=tuple(dict.fromkeys(byline.author.name for byline in article.signatures)),
        date=date,
        public_id=article.public_id,
        external_id=article.external_id or "",
        facets=facets,
    )


def _same(value: str) -> tuple[FacetValue, ...]:
    return (FacetValue(value, value),) if value else ()


def _unique(values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    return tuple(dict.fromkeys(values))


def _paths(regions: list[Region | None]) -> tuple[FacetValue, ...]:
    """The regions with everything they are part of, province first, each once."""
    path: dict[FacetValue, None] = {}
    for region in regions:
        steps = []
        while region is not None:
            steps.append(FacetValue(region.code, region.name))
            region = region.parent
        path.update(dict.fromkeys(reversed(steps)))
    return tuple(path)
