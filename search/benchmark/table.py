"""What was measured, as a Markdown table, and which aims it reaches."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from statistics import fmean, median, quantiles

from search.benchmark.measure import Asked, Built
from search.benchmark.questions import KINDS
from search.benchmark.rivals import RIVALS

PAGE = "whole page"
FULL = "facets, highlight of 20"
PLAIN = ("word", "rare word", "two words", "phrase")
SEARCHES = tuple(kind for kind in KINDS if kind != PAGE)


@dataclass(frozen=True)
class Measured:
    """One rival. `exact`: of so many substrings the count was that of LIKE."""

    built: Built
    asked: Asked
    exact: int

    def p50(self, kind: str) -> float:
        """Milliseconds."""
        return median(self.asked.took[kind]) * 1000

    def p95(self, kind: str) -> float:
        took = self.asked.took[kind]
        return (quantiles(took, n=20, method="inclusive")[-1] if len(took) > 1 else took[0]) * 1000

    @property
    def mean(self) -> float:
        """Milliseconds: the mean of the medians of all kinds but the page."""
        return fmean(self.p50(kind) for kind in SEARCHES)

    @property
    def mrr(self) -> float:
        found = self.asked.found
        return fmean(1 / place if place else 0.0 for place in found) if found else 0.0


Results = Mapping[str, Measured]
Cell = Callable[[Measured], str]


def lines(results: Results) -> Iterator[str]:
    """The table: a column for each rival, times as p50 / p95, in brackets how many times as good as the
    recipe."""
    titles = {entry.name: entry.title for entry in RIVALS}
    yield "| | " + " | ".join(titles[name] for name in results) + " |"
    yield "|---|" + "---|" * len(results)
    recipe = results.get("recipe")
    for label, shown, worth in _rows():
        cells = []
        for name, measured in results.items():
            try:
                cell = shown(measured)
            except LookupError:  # it has no pages, or takes no batches
                cell = "–"
            else:
                if recipe and name != "recipe" and worth:
                    with suppress(LookupError):
                        cell += f" ({_times(worth(measured) / worth(recipe))})"
            cells.append(cell)
        yield f"| {label} | " + " | ".join(cells) + " |"


def _rows() -> Iterator[tuple[str, Cell, Callable[[Measured], float] | None]]:
    """(label, what is shown, what is compared: more is better)"""
    yield "indexing, articles/s", lambda m: f"{m.built.rate:,.0f}", lambda m: m.built.rate
    yield "articles a processor second", lambda m: f"{m.built.thrift:,.0f}", lambda m: m.built.thrift
    yield "in batches of 1,000: first → last", _batches, lambda m: m.built.batches[-1]
    yield "on the disk, MB", lambda m: f"{m.built.size / 1e6:,.0f}", lambda m: 1 / m.built.size
    yield "memory while indexing, MB", lambda m: f"{m.built.peak / 1e6:,.0f}", None
    yield "memory while answering, MB", lambda m: f"{m.asked.memory / 1e6:,.0f}", None
    yield "of it no mapped files, MB", lambda m: f"{m.asked.own / 1e6:,.0f}", None
    yield "first answer, s", lambda m: f"{m.asked.cold:.2f}", lambda m: 1 / m.asked.cold
    for kind in SEARCHES:
        yield f"{kind}, ms", _of(kind), lambda m, kind=kind: 1 / m.p50(kind)  # type: ignore[misc]
    yield "mean of these p50, ms", lambda m: _ms(m.mean), lambda m: 1 / m.mean
    yield f"{PAGE}, ms", _of(PAGE), lambda m: 1 / m.p50(PAGE)
    yield "substrings counted as LIKE does", _exact, None
    yield "MRR@10 of known items", lambda m: f"{m.mrr:.3f}" if m.asked.found else "–", None


def _of(kind: str) -> Cell:
    return lambda m: f"{_ms(m.p50(kind))} / {_ms(m.p95(kind))}"


def _batches(measured: Measured) -> str:
    rates = measured.built.batches
    return f"{rates[0]:,.0f} → {rates[-1]:,.0f}"


def _exact(measured: Measured) -> str:
    asked = len(measured.asked.counts)
    return f"{measured.exact:,} of {asked:,}" if asked else "–"


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:.0f}"


def _times(ratio: float) -> str:
    return f"{ratio:.2f}×" if ratio < 1 else f"{ratio:.1f}×" if ratio < 10 else f"{ratio:.0f}×"


def aims(results: Results, articles: int) -> Iterator[str]:
    """Each aim with what was measured, `reached` or `MISSED`, as far as the rivals it needs took part."""
    recipe, whoosh, tantivy, bare = (results.get(name) for name in ("recipe", "whoosh", "tantivy", "bare"))
    for name, ours in (("whoosh", whoosh), ("tantivy", tantivy)):
        if ours and ours.asked.counts:
            yield _said(f"{name}: every substring exact", ours.exact, len(ours.asked.counts), "of")
        if ours:
            yield _said(f"{name}: memory while answering below 400 MB", 400, ours.asked.memory / 1e6, "over")
            yield _said(f"{name}: without mapped files below 400 MB", 400, ours.asked.own / 1e6, "over")
        if ours and ours.asked.found:
            best = max(other.mrr for other in results.values())
            yield _said(f"{name}: MRR@10 not below the best", ours.mrr, best, "beside")
        if ours and ours.built.batches:
            first, last = ours.built.batches[0], ours.built.batches[-1]
            yield _said(f"{name}: the last batch at half the rate of the first or more", last, first / 2, "/")
    if recipe and whoosh:
        yield _said("whoosh: ten times as fast as the recipe", recipe.mean / whoosh.mean, 10, "/")
        yield _said(
            "whoosh: indexes at three times its rate", whoosh.built.thrift / recipe.built.thrift, 3, "/"
        )
    if tantivy:
        most = 10 if articles < 100_000 else 60
        yield _said(f"tantivy: {FULL} within {most} ms p95", most, tantivy.p95(FULL), "over")
        yield _said("tantivy: indexes 1,000 articles a second", tantivy.built.rate, 1_000, "/")
    if tantivy and bare:
        ratio = fmean(tantivy.p50(kind) / bare.p50(kind) for kind in PLAIN)
        yield _said("tantivy: plain queries within three times of bare Tantivy", 3, ratio, "over")


def _said(aim: str, more: float, less: float, sign: str) -> str:
    """The aim is that `more` is no less than `less`."""
    return f"{'reached' if more >= less else 'MISSED'}  {aim}: {more:,.4g} {sign} {less:,.4g}"
