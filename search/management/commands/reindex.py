import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from search.index import rebuild, rebuild_if_needed
from search.progress import Progress


class Command(BaseCommand):
    help = (
        "Builds the search index anew from the published articles; searches go on in the old one meanwhile. "
        "Killed on the way, it goes on from there when it is run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="only when it is missing, unreadable, of another version, cut with another dictionary or "
            "short of articles",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        progress = Progress(self.stderr)
        if options["if_needed"]:
            rebuilt, number = rebuild_if_needed(progress)
        else:
            rebuilt, number = True, rebuild(progress)
        progress.end()
        took = time.perf_counter() - started
        if rebuilt:
            self.stdout.write(
                _("%(number)d articles indexed in %(took).1f s") % {"number": number, "took": took}
            )
        elif number:
            self.stdout.write(_("up to date after %d changes") % number)
        else:
            self.stdout.write(_("up to date"))
