"""The follower: a process that keeps the index at the database's heels."""

import logging
import threading
import time

import psycopg
from django.db import DatabaseError, connection, connections

from search.engines.base import SearchUnavailable
from search.index import BATCH, OK, apply_pending, rebuild, state, writing

CHANNEL = "article_change"
PATIENCE = 1.0
"""Seconds between looks at the feed when no notice comes, and the longest that stopping takes while idle."""

FIRST = 50
"""Changes of the first batch, so that the first of many are found at once; each further one is twice as large."""

logger = logging.getLogger(__name__)


def follow(stop: threading.Event) -> None:
    """Applies changes as they happen until `stop` is set, and builds an index anew that is gone or damaged;
    outlives a database that comes and goes."""
    pause = 1.0
    while not stop.is_set():
        try:
            with _listening() as notices:
                while not stop.is_set():
                    _mend()
                    catch_up(stop)
                    pause = 1.0
                    for _ in notices.notifies(timeout=PATIENCE, stop_after=1):
                        pass
        except (DatabaseError, psycopg.Error, SearchUnavailable, OSError) as error:
            said = " ".join(str(error).split())  # PostgreSQL's complaints come in several lines
            logger.warning("Following the changes was interrupted (%s); again in %.0f s.", said, pause)
            connections.close_all()
            stop.wait(pause)
            pause = min(pause * 2, 30.0)


def _mend() -> None:
    found = state()
    if found == OK:
        return
    logger.warning("The search index is built anew: %s.", found)
    rebuild()
    if state() != OK:
        raise SearchUnavailable(state())


def catch_up(stop: threading.Event | None = None) -> int:
    """Applies everything that is pending, in batches that grow. Returns how many changes that were."""
    total, most = 0, FIRST
    while not (stop and stop.is_set()):
        with writing():
            started = time.perf_counter()
            number = apply_pending(most)
        if not number:
            break
        total += number
        most = min(most * 2, BATCH)
        logger.info("The search index took %d changes in %.1f s.", number, time.perf_counter() - started)
    return total


def _listening() -> psycopg.Connection[tuple[object, ...]]:
    """A connection of its own that hears the feed; not in a transaction, or it would hear nothing."""
    params = connection.get_connection_params()
    for ours in ("cursor_factory", "context"):
        params.pop(ours, None)
    listening = psycopg.connect(**params, autocommit=True)
    listening.execute(f"LISTEN {CHANNEL}")
    return listening
