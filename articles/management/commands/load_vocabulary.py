"""python manage.py load_vocabulary [--force]"""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.gazetteer import VocabularyError
from articles.services import load_vocabulary


class Command(BaseCommand):
    help = "Bring the tables of regions and themes up to the vocabulary files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="compare every row even where no file changed"
        )

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        began = time.perf_counter()
        try:
            loaded = load_vocabulary(force)
        except VocabularyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("%(regions)d regions, %(themes)d themes, %(written)d rows written, %(ms)d ms")
            % {
                "regions": loaded.regions,
                "themes": loaded.themes,
                "written": loaded.written,
                "ms": (time.perf_counter() - began) * 1000,
            }
        )
