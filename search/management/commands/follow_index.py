import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from search.follow import follow


class Command(BaseCommand):
    help = "Keeps the search index up to date with the database until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()

        def end(number: int, frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)
        follow(stop)
