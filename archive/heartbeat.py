"""Whether a worker lives: each writes a row every few seconds, and whoever asks looks how old the newest is."""

import logging
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, connections
from django.utils import timezone

from articles.models import Heartbeat

BEAT_SECONDS = 5.0
SILENCE = timedelta(seconds=30)
"""A worker that was silent for so long is dead, or as good as dead."""

KEPT = timedelta(days=1)

logger = logging.getLogger(__name__)


def beat(stop: threading.Event, worker: int) -> None:
    """Says that `worker` lives until `stop` is set, from a thread of its own: a long task is no silence."""
    started = timezone.now()
    try:
        while True:
            try:
                sign(worker, started)
            except DatabaseError as error:
                logger.info("No sign of life could be given (%s).", " ".join(str(error).split()))
                connections.close_all()
            if stop.wait(BEAT_SECONDS):
                break
        Heartbeat.objects.filter(worker=worker).delete()
    except DatabaseError:
        pass  # it ends together with the database: its row grows old
    finally:
        connections.close_all()


def sign(worker: int, started: datetime) -> None:
    """Writes one sign of life, and forgets workers that are long gone."""
    now = timezone.now()
    Heartbeat.objects.update_or_create(worker=worker, defaults={"seen_at": now, "started_at": started})
    Heartbeat.objects.filter(seen_at__lt=now - KEPT).delete()


def alive() -> list[Heartbeat]:
    """The workers that gave a sign of late, the latest first."""
    return list(Heartbeat.objects.filter(seen_at__gte=timezone.now() - SILENCE))


def state() -> str:
    """`ok`, or what is wrong and what to do, in a few words for people and machines."""
    if alive():
        return "ok"
    return "no worker is running: start `python manage.py work`, or stop and start `make up`"
