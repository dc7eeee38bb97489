"""From the archive's metrics to what disagrees among them: reads, and hands to articles.figures."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from django.db import connection

from articles import gazetteer
from articles.figures import setting
from articles.figures.bounds import bounds
from articles.figures.compare import Contradiction, Rest, contradictions, possible
from articles.figures.figure import Figure
from articles.models import Article, Metric
from articles.querysets import MetricQuerySet
from articles.remembered import State
from articles.views.marks import sentence_of

CHUNK = 500
MOST = 20_000
"""Figures that may disagree whose sentences are looked at: the last added. More would take minutes."""

MOST_BESIDE = 100
"""The same for one article's page, its own figures included, while a reader waits for it."""

AT_ONCE = 50_000
"""Metrics of an archive that is compared while the reader waits; a larger one is compared beside."""


SLICE, RESTS = 0.002, 5
"""Seconds that the comparison beside works at once, and how many times as long it then rests: readers share one
processor with it, and whoever answers them has to wait for the end of a slice."""


@dataclass(frozen=True)
class Compared:
    """What disagrees in the archive, the surest first; an article has changed since unless it is `current`."""

    found: list[Contradiction]
    current: bool = True

    @cached_property
    def by_metric(self) -> dict[int, Contradiction]:
        return _by_metric(self.found)


class _Slices:
    """Called often by a thread, lets it sleep after each slice of work."""

    def __init__(self) -> None:
        self._began = time.thread_time()

    def __call__(self) -> None:
        worked = time.thread_time() - self._began
        if worked >= SLICE:
            time.sleep(worked * RESTS)
            self._began = time.thread_time()


class _Beside:
    """The comparison of a large archive: one at a time in a thread, the last result kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[State, Compared] | None = None
        self.thread: threading.Thread | None = None

    def ask(self, state: State) -> Compared | None:
        """The last result, None if there is none yet; begins anew where articles have changed."""
        with self._lock:
            if self._known and self._known[0].number == state.number:
                return self._known[1]
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._compare, args=(state,), daemon=True)
                self.thread.start()
            return replace(self._known[1], current=False) if self._known else None

    def _compare(self, state: State) -> None:
        try:
            compared = Compared(_everywhere(_Slices()))
            with self._lock:
                self._known = (state, compared)
        finally:
            connection.close()


beside = _Beside()


def everywhere(state: State) -> Compared | None:
    """All contradictions of the archive; None while a large archive is compared for the first time."""
    if state.remember("metrics", Metric.objects.shown().count) > AT_ONCE:
        return beside.ask(state)
    found: Compared = state.remember("contradictions", lambda: Compared(_everywhere()))
    return found


def _everywhere(rest: Rest = lambda: None) -> list[Contradiction]:
    return _among(Metric.objects.to_compare().several_in_place(), rest=rest)


def contradicted_among(metrics: Iterable[Metric], state: State) -> dict[int, Contradiction]:
    """Those of these metrics that are contradicted, by key, as far as the archive has been compared."""
    compared = everywhere(state)
    known = compared.by_metric if compared else {}
    return {metric.pk: known[metric.pk] for metric in metrics if metric.pk in known}


def contradicted_in(article: Any) -> dict[int, Contradiction]:
    """The metrics of one article, later parts included, that are contradicted, by key; two statements at most."""
    metrics = [m for part in article.parts for m in part.metrics.all()]
    if not metrics or article.region_id is None:
        return {}
    rows = Metric.objects.to_compare().filter(article__region=article.region_id)
    found = _among(rows.filter(subject_key__in={m.subject_key for m in metrics}), about=article.pk)
    return {key: c for key, c in _by_metric(found).items() if any(f.article == article.pk for f in c.figures)}


def _by_metric(found: Iterable[Contradiction]) -> dict[int, Contradiction]:
    by_metric: dict[int, Contradiction] = {}
    for contradiction in found:
        for figure in contradiction.figures:
            by_metric.setdefault(figure.id, contradiction)
    return by_metric


def _among(rows: MetricQuerySet, about: int | None = None, rest: Rest = lambda: None) -> list[Contradiction]:
    """What disagrees among `rows`; only with the article `about`, if one is named. Two statements."""
    spots: dict[int, _Spot] = {}
    bare: list[Figure] = []
    columns = rows.values(*_COLUMNS)
    # Of one article there are few: a cursor would be planned for its first rows, and cost statements of its own.
    for row in columns.iterator(CHUNK) if about is None else columns:
        rest()
        figure = _bare(row)
        bare.append(figure)
        spots[figure.id] = _Spot(row["article"], row["start"], row["end"], row["quote"])
    wanted = sorted(possible(bare, about, rest), key=lambda f: (f.article != about, -f.id))
    wanted = wanted[: MOST if about is None else MOST_BESIDE]
    return contradictions(_read(wanted, spots, rest), about, rest)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a metric stands: the key of its article, or of the part of it, and the span on the page."""

    article: int
    start: int | None
    end: int | None
    quote: str


_COLUMNS = (
    "pk", "whole", "article", "article__region__code", "subject", "subject_key", "unit", "kind", "value", "value_max",
    "qualifier", "start", "end", "quote", "of", "day", "article__page", "article__page__issue",
)  # fmt: skip


def _bare(row: Mapping[str, Any]) -> Figure:
    """A metric's columns as a figure without its setting."""
    page, issue = row["article__page"], row["article__page__issue"]
    return Figure(
        id=row["pk"],
        article=row["whole"],
        region=row["article__region__code"],
        subject=row["subject"],
        key=row["subject_key"],
        unit=row["unit"],
        kind=row["kind"],
        value=row["value"],
        bounds=bounds(row["value"], row["value_max"], row["qualifier"], row["unit"], row["quote"]),
        issue=issue if issue is not None else -page if page is not None else None,
        day=row["day"],
        of=row["of"],
        hedged=bool(row["qualifier"]),
    )


def _read(figures: Iterable[Figure], spots: Mapping[int, _Spot], rest: Rest) -> Iterator[Figure]:
    """The figures with the settings that their sentences give them."""
    by_article: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_article[spots[figure.id].article].append(figure)
    bodies = Article.objects.filter(pk__in=list(by_article)).order_by().values_list("pk", "body")
    for key, body in bodies.iterator(CHUNK) if by_article else ():
        for figure in by_article[key]:
            rest()
            sentence = sentence_of(spots[figure.id], body)
            yield replace(
                figure,
                sentence=str(sentence),
                setting=setting.read(
                    _lead(body, str(sentence)), sentence.before, sentence.words, sentence.after,
                    subject=figure.subject, day=figure.day, places=partial(_others, figure.region),
                ),
            )  # fmt: skip


def _lead(body: Iterable[Mapping[str, Any]], sentence: str) -> str:
    """What stands before the sentence in its paragraph."""
    for entry in body:
        before, found, _after = str(entry["text"]).partition(sentence)
        if found:
            return before
    return ""


def _others(own: str, text: str) -> list[str]:
    """The places named in `text` that are neither `own` nor a place that it lies in, as codes."""
    regions = gazetteer.load().regions
    named = (mention.code for mention in regions.find(text))
    return [code for code in named if code and not regions.contains(code, own)]
