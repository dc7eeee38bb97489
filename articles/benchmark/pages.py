"""`manage.py benchmark pages`: what each type of reader's page costs, on the database at hand or a large one.

Pages are asked through Django's test client, one process, after one request of each type. Every request of a type
has an address of its own as far as there are any, so that most lists are narrowed in a way nobody asked for before.

CPU is what the thread of the request and the database's process for it spent: the time that a page takes where
nothing else runs, on any machine of this speed, however busy this one is.
"""

import gzip
import random
import re
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from articles import catalogue
from articles.benchmark.scratch import MOST, CannotFill, few_often, switch_to_scratch
from articles.models import Article, Metric, Region
from articles.views import addresses

HELP = "time, SQL queries and size of every type of reader's page"
QUERIES, MILLISECONDS, KILOBYTES = 10, 100.0, 60.0
STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"(?! media="print")')
FACETS = ("region", "level", "theme", "mechanism", "genre", "column", "publication", "year", "author")

Draw = random.Random
Write = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class PageType:
    """`address` draws an address by lot."""

    name: str
    address: Callable[[Draw], str]


def _of(facet: str) -> Callable[[Draw], str]:
    """The pages of the values of a facet, those with many articles more often."""

    def address(draw: Draw) -> str:
        value, label, _n = few_often(draw, catalogue.current().select().ranked(facet))
        name = label.more if facet == "publication" else value
        return reverse(f"articles:{facet}", args=[name])

    return address


def _article(draw: Draw) -> str:
    everything = catalogue.current().select()
    at = draw.randrange(everything.total)
    return str(Article.objects.get(pk=everything.keys("added", at, at + 1)[0]).get_absolute_url())


def _code(draw: Draw) -> str:
    codes = catalogue.current().select().ordered("region")
    known = set(Region.objects.filter(code__in=codes).values_list("code", flat=True))
    return str(few_often(draw, [code for code in codes if code in known]))


def _region(draw: Draw) -> str:
    return f"/regions/{_code(draw)}/"


def _figure(draw: Draw) -> str:
    subject, unit, kind, _n = few_often(draw, Metric.objects.shown().counted_figures()[:200])
    return addresses.figure(subject, unit, kind)


def _narrowed(draw: Draw) -> str:
    """A list under two or three filters."""
    everything = catalogue.current().select()
    chosen = draw.sample(FACETS, draw.choice((2, 3)))
    offered = [(facet, [value for value, _label, _n in everything.ranked(facet)]) for facet in chosen]
    return "/articles/?" + "&".join(
        f"{facet}={few_often(draw, values)}" for facet, values in offered if values
    )


def _one(facet: str) -> Callable[[Draw], str]:
    def address(draw: Draw) -> str:
        values = [value for value, _label, _n in catalogue.current().select().ranked(facet)]
        return f"/articles/?{facet}={few_often(draw, values)}" if values else "/articles/"

    return address


def _fixed(address: str) -> Callable[[Draw], str]:
    return lambda draw: address


PAGES: tuple[PageType, ...] = (
    PageType("front page", _fixed("/")),
    PageType("ways in", _fixed("/browse/")),
    PageType("all articles", lambda draw: f"/articles/?page={min(_last(draw), draw.randint(1, 20))}"),
    PageType("by a theme", _one("theme")),
    PageType("by a genre", _one("genre")),
    PageType("two or three filters", _narrowed),
    PageType("last page, by title", lambda draw: f"/articles/?sort=title&page={_last(draw)}"),
    PageType("article", _article),
    PageType("regions", _fixed("/regions/")),
    PageType("region", _region),
    PageType("themes", _fixed("/themes/")),
    PageType("theme", _of("theme")),
    PageType("mechanisms", _fixed("/mechanisms/")),
    PageType("mechanism", _of("mechanism")),
    PageType("authors", lambda draw: f"/authors/?initial={draw.choice('CHLWYZ')}"),
    PageType("author", _of("author")),
    PageType("levels", _fixed("/levels/")),
    PageType("genres", _fixed("/genres/")),
    PageType("columns", _fixed("/columns/")),
    PageType("publications", _fixed("/publications/")),
    PageType("publication", _of("publication")),
    PageType("calendar", lambda draw: f"/issues/?year={draw.randint(2005, 2024)}"),
    PageType("issue", _of("issue")),
    PageType("metrics", _fixed("/metrics/")),
    PageType("metrics of a region", lambda draw: f"/metrics/?region={_code(draw)}"),
    PageType("what is counted", _fixed("/metrics/figures/")),
    PageType("one figure", _figure),
    PageType("contradictions", _fixed("/metrics/contradictions/")),
)


def _last(draw: Draw) -> int:
    return max(1, -(-catalogue.current().select().total // 20) - draw.randint(0, 20))


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=40, help="requests of each type, default 40")
    parser.add_argument("--only", default="", help="types whose name contains this")
    parser.add_argument(
        "--articles",
        type=int,
        help=f"in a scratch database beside this one with so many recombined articles, at most {MOST}",
    )


def run(options: dict[str, Any], write: Write) -> None:
    if options["articles"]:
        try:
            switch_to_scratch(min(options["articles"], MOST), write)
        except CannotFill as error:
            write(str(error))
            return
    began = time.perf_counter()
    catalogue.warm()
    total = catalogue.current().select().total
    write(f"{total:,} articles; catalogue read in {time.perf_counter() - began:.1f} s")
    write("| page | p50 ms | p95 ms | CPU p50 | CPU p95 | SQL | HTML + CSS KB | as sent KB |")
    write("|---|---|---|---|---|---|---|---|")
    misses = []
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False), _no_debug():
        for page in PAGES:
            if options["only"] in page.name:
                misses += _measure(page, max(2, options["rounds"]), write)
    write("Aims missed: " + "; ".join(misses) if misses else "Every aim is met.")


@contextmanager
def _no_debug() -> Iterator[None]:
    """Without the log of statements that DEBUG would keep."""
    before, connection.force_debug_cursor = connection.force_debug_cursor, False
    with override_settings(DEBUG=False):
        yield
    connection.force_debug_cursor = before


def _measure(page: PageType, rounds: int, write: Write) -> list[str]:
    """Writes one line of the table; returns which aims were missed."""
    draw, client = Draw(page.name), Client(headers={"Accept-Encoding": "gzip"})
    client.get(page.address(draw))
    worked_by = _workers()
    seconds, own, queries, sizes = [], [], 0, (0.0, 0.0)
    for n in range(rounds):
        address = page.address(draw)
        began, worked = time.perf_counter(), worked_by()
        response = client.get(address)
        seconds.append(time.perf_counter() - began)
        own.append(worked_by() - worked)
        if response.status_code != 200:
            write(f"| {page.name} | {response.status_code} at {address} |")
            return [f"{page.name} does not open"]
        sizes = max(sizes, _kilobytes(response.content))
        if n % 4 == 0:
            address = page.address(draw)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            queries = max(queries, len(captured))
    slow, busy = (quantiles(times, n=20)[-1] * 1000 for times in (seconds, own))
    size, sent = sizes
    times = " | ".join(f"{time:.0f}" for time in (median(seconds) * 1000, slow, median(own) * 1000, busy))
    write(f"| {page.name} | {times} | {queries} | {size:.0f} | {sent:.0f} |")
    aims = (
        (slow, MILLISECONDS, f"ms ({busy:.0f} of CPU)"),
        (queries, QUERIES, "queries"),
        (sent, KILOBYTES, "KB"),
    )
    return [f"{page.name} {value:.0f} {unit}" for value, aim, unit in aims if value > aim]


def _workers() -> Callable[[], float]:
    """A clock of the seconds that this thread and the database's process for it have worked; of this thread alone
    where the database is on another machine or the system does not say."""
    connection.ensure_connection()
    here = str(connection.settings_dict["HOST"]).startswith("/")
    ledger = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")

    def nanoseconds() -> int:
        try:
            return int(ledger.read_text().split()[0]) if here else 0
        except OSError:
            return 0

    return lambda: time.thread_time() + nanoseconds() / 1e9


def _kilobytes(sent: bytes) -> tuple[float, float]:
    """Of a page and the style sheets that it asks for on a screen: as they are, and as they go over the line."""
    html = gzip.decompress(sent)
    sheets = [_sheet(href.removeprefix(settings.STATIC_URL)) for href in STYLESHEET.findall(html.decode())]
    compressed = sum(len(gzip.compress(sheet)) for sheet in sheets)
    return (len(html) + sum(map(len, sheets))) / 1024, (len(sent) + compressed) / 1024


@cache
def _sheet(name: str) -> bytes:
    """A style sheet as it is served, or as it lies here where nothing was collected."""
    path = find(name) or staticfiles_storage.path(name)
    return Path(path).read_bytes()
