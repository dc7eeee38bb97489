"""The log that every ingest leaves: in the database for people, and one line for the machine's log."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, EventLevel, IngestEvent, IngestRun, RunStatus, Source

STAGES = {
    "check": gettext_lazy("check"), "read": gettext_lazy("read"), "layout": gettext_lazy("layout"),
    "fields": gettext_lazy("fields"), "record": gettext_lazy("record"), "parse": gettext_lazy("parse"),
    "store": gettext_lazy("store"), "compare": gettext_lazy("compare"), "issue": gettext_lazy("issue"),
}  # fmt: skip
ISSUE = "issue"
"""The stage of what a log says of the issue that pages belong to: how it stands now is asked of the pages."""
logger = logging.getLogger("articles.ingest")


def stage_name(stage: str) -> str:
    """A stage in the reader's words; one that has none, from an older log perhaps, is only said to be work."""
    return str(STAGES.get(stage) or _("in work"))


class RunLog:
    """Collects events while a source is taken in; `save` writes them as one IngestRun."""

    def __init__(
        self,
        name: str,
        user: AbstractBaseUser | None,
        batch: str,
        at_stage: Callable[[str], None] | None = None,
    ) -> None:
        self.name, self.user, self.batch = name, user, batch
        self.started_at, self._clock = timezone.now(), time.perf_counter()
        self.stage_name = "check"
        self._at_stage = at_stage
        self.events: list[IngestEvent] = []

    @property
    def milliseconds(self) -> int:
        return round((time.perf_counter() - self._clock) * 1000)

    def begin(self, stage: str) -> None:
        """Says that a stage begins, to whoever watches; outside of the transaction that stores."""
        self.stage_name = stage
        if self._at_stage:
            self._at_stage(stage)

    def under(self, stage: str) -> None:
        """Lines that follow belong to another stage; whoever watches is not told, as before the transaction ends."""
        self.stage_name = stage

    @contextmanager
    def stage(self, name: str) -> Iterator[list[str]]:
        """Times a stage. What the caller appends to the yielded list becomes its line."""
        said: list[str] = []
        self.stage_name, began = name, time.perf_counter()
        yield said
        spent = round((time.perf_counter() - began) * 1000)
        self.note(EventLevel.INFO, "; ".join(said) or _("done"), milliseconds=spent)

    def lap(self, name: str, seconds: float) -> None:
        """A stage that somebody else timed."""
        self.stage_name = name
        self.note(EventLevel.INFO, _("done"), milliseconds=round(seconds * 1000))

    def note(
        self, level: str, message: str, article: Article | None = None, milliseconds: int | None = None
    ) -> None:
        """Adds a line under the present stage."""
        self.events.append(
            IngestEvent(
                level=level,
                stage=self.stage_name,
                message=message.replace("\0", "␀"),
                article=article,
                milliseconds=milliseconds,
            )
        )

    def save(
        self, status: RunStatus, source: Source | None = None, counts: dict[str, int] | None = None
    ) -> IngestRun:
        """Writes the run and its events."""
        run = IngestRun.objects.create(
            source=source,
            source_name=self.name,
            status=status,
            user=self.user,
            batch=self.batch,
            started_at=self.started_at,
            milliseconds=self.milliseconds,
            counts=counts or {},
        )
        for event in self.events:
            event.run, event.pk = run, None
        IngestEvent.objects.bulk_create(self.events)
        return run


def log_line(run: IngestRun, error: str = "") -> None:
    """One record in the machine's log for a run that is over."""
    counts = " ".join(f"{key}={value}" for key, value in run.counts.items())
    line = f"{run.status} {run.source_name!r} {counts} {run.milliseconds} ms".replace("  ", " ")
    if error:
        logger.warning("%s: %s", line, error)
    else:
        logger.info("%s", line)
