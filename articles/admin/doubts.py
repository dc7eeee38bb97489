"""What is doubtful about one article, each a link to the field where it is put right."""

import re
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import ngettext

from articles import services
from articles.admin.base import link
from articles.admin.bench_words import evidence_words
from articles.ingest.assemble import NO_TITLE
from articles.models import Article, Byline, Evidence, IngestEvent, MechanismMention, Metric, Region
from articles.retelling import retold
from articles.review_reading import UNSURE, UNSURE_FIELDS
from articles.services.runs import ISSUE

QUOTED = re.compile("“(.+)”", re.DOTALL)
FIELDS = {"title": "id_title", "primary_region": "id_region", "genre": "id_genre"}
"""Where the form has what evidence is for; an author stands in a table."""


SHOWN = 8
"""How many doubts of one kind are named; it is said how many more there are."""


def doubts_about(article: Article) -> Iterator[SafeString]:
    """A line for each doubt that `review_reading` counts, in the order of DOUBTS."""
    if not article.title and not article.continued_from_id:
        yield _to_field("id_title", retold(NO_TITLE))
    if not article.region_id and article.region_candidates:
        known = Region.objects.filter(code__in=article.region_candidates).values_list("full_name", "name")
        names = dict.fromkeys(full or name for full, name in known)
        yield _to_field("id_region", now("Region open, perhaps: %s") % "、".join(names))
    for warning in article.warnings:
        if warning != NO_TITLE:
            yield format_html("{}", retold(warning))
    if article.page:
        yield from _about_page(article)
    yield from _unsure(article)


def _about_page(article: Article) -> Iterator[SafeString]:
    page = article.page
    address = reverse("admin:articles_page_change", args=[page.pk])
    if page.issue_doubted and (said := services.issue_doubt(page)):
        yield format_html("{} {}", said, link(address, now("Put the page into another issue")))
    of_pages = IngestEvent.objects.filter(level="warning", article=None, run__source=page.source_id)
    bench = reverse("admin:articles_bench", args=[page.pk])
    said = of_pages.exclude(stage=ISSUE).order_by("pk").values_list("message", flat=True)
    for message in dict.fromkeys(said[:SHOWN]):
        at = _place(page.text, message)
        if at is None:
            of, where = now("Of the page:"), bench
        else:
            of = now("Of the page, line %d:") % (page.text.count("\n", 0, at) + 1)
            where = f"{bench}#text-{at}"
        yield format_html("{} {} {}", of, retold(message), link(where, now("Split workbench")))


def _place(text: str, message: str) -> int | None:
    """Where the words that a warning quotes stand on the page, an offset; None for a warning without, or with others."""
    quoted = QUOTED.search(message)
    at = text.find(quoted[1].rstrip("…")) if quoted else -1
    return at if at >= 0 else None


def _unsure(article: Article) -> Iterator[SafeString]:
    """What the machine read with little confidence: field, value, the words it was read from, how sure it is."""
    low: dict[str, Any] = {"confidence__lt": UNSURE, "origin": "machine"}
    for item in article.evidence.filter(**low, field__in=UNSURE_FIELDS)[:SHOWN]:
        field = FIELDS.get(item.field) or _row(Byline, article, "bylines", "author", author__name=item.value)
        yield _value(field, evidence_words(item.field), _shown(article, item), item)
    mentions, metrics = article.mentions.filter(**low), article.metrics.filter(**low)
    for mention in mentions[:SHOWN]:
        field = _row(MechanismMention, article, "mentions", "name", pk=mention.pk)
        yield _value(field, now("mechanism"), mention.name, mention)
    for metric in metrics[:SHOWN]:
        field = _row(Metric, article, "metrics", "subject", pk=metric.pk)
        yield _value(field, now("metric"), metric.subject or metric.quote, metric)
    if (more := sum(max(rows.count() - SHOWN, 0) for rows in (mentions, metrics))) > 0:
        yield format_html("{}", ngettext("and %d more value", "and %d more values", more) % more)


def _shown(article: Article, item: Evidence) -> str:
    """A region by its name; it is kept as its code."""
    if item.field != "primary_region":
        return item.value
    region = Region.objects.filter(code=item.value).order_by("-since").first()
    return (region.full_name or region.name) if region else item.value


def _row(model: type[models.Model], article: Article, prefix: str, column: str, **wanted: Any) -> str:
    """The field of one row in a table below the form, whose rows stand in their usual order."""
    keys = list(model._default_manager.filter(article=article).values_list("pk", flat=True))
    key = model._default_manager.filter(article=article, **wanted).values_list("pk", flat=True).first()
    return f"id_{prefix}-{keys.index(key) if key in keys else 0}-{column}"


def _value(field: str, label: str, value: str, read: Any) -> SafeString:
    quote = format_html(" · “{}”", read.quote) if read.quote and read.quote != value else ""
    words = format_html("{} “{}”", label, value) if value else label
    return format_html(
        "{}{} · {}", _to_field(field, words), quote, now("%d %% sure") % round(100 * read.confidence)
    )


def _to_field(field: str, words: object) -> SafeString:
    return format_html('<a class="desk-link" href="#{}" data-field="{}">{}</a>', field, field, words)
