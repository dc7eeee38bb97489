"""One figure compared: all values of a subject in a unit, region beside region and year beside year."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from articles.catalogue import Catalogue
from articles.figures.names import subject_key
from articles.models import Article, Metric, MetricKind
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
    of_kind = wanted.state.remember(("figure", key, unit), lambda: _of_kinds(key, unit, wanted.articles))
    if not of_kind:
        raise Http404(_("No published article counts “%s” in this unit.") % subject[:40])
    kinds = {name: row["values"] for name, row in of_kind.items()}
    kind = wanted.values.setdefault("kind", next(iter(kinds)))
    whole = not wanted.values.keys() - {"subject", "unit", "kind"}
    listing = listed(request, wanted, SIZE, total=kinds.get(kind, 0) if whole else None)

    def known() -> dict[str, Any]:
        if whole:
            found = [of_kind[kind]] if kind in of_kind else []
        else:
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
            "narrowed_further": not whole,
            **wanted.offered(),
        }

    def data() -> dict[str, Any]:
        row = known()
        summary = {name: row[name] for name in ("values", "articles", "places")}
        summary |= {name: serial.number(row.get(name)) for name in ("smallest", "median", "largest")}
        about = {"subject": row["subject_printed"], "printed": row["variants"], "unit": unit, "kind": kind}
        return {"figure": {**about, **summary, "kinds": kinds}, **metric_data(wanted, listing)}

    return Answer("articles/figure.html", context, data, partial(tables.metrics, request, listing.all))


def _of_kinds(key: str, unit: str, known: Catalogue) -> dict[str, dict[str, Any]]:
    """What is known of a figure by kind, the commonest first."""
    found = {}
    for row in Metric.objects.of_figure(key, unit):
        within = set(row.pop("within"))
        cards = [card for number in within if (card := known.card(number))]
        articles, places = {card.key for card in cards}, {card.place for card in cards}
        if len(cards) < len(within):  # later parts have no card
            for whole, place in Article.objects.wholes_and_places(within - articles):
                articles.add(whole)
                places.add(place)
        found[row["kind"]] = {**row, "articles": len(articles), "places": len(places - {"", None})}
    return found
