"""One figure compared: all values of a subject in a unit, region beside region and year beside year."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from articles.figures.names import subject_key
from articles.models import Metric, MetricKind
from articles.views import addresses, serial, tables
from articles.views.answer import Answer
from articles.views.contradicting import contradicted_among
from articles.views.marks import sentence_of
from articles.views.metric_filters import Wanted, listed
from articles.views.metrics import metric_data

SIZE = 100
"""Values on a page; the plot draws what stands on it."""


def figure(request: HttpRequest) -> Answer:
    """`?subject=` and `?unit=` name the figure; `?kind=` one of result, norm, plan, the commonest if none is named.

    `?region=`, `?level=`, `?theme=`, `?year=`, `?least=` and `?most=` narrow, `?sort=` orders.
    """
    wanted = Wanted.read(request.GET, first="largest")
    subject, unit = (wanted.values.get(name, "") for name in ("subject", "unit"))
    key = subject_key(subject)
    same = Metric.objects.shown().filter(subject_key=key, unit=unit)
    kinds = dict(wanted.state.remember(("kinds of", key, unit), lambda: same.counted_by("kind")))
    if not kinds:
        raise Http404(_("No published article counts “%s” in this unit.") % subject[:40])
    kind = wanted.values.setdefault("kind", next(iter(kinds)))
    listing = listed(request, wanted, SIZE)

    def known() -> dict[str, Any]:
        found = wanted.ask("figure", lambda: wanted.among().figures([(key, unit, kind)]))
        nothing = {"subject_printed": subject, "variants": [subject], "values": 0, "articles": 0, "places": 0}
        return found[0] if found else nothing

    def context() -> dict[str, Any]:
        rows, names = listing.rows, dict(MetricKind.choices)
        places = {m.article.whole.region_id for m in rows if m.article.whole.region_id}
        years = {m.day[:4] for m in rows if m.day}  # type: ignore[attr-defined]
        return {
            "listing": listing,
            "table": [(m, sentence_of(m, m.article.body)) for m in rows],
            "contradicted": contradicted_among(rows, wanted.state),
            "figure": known(),
            "unit": unit,
            "kind": kind,
            "kind_name": names.get(kind, kind),
            "other_kinds": [
                (names[other], n, addresses.figure(subject, unit, other))
                for other, n in kinds.items()
                if other != kind
            ],
            "compares_places": len(places) > 1,
            "compares_years": len(years) > 1,
            "plain_address": addresses.figure(subject, unit, kind),
            "narrowed_further": wanted.values.keys() - {"subject", "unit", "kind"},
            **wanted.offered(),
        }

    def data() -> dict[str, Any]:
        row = known()
        summary = {name: row[name] for name in ("values", "articles", "places")}
        summary |= {name: serial.number(row.get(name)) for name in ("smallest", "median", "largest")}
        about = {"subject": row["subject_printed"], "printed": row["variants"], "unit": unit, "kind": kind}
        return {"figure": {**about, **summary, "kinds": kinds}, **metric_data(wanted, listing)}

    return Answer("articles/figure.html", context, data, partial(tables.metrics, request, listing.all))
