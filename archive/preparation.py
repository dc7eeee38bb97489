"""What `make up` does before it serves, one step after the other. Every step may run again at any time."""

import errno
import io
from collections.abc import Callable
from dataclasses import dataclass

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.postgres import NoRoom

SEEDS = "fixtures/pages/seeds"
SEED_PUBLICATION = "样例版面"


@dataclass(frozen=True, slots=True)
class Step:
    """`run` returns what it did in a few words for the terminal."""

    label: str
    run: Callable[[], str]


def _database() -> str:
    if settings.PRIVATE_POSTGRES is not None:
        return _("server started") if settings.PRIVATE_POSTGRES.ensure() else _("already running")
    connection.ensure_connection()
    return settings.DATABASES["default"]["HOST"] or "localhost"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if pending:
        call_command("migrate", verbosity=0, interactive=False)
        _look_over()
    return ngettext("%d applied", "%d applied", pending) % pending if pending else _("up to date")


def _look_over() -> None:
    """Lets the database learn what its columns hold. Of one that a migration added it knows nothing until it looks by
    itself, which may be never, and plans for some hundred rows where there are some ten thousand."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _static() -> str:
    call_command("collectstatic", interactive=False, verbosity=0)
    return _("collected")


def _vocabulary() -> str:
    return _lines("load_vocabulary")[-1]


def _seeds() -> str:
    return _lines("ingest", str(settings.BASE_DIR / SEEDS), publication=SEED_PUBLICATION, publish=True)[-1]


def _index() -> str:
    return _lines("reindex", if_needed=True)[-1]


STEPS = (
    Step(gettext_lazy("Database"), _database),
    Step(gettext_lazy("Migrations"), _migrations),
    Step(gettext_lazy("Static files"), _static),
    Step(gettext_lazy("Vocabulary"), _vocabulary),
    Step(gettext_lazy("Seed pages"), _seeds),
    Step(gettext_lazy("Search index"), _index),
)


def _lines(command: str, *arguments: str, **options: object) -> list[str]:
    """Runs a management command and returns what it printed, one line at the least."""
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue().splitlines() or [""]


def is_full_disk(error: BaseException | None) -> bool:
    """Whether a full disk is behind the error, seen by us (ENOSPC) or by PostgreSQL (53100)."""
    while error is not None:
        if isinstance(error, psycopg.errors.DiskFull | NoRoom) or (
            isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        ):
            return True
        error = error.__cause__ or error.__context__
    return False
