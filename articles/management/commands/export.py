"""python manage.py export DIR: everything that is published, as a Frictionless data package."""

import errno
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from articles.datapackage import folder
from articles.references import citation
from articles.views import serial
from articles.views.api.shapes import record_shape


class Command(BaseCommand):
    help = "Write all that is published to a folder: tables as CSV with their schemas, full records as JSON lines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, metavar="DIR", help="is made, or replaced if it is an earlier export"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["folder"]
        try:
            # In the archive's own language, so that the bytes are the same whoever asks.
            with translation.override(settings.LANGUAGE_CODE), _one_state():
                written = folder.write(target, _record, record_shape())
        except folder.Foreign as taken:
            raise CommandError(
                _(
                    "%(what)s is no part of an export of this archive; name another folder, or take it away first."
                )
                % {"what": taken.what}
            ) from taken
        except OSError as error:
            raise CommandError(_why(error, target)) from error
        for file in written:
            self.stdout.write(f"{file.rows:>9}  {file.path}")
        size = sum(file.size for file in written) / 1e6
        self.stdout.write(
            _("%(n)d articles written to %(folder)s, %(size).1f MB")
            % {"n": written[-1].rows, "folder": target, "size": size}
        )


@contextmanager
def _one_state() -> Iterator[None]:
    """All that is read is of one moment, whatever editors do meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _why(error: OSError, target: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk is full; nothing was written to %(folder)s. Free some room and try again.") % {
            "folder": target
        }
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("%(folder)s may not be written to: %(why)s. Name a folder of your own.") % {
            "folder": target,
            "why": error.strerror,
        }
    return _("%(folder)s cannot be written: %(why)s.") % {"folder": target, "why": error.strerror or error}


class _NoHost(HttpRequest):
    """Gives addresses without a host: a package is the same wherever it was made."""

    def build_absolute_uri(self, location: str | None = None) -> str:
        return location or "/"


def _record(article: Any) -> dict[str, Any]:
    return {**serial.full_article(article, _NoHost()), "citation": citation(article)}
