"""Work that takes minutes says how far it is."""

import time
from typing import Any

from django.utils.translation import gettext as _

OFTEN, SELDOM = 0.5, 15.0
"""Seconds between two sayings of how far it is: on a terminal, where one line is written over, and in a log."""


class Progress:
    """Says how far it is, how fast and how long still; called with (done, total)."""

    def __init__(self, out: Any) -> None:
        self.out = out
        self.terminal = out.isatty()
        self.began: tuple[int, float] | None = None
        self.said = 0.0
        self.shown = False

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self.began is None:  # whoever waited for another writer before has done nothing slowly
            self.began, self.said = (done, now), now
        before, started = self.began
        if now - self.said < (OFTEN if self.terminal else SELDOM):
            return
        self.said, self.shown = now, True
        rate = max(done - before, 1) / (now - started)
        left = round((total - done) / rate)
        line = _("%(done)d of %(total)d articles, %(rate)d a second, %(minutes)d:%(seconds)02d left") % {
            "done": done, "total": total, "rate": rate, "minutes": left // 60, "seconds": left % 60,
        }  # fmt: skip
        self.out.write(f"\r{line}\033[K" if self.terminal else line, ending="" if self.terminal else "\n")
        self.out.flush()

    def end(self) -> None:
        if self.terminal and self.shown:
            self.out.write("")
