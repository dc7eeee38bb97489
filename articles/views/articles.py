"""The list of articles, and one article with its record."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from articles.models import Article, Region
from articles.views import serial, tables
from articles.views.answer import Answer, Elsewhere
from articles.views.citation import citation
from articles.views.lists import article_listing, list_context, list_data
from articles.views.marks import Mark, MarkedBody, Sentence, mark_body
from articles.views.places import lineage

MORE = 5


def article_list(request: HttpRequest) -> Answer:
    chosen, listing = article_listing(request)

    def context() -> dict[str, Any]:
        return {**list_context(chosen, listing), "facets": chosen.facets()}

    def data() -> dict[str, Any]:
        return list_data(request, chosen, listing)

    return Answer("articles/article_list.html", context, data, partial(tables.articles, request, listing.all))


def article(request: HttpRequest, public_id: str) -> Answer:
    row = Article.objects.published().for_page().filter(public_id=public_id).first()
    if row is None:
        part = get_object_or_404(
            Article.objects.shown().select_related("continued_from"), public_id=public_id
        )
        raise Elsewhere(part.whole)
    cite = citation(row)

    def context() -> dict[str, Any]:
        return {"article": row, "citation": cite, **_record(row)}

    def data() -> dict[str, Any]:
        return {**serial.full_article(row, request), "citation": cite}

    return Answer("articles/article.html", context, data)


def _record(row: Article) -> dict[str, Any]:
    """Everything beside the headline: the text, fields with their sentences, neighbours, further articles."""
    parts = [(part, _marked(part)) for part in row.parts]
    sentences = {anchor: said for _part, body in parts for anchor, said in body.sentences.items()}
    mentions = [m for part in row.parts for m in part.mentions.all()]
    metrics = [m for part in row.parts for m in part.metrics.all()]
    candidates = (
        Region.objects.one_a_code().filter(code__in=row.region_candidates) if row.region_candidates else ()
    )
    previous, following = _neighbours(row)
    same_region, same_theme = _further(row)
    return {
        "parts": [(part, body.paragraphs) for part, body in parts],
        "comes_from": _page_named(row, "continued_from"),
        "goes_on": _page_named(row.parts[-1], "continues_on"),
        "lineage": [*lineage(row.region), row.region] if row.region else [],
        "candidates": candidates,
        "mentions": [(m, f"m{m.pk}", sentences.get(f"m{m.pk}")) for m in mentions],
        "metrics": [(m, f"n{m.pk}", sentences.get(f"n{m.pk}")) for m in metrics],
        "evidence": _by_field(row, sentences),
        "warnings": [warning for part in row.parts for warning in part.warnings],
        "previous": previous,
        "next": following,
        "same_region": same_region,
        "same_theme": same_theme,
    }


def _page_named(part: Article, end: str) -> str:
    """The page where more of the article stands that is not shown here; empty where there is none."""
    return next((item.value for item in part.evidence.all() if item.field == end), "")


def _marked(part: Article) -> MarkedBody:
    """The body of an article or of a later part of it; the spans of each count on its own page."""
    marks = [Mark(f"m{m.pk}", m.start, m.end, m.name) for m in part.mentions.all() if m.start is not None]
    marks += [Mark(f"n{m.pk}", m.start, m.end, m.subject) for m in part.metrics.all() if m.start is not None]
    read = [e for e in part.evidence.all() if e.start is not None]
    marks += [Mark(f"e{e.pk}", e.start, e.end, e.value or e.field) for e in read]
    return mark_body(part.body, marks)


def _by_field(row: Article, sentences: dict[str, Sentence]) -> dict[str, list[tuple[Any, str]]]:
    """Evidence by the field it supports, each with its anchor in the text or an empty string."""
    fields: dict[str, list[tuple[Any, str]]] = {}
    for item in row.evidence.all():
        anchor = f"e{item.pk}"
        fields.setdefault(item.field, []).append((item, anchor if anchor in sentences else ""))
    return fields


def _neighbours(row: Article) -> tuple[Article | None, Article | None]:
    """The articles before and after in the same issue."""
    if row.page is None or row.page.issue_id is None:
        return None, None
    ids = list(
        Article.objects.published()
        .filter(page__issue=row.page.issue_id)
        .in_page_order()
        .values_list("pk", flat=True)
    )
    at = ids.index(row.pk)
    wanted = {i: ids[i] for i in (at - 1, at + 1) if 0 <= i < len(ids)}
    found = Article.objects.for_list().in_bulk(list(wanted.values())) if wanted else {}
    return found.get(wanted.get(at - 1)), found.get(wanted.get(at + 1))


def _further(row: Article) -> tuple[list[Article], list[Article]]:
    """Others of the same province, and others on the same themes; the latest few of each."""
    others = Article.objects.published().exclude(pk=row.pk).dated().order_by("-day", "-id")
    near = others.within(row.region.code[:2]).rows(MORE) if row.region else []
    tagged = Article.themes.through.objects.filter(theme__in=[theme.pk for theme in row.themes.all()])
    alike = others.filter(pk__in=tagged.values("article")).rows(MORE) if row.themes.all() else []
    return near, alike
