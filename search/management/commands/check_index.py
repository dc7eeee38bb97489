import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from search.engines.base import SearchUnavailable
from search.index import compare, repair

SHOWN = 20


class Command(BaseCommand):
    help = "Compares the search index with the database, content and all. Exit code 1 on a difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="index what differs, then exit 0")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            difference = repair() if options["repair"] else compare()
        except SearchUnavailable as error:
            raise CommandError(
                _("Search is out of order. %s Mend it with: %s") % (error, error.remedy)
            ) from error
        if not difference:
            self.stdout.write(_("The index agrees with the database."))
            return
        for name, keys in (
            (_("not in the index"), difference.missing),
            (_("in the index only"), difference.extra),
            (_("different in the index"), difference.changed),
        ):
            if keys:
                more = "" if len(keys) <= SHOWN else f" … +{len(keys) - SHOWN}"
                self.stdout.write(f"{name}: {len(keys)} ({', '.join(keys[:SHOWN])}{more})")
        if options["repair"]:
            self.stdout.write(_("Repaired."))
        else:
            sys.exit(1)
