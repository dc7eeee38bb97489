"""What can be asked for in query strings: made from the registries that the views themselves read."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import MechanismKind, MetricKind
from articles.openapi import TEXT, WHOLE, Parameter, Schema, one_of
from articles.views.api.shapes import CODE, YEAR
from articles.views.contradictions import KINDS
from articles.views.filters import FILTERS
from articles.views.lists import SORT_NAMES
from articles.views.metric_filters import ON_METRICS
from articles.views.metric_filters import SORT_NAMES as METRIC_SORTS
from articles.views.paging import SIZE_MAX
from articles.views.people import LETTERS

# What the values of a filter are, where a list of them does not say it.
VALUES: dict[str, str | Promise] = {
    "region": _("Code of a region after GB/T 2260; it stands for everything inside: 510000 for 四川省."),
    "level": _("Level of the CPPCC."),
    "theme": _("Short name of a theme, as /themes.json gives it."),
    "mechanism": _("Id of a mechanism, as /mechanisms.json gives it."),
    "genre": _("Kind of piece."),
    "column": _("Name of a column, as /columns.json gives it."),
    "publication": _("Name of a newspaper or magazine, as /publications.json gives it."),
    "year": _("Year of the article, else of its issue."),
    "issue": _("Id of an issue, as /issues.json gives it."),
    "author": _("Id of an author, as /authors.json gives it."),
}
_SCHEMAS: dict[str, Schema] = {"region": CODE, "year": YEAR}


def _values(name: str, labels: Mapping[str, Any]) -> Schema:
    return one_of(labels) if labels else _SCHEMAS.get(name, TEXT)


NARROWING = tuple(
    Parameter(f.name, VALUES[f.name], _values(f.name, f.labels), repeated=True) for f in FILTERS
)


def narrowing(*without: str) -> tuple[Parameter, ...]:
    """Every filter of a list of articles; of one parameter, values are alternatives."""
    return tuple(parameter for parameter in NARROWING if parameter.name not in without)


def paging(usual: int) -> tuple[Parameter, ...]:
    return (
        Parameter("page", _("Number of a page, from 1."), {"type": "integer", "minimum": 1, "default": 1}),
        Parameter(
            "page_size",
            _("Entries of an answer."),
            {"type": "integer", "minimum": 1, "maximum": SIZE_MAX, "default": usual},
        ),
        Parameter(
            "cursor", _("From `next` of an earlier answer: what comes after it. Takes the place of `page`.")
        ),
    )


def sorting(names: Iterable[str], usual: str, name: str = "sort") -> Parameter:
    return Parameter(name, _("Order of the entries."), {**one_of(names), "default": usual})


ARTICLE_SORT = sorting(SORT_NAMES, next(iter(SORT_NAMES)))
WORDS = Parameter("q", _("A part of the name."))
PLACE = Parameter(
    "q", _("Name of a place, of today or of former times, its code or its pinyin: gives `found`.")
)
KIND = Parameter("kind", _("Kind of mechanism."), one_of(MechanismKind.values))
FAMILY = Parameter("family", _("Brand stem that several mechanisms share."))
INITIAL = Parameter("initial", _("First letter of the name in pinyin."), one_of(LETTERS))
ON = Parameter(
    "on",
    _("A year, a month, a day, or none for issues without a date."),
    {"type": "string", "pattern": "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|none)$"},
)
VIEW = Parameter("view", _("page adds the pages as they were received."), one_of(("page",)))
IDS = Parameter("ids", _("Ids of articles, one after another; without, those of the reader's own folder."))

_OF_METRICS: dict[str, tuple[str | Promise, Schema]] = {
    "q": (_("Words of the subject."), TEXT),
    "subject": (_("What is counted; quotation marks do not matter."), TEXT),
    "unit": (_("Unit, as printed."), TEXT),
    "kind": (_("Result, norm or plan."), one_of(MetricKind.values)),
    "least": (_("Smallest value."), {"type": "number"}),
    "most": (_("Largest value."), {"type": "number"}),
}
BY_ARTICLE = tuple(Parameter(f.name, VALUES[f.name], _values(f.name, f.labels)) for f in FILTERS)
METRICS = (*(Parameter(name, *_OF_METRICS[name]) for name in ON_METRICS), *BY_ARTICLE)
CONTRADICTIONS = (
    Parameter("kind", _("How the figures disagree."), one_of(KINDS)),
    Parameter("metric", _("Number of a metric that is one of the figures."), WHOLE),
    *BY_ARTICLE,
)


def metric_sorting(usual: str) -> Parameter:
    return sorting(METRIC_SORTS, usual)
