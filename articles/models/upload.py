"""What people dropped at the desk, and how far the archive has come with it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.ids import LENGTH, new_public_id
from articles.models.run import IngestRun
from articles.models.source import Issue
from articles.querysets import UploadQuerySet


class FileStatus(models.TextChoices):
    WAITING = "waiting", _("waiting")
    WORKING = "working", _("in work")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


UNDER_WAY = (FileStatus.WAITING, FileStatus.WORKING)


class Upload(models.Model):
    """One drop of files and what was said of them all. Its `public_id` is the `batch` of their runs.

    `issue` is the one that was chosen, none where its parts were typed.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    issue = models.ForeignKey(
        Issue, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("issue")
    )
    publication = models.CharField(_("publication"), max_length=60, blank=True)
    date = models.CharField(_("date"), max_length=10, blank=True)
    number = models.CharField(_("number"), max_length=20, blank=True)
    page = models.CharField(_("page"), max_length=20, blank=True)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    publish = models.BooleanField(_("publish at once"), default=False)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self) -> str:
        return self.public_id


class UploadFile(models.Model):
    """One file of an upload. `content` is kept until the file is taken in, or until it is known that trying it again
    cannot help.

    A file out of a package says which; of a package, `left_out` names what systems had put there unasked.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="files", verbose_name=_("upload"))
    position = models.PositiveIntegerField(_("place in the upload"))
    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("bytes"))
    package = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="inside", verbose_name=_("package")
    )
    left_out = ArrayField(
        models.CharField(max_length=255), default=list, blank=True, verbose_name=_("left out")
    )
    content = models.BinaryField(null=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=FileStatus, default=FileStatus.WAITING)
    stage = models.CharField(_("stage"), max_length=20, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    run = models.ForeignKey(
        IngestRun, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("run")
    )

    class Meta:
        ordering = ["upload", "position", "id"]
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        indexes = [
            models.Index(
                fields=["upload"], condition=Q(status__in=["waiting", "working"]), name="upload_under_way"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=FileStatus.values), name="upload_status_known")
        ]

    def __str__(self) -> str:
        return self.name
