"""What happened at each ingest, and the feed of changed articles that search follows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.ids import LENGTH
from articles.models.source import Source
from articles.querysets import RunQuerySet


class RunStatus(models.TextChoices):
    STORED = "stored", _("stored")
    UNCHANGED = "unchanged", _("nothing new")
    FAILED = "failed", _("failed")


class EventLevel(models.TextChoices):
    INFO = "info", _("note")
    WARNING = "warning", _("warning")
    ERROR = "error", _("error")


class IngestRun(models.Model):
    """One attempt to take in one source: what, by whom, with what result, and how long each stage took.

    `batch` is shared by the runs of one upload or one command.
    """

    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="runs", verbose_name=_("source")
    )
    batch = models.CharField(_("upload"), max_length=LENGTH, blank=True, db_index=True, editable=False)
    source_name = models.CharField(_("file name"), max_length=255)
    status = models.CharField(_("status"), max_length=10, choices=RunStatus)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("by")
    )
    started_at = models.DateTimeField(_("started"))
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)
    counts = models.JSONField(_("counts"), default=dict)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-id"]
        verbose_name = _("ingest run")
        verbose_name_plural = _("ingest runs")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=RunStatus.values), name="run_status_known")
        ]

    def __str__(self) -> str:
        return f"{self.source_name} {timezone.localtime(self.started_at):%Y-%m-%d %H:%M}"


class IngestEvent(models.Model):
    """One line of a run's log; `article` where it is about one. Timed lines close a stage."""

    run = models.ForeignKey(IngestRun, models.CASCADE, related_name="events", verbose_name=_("run"))
    level = models.CharField(_("severity"), max_length=7, choices=EventLevel, default=EventLevel.INFO)
    stage = models.CharField(_("stage"), max_length=20)
    message = models.TextField(_("message"))
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("article")
    )
    milliseconds = models.PositiveIntegerField(_("milliseconds"), null=True, blank=True)

    class Meta:
        ordering = ["run", "id"]
        verbose_name = _("log line")
        verbose_name_plural = _("log lines")

    def __str__(self) -> str:
        return self.message


class ArticleChange(models.Model):
    """A row for each article that changed, written by database triggers whatever did the writing.

    `article_id` is no foreign key: it outlives the article. Null means that anything may have changed.
    Whoever follows the feed deletes the rows it has applied.
    """

    seq = models.BigAutoField(primary_key=True)
    article_id = models.BigIntegerField(null=True)
    happened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["seq"]
        verbose_name = _("article change")
        verbose_name_plural = _("article changes")
