"""Each address that ends in .json, by the name of its view: what can be asked and what it answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.csvfile import Table
from articles.exports import CSL, TABLE
from articles.models import Metric
from articles.openapi import (
    ADDRESS,
    FLAG,
    TEXT,
    WHOLE,
    Operation,
    Parameter,
    Schema,
    Text,
    about,
    many,
    maybe,
    one_of,
    record,
    shape,
)
from articles.views import (
    contradictions,
    figure,
    index_tables,
    indexes,
    issues,
    mechanism_index,
    mechanisms,
    metrics,
    paging,
    people,
    places,
    publications,
    tables,
)
from articles.views.api import asking
from articles.views.metric_filters import FIGURE_SORT_NAMES

TAGS: dict[str, str | Promise] = {
    "lists": _("Lists"),
    "one": _("One thing, with its articles"),
    "search": _("Search"),
    "taken": _("Whole lists in one file"),
}
_FILTERED = {p.name: many(p.schema) for p in asking.NARROWING}
_PAGED: dict[str, Schema] = {
    "total": about(WHOLE, _("Entries of the whole list.")),
    "page": about(maybe(WHOLE), _("Null where a cursor was asked for.")),
    "pages": WHOLE,
    "page_size": WHOLE,
    "next": about(maybe(ADDRESS), _("Full address of what follows, null at the end.")),
}


def _listed(item: str, filters: Mapping[str, Schema], sorts: Sequence[str] = (), **first: Schema) -> Schema:
    fields = {**first, "filters": record({}, filters)}
    if sorts:
        fields["sort"] = one_of(sorts)
    return record({**fields, **_PAGED, "results": many(shape(item))})


def _articles(said: Text, name: str, first: str) -> Operation:
    """The page of one thing: what is known of it, and its articles."""
    answer = _listed("Article", _FILTERED, asking.ARTICLE_SORT.schema["enum"], **{name: shape(first)})
    extra = (asking.sorting(places.ORDERS, "count", "order"),) if name == "region" else ()
    return Operation(said, answer, (*_OF_ARTICLES, *extra), "one")


def _index(said: Text, item: str, size: int, orders: Sequence[str], *more: Parameter) -> Operation:
    """The values of a facet, with their articles counted; the first of the orders is the usual one."""
    filters = {**_FILTERED, **{p.name: p.schema for p in more}}
    order = (asking.sorting(orders, orders[0], "order"),) if orders else ()
    asked = (*more, *asking.narrowing(), *order, *asking.paging(size))
    return Operation(said, _listed(item, filters, orders), asked)


def _metrics(item: str, **first: Schema) -> Schema:
    return _listed(item, _METRIC_FILTERS, asking.metric_sorting("newest").schema["enum"], **first)


_PAGING = asking.paging(paging.SIZE)
_OF_ARTICLES = (*asking.narrowing(), asking.ARTICLE_SORT, *_PAGING)
_METRIC_FILTERS: dict[str, Schema] = {p.name: TEXT for p in asking.METRICS}

OPERATIONS: dict[str, Operation] = {
    "article_list": Operation(
        _("Articles"), _listed("Article", _FILTERED, asking.ARTICLE_SORT.schema["enum"]), _OF_ARTICLES
    ),
    "article": Operation(
        _("One article with its text, its record and the evidence"), shape("FullArticle"), (asking.VIEW,), "one", (404,)
    ),
    "region_list": Operation(
        _("Regions as a tree, with their articles counted"),
        record({
            "filters": record({}, _FILTERED),
            "sort": one_of(places.ORDERS),
            "total": WHOLE,
            "found": many(shape("RegionFound")),
            "results": many(shape("RegionTree")),
        }),
        (asking.PLACE, *asking.narrowing(), asking.sorting(places.ORDERS, "code", "order")),
        errors=(),
    ),
    "region": _articles(_("One region and its articles"), "region", "RegionDetail"),
    "level_list": _index(_("Levels"), "IndexEntry", indexes.SIZE, indexes.INDEXES["levels"].orders),
    "genre_list": _index(_("Genres"), "IndexEntry", indexes.SIZE, indexes.INDEXES["genres"].orders),
    "column_list": _index(_("Columns"), "IndexEntry", indexes.SIZE, indexes.INDEXES["columns"].orders),
    "theme_list": _index(_("Themes"), "IndexEntry", indexes.SIZE, indexes.INDEXES["themes"].orders),
    "theme": _articles(_("One theme and its articles"), "theme", "Theme"),
    "mechanism_list": _index(
        _("Mechanisms"), "MechanismListed", mechanisms.SIZE, list(mechanism_index.ORDER_NAMES),
        asking.KIND, asking.FAMILY, asking.WORDS,
    ),
    "mechanism": _articles(_("One mechanism, where and when it is practised, and its articles"), "mechanism", "Mechanism"),
    "publication_list": _index(
        _("Newspapers and magazines"), "PublicationListed", publications.SIZE, list(publications.ORDER_NAMES)
    ),
    "publication": _articles(_("One newspaper or magazine and its articles"), "publication", "Publication"),
    "author_list": _index(
        _("Authors"), "AuthorListed", people.SIZE, list(people.ORDER_NAMES), asking.INITIAL, asking.WORDS
    ),
    "author": _articles(_("One author, in which roles, and the articles"), "author", "Author"),
    "issue_list": _index(_("Issues, the latest first"), "IssueListed", issues.SIZE, (), asking.ON),
    "issue": Operation(
        _("One issue: its articles page by page"),
        record({
            "issue": shape("Issue"),
            "filters": record({}, _FILTERED),
            "total": WHOLE,
            "results": many(record({"page": maybe(TEXT), "articles": many(shape("Article"))})),
        }),
        asking.narrowing(), "one", (404,),
    ),
    "metric_list": Operation(
        _("Metrics, each with its sentence"), _metrics("Metric"),
        (*asking.METRICS, asking.metric_sorting("newest"), *asking.paging(metrics.SIZE)),
    ),
    "figure_list": Operation(
        _("What metrics count: one entry a subject, unit and kind"),
        _listed("FigureListed", _METRIC_FILTERS, list(FIGURE_SORT_NAMES)),
        (*asking.METRICS, asking.sorting(FIGURE_SORT_NAMES, "count"), *asking.paging(metrics.SIZE)),
    ),
    "figure": Operation(
        _("All values of one subject in one unit"), _metrics("Metric", figure=shape("Figure")),
        (*asking.METRICS, asking.metric_sorting("largest"), *asking.paging(figure.SIZE)), "one",
    ),
    "contradiction_list": Operation(
        _("Figures that disagree, each with its sentence"),
        _listed(
            "Contradiction", {p.name: TEXT for p in asking.CONTRADICTIONS},
            complete=about(FLAG, _("False while a large archive is still being compared.")),
        ),
        (*asking.CONTRADICTIONS, *asking.paging(contradictions.SIZE)),
    ),
    "basket": Operation(
        _("Articles picked out by their ids"),
        record({"total": WHOLE, "results": many(shape("Article"))}), (asking.IDS,), errors=(),
    ),
}  # fmt: skip
"""By the name of the page; the names of its other forms begin with it."""

# Tables whose columns say what a row of .table.json holds. Making one reads nothing.
_TABLES: dict[str, Callable[[HttpRequest], Table]] = {
    "region_list": lambda request: index_tables.regions(request, list),
    **{
        f"{name}_list": lambda request: index_tables.entries(request, "", [])
        for name in ("level", "genre", "column", "theme")
    },
    "mechanism_list": lambda request: index_tables.mechanisms(request, []),
    "publication_list": lambda request: index_tables.publications(request, []),
    "author_list": lambda request: index_tables.people(request, []),
    "issue_list": lambda request: index_tables.issues(request, []),
    "metric_list": lambda request: tables.metrics(request, Metric.objects.none()),
    "figure": lambda request: tables.metrics(request, Metric.objects.none()),
    "figure_list": lambda request: metrics.figure_table(request, []),
    "contradiction_list": lambda request: contradictions.table(request, []),
}
_CELL: Schema = {"type": ["string", "number", "array", "null"], "items": TEXT}


def operation_of(name: str, request: HttpRequest) -> Operation | None:
    """Of a view by its name: region_list_json, region_list_table_json; None where nothing is said of it."""
    for form, ending in ((TABLE, "_table_json"), (CSL, "_csl_json"), (None, "_json")):
        page = name.removesuffix(ending)
        if page != name and page in OPERATIONS:
            found = OPERATIONS[page]
            return found if form is None else whole_list(found, form is CSL, table_of(page, request))
    return None


def table_of(page: str, request: HttpRequest) -> Table:
    return _TABLES.get(page, lambda request: tables.articles(request, []))(request)


def whole_list(found: Operation, csl: bool, table: Table) -> Operation | None:
    """The same list as one file: rows of a table, or references for citation processors; None where it has none."""
    if csl and table.articles is None:
        return None
    row = shape("CslItem") if csl else record({column.key: _CELL for column in table.columns})
    said = _("as references, CSL-JSON") if csl else _("as a table")
    paged = {parameter.name for parameter in _PAGING}
    return replace(
        found,
        said=format_lazy("{} · {}", found.said, said),
        answer=many(row),
        parameters=tuple(p for p in found.parameters if p.name not in paged),
        tag="taken",
        media_type=(CSL if csl else TABLE).media_type,
        errors=(404,) if 404 in found.errors else (),
    )
