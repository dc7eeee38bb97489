"""The briefing on a list of articles: what its table says of each, read from the record."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.basket import MOST as BRIEFED
from articles.csvfile import Table
from articles.exports import Form, downloaded
from articles.models import Article, Byline, MechanismMention, Metric, MetricKind, Origin
from articles.references import pages, reference
from articles.takeaway import briefing, gbt
from articles.takeaway.briefing import Row, Sentence
from articles.takeaway.reference import page_range
from articles.views.marks import sentence, sentence_of

PRACTICES, EFFECTS, MECHANISMS = 3, 5, 8
"""Sentences of each kind, and names of mechanisms, for one article at most: a briefing is for reading."""


def _docx(request: HttpRequest, table: Table, form: Form) -> HttpResponseBase:
    assert table.articles is not None
    keys = table.articles.keys(BRIEFED + 1)
    articles = list(_briefed(keys[:BRIEFED]))
    references = [
        reference(a, lambda row: request.build_absolute_uri(row.get_absolute_url())) for a in articles
    ]
    selected = _("%(n)s articles") % {"n": len(articles)}
    if len(keys) > BRIEFED:
        selected = _("The first %(n)s articles; more answer to this.") % {"n": len(articles)}
    document = briefing.Briefing(
        title=_("Briefing on local practice"),
        lines=(table.articles.said(), f"{selected} · {timezone.localdate().isoformat()}"),
        rows=[_row(article, ref.url, ref.name) for article, ref in zip(articles, references, strict=True)],
        references=gbt.numbered([gbt.cite(ref) for ref in references]),
        words=briefing.Words(
            columns=(_("Region"), _("Mechanism"), _("What is done"), _("What came of it"), _("Source")),
            references=_("References"),
            nothing="—",
            comma=_(", "),
        ),
    )
    return downloaded(lambda file: briefing.write(file, document), table.name, form)


BRIEFING = Form("docx", gettext_lazy("Word briefing"), briefing.MEDIA_TYPE, _docx)


def _briefed(keys: list[int]) -> Iterator[Any]:
    """The articles in this order with text, mechanisms and metrics of all their parts."""
    of_parts = (
        Prefetch(
            "mentions", MechanismMention.objects.exclude(origin=Origin.REJECTED).select_related("mechanism")
        ),
        Prefetch("metrics", Metric.objects.exclude(origin=Origin.REJECTED).filter(kind=MetricKind.RESULT)),
    )
    rows = Article.objects.shown().for_list().defer(None).defer("machine", "text", "page__text")
    rows = rows.prefetch_related(*of_parts)
    rows = rows.with_parts(Prefetch("bylines", Byline.objects.select_related("author")), *of_parts)
    found = rows.in_bulk(keys)
    return (found[key] for key in keys if key in found)


def _row(article: Any, url: str, title: str) -> Row:
    mentions = [(m, part) for part in article.parts for m in part.mentions.all()]
    metrics = [(m, part) for part in article.parts for m in part.metrics.all()]
    issue = article.page.issue if article.page else None
    place = article.region
    printed = page_range(pages(article))
    source = [
        issue.publication.name if issue else "",
        (issue.date if issue else "") or article.date,
        _("page %s") % printed if printed else "",
    ]
    return Row(
        title=title,
        region=(place.full_name or place.name) if place else "",
        mechanisms=_first(list(dict.fromkeys(m.mechanism.name for m, _part in mentions))),
        practice=_sentences(_one_each(mentions), PRACTICES) or _lead(article),
        effect=_sentences(metrics, EFFECTS),
        source=" ".join(filter(None, source)),
        url=url,
    )


def _first(names: list[str]) -> tuple[str, ...]:
    more = len(names) - MECHANISMS
    return (*names[:MECHANISMS], *([_("%(n)s further mechanisms") % {"n": more}] if more > 0 else ()))


def _one_each(mentions: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The first naming of each mechanism."""
    first: dict[int, tuple[Any, Any]] = {}
    for mention, part in mentions:
        first.setdefault(mention.mechanism_id, (mention, part))
    return list(first.values())


def _sentences(read: Iterable[tuple[Any, Any]], most: int) -> tuple[Sentence, ...]:
    """The sentences that rows of the record were read from, each once with all the words read there."""
    words: dict[str, list[str]] = {}
    for row, part in read:
        found = sentence_of(row, part.body)
        if str(found).strip():
            words.setdefault(str(found).strip(), []).append(found.words)
    return tuple(Sentence(text, tuple(those)) for text, those in list(words.items())[:most])


def _lead(article: Any) -> tuple[Sentence, ...]:
    """How the text begins, where it names no mechanism."""
    text = next((entry["text"] for entry in article.body if entry["kind"] == "paragraph"), "")
    lead = str(sentence(text, 0, 1)).strip() if text else ""
    return (Sentence(lead),) if lead else ()
