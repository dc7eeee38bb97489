"""Where metrics, figures and the pages of values are found on the site."""

from collections.abc import Callable
from urllib.parse import quote

from django.urls import reverse
from django.utils.http import urlencode

from articles.models import Metric
from articles.views.joins import anchor

_ANY = "000000"
"""What may stand for the value in the address of the page of any value."""


def pages_of(name: str) -> Callable[[str], str]:
    """The addresses of the pages of values: `name` is looked up once, however many values follow."""
    before, after = reverse(name, args=[_ANY]).split(_ANY)
    return lambda value: f"{before}{quote(value)}{after}"


def evidence(metric: Metric) -> str:
    """The article at the words that the metric was read from, at its top where a person entered the metric."""
    return f"{metric.article.whole.get_absolute_url()}{place_of(metric)}"


def place_of(metric: Metric) -> str:
    """The fragment of the words that a metric was read from, empty where a person entered it."""
    if metric.start is None or metric.end is None:
        return ""
    part = 1 if metric.article.whole == metric.article else metric.article.part
    return f"#{anchor(part, metric.start, metric.end)}"


def figure(subject: str, unit: str, kind: str = "") -> str:
    """Where all values of a subject in a unit are compared; of one kind, if one is named."""
    query = {"subject": subject, "unit": unit, **({"kind": kind} if kind else {})}
    return f"{reverse('articles:figure')}?{urlencode(query)}"
