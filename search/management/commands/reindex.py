import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from search.index import rebuild, rebuild_if_needed

OFTEN, SELDOM = 0.5, 15.0
"""Seconds between two sayings of how far it is: on a terminal, where one line is written over, and in a log."""


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


class Progress:
    """Says how far it is, how fast and how long still; called with (done, total)."""

    def __init__(self, out: Any) -> None:
        self.out = out
        self.terminal = out.isatty()
        self.started = self.said = time.monotonic()
        self.shown = False

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.said < (OFTEN if self.terminal else SELDOM):
            return
        self.said, self.shown = now, True
        rate = done / (now - self.started)
        left = round((total - done) / rate)
        line = _("%(done)d of %(total)d articles, %(rate)d a second, %(minutes)d:%(seconds)02d left") % {
            "done": done, "total": total, "rate": rate, "minutes": left // 60, "seconds": left % 60,
        }  # fmt: skip
        self.out.write(f"\r{line}\033[K" if self.terminal else line, ending="" if self.terminal else "\n")
        self.out.flush()

    def end(self) -> None:
        if self.terminal and self.shown:
            self.out.write("")
