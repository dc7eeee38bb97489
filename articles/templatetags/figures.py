"""What templates say about single metrics: where the evidence stands, what compares with it, what contradicts it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.figures.compare import SWAPPED, WITHIN
from articles.models import Article, Level, Metric, MetricKind
from articles.templatetags.reading import amount, or_opening
from articles.views import addresses
from articles.views.contradicting import contradicted_in
from articles.views.marks import Sentence

register = template.Library()


@register.filter
def plain(value: Decimal) -> str:
    """A number for programs: 1200000.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# Where Chinese puts what qualifies a number: 约300人, 300余人, 300人以上. What is in neither stands before the number.
_BEFORE_UNIT, _BEHIND_UNIT = ("余", "多"), ("以上",)


@register.simple_tag
def measured(metric: Metric) -> SafeString:
    """A metric's value as a Chinese sentence has it: number, unit, and what qualifies them in its place."""
    qualifier = metric.qualifier
    most = "" if metric.value_max is None else f"–{amount(metric.value_max)}"
    return format_html(
        '{}{}{} <span class="unit">{}{}{}{}</span>',
        _soft("" if qualifier in (*_BEFORE_UNIT, *_BEHIND_UNIT) else qualifier),
        amount(metric.value),
        most,
        _soft(qualifier if qualifier in _BEFORE_UNIT else ""),
        metric.unit,
        _soft(qualifier if qualifier in _BEHIND_UNIT else ""),
        "" if metric.of is None else _soft(f" / {amount(metric.of)}"),
    )


def _soft(said: str) -> SafeString | str:
    return format_html('<span class="soft">{}</span>', said) if said else ""


@register.filter
def evidence_address(metric: Metric) -> str:
    """The article at the words that the metric was read from."""
    return addresses.evidence(metric)


@register.filter
def figure_address(metric: Metric) -> str:
    """The page on which all values of the metric's subject, unit and kind are compared."""
    return addresses.figure(metric.subject_key, metric.unit, metric.kind)


@register.simple_tag(takes_context=True)
def contradicted(context: dict[str, Any], metric: Metric) -> SafeString | str:
    """A link to what disagrees with a metric, nothing where nothing does.

    Reads `contradicted` of the context, a dict by metric. Without it the metrics of the context's `article` are
    looked up together when the first is asked for; no page pays by the metric.
    """
    known = context.get("contradicted")
    if known is None:
        article = context.get("article")
        if article is None:
            return ""
        if "contradicted" not in article.__dict__:
            article.contradicted = contradicted_in(article)
        known = article.contradicted
    if not known or metric.pk not in known:
        return ""
    said = {
        SWAPPED: _("elsewhere the other way round"),
        WITHIN: _("differs within the article"),
    }.get(known[metric.pk].kind, _("elsewhere different"))
    address = f"{reverse('articles:contradiction_list')}?metric={metric.pk}"
    return format_html('<a class="contradicted" href="{}">{}</a>', address, said)


# Plots are drawn from `data-…` and from the cells. What a cell is tells its place: a page has six hundred.
_ROW = (
    '<tr id="v{}" data-value="{}"{}{}><th scope="row"{}>{}</th><td>{}</td><td>{}</td><td{}>{}</td><td>{}</td>'
    '<td{}><blockquote>{}<a href="{}">{}</a>{}</blockquote><a href="{}">{}</a></td></tr>\n'
)


@register.simple_tag(takes_context=True)
def value_rows(
    context: dict[str, Any], table: Iterable[tuple[Any, Sentence]], fixed: bool = False
) -> SafeString:
    """A row for each (metric, sentence), as `for_readers` gives metrics; `fixed`: all are of one figure.

    A page has a hundred, which the template's own tags took four times as long for.
    """
    article_at, region_at = addresses.pages_of("articles:article"), addresses.pages_of("articles:region")
    unknown, undated = _soft(_("unknown")), _soft(_("undated"))
    chinese = "" if (get_language() or "").startswith("zh") else SafeString(' lang="zh-Hans"')
    # `get_…_display` goes through all choices for each value: a fifth of a page.
    kinds, levels = ({value: str(said) for value, said in of.choices} for of in (MetricKind, Level))

    def place(article: Article) -> SafeString | str:
        region = article.region
        if region is None:
            return unknown
        name = '<a href="{}" title="{}">{}</a>{}{}'
        level = _soft(levels.get(article.level, article.level))
        return format_html(
            name, region_at(region.code), region.full_name, region.name, " " if level else "", level
        )

    def row(metric: Any, sentence: Sentence) -> tuple[Any, ...]:
        article = metric.article.whole
        address, subject = article_at(article.public_id), metric.subject
        return (
            metric.pk,
            plain(metric.value),
            "" if metric.value_max is None else format_html(' data-most="{}"', plain(metric.value_max)),
            format_html(' data-qualifier="{}"', metric.qualifier) if metric.qualifier else "",
            *(
                chinese,
                subject if fixed else format_html('<a href="{}">{}</a>', figure_address(metric), subject),
            ),
            format_html("{}{}", measured(metric), contradicted(context, metric)),
            kinds.get(metric.kind, metric.kind),
            *(chinese, place(article)),
            metric.day or undated,
            *(chinese, sentence.before, address + addresses.place_of(metric), sentence.words, sentence.after),
            *(address, or_opening(article.title, metric.opening)),
        )

    return format_html_join("", _ROW, (row(metric, sentence) for metric, sentence in table))
