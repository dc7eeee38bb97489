from typing import Any

from django.core.management.base import BaseCommand

from archive.stopping import stop_signals
from search.follow import follow


class Command(BaseCommand):
    help = "Keeps the search index up to date with the database until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        follow(stop_signals())
