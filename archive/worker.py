"""The worker: one process that keeps the index up to date and carries out tasks, one at a time.

Each worker holds a lock in the database for as long as it lives. A task whose worker holds its lock no longer is handed
out again: after a kill -9, a power cut, or a database that went away in the middle.
"""

import logging
import secrets
import threading
import time
from datetime import timedelta

import psycopg
from django.db import DatabaseError, connection, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, get_date_max

from archive import room
from archive.heartbeat import beat
from articles.review_reading import count_doubts
from articles.services.actions import hand_on
from articles.services.resemblances import catch_up
from articles.services.uploads import forget_contents, hand_out_again

LOCK = 0x574F524B
"""The first of the two numbers of every worker's lock."""

IDLE_SECONDS = 0.5
ROUNDS_SECONDS = 20.0
"""How often a worker looks for what others left."""

KEPT = timedelta(days=7)
"""How long the record of a finished task stays."""

logger = logging.getLogger(__name__)


def own_connection() -> psycopg.Connection[tuple[object, ...]]:
    """A connection that no request or task uses, and that is in no transaction."""
    params = connection.get_connection_params()
    for ours in ("cursor_factory", "context"):
        params.pop(ours, None)
    return psycopg.connect(**params, autocommit=True)


def work(stop: threading.Event) -> None:
    """Carries out tasks until `stop` is set; outlives a database that comes and goes."""
    number = secrets.randbelow(2**31)
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=str(number), excluded_queue_names=[],
    )  # fmt: skip
    signs = threading.Thread(target=beat, args=(stop, number), daemon=True)
    signs.start()
    pause = 1.0
    while not stop.is_set():
        try:
            with own_connection() as lock:
                lock.execute("SELECT pg_advisory_lock(%s, %s)", (LOCK, number))
                next_round = 0.0
                while not stop.is_set():
                    if time.monotonic() >= next_round:
                        _rounds(lock, number)
                        behind = True  # with fingerprints, perhaps
                        next_round = time.monotonic() + ROUNDS_SECONDS
                    if room.is_short():
                        wait_for_room(stop)
                        continue
                    worker.max_tasks = worker._run_tasks + 1  # one, to look at `stop` in between
                    before = worker._run_tasks
                    worker.run()
                    pause = 1.0
                    if worker._run_tasks == before:
                        count_doubts()
                        behind = behind and bool(catch_up(IDLE_SECONDS))
                        if not behind:
                            stop.wait(IDLE_SECONDS)
        except (DatabaseError, psycopg.Error) as error:
            said = " ".join(str(error).split())
            logger.warning("The tasks were interrupted (%s); again in %.0f s.", said, pause)
            connections.close_all()
            stop.wait(pause)
            pause = min(pause * 2, 30.0)
    signs.join()


def wait_for_room(stop: threading.Event) -> None:
    """Returns once the disk has room, or `stop` is set: tasks are left until then."""
    logger.warning("The disk is %s.", room.state())
    while room.is_short() and not stop.wait(IDLE_SECONDS):
        pass


def _rounds(lock: psycopg.Connection[tuple[object, ...]], number: int) -> None:
    """Hands out what dead workers left, and forgets what is long over."""
    for task in DBTaskResult.objects.running():
        owner = task.worker_ids[-1] if task.worker_ids else ""
        if owner == str(number) or not _is_alive(lock, owner):
            logger.warning("A task is handed out again: its worker %s ended.", owner)
            DBTaskResult.objects.filter(pk=task.pk, status="RUNNING").update(
                status="READY", started_at=None, run_after=get_date_max()
            )
    hand_out_again()
    hand_on()
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()
    forget_contents()


def _is_alive(lock: psycopg.Connection[tuple[object, ...]], owner: str) -> bool:
    if not owner.isdigit():
        return False
    row = lock.execute("SELECT pg_try_advisory_lock(%s, %s)", (LOCK, int(owner))).fetchone()
    if row and row[0]:
        lock.execute("SELECT pg_advisory_unlock(%s, %s)", (LOCK, int(owner)))
        return False
    return True
