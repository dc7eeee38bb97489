"""python manage.py ingest FILE|DIR... [--publication P --date D --number N] [--publish]"""

import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.ingest.readers import Member
from articles.ingest.record import IssueInfo
from articles.models import RunStatus
from articles.models.ids import new_public_id
from articles.services import Refused, accept_upload, members, refuse_member, refuse_upload
from articles.services.filenames import page_number

SUFFIXES = (".txt", ".md", ".docx", ".html", ".htm", ".pdf", ".zip")


class Command(BaseCommand):
    help = "Take page texts in as an upload does: each is stored, already here, or refused with a reason."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="FILE|DIR")
        parser.add_argument(
            "--publication", help="name of the newspaper or magazine, where the pages do not say"
        )
        parser.add_argument("--date", help="date of the issue: YYYY-MM-DD, YYYY-MM or YYYY")
        parser.add_argument("--number", help="number of the issue")
        parser.add_argument(
            "--publish", action="store_true", help="publish at once; without it, articles are drafts"
        )

    def handle(self, *args: Any, paths: list[Path], publish: bool, **options: Any) -> None:
        batch, began = new_public_id(), time.perf_counter()
        files = bad = 0
        became: Counter[str] = Counter()
        for member in self._members(paths, batch):
            files += 1
            try:
                if isinstance(member, Exception):
                    raise member
                if member.problem:
                    raise refuse_member(member.problem, batch=batch)
                issue = IssueInfo(
                    publication=options["publication"],
                    date=options["date"],
                    number=options["number"],
                    page=page_number(member.name),
                )
                outcome = accept_upload(member.data, member.name, issue, publish=publish, batch=batch)
            except (Refused, OSError) as error:
                bad += 1
                self.stderr.write(str(error))
            else:
                self.stdout.write(f"{outcome.message} {outcome.run.milliseconds} ms")
                became[str(outcome.status)] += 1
                if outcome.status == RunStatus.STORED:
                    became.update({key: outcome.run.counts[key] for key in ("articles", "warnings")})
        if not files:
            raise CommandError(_("No file ends in %(suffix)s here: %(paths)s") % {
                "suffix": ", ".join(SUFFIXES), "paths": " ".join(map(str, paths))
            })  # fmt: skip
        stored, known = (became[str(s)] for s in (RunStatus.STORED, RunStatus.UNCHANGED))
        self.stdout.write(
            _("%(files)d files: %(stored)d stored (%(articles)d articles, %(warnings)d things to check), "
              "%(known)d already here. %(seconds).1f s")
            % {"files": files, "stored": stored, "known": known, "articles": became["articles"],
               "warnings": became["warnings"], "seconds": time.perf_counter() - began}
        )  # fmt: skip
        if bad:
            raise CommandError(
                _("%(bad)d of %(files)d files could not be taken in; the others are stored.")
                % {"bad": bad, "files": files}
            )

    def _members(self, paths: list[Path], batch: str) -> Iterator[Member | Exception]:
        """Every file to take in, those in packages too; where one cannot be read, why."""
        for path in self._files(paths):
            try:
                if (size := path.stat().st_size) > settings.UPLOAD_FILE_BYTES:
                    yield refuse_upload(path.name, size, batch=batch)
                else:
                    yield from members(path.read_bytes(), path.name)
            except OSError as error:
                yield error

    def _files(self, paths: list[Path]) -> Iterator[Path]:
        for path in paths:
            if path.is_dir():
                yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            else:
                yield path
