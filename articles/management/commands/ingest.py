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

from articles.ingest.record import IssueInfo
from articles.models import RunStatus
from articles.models.ids import new_public_id
from articles.services import Refused, accept_upload, refuse_upload
from articles.services.filenames import page_number

SUFFIX = ".txt"


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
        for path in self._files(paths):
            files += 1
            issue = IssueInfo(
                publication=options["publication"],
                date=options["date"],
                number=options["number"],
                page=page_number(path.name),
            )
            try:
                if (size := path.stat().st_size) > settings.UPLOAD_FILE_BYTES:
                    raise refuse_upload(path.name, size, batch=batch)
                outcome = accept_upload(path.read_bytes(), path.name, issue, publish=publish, batch=batch)
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
                "suffix": SUFFIX, "paths": " ".join(map(str, paths))
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

    def _files(self, paths: list[Path]) -> Iterator[Path]:
        for path in paths:
            if path.is_dir():
                yield from sorted(p for p in path.rglob(f"*{SUFFIX}") if p.is_file())
            else:
                yield path
