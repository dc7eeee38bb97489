"""All metrics of published articles in one table, and what they count: one row a figure, to compare."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.csvfile import Column, Table
from articles.models import Metric, MetricKind
from articles.views import addresses, serial, tables
from articles.views.answer import Answer
from articles.views.contradicting import contradicted_among
from articles.views.cursors import InHand
from articles.views.marks import sentence_of
from articles.views.metric_filters import FIGURE_SORT_NAMES, MetricListing, Wanted, listed
from articles.views.paging import paged

SIZE = 50


def metric_list(request: HttpRequest) -> Answer:
    """`?q=` (words of the subject), `?unit=`, `?kind=`, `?region=`, `?level=`, `?theme=`, `?year=`, `?least=` and
    `?most=` (of the value) narrow, `?sort=` orders."""
    wanted = Wanted.read(request.GET)
    listing = listed(request, wanted, SIZE)

    def context() -> dict[str, Any]:
        rows = listing.rows
        return {
            "listing": listing,
            "table": [(m, sentence_of(m, m.article.body)) for m in rows],
            "contradicted": contradicted_among(rows, wanted.state),
            **wanted.offered(),
        }

    def data() -> dict[str, Any]:
        return metric_data(wanted, listing)

    return Answer("articles/metric_list.html", context, data, partial(tables.metrics, request, listing.all))


def metric_data(wanted: Wanted, listing: MetricListing) -> dict[str, Any]:
    """A page of metrics for programs, each with its sentence, its article and the address of its figure."""

    def row(metric: Metric) -> dict[str, Any]:
        return {
            **serial.metric(metric),
            "sentence": str(sentence_of(metric, metric.article.body)),
            "article": metric.article.whole.public_id,
            "evidence": addresses.evidence(metric),
            "region": serial.region(metric.article.whole.region),
            "level": metric.article.whole.level or None,
            "date": metric.day or None,  # type: ignore[attr-defined]
            "figure": addresses.figure(metric.subject_key, metric.unit, metric.kind),
        }

    return {"filters": wanted.values, "sort": wanted.sort, **listing.as_data(row)}


def figure_list(request: HttpRequest) -> Answer:
    """What metrics count, one row a subject, unit and kind; narrowed as the list of metrics is, `?sort=` orders."""
    wanted = Wanted.read(request.GET, "count", FIGURE_SORT_NAMES)
    counted = wanted.ask("figures", lambda: wanted.among().counted_figures(wanted.sort))
    walk = InHand(counted, by=lambda figure: list(figure[:3]), order=wanted.sort)
    listing = paged(request, counted, SIZE, walk=walk)

    def rows() -> list[dict[str, Any]]:
        keys = [(key, unit, kind) for key, unit, kind, _n in listing.rows]
        return wanted.ask(("figures", tuple(keys)), lambda: wanted.among().figures(keys))

    def context() -> dict[str, Any]:
        kinds = dict(MetricKind.choices)
        found = [{**row, "kind_name": kinds[row["kind"]], "address": _address_of(row)} for row in rows()]
        return {"listing": listing, "figures": found, **wanted.offered()}

    def data() -> dict[str, Any]:
        page = {**listing.as_data(lambda row: row), "results": [_figure_data(row) for row in rows()]}
        return {"filters": wanted.values, "sort": wanted.sort, **page}

    def in_chunks() -> Iterator[dict[str, Any]]:
        keys = [(key, unit, kind) for key, unit, kind, _n in listing.all]
        for at in range(0, len(keys), SIZE):
            yield from wanted.among().figures(keys[at : at + SIZE])

    return Answer("articles/figure_list.html", context, data, lambda: figure_table(request, in_chunks()))


def _address_of(row: dict[str, Any]) -> str:
    return addresses.figure(row["subject_key"], row["unit"], row["kind"])


def _figure_data(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "subject": row["subject_printed"],
        "printed": row["variants"],
        "unit": row["unit"],
        "kind": row["kind"],
        **{name: row[name] for name in ("values", "articles", "places")},
        **{name: serial.number(row[name]) for name in ("smallest", "median", "largest")},
        "url": _address_of(row),
    }


def figure_table(request: HttpRequest, rows: Iterable[dict[str, Any]]) -> Table:
    columns = (
        Column(_("of what"), lambda f: f["subject_printed"]),
        Column(_("as printed"), lambda f: f["variants"]),
        Column(_("unit"), lambda f: f["unit"]),
        Column(_("kind"), lambda f: str(dict(MetricKind.choices)[f["kind"]])),
        Column(_("number of values"), lambda f: f["values"]),
        Column(_("number of articles"), lambda f: f["articles"]),
        Column(_("number of places"), lambda f: f["places"]),
        Column(_("smallest"), lambda f: f["smallest"]),
        Column(_("median"), lambda f: f["median"]),
        Column(_("largest"), lambda f: f["largest"]),
        Column(_("permanent address"), lambda f: request.build_absolute_uri(_address_of(f)), "link"),
    )
    return Table("figures", columns, rows)
