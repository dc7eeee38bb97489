"""Records as plain data for JSON answers. Decimals become numbers, what is unknown null."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from articles import article_page
from articles.article_page import Stretch
from articles.models import Article, Issue, Mechanism, Metric, Region
from articles.templatetags.reading import headline

Data = dict[str, Any]


def number(value: Any) -> int | float | None:
    """A Decimal as JSON's number, whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def region(place: Region | None) -> Data | None:
    if place is None:
        return None
    return {
        "code": place.code,
        "name": place.name,
        "full_name": place.full_name or place.name,
        "level": place.level,
    }


def issue(row: Issue, request: HttpRequest) -> Data:
    return {
        "id": row.public_id,
        "url": request.build_absolute_uri(row.get_absolute_url()),
        "publication": row.publication.name,
        "date": row.date or None,
        "number": row.number or None,
    }


def source(article: Article, request: HttpRequest) -> Data | None:
    """Where an article was printed."""
    if article.page is None or article.page.issue is None:
        return None
    return {**issue(article.page.issue, request), "page": article.page.number or None}


def article(row: Article, request: HttpRequest) -> Data:
    """A row of a list, from `for_list`."""
    return {
        "id": row.public_id,
        "url": request.build_absolute_uri(row.get_absolute_url()),
        "title": row.title or None,
        "headline": headline(row),
        "kicker": row.kicker or None,
        "subtitle": row.subtitle or None,
        "column": row.column or None,
        "genre": row.genre,
        "level": row.level or None,
        "date": row.day or None,
        "region": region(row.region),
        "themes": [theme.name for theme in row.themes.all()],
        "authors": [
            {
                "id": b.author.public_id,
                "name": b.author.name,
                "note": b.author.note or None,
                "kind": b.kind,
                "role": b.role or None,
            }
            for b in row.signatures
        ],
        "source": source(row, request),
    }


def full_article(row: Article, request: HttpRequest) -> Data:
    """Everything of one article, from `article_page.find`.

    Spans count code points of the page text that their part of the article stands on; most have one part.
    `runs` say where on that page the characters of a paragraph stand: [at, start, length]. `corrections` holds
    what the parser read, by field, wherever a person said otherwise.
    """
    pages = [part.page.number or None if part.page else None for part in row.parts]
    return {
        **article(row, request),
        "pages": pages,
        "joined_by": [part.joined_by or None for part in row.parts],
        "also_regions": [region(place) for place in row.also_regions.all()],
        "region_candidates": row.region_candidates,
        "date_clues": row.date_clues,
        "body": [
            {"kind": entry["kind"], "text": entry["text"], "part": n, "runs": entry.get("runs") or []}
            for n, part in enumerate(row.parts, 1)
            for entry in part.body
        ],
        "mechanisms": [
            {
                "id": m.mechanism.public_id,
                "name": m.mechanism.name,
                "printed": m.name,
                "kind": m.kind,
                "part": n,
                **span(m),
            }
            for n, part in enumerate(row.parts, 1)
            for m in part.mentions.all()
        ],
        "metrics": [
            {**metric(m), "part": n} for n, part in enumerate(row.parts, 1) for m in part.metrics.all()
        ],
        "evidence": [
            {"field": e.field, "value": e.value or None, "part": n, **span(e)}
            for n, part in enumerate(row.parts, 1)
            for e in part.evidence.all()
        ],
        "warnings": article_page.warnings(row),
        "corrections": row.corrections(),
    }


def pages_received(row: Article, ledger: Sequence[Stretch]) -> Data:
    """The pages that an article stands on, as they were received: their text in order, stretch by stretch.

    `article` is the id of the article that a stretch belongs to, null for what belongs to none; `text` is null
    where it belongs to one that is not public.
    """
    return {
        "received": [
            {
                "page": part.page.number or None,
                "part": n,
                "stretches": [
                    {
                        "start": s.start,
                        "end": s.end,
                        "role": s.role,
                        "own": s.own,
                        "article": (s.public_id or None) if s.shown else None,
                        "text": part.page.text[s.start : s.end] if s.shown else None,
                    }
                    for s in ledger
                    if s.page == part.page_id
                ],
            }
            for n, part in enumerate(row.parts, 1)
            if part.page
        ]
    }


def span(row: Any) -> Data:
    return {
        "quote": row.quote,
        "start": row.start,
        "end": row.end,
        "rule": row.rule,
        "confidence": row.confidence,
        "origin": row.origin,
    }


def metric(row: Metric) -> Data:
    return {
        "subject": row.subject,
        "value": number(row.value),
        "value_max": number(row.value_max),
        "qualifier": row.qualifier or None,
        "unit": row.unit,
        "kind": row.kind,
        "of": number(row.of),
        **span(row),
    }


def mechanism(row: Mechanism, request: HttpRequest) -> Data:
    return {
        "id": row.public_id,
        "url": request.build_absolute_uri(row.get_absolute_url()),
        "name": row.name,
        "kind": row.kind,
        "aliases": row.aliases,
        "family": row.family or None,
    }
