"""What templates say about single metrics: where the evidence stands, what compares with it, what contradicts it."""

from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.figures.compare import SWAPPED, WITHIN
from articles.models import Metric
from articles.templatetags.reading import amount
from articles.views import addresses
from articles.views.contradicting import contradicted_in

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
