import threading
from typing import Any

from django.core.management.base import BaseCommand

from archive.stopping import stop_signals
from archive.worker import work
from search.follow import follow


class Command(BaseCommand):
    help = "Takes uploads in and keeps the search index up to date until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = stop_signals()
        follower = threading.Thread(target=follow, args=(stop,))
        follower.start()
        try:
            work(stop)
        finally:
            stop.set()
            follower.join()
