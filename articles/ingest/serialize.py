"""Page records as JSON, by the contract's schema and with what else is known."""

from typing import Any

from articles.ingest.record import ArticleRecord, Author, Evidence, Mechanism, Metric, PageRecord


def as_json(record: PageRecord) -> dict[str, Any]:
    """The record as plain data, ready for json.dumps. Offsets count code points of the page text."""
    return {
        "source": {"name": record.name, "sha256": record.sha256, "characters": len(record.text)},
        "issue": {
            "publication": record.issue.publication,
            "date": record.issue.date,
            "number": record.issue.number,
            "page": record.issue.page,
        },
        "articles": [_article(a) for a in record.articles],
        "ledger": [
            {"start": e.start, "end": e.end, "role": e.role, "article": e.article} for e in record.ledger
        ],
        "warnings": list(record.warnings),
    }


def _article(a: ArticleRecord) -> dict[str, Any]:
    evidence = [
        *a.text.evidence,
        *(e for author in a.text.authors for e in author.evidence),
        *([a.genre_evidence] if a.genre_evidence else []),
        *a.place.evidence,
        *(e for theme in a.themes for e in theme.evidence),
        *a.dates.evidence,
    ]
    return {
        "title": a.text.title,
        "kicker": a.text.kicker,
        "subtitle": a.text.subtitle,
        "column": a.text.column,
        "genre": a.genre,
        "authors": [_author(x) for x in a.text.authors],
        "paragraphs": [p.text for p in a.text.paragraphs],
        "headings": [h.text for h in a.text.headings],
        "primary_region": a.place.primary,
        "also_regions": list(a.place.also),
        "region_candidates": list(a.place.candidates),
        "level": a.place.level,
        "themes": [t.name for t in a.themes],
        "mechanisms": [_mechanism(m) for m in a.mechanisms],
        "metrics": [_metric(m) for m in a.metrics],
        "date": a.dates.date,
        "date_clues": list(a.dates.clues),
        "continues_on": a.text.continues_on,
        "continued_from": a.text.continued_from,
        "warnings": list(a.warnings),
        "evidence": [_evidence(e) for e in evidence],
    }


def _author(x: Author) -> dict[str, Any]:
    return {
        "name": x.name,
        "kind": x.kind,
        "role": x.role,
        "offices": list(x.offices),
        "body": x.body,
        "region": x.region,
    }


def _mechanism(m: Mechanism) -> dict[str, Any]:
    return {
        "name": m.name,
        "kind": m.kind,
        "aliases": list(m.aliases),
        "family": m.family,
        "quote": m.quote,
        "start": m.start,
        "end": m.end,
        "rule": m.rule,
        "confidence": round(m.confidence, 3),
    }


def _metric(m: Metric) -> dict[str, Any]:
    return {
        "quote": m.quote,
        "start": m.start,
        "end": m.end,
        "value": m.value,
        "value_max": m.value_max,
        "qualifier": m.qualifier,
        "unit": m.unit,
        "subject": m.subject,
        "kind": m.kind,
        "of": m.of,
        "rule": m.rule,
        "confidence": round(m.confidence, 3),
        "link": m.link,
        "link_kind": m.link_kind,
    }


def _evidence(e: Evidence) -> dict[str, Any]:
    return {
        "field": e.field,
        "start": e.start,
        "end": e.end,
        "quote": e.quote,
        "rule": e.rule,
        "confidence": round(e.confidence, 3),
    }
