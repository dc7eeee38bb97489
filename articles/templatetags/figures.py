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
from articles.views import addresses
from articles.views.contradicting import contradicted_in

register = template.Library()


@register.filter
def plain(value: Decimal) -> str:
    """A number for programs: 1200000.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


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
