"""python manage.py import_articles FILE.jsonl[.gz]... [--publish] [--prefix P]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.services import Refused, import_articles


class Command(BaseCommand):
    help = (
        "Take in ready-made articles, one JSON object a line; run again, it brings changed ones up to date."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--publish", action="store_true", help="publish new articles at once")
        parser.add_argument(
            "--prefix", default="", help="put before every id, to keep several collections apart"
        )

    def handle(self, *args: Any, files: list[Path], publish: bool, prefix: str, **options: Any) -> None:
        trouble = 0
        for path in files:
            try:
                done = import_articles(path, publish=publish, prefix=prefix, say=self.stderr.write)
            except (Refused, OSError) as error:
                self.stderr.write(str(error))
                trouble += 1
                continue
            trouble += bool(done.bad)
            self.stdout.write(
                _(
                    "%(file)s: %(read)d lines, %(new)d new, %(changed)d changed, %(unchanged)d as before, "
                    "%(kept)d kept as corrected, %(bad)d bad, %(ms)d ms"
                )
                % {"file": path.name, **done.counts(), "ms": done.milliseconds}
            )
        if trouble:
            raise CommandError(_("%d of the files had faults; everything else is stored.") % trouble)
