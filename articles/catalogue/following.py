"""Keeps the catalogue of this process in step with the database, one short question a request.

The question compares snapshots: have transactions that stamped articles become visible since the catalogue was
read? What they changed is then read in one statement, with the snapshot that it is read in. So the catalogue is
always one that the database had, and it has it now.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

from articles.catalogue.gathering import Gathered
from articles.catalogue.selection import Catalogue
from articles.catalogue.statements import CHANGED, EVERYTHING, STATE
from articles.gazetteer.pinyin import text_key

STALE = 5_000
"""Transactions after which everything is read anew; stamps are kept for twice as many."""

CHUNK = 5_000

MANY = 10_000
"""Cards read at once after which the collector of garbage is told to pass by what is here."""

YOUNG = 20_000
"""New objects after which a process that serves pages looks for garbage among them."""


@dataclass(frozen=True, slots=True)
class Known:
    """A catalogue with the snapshot that it was read in; `table` tells one database from another."""

    table: int = 0
    snapshot: str = ""
    catalogue: Catalogue = field(default_factory=Catalogue)


_known = Known()
_lock = threading.Lock()


def current() -> Catalogue:
    """The catalogue as the database stands for this connection, with what it has not committed yet.

    One statement, and a second one where something has changed. What is not committed is kept for nobody.
    """
    global _known
    known = _known
    since = _changed_since(known)
    if since is None:
        return known.catalogue
    with _lock:  # one reads for all who wait
        if _known is not known:
            known = _known
            if (since := _changed_since(known)) is None:
                return known.catalogue
        following, committed = _read(since)
        if committed:
            _known = following
        return following.catalogue


def warm() -> None:
    """Reads everything once, with what sorting and rare values need, so that the first reader does not wait for it."""
    text_key("政协")  # loads the sounds of characters and words
    current().prepare()
    # A page makes some ten thousand objects and keeps none: looking through them costs a tenth of it.
    gc.set_threshold(YOUNG)
    _stays()


def _changed_since(known: Known) -> Known | None:
    """What to go on from: nothing where `known` holds, an empty catalogue where everything is to be read."""
    if not known.table:
        return known
    with connection.cursor() as cursor:
        cursor.execute(STATE, {"seen": known.snapshot})
        table, transactions, stamped, everything = cursor.fetchone()
    if table != known.table or everything or not 0 <= transactions < STALE:
        return Known()
    return known if stamped else None


def _read(since: Known) -> tuple[Known, bool]:
    """The catalogue of now, made from an earlier one; and whether it holds nothing that is not committed."""
    gathered = Gathered()
    with connection.cursor() as cursor, _uncollected():
        cursor.execute(CHANGED if since.table else EVERYTHING, {"seen": since.snapshot})
        while rows := cursor.fetchmany(CHUNK):
            gathered.take(rows)
        made = _made(since, gathered)
    if len(gathered.texts["card"]) > MANY:
        _stays()
    return made


def _stays() -> None:
    """Tells the collector of garbage to pass by what is here: cards hold no cycles, and looking for some among them
    halts every reader for a tenth of a second."""
    gc.collect()
    gc.freeze()


def _made(since: Known, gathered: Gathered) -> tuple[Known, bool]:
    ((table, (snapshot, writing)),) = gathered.texts["state"].items()
    catalogue = since.catalogue.changed(gathered.cards(), gathered.gone(), gathered.labels())
    return Known(table, snapshot, catalogue), writing is None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage among what is only being built up: of 16 seconds it took ten."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
