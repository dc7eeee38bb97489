"""Figures that disagree, each with its sentence, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from articles.catalogue import current
from articles.catalogue.cards import FACETS
from articles.csvfile import Column, Table
from articles.figures.compare import DIFFER, DOUBTS, SWAPPED, WITHIN, Contradiction
from articles.models import Metric, Region
from articles.remembered import State
from articles.views import addresses, serial
from articles.views.answer import Answer
from articles.views.contradicting import Compared, everywhere
from articles.views.cursors import InHand
from articles.views.filters import clean, region_prefix
from articles.views.marks import sentence_of
from articles.views.menus import clauses, menus_among
from articles.views.paging import paged

SIZE = 20
FURTHER = ("level", "theme", "mechanism", "genre", "column", "publication", "year", "author")
KINDS: dict[str, str | Promise] = {
    SWAPPED: _("numbers exchanged"),
    DIFFER: _("different numbers"),
    WITHIN: _("different within one article"),
}
# From certainty so high on; a reader is told in words, programs get the number.
BANDS: tuple[tuple[float, str | Promise], ...] = (
    (0.8, _("one of them is very likely wrong")),
    (0.6, _("worth checking")),
    (0.0, _("may have another explanation")),
)
REASONS: dict[str, str | Promise] = {
    "swapped": _("Two articles print the same two numbers, each for the other thing."),
    "side by side": _("In each article both numbers stand in one sentence."),
    "together": _("The articles were printed in one issue or within a month."),
    "same period": _("Both name the same period."),
    "same words": _("Both use the same wording but for the number."),
    "stock": _("Both count what is there, not what happened in some span of time."),
    "total": _("Both are said of the whole place, or as a total."),
    "particular": _("What is counted has a name that is not easily mistaken."),
    "one article": _("One article says both."),
    "undated": _("One of the articles has no exact date: they may be of different times."),
    "named": _("Only one of them names the activity that is counted."),
    "general": _("What is counted has a general name, and may be counted in several ways."),
    "hedged": _("At least one number is approximate; even so they do not meet."),
    "levels": _("Only one of them counts several levels together."),
    "norm": _("It is a norm or a plan, which may have been changed."),
    "far apart": _("The numbers are so far apart that they may count different things."),
    "small": _("The numbers are small; this may be chance."),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One sentence of one article with the metrics read from it; `pieces` are (text, whether it is one's words)."""

    metrics: tuple[Metric, ...]
    pieces: tuple[tuple[str, bool], ...]

    @property
    def first(self) -> Metric:
        return self.metrics[0]

    @property
    def sentence(self) -> str:
        return "".join(text for text, _marked in self.pieces)


@dataclass(frozen=True, slots=True)
class Shown:
    """A contradiction as a page shows it. `number` counts within the list."""

    number: int
    contradiction: Contradiction
    sides: tuple[Side, ...]

    @property
    def kind(self) -> str | Promise:
        return KINDS[self.contradiction.kind]

    @property
    def band(self) -> str | Promise:
        return next(said for least, said in BANDS if self.contradiction.certainty >= least)

    @property
    def subjects(self) -> list[str]:
        """What is counted, as printed."""
        return list(dict.fromkeys(m.subject for side in self.sides for m in side.metrics))

    @property
    def reasons(self) -> list[str | Promise]:
        return [REASONS[r] for r in self.contradiction.reasons if r not in DOUBTS]

    @property
    def doubts(self) -> list[str | Promise]:
        return [REASONS[r] for r in self.contradiction.reasons if r in DOUBTS]


def contradiction_list(request: HttpRequest) -> Answer:
    """`?kind=` (swapped, differ, within) and `?metric=` (the number of one metric) narrow, and each filter of articles:
    one that prints a figure has to fit."""
    state, articles = State.now(), current()
    compared = everywhere(state)
    chosen = {name: clean(request.GET.get(name, "")) for name in ("kind", "metric", *FACETS)}
    every = list(enumerate((compared or Compared([])).found, 1))
    asked = clauses(chosen, but="region")
    members = set(articles.select(*asked).members()) if asked else None
    found = [(n, c) for n, c in every if _fits(c, chosen, members)]
    listing = paged(request, found, SIZE, walk=InHand(found, by=_figures))

    def context() -> dict[str, Any]:
        by_kind = {kind: sum(c.kind == kind for _n, c in every) for kind in KINDS}
        return {
            "listing": listing,
            "contradictions": list(_shown(listing.rows)),
            "kinds": [(kind, label, by_kind[kind]) for kind, label in KINDS.items() if by_kind[kind]],
            "regions": state.remember("contradicted regions", lambda: _regions(every)),
            "chosen": chosen,
            "menus": menus_among(
                articles, {f.article for _n, c in every for f in c.figures}, chosen, FURTHER
            ),
            "further": any(chosen[name] for name in FURTHER),
            "narrowed": any(chosen.values()),
            "compared": compared,
        }

    def data() -> dict[str, Any]:
        page = {
            **listing.as_data(lambda row: {}),
            "results": [_data(shown) for shown in _shown(listing.rows)],
        }
        return {
            "filters": {k: v for k, v in chosen.items() if v},
            "complete": bool(compared and compared.current),
            **page,
        }

    return Answer("articles/contradiction_list.html", context, data, partial(table, request, found))


def _figures(numbered: tuple[int, Contradiction]) -> list[int]:
    return [figure.id for figure in numbered[1].figures]


def _fits(contradiction: Contradiction, chosen: dict[str, str], members: set[int] | None) -> bool:
    kind, region, metric = chosen["kind"], chosen["region"], chosen["metric"]
    return (
        (not kind or contradiction.kind == kind)
        and (not region or contradiction.figures[0].region.startswith(region_prefix(region)))
        and (not metric or metric in (str(figure.id) for figure in contradiction.figures))
        and (members is None or any(figure.article in members for figure in contradiction.figures))
    )


def _regions(found: list[tuple[int, Contradiction]]) -> list[tuple[str, str]]:
    """(code, name) of the provinces that contradictions are found in."""
    codes = {f"{c.figures[0].region[:2]}0000" for _n, c in found}
    return list(Region.objects.one_a_code().filter(code__in=codes).values_list("code", "name"))


def _shown(found: list[tuple[int, Contradiction]]) -> Iterator[Shown]:
    """With sentences; without those that an article was withdrawn from since they were found."""
    rows = {m.pk: m for m in Metric.objects.rows([f.id for _n, c in found for f in c.figures])}
    for number, contradiction in found:
        metrics = [rows[f.id] for f in contradiction.figures if f.id in rows]
        if len(metrics) == len(contradiction.figures):
            yield Shown(number, contradiction, tuple(_sides(metrics)))


def _sides(metrics: list[Metric]) -> Iterator[Side]:
    together: dict[tuple[int, str], list[tuple[Metric, int, int]]] = {}
    for metric in metrics:
        sentence = sentence_of(metric, metric.article.body)
        start = len(sentence.before)
        spot = (metric, start, start + len(sentence.words))
        together.setdefault((metric.article_id, str(sentence)), []).append(spot)
    for (_article, text), spots in together.items():
        spots.sort(key=lambda spot: spot[1])
        pieces: list[tuple[str, bool]] = []
        at = 0
        for _metric, start, end in spots:
            pieces += [(text[at:start], False), (text[max(at, start) : end], True)]
            at = max(at, end)
        pieces.append((text[at:], False))
        yield Side(tuple(metric for metric, _s, _e in spots), tuple(p for p in pieces if p[0]))


def _data(shown: Shown) -> dict[str, Any]:
    return {
        "kind": shown.contradiction.kind,
        "certainty": shown.contradiction.certainty,
        "reasons": [str(said) for said in shown.reasons],
        "doubts": [str(said) for said in shown.doubts],
        "region": serial.region(shown.sides[0].first.article.whole.region),
        "subjects": shown.subjects,
        "figures": [
            {
                **serial.metric(metric),
                "sentence": side.sentence,
                "article": metric.article.whole.public_id,
                "evidence": addresses.evidence(metric),
            }
            for side in shown.sides
            for metric in side.metrics
        ],
    }


def table(request: HttpRequest, found: list[tuple[int, Contradiction]]) -> Table:
    """One row a figure; those with one number contradict each other."""
    columns = (
        Column(_("contradiction"), lambda r: r[0].number),
        Column(_("how"), lambda r: str(r[0].kind)),
        Column(_("certainty"), lambda r: r[0].contradiction.certainty),
        Column(_("why"), lambda r: " ".join(map(str, (*r[0].reasons, *r[0].doubts)))),
        Column(_("of what"), lambda r: r[2].subject),
        Column(_("value"), lambda r: r[2].value),
        Column(_("value up to"), lambda r: r[2].value_max),
        Column(_("qualifier"), lambda r: r[2].qualifier),
        Column(_("unit"), lambda r: r[2].unit),
        Column(_("region"), lambda r: p.full_name or p.name if (p := r[2].article.whole.region) else ""),
        Column(_("date"), lambda r: r[2].day, "date"),
        Column(_("sentence"), lambda r: r[1].sentence),
        Column(_("headline"), lambda r: r[2].article.whole.title or _now("untitled")),
        Column(
            _("permanent address"), lambda r: request.build_absolute_uri(addresses.evidence(r[2])), "link"
        ),
    )

    def rows() -> Iterator[tuple[Shown, Side, Metric]]:
        for at in range(0, len(found), SIZE):
            for shown in _shown(found[at : at + SIZE]):
                yield from ((shown, side, metric) for side in shown.sides for metric in side.metrics)

    return Table("contradictions", columns, rows())
