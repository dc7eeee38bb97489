"""The index and the database: building it, keeping it true, finding out whether it is.

Whatever writes the index holds one PostgreSQL advisory lock, so there is one writer across all processes.
Changes come from the feed (`ArticleChange`), written by the database itself; a row of the feed goes only
after the index has been committed, and applying it twice changes nothing. A crash anywhere therefore costs a
repetition, no change.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from articles.models import Article, ArticleChange
from search import documents
from search.engines import ENGINES
from search.engines.base import (
    FACETS,
    Document,
    Engine,
    NoIndex,
    OtherVersion,
    Request,
    SearchUnavailable,
    UnknownEngine,
    order_key,
)
from search.query import parse
from search.text import segmenter

logger = logging.getLogger(__name__)

LOCK = 7_415_220_301
"""The advisory lock's number; PostgreSQL keeps such locks per database."""

BATCH = 1_000
INLINE = 50
"""Changes that a search applies itself before it answers, when nobody else is doing it."""

MOMENT = 0.5
"""Seconds between two looks at what has changed while an index is built."""

OK = "ok"

Watcher = Callable[[int, int], None]
"""Is told how many of how many articles have been read."""

_made = threading.Lock()


def engine(name: str | None = None) -> Engine:
    """The engine of that name, or the one the settings choose; one object a process, so its searcher stays
    open.

    Raises UnknownEngine for a name that no engine has.
    """
    chosen = name or settings.SEARCH_ENGINE
    with _made:
        return _engine(chosen, settings.HAYSTACK_CONNECTIONS["default"]["PATH"])


@lru_cache(maxsize=8)
def _engine(name: str, path: str) -> Engine:
    for entry in ENGINES:
        if entry.name == name:
            return entry.make(Path(path) / name, documents.published)
    raise UnknownEngine(
        f"There is no search engine {name!r}; there are {', '.join(e.name for e in ENGINES)}."
    )


@contextmanager
def writing(wait: bool = True) -> Iterator[bool]:
    """Holds the writer's lock. Without `wait`, yields False at once when another process has it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_{'' if wait else 'try_'}advisory_lock(%s)", [LOCK])
        got = wait or cursor.fetchone()[0]
    try:
        yield got
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def rebuild(watch: Watcher | None = None) -> int:
    """Builds the whole index anew from the published articles, or goes on with one that was left half-built;
    searches go on in the old one. Returns how many."""
    with writing():
        return _rebuild(watch)


def _rebuild(watch: Watcher | None = None) -> int:
    seen = list(ArticleChange.objects.values_list("seq", flat=True))
    articles = documents.published()
    with _amending():
        total = engine().rebuild(_watched(articles, watch) if watch else articles)
    _done(seen)
    return total


@contextmanager
def _amending() -> Iterator[None]:
    """Meanwhile what changes goes into the index that is searched, too, by a thread of its own. It stays in the
    feed, for the one that is being built."""
    stop = threading.Event()
    thread = threading.Thread(target=_amend, args=(engine(), stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _amend(chosen: Engine, stop: threading.Event) -> None:
    last = 0
    while not stop.wait(MOMENT):
        try:
            rows = list(
                ArticleChange.objects.filter(seq__gt=last, article_id__isnull=False)
                .order_by("seq")
                .values_list("seq", "article_id")[:BATCH]
            )
            if rows:
                chosen.amend(*_changed({key for _, key in rows}))
                last = rows[-1][0]
        except (SearchUnavailable, DatabaseError, OSError) as error:
            logger.info("The index in use takes no changes while another is built: %s", error)
        finally:
            connection.close()


def _changed(keys: set[int]) -> tuple[list[Document], set[str]]:
    """What there is of some articles to be searched, in order, and the ids of those that there is nothing of."""
    found = sorted(documents.of_keys(keys), key=lambda document: order_key(document.id))
    return found, {str(key) for key in keys} - {document.id for document in found}


def _watched(articles: Iterator[Document], watch: Watcher) -> Iterator[Document]:
    total = Article.objects.published().count()
    for number, document in enumerate(articles, 1):
        yield document
        watch(number, max(number, total))


def _done(seqs: list[int]) -> None:
    for at in range(0, len(seqs), 10_000):
        ArticleChange.objects.filter(seq__in=seqs[at : at + 10_000]).delete()


def apply_pending(limit: int = BATCH) -> int:
    """Applies up to `limit` rows of the feed; the caller holds the lock. Returns how many rows that were."""
    rows = list(ArticleChange.objects.order_by("seq").values_list("seq", "article_id")[:limit])
    if not rows:
        return 0
    keys = {key for _, key in rows if key is not None}
    if any(key is None for _, key in rows):
        _rebuild()
        return len(rows)
    engine().apply(*_changed(keys))
    _done([seq for seq, _ in rows])
    return len(rows)


def freshen(inline: int | None = None) -> int:
    """Applies what is pending if nobody else is at it, so that a search sees what was written before it.

    `inline`: at most this many changes, for those who are being waited for, and none while the engine is busy
    with others. Returns how many were applied.
    """
    if not ArticleChange.objects.exists() or (inline is not None and engine().busy()):
        return 0
    applied = 0
    with writing(wait=False) as got:
        while got and (inline is None or applied < inline):
            number = apply_pending(BATCH if inline is None else inline)
            applied += number
            if not number:
                break
    return applied


def rebuild_if_needed(watch: Watcher | None = None) -> tuple[bool, int]:
    """(rebuilt, number of articles indexed or changes applied). Needed is a rebuild when the index is
    missing, unreadable, of another version, cut with another dictionary, or does not hold as many articles as
    are published."""
    with writing():
        try:
            engine().generation()
            applied = 0
            while number := apply_pending():
                applied += number
            held = engine().search(Request(limit=0)).total
            if held == Article.objects.published().count() and not engine().outdated():
                return False, applied
        except SearchUnavailable:
            pass
        return True, _rebuild(watch)


@dataclass(frozen=True, slots=True)
class Difference:
    """What index and database disagree about, as article keys."""

    missing: tuple[str, ...]
    extra: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.changed)

    @property
    def keys(self) -> set[str]:
        return {*self.missing, *self.extra, *self.changed}


def compare() -> Difference:
    """Compares every published article with what the index holds, content and all. Applies pending changes
    first."""
    with writing():
        while apply_pending():
            pass
        return _compare()


def _compare() -> Difference:
    missing, extra, changed = [], [], []
    held = engine().digests()
    indexed = next(held, None)
    for document in documents.published():
        while indexed and order_key(indexed[0]) < order_key(document.id):
            extra.append(indexed[0])
            indexed = next(held, None)
        if indexed and indexed[0] == document.id:
            if indexed[1] != document.digest:
                changed.append(document.id)
            indexed = next(held, None)
        else:
            missing.append(document.id)
    while indexed:
        extra.append(indexed[0])
        indexed = next(held, None)
    return Difference(tuple(missing), tuple(extra), tuple(changed))


def repair() -> Difference:
    """Brings the index back to what the database says. Returns what was wrong."""
    with writing():
        try:
            while apply_pending():
                pass
            difference = _compare()
        except SearchUnavailable:
            _rebuild()
            return Difference((), (), ())
        found = list(documents.of_keys([int(key) for key in difference.keys]))
        engine().apply(found, difference.keys - {document.id for document in found})
        return difference


def state() -> str:
    """OK, or why searches fail, in a few words without names or paths."""
    try:
        engine().search(Request(limit=0))
    except NoIndex:
        return "there is no index: run reindex"
    except UnknownEngine:
        return "the chosen search engine does not exist"
    except OtherVersion:
        return "the index is of another version: run reindex"
    except SearchUnavailable:
        return "the index is damaged: run reindex"
    return OK


def warm() -> None:
    """Loads the dictionary and opens the index, so that the first reader does not wait two seconds for
    them."""
    segmenter()
    with suppress(SearchUnavailable):
        engine().search(Request(parse("政协"), facets=FACETS))
