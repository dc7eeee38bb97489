"""From the bytes of a file to a page record, stage by stage.

read → blocks → take apart → label → segment → assemble → fields → record
"""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.ingest import assemble, cut, issueinfo, label, readers, script, segment
from articles.ingest.blocks import split_blocks
from articles.ingest.config import Config, Context
from articles.ingest.fields import dates, genre, mechanisms, metrics, regions, themes
from articles.ingest.label import Labelled
from articles.ingest.record import ArticleRecord, ArticleText, PageRecord
from articles.ingest.said import say
from articles.ingest.segment import Segmentation

# A newspaper page has some sixty lines of text, a file of 1 MB about four thousand.
MAX_BLOCKS = 10_000
FEW_LETTERS = 20  # no page has fewer
MAX_TOLD = 40  # stray lines that get a warning each


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything decided about a page before its fields are read; what `explain` tells of."""

    items: tuple[Labelled, ...]
    segmentation: Segmentation
    articles: tuple[assemble.Assembled, ...]


@dataclass(frozen=True, slots=True)
class Timed:
    """A record with the seconds each stage took."""

    record: PageRecord
    layout: Layout
    encoding: str
    seconds: dict[str, float]


def parse_page(data: bytes, name: str, config: Config) -> PageRecord:
    """One file of one page to one record. Raises `readers.UnreadableSource`; any text at all gives a record."""
    return parse_timed(data, name, config).record


def parse_timed(data: bytes, name: str, config: Config) -> Timed:
    """As `parse_page`, with the layout decisions and the time each stage took."""
    return parse_pages(data, name, config)[0]


def parse_pages(
    data: bytes,
    name: str,
    config: Config,
    limits: readers.Limits = readers.LIMITS,
    encoding: str | None = None,
) -> tuple[Timed, ...]:
    """Every page of one file. Of several, none can have the one page number that `config.issue` names."""
    clock = _Clock()
    readings = readers.read_pages(data, name, limits, encoding)
    clock.lap("read")
    if len(readings) > 1:
        config = replace(config, issue=replace(config.issue, page=None))
    sha256 = hashlib.sha256(data).hexdigest()
    parsed = []
    for reading in readings:
        parsed.append(_parse(reading, name, sha256, config, clock))
        clock = _Clock()
    return tuple(parsed)


def _parse(reading: readers.Reading, name: str, sha256: str, config: Config, clock: "_Clock") -> Timed:
    page = script.plain(reading.text)
    layout = lay_out(page, config)
    clock.lap("layout")
    issue = issueinfo.read_issue(layout.items, config.issue, config.gazetteer)
    context = Context(page, Config(config.gazetteer, issue, config.today))
    articles = tuple(read_fields(a.text, context) for a in layout.articles)
    clock.lap("fields")
    record = PageRecord(
        name=name,
        sha256=sha256,
        text=page,
        issue=issue,
        articles=articles,
        ledger=assemble.ledger(layout.articles, layout.items),
        warnings=(*_hardly_text(page), *_page_warnings(layout)),
    )
    record = script.as_printed(record, reading.text)
    clock.lap("record")
    return Timed(record, layout, reading.encoding, clock.laps)


def lay_out(page: str, config: Config) -> Layout:
    """Which characters make which article; none do in a text of more than MAX_BLOCKS lines."""
    page = script.plain(page)
    blocks = split_blocks(page)
    if len(blocks) > MAX_BLOCKS:
        items = tuple(Labelled(b, "furniture", ("one of more lines than a page can have",)) for b in blocks)
        return Layout(items, Segmentation((), (), 0.0, None, ()), ())
    blocks = cut.take_apart(blocks, page, config.gazetteer)
    items = label.label_blocks(blocks, config.gazetteer)
    segmentation = segment.segment(items)
    articles = tuple(assemble.assemble(d, page, config.gazetteer, items) for d in segmentation.drafts)
    return Layout(items, segmentation, articles)


def read_fields(text: ArticleText, context: Context) -> ArticleRecord:
    """Every field of one article."""
    kind, seen = genre.read(text, context)
    place = regions.read(text, context)
    return ArticleRecord(
        text=text,
        genre=kind,
        place=place,
        themes=themes.read(text, context),
        mechanisms=mechanisms.read(text, context),
        metrics=metrics.read(text, context),
        dates=dates.read(text, context),
        warnings=(*text.warnings, *place.warnings),
        genre_evidence=seen,
    )


def _hardly_text(page: str) -> tuple[str, ...]:
    letters = len("".join(page.split()))
    return (say("hardly_text", n=letters),) if letters < FEW_LETTERS else ()


def _page_warnings(layout: Layout) -> tuple[str, ...]:
    if len(layout.items) > MAX_BLOCKS and not layout.articles:
        return (say("no_page", lines=len(layout.items)),)
    return stray_warnings([x.text for x in layout.segmentation.stray])


def stray_warnings(stray: Sequence[str]) -> tuple[str, ...]:
    """The warnings of lines that fit nowhere."""
    told = [say("stray", text=text[:40]) for text in stray[:MAX_TOLD]]
    if len(stray) > MAX_TOLD:
        told.append(say("more_stray", n=len(stray) - MAX_TOLD))
    return tuple(told)


class _Clock:
    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = now - self._last
        self._last = now
