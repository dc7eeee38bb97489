"""Where in articles the figures stand that a query asks for: the database keeps each with its own words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q

from articles.models import Metric, Origin
from search import documents, highlight
from search.highlight import Wanted
from search.query import Node
from search.query.ast import conditions
from search.query.figures import answers


def wanted(node: Node, verbatim: bool, keys: Iterable[int]) -> Mapping[int, Wanted]:
    """What to mark in each of some articles. One statement, and none where no figure is asked for."""
    plain = highlight.needles(node, verbatim)
    quotes = _quotes(node, list(keys))
    return defaultdict(lambda: plain, {key: plain.quoting(found) for key, found in quotes.items()})


def _quotes(node: Node, keys: list[int]) -> dict[int, list[str]]:
    """The words of the figures that answer, by article; those of its later parts are the article's."""
    asked = tuple(conditions(node))
    found: dict[int, list[str]] = defaultdict(list)
    if not asked or not keys:
        return found
    theirs = Q(article__in=keys) | Q(article__continued_from__in=keys)
    rows = Metric.objects.filter(theirs).exclude(origin=Origin.REJECTED)
    for key, first, quote, *figure in rows.values_list(
        "article", "article__continued_from", "quote", "subject", "value", "value_max", "unit"
    ):
        if any(answers(condition, documents.figure(*figure)) for condition in asked):
            found[first or key].append(quote)
    return found
