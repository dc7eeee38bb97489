"""Uploads in the background: accepted in the request, taken in by the worker file by file.

A file is a task. A worker that dies leaves its file marked as in work; whoever starts next hands it out again, and
because a source is stored in one transaction and its bytes are unique, it is taken in once however often it is tried.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from articles.ingest.readers import UnreadableSource, is_package, left_out
from articles.ingest.record import IssueInfo
from articles.models import FileStatus, IngestRun, Issue, Upload, UploadFile
from articles.models.upload import UNDER_WAY
from articles.services.errors import IngestFailed, Refused
from articles.services.filenames import page_number
from articles.services.intake import accept_upload, bare_name, failed, members, refuse_member, refuse_upload
from articles.services.queued import unqueued
from articles.services.runs import RunLog

KEPT = timedelta(days=30)
"""How long a file that failed can be tried again."""

CURABLE = ("scanned", "too_slow")
"""What a reader found that another time, or with what is installed by then, may be otherwise; a broken or empty file stays
what it is."""

MOST_ATTEMPTS = 3
"""A file that took three workers down with it is not given to a fourth."""


@dataclass(frozen=True, slots=True)
class Said:
    """What whoever uploads says of all the files: an issue that was `chosen`, or the parts of one."""

    issue: IssueInfo = IssueInfo()  # noqa: RUF009 (frozen)
    publish: bool = False
    encoding: str = ""
    chosen: Issue | None = None


def begin_upload(files: Iterable[UploadedFile], said: Said, user: AbstractBaseUser | None) -> Upload:
    """Keeps the files and hands them to the worker; returns at once. Too large ones are refused here, unread."""
    issue = said.issue
    with transaction.atomic():
        upload = Upload.objects.create(
            user=user,
            issue=said.chosen,
            publication=issue.publication or "",
            date=issue.date or "",
            number=issue.number or "",
            page=issue.page or "",
            encoding=said.encoding,
            publish=said.publish,
        )
        for position, file in enumerate(files):
            name = bare_name(file.name or "")
            kept = UploadFile(upload=upload, position=position, name=name, size=file.size or 0)
            if kept.size > settings.UPLOAD_FILE_BYTES:
                refused = refuse_upload(name, kept.size, user, upload.public_id)
                kept.status, kept.run, kept.finished_at = FileStatus.FAILED, refused.run, timezone.now()
            else:
                kept.content = file.read()
            kept.save()
            if kept.status == FileStatus.WAITING:
                take_in.enqueue(kept.pk)
    return upload


@task()
def take_in(pk: int) -> str:
    """One file of an upload, or each of a package. Returns the status it ends in; safe to run again at any time."""
    with transaction.atomic():
        rows = UploadFile.objects.select_for_update(of=("self",)).select_related(
            "upload__user", "upload__issue__publication"
        )
        file = rows.filter(pk=pk, status__in=UNDER_WAY).first()
        if file is None:  # cancelled, deleted, or finished by a worker that died before it could say so
            return ""
        file.status, file.started_at, file.stage = FileStatus.WORKING, timezone.now(), "check"
        file.attempts += 1
        file.save(update_fields=["status", "started_at", "stage", "attempts"])
    if file.attempts > MOST_ATTEMPTS:
        return _finish(file, FileStatus.FAILED, _gave_up(file), again=True)
    content = bytes(file.content or b"")
    if is_package(content):
        return _open_package(file, content)
    upload = file.upload
    issue = IssueInfo(upload.publication, upload.date, upload.number, upload.page or page_number(file.name))
    try:
        outcome = accept_upload(
            content,
            file.name,
            issue,
            upload.user,
            upload.publish,
            upload.public_id,
            upload.encoding or None,
            lambda stage: _at(file, stage),
            upload.issue,
        )
    except OperationalError:  # not even the failure could be logged
        _not_to_blame(pk)
        raise
    except Refused as error:
        if isinstance(error.__cause__, OperationalError):
            _not_to_blame(pk)
        if isinstance(error.__cause__, DatabaseError):
            raise  # the file stays in work and is handed out again
        return _finish(file, FileStatus.FAILED, error.run, again=_may_help(error))
    return _finish(file, FileStatus.DONE, outcome.run)


def cancel(upload: Upload) -> int:
    """Gives up the files that nobody has begun; returns how many. What is taken in stays."""
    return upload.files.filter(status=FileStatus.WAITING).update(
        status=FileStatus.CANCELLED, finished_at=timezone.now(), stage=""
    )


def retry(upload: Upload) -> int:
    """Tries files again that were cancelled, or failed for a reason that may be gone; returns how many."""
    with transaction.atomic():
        rows = upload.files.select_for_update().filter(
            status__in=(FileStatus.FAILED, FileStatus.CANCELLED), content__isnull=False
        )
        keys = list(rows.values_list("pk", flat=True))
        upload.files.filter(pk__in=keys).update(
            status=FileStatus.WAITING, attempts=0, stage="", run=None, started_at=None, finished_at=None
        )
        for key in keys:
            take_in.enqueue(key)
    return len(keys)


def hand_out_again() -> int:
    """Makes tasks for files under way that have none; returns how many. Only a worker that carries out nothing at the
    moment may ask."""
    with transaction.atomic():
        rows = UploadFile.objects.select_for_update(skip_locked=True).filter(status__in=UNDER_WAY)
        left = unqueued(take_in, rows.values_list("pk", flat=True))
        for key in left:
            take_in.enqueue(key)
    return len(left)


def forget_contents() -> None:
    """Drops the bytes of failed and cancelled files that nobody tried again in time."""
    old = UploadFile.objects.filter(finished_at__lt=timezone.now() - KEPT, content__isnull=False)
    old.update(content=None)


def _open_package(file: UploadFile, content: bytes) -> str:
    """Puts a package's files into its place, each as a file of the same upload."""
    upload = file.upload
    with transaction.atomic():
        inside = list(members(content, file.name))
        if len(inside) == 1 and inside[0].problem and bare_name(inside[0].name) == file.name:
            # The package itself cannot be opened: it has no files, and its fault is told once.
            refused = refuse_member(inside[0].problem, upload.user, upload.public_id)
            return _finish(file, FileStatus.FAILED, refused.run)
        upload.files.filter(position__gt=file.position).update(position=F("position") + len(inside))
        for number, member in enumerate(inside, 1):
            kept = UploadFile(
                upload=upload, position=file.position + number, name=bare_name(member.name),
                size=len(member.data), package=file,
            )  # fmt: skip
            if member.problem:
                refused = refuse_member(member.problem, upload.user, upload.public_id)
                kept.status, kept.run, kept.finished_at = FileStatus.FAILED, refused.run, timezone.now()
            else:
                kept.content = member.data
            kept.save()
            if kept.status == FileStatus.WAITING:
                take_in.enqueue(kept.pk)
        file.left_out = [name[:255] for name in left_out(content)]
        return _finish(file, FileStatus.DONE, None)


def _finish(file: UploadFile, status: FileStatus, run: IngestRun | None, again: bool = False) -> str:
    """`again` keeps the bytes of a file that failed, for another try."""
    file.status, file.run, file.finished_at, file.stage = status, run, timezone.now(), ""
    if not again:
        file.content = None
    file.save(update_fields=["status", "run", "finished_at", "stage", "content", "left_out"])
    return str(status)


def _may_help(error: Refused) -> bool:
    """Whether it may help to try a file again: where the archive was at fault, or something is missing here."""
    cause = error.__cause__
    return isinstance(error, IngestFailed) or (
        isinstance(cause, UnreadableSource) and cause.problem in CURABLE
    )


def _not_to_blame(pk: int) -> None:
    """Takes an attempt back that ended because the database went away or its disk is full, if it can be written."""
    with suppress(DatabaseError):
        UploadFile.objects.filter(pk=pk).update(attempts=F("attempts") - 1)


def _gave_up(file: UploadFile) -> IngestRun:
    said = _(
        "%(name)s: reading it ended the worker %(n)d times, so it is not tried again. Nothing of it was stored. "
        "Save its text as a .txt file and upload that."
    ) % {"name": file.name, "n": MOST_ATTEMPTS}
    return failed(RunLog(file.name, file.upload.user, file.upload.public_id), said)


def _at(file: UploadFile, stage: str) -> None:
    UploadFile.objects.filter(pk=file.pk).update(stage=stage)
