"""Where metrics and figures are found on the site."""

from django.urls import reverse
from django.utils.http import urlencode

from articles.models import Metric
from articles.views.joins import anchor


def evidence(metric: Metric) -> str:
    """The article at the words that the metric was read from, at its top where a person entered the metric."""
    whole = metric.article.whole
    address = str(whole.get_absolute_url())
    if metric.start is None or metric.end is None:
        return address
    part = 1 if whole == metric.article else metric.article.part
    return f"{address}#{anchor(part, metric.start, metric.end)}"


def figure(subject: str, unit: str, kind: str = "") -> str:
    """Where all values of a subject in a unit are compared; of one kind, if one is named."""
    query = {"subject": subject, "unit": unit, **({"kind": kind} if kind else {})}
    return f"{reverse('articles:figure')}?{urlencode(query)}"
