"""The status page of the desk: what is missing of the publications, and how index, worker, disk and database are."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from archive import faults, heartbeat, room
from articles import ledger
from articles.models import Article, ArticleChange, Heartbeat, IngestRun, RunStatus
from search import index
from search.engines.base import Request, SearchUnavailable

PERMISSION = "articles.view_heartbeat"


@dataclass(frozen=True, slots=True)
class Index:
    """`problem` is empty where searches work. `waiting` changes are not applied yet, the oldest `since`."""

    engine: str
    problem: str
    generation: str
    documents: int
    published: int
    waiting: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Workers:
    """`last` is the latest sign of life of any. The numbers are of tasks of the last days."""

    alive: list[Heartbeat]
    last: datetime | None
    waiting: int
    running: int
    failed: int


@dataclass(frozen=True, slots=True)
class Disk:
    """In bytes; `free` and `total` of the disk that holds var/."""

    var: int
    free: int
    total: int
    database: int

    @property
    def full(self) -> bool:
        return self.free < max(room.RESERVE_BYTES, self.total * 0.05)


def status(request: HttpRequest) -> HttpResponse:
    """The page, for those who may see workers: managers."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": _("Status"),
        "index": index_state(),
        "workers": worker_state(),
        "disk": disk_state(),
        "faults": faults.latest(Path(settings.LOGGING["handlers"]["faults"]["path"])),
        "failed_runs": IngestRun.objects.filter(status=RunStatus.FAILED).for_desk()[:10],
        "shelves": ledger.shelves(timezone.localdate()),
        "without_issue": ledger.without_issue(),
    }
    return TemplateResponse(request, "admin/status.html", context)


def index_state() -> Index:
    problem, generation, held = "", "", 0
    try:
        generation = str(index.engine().generation())
        held = index.engine().search(Request(limit=0)).total
    except SearchUnavailable:
        problem = index.state()
    oldest = ArticleChange.objects.order_by("seq").first()
    return Index(
        settings.SEARCH_ENGINE, problem, generation, held, Article.objects.published().count(),
        ArticleChange.objects.count(), oldest.happened_at if oldest else None,
    )  # fmt: skip


def worker_state() -> Workers:
    last = Heartbeat.objects.first()
    tasks = DBTaskResult.objects
    return Workers(
        heartbeat.alive(), last.seen_at if last else None, tasks.filter(status="READY").count(),
        tasks.filter(status="RUNNING").count(), tasks.filter(status="FAILED").count(),
    )  # fmt: skip


def disk_state() -> Disk:
    usage = shutil.disk_usage(settings.ENV.var)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        database = int(cursor.fetchone()[0])
    return Disk(_size(settings.ENV.var), usage.free, usage.total, database)


def _size(folder: Path) -> int:
    """Bytes of all files in a folder; those that vanish while it is counted do not count."""
    total = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_blocks * 512
            except OSError:
                continue
    return total
