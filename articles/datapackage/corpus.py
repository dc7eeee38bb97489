"""The rows of the data package, read in an order that depends on nothing but what is published."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from articles.datapackage import tables
from articles.datapackage.fields import Sheet
from articles.models import Article, Author, Issue, Mechanism, Publication, Region, Theme
from articles.references import citation

CHUNK = 200
"""Articles in memory at once."""

Row = tuple[Any, ...]


def names() -> Iterator[tuple[Sheet, Iterable[Row]]]:
    """What articles point at, a table after the other."""
    shown = Article.objects.shown().order_by()
    issues = Issue.objects.filter(pages__articles__in=shown).order_by("public_id").distinct()
    papers = Publication.objects.filter(issues__in=issues.order_by()).order_by("public_id").distinct()
    yield tables.REGIONS, map(_region, _each(Region.objects.one_a_code().select_related("parent")))
    yield tables.THEMES, ((t.slug, t.name, t.description, t.order) for t in Theme.objects.order_by("slug"))
    yield (
        tables.PUBLICATIONS,
        ((p.public_id, p.name, _code(p.region)) for p in _each(papers.select_related("region"))),
    )
    yield (
        tables.ISSUES,
        (
            (i.public_id, i.publication.public_id, i.date, i.number)
            for i in _each(issues.select_related("publication"))
        ),
    )
    people = Author.objects.filter(bylines__article__in=shown).order_by("public_id").distinct()
    yield (
        tables.AUTHORS,
        ((a.public_id, a.name, _code(a.region), a.note) for a in _each(people.select_related("region"))),
    )
    yield (
        tables.MECHANISMS,
        (
            (m.public_id, m.name, m.kind, m.aliases, m.family)
            for m in _each(Mechanism.objects.for_readers().order_by("public_id"))
        ),
    )


def articles() -> Iterator[Article]:
    """Every published article with all that belongs to it, by id."""
    last = ""
    while True:
        rows = Article.objects.published().filter(public_id__gt=last).order_by("public_id")
        chunk = list(rows.for_records()[:CHUNK])
        yield from chunk
        if len(chunk) < CHUNK:
            return
        last = chunk[-1].public_id


def rows_of(row: Any) -> Iterator[tuple[Sheet, Row]]:
    """The rows of one article from `articles`, each with its table."""
    one = row.public_id
    yield (
        tables.ARTICLES,
        (
            *(one, row.get_absolute_url(), row.external_id, row.title, row.kicker, row.subtitle, row.column),
            *(
                row.genre,
                row.level,
                _code(row.region),
                row.day,
                citation(row),
                row.published_at,
                row.whole_text,
            ),
        ),
    )
    for n, part in enumerate(row.parts, 1):
        issue = part.page.issue.public_id if part.page and part.page.issue else None
        yield tables.PARTS, (one, n, issue, part.page.number if part.page else None, part.joined_by)
    for theme in sorted(theme.slug for theme in row.themes.all()):
        yield tables.ARTICLE_THEMES, (one, theme)
    for code in sorted({region.code for region in row.also_regions.all()}):
        yield tables.ARTICLE_REGIONS, (one, code)
    for sheet, values in (
        (tables.BYLINES, _bylines(row)),
        (tables.MENTIONS, _mentions(row)),
        (tables.METRICS, _metrics(row)),
        (tables.EVIDENCE, _evidence(row)),
    ):
        for number, (n, *more) in enumerate(values, 1):
            yield sheet, (one, number, n, *more)


def _bylines(row: Any) -> Iterator[Row]:
    for n, part in enumerate(row.parts, 1):
        for b in part.bylines.all():
            yield n, b.author.public_id, b.kind, b.role, b.body, _code(b.region)


def _mentions(row: Any) -> Iterator[Row]:
    for n, part in enumerate(row.parts, 1):
        for m in part.mentions.all():
            yield (n, m.mechanism.public_id, m.name, m.kind, *_span(m))


def _metrics(row: Any) -> Iterator[Row]:
    for n, part in enumerate(row.parts, 1):
        for m in part.metrics.all():
            yield (n, m.subject, m.value, m.value_max, m.qualifier, m.unit, m.kind, m.of, *_span(m))


def _evidence(row: Any) -> Iterator[Row]:
    for n, part in enumerate(row.parts, 1):
        for e in part.evidence.all():
            yield (n, e.field, e.value, *_span(e))


def _span(row: Any) -> Row:
    return row.quote, row.start, row.end, row.rule, row.confidence, row.origin


def _region(row: Region) -> Row:
    parent = row.parent.code if row.parent else None
    return row.code, row.name, row.full_name or row.name, row.level, parent, row.pinyin, row.since, row.until


def _code(place: Region | None) -> str | None:
    return place.code if place else None


def _each(rows: QuerySet) -> Iterator[Any]:
    return rows.iterator(chunk_size=2_000)
