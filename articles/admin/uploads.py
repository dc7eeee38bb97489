"""Uploads: the form, how far the worker has come, what became of each file."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import gazetteer, services
from articles.admin.base import DeskAdmin, ReadOnly, changelist, link
from articles.admin.filters import ProgressFilter
from articles.admin.kept import refusal
from articles.admin.resemblances import of_sources
from articles.forms import UploadForm
from articles.models import (
    Article,
    FileStatus,
    IngestEvent,
    IngestRun,
    Page,
    Publication,
    RunStatus,
    Upload,
    UploadFile,
)
from articles.models.upload import UNDER_WAY

ALIKE = "compare"
"""The stage of a run whose lines say what a file is alike to."""

BATCH = "page__source__runs__batch__exact"
"""The filter of the list of articles for what came with one upload."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file on the page: `status` and `label` are its run's once there is one, else its own."""

    name: str
    status: str
    label: Any
    run: IngestRun | None
    articles: list[Article]
    said: list[IngestEvent]
    stage: str = ""
    near: list[SafeString] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload has come. `current` is the file in work, or the next one; `left` is in seconds, None while
    nothing is known of the speed."""

    total: int
    done: int
    failed: int
    cancelled: int
    current: UploadFile | None
    left: float | None
    can_retry: bool

    @property
    def over(self) -> int:
        return self.done + self.failed + self.cancelled

    @property
    def under_way(self) -> bool:
        return self.over < self.total

    @property
    def stage(self) -> str:
        if self.current is None or self.current.status == FileStatus.WAITING:
            return now("waiting")
        return services.stage_name(self.current.stage or "check")

    @property
    def time_left(self) -> str:
        if self.left is None:
            return now("time left not known yet")
        if self.left < 90:
            return now("about %d s left") % max(round(self.left), 1)
        return now("about %d min left") % round(self.left / 60)


def progress_of(upload: Upload) -> Progress:
    files = list(upload.files.defer("content"))
    of = {status: sum(f.status == status for f in files) for status in FileStatus.values}
    finished = [f for f in files if f.finished_at and f.started_at]
    under_way = sum(of[status] for status in UNDER_WAY)
    left = None
    if finished and under_way:
        # Of each file by itself: between two of them somebody may have waited a day before trying again.
        spent = sum((f.finished_at - f.started_at).total_seconds() for f in finished)
        left = spent / len(finished) * under_way
    return Progress(
        len(files), of[FileStatus.DONE], of[FileStatus.FAILED], of[FileStatus.CANCELLED],
        next((f for status in (FileStatus.WORKING, FileStatus.WAITING) for f in files if f.status == status), None),
        left,
        upload.files.filter(
            status__in=(FileStatus.FAILED, FileStatus.CANCELLED), content__isnull=False
        ).exists(),
    )  # fmt: skip


@admin.register(Upload)
class UploadAdmin(ReadOnly, DeskAdmin):
    list_display = ("opened", "user", "first_files", "publication", "date", "number", "file_count", "how_far")
    list_display_links = None
    list_filter = (ProgressFilter, "user")
    search_fields = ("public_id", "publication", "files__name")
    date_hierarchy = "created_at"

    @admin.display(description=_("received"), ordering="created_at")
    def opened(self, obj: Upload) -> Any:
        return link(_address(obj), date_format(localtime(obj.created_at), "DATETIME_FORMAT"))

    @admin.display(description=_("first files"))
    def first_files(self, obj: Any) -> str:
        return "、".join(obj.first_names or ()) or "–"

    @admin.display(description=_("files"), ordering="file_count")
    def file_count(self, obj: Any) -> int:
        return obj.file_count

    @admin.display(description=_("state"), ordering="under_way_count")
    def how_far(self, obj: Any) -> str:
        if obj.under_way_count:
            return now("%d under way") % obj.under_way_count
        return now("%d failed") % obj.failed_count if obj.failed_count else now("done")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("new/", wrap(self.upload_view), name="articles_upload"),
            path("<slug:batch>/files/", wrap(self.batch_view), name="articles_batch"),
            path("<slug:batch>/progress/", wrap(self.progress_view), name="articles_upload_progress"),
            path("<slug:batch>/cancel/", wrap(self.cancel_view), name="articles_upload_cancel"),
            path("<slug:batch>/retry/", wrap(self.retry_view), name="articles_upload_retry"),
            *super().get_urls(),
        ]

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """The form, with what the query string says of the issue; a good one hands the files to the worker and leads to how
        far it has come.
        """
        if not request.user.has_perm("articles.add_source"):
            raise PermissionDenied
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        may_publish = request.user.has_perm("articles.publish_article")
        form = UploadForm(*sent, may_publish=may_publish, initial=UploadForm.initial_of(request.GET))
        if form.is_valid():
            said = services.Said(
                form.issue_info(),
                bool(form.cleaned_data.get("publish")),
                form.cleaned_data["encoding"],
            )
            try:
                upload = services.begin_upload(form.cleaned_data["files"], said, request.user)
                return HttpResponseRedirect(_address(upload))
            except (services.Refused, DatabaseError) as error:
                if (refused := refusal(error)) is None:
                    raise
                form.add_error("files", refused.sentence)
        known = dict.fromkeys(Publication.objects.values_list("name", flat=True))
        known |= dict.fromkeys(p.name for p in gazetteer.load().publications)
        context = {"title": _("Upload pages"), "form": form, "publications": list(known)}
        return self._page(request, "upload", context, 422 if form.errors else 200)

    def batch_view(self, request: HttpRequest, batch: str) -> HttpResponse:
        """What became of each file of one upload, or of one run of a command; a part of it for htmx."""
        upload = Upload.objects.filter(public_id=batch).first()
        progress = (
            progress_of(upload) if upload else None
        )  # before the files: the last answer must be their last state
        runs = list(IngestRun.objects.of_batch(batch))
        if not (upload or runs) or not self.has_view_permission(request):
            raise Http404
        files = _rows(upload, runs)
        context = {
            "title": _("What became of the upload"),
            "upload": upload,
            "batch": batch,
            "progress": progress,
            "files": files,
            "failed": [(n, file.name) for n, file in enumerate(files, 1) if file.status == "failed"],
            "articles": len({article.pk for file in files for article in file.articles}),
            "list": changelist("article", **{BATCH: batch}),
            "may_upload": request.user.has_perm("articles.add_source"),
        }
        return self._page(request, "_files" if request.headers.get("HX-Request") else "batch", context)

    def progress_view(self, request: HttpRequest, batch: str) -> HttpResponse:
        """The head of that page, asked for again and again while files are under way, and now and then afterwards: where
        somebody tried files again in another window, the page is loaded anew.
        """
        upload = self._upload(request, batch)
        progress = progress_of(upload)
        context = {"upload": upload, "progress": progress, "may_upload": True}
        answer = self._page(request, "_progress", context)
        if "over" in request.GET and progress.under_way:
            answer["HX-Refresh"] = "true"
        return answer

    def cancel_view(self, request: HttpRequest, batch: str) -> HttpResponse:
        upload = self._upload(request, batch, write=True)
        number = services.cancel(upload)
        said = ngettext("%d file was given up.", "%d files were given up.", number)
        messages.info(request, said % number)
        return HttpResponseRedirect(_address(upload))

    def retry_view(self, request: HttpRequest, batch: str) -> HttpResponse:
        upload = self._upload(request, batch, write=True)
        number = services.retry(upload)
        said = ngettext("%d file is tried again.", "%d files are tried again.", number)
        messages.info(request, said % number)
        return HttpResponseRedirect(_address(upload))

    def _upload(self, request: HttpRequest, batch: str, write: bool = False) -> Upload:
        upload = Upload.objects.filter(public_id=batch).first()
        if upload is None or not self.has_view_permission(request):
            raise Http404
        if write and (request.method != "POST" or not request.user.has_perm("articles.add_source")):
            raise PermissionDenied
        return upload

    def _page(
        self, request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        full = {**self.admin_site.each_context(request), **context, "opts": self.opts}
        return TemplateResponse(request, f"admin/articles/{name}.html", full, status=status)


def _address(upload: Upload) -> str:
    return reverse("admin:articles_batch", args=[upload.public_id])


def _rows(upload: Upload | None, runs: list[IngestRun]) -> list[FileRow]:
    found = Article.objects.filter(page__source__in={r.source_id for r in runs}).for_desk()
    by_source: dict[int, list[Article]] = {}
    alike = of_sources(r.source_id for r in runs if r.source_id)
    for article in found.order_by("page__ordinal", "position"):
        by_source.setdefault(article.page.source_id, []).append(article)
    pages: dict[int, list[Page]] = {}
    for page in Page.objects.filter(source__in={r.source_id for r in runs}).for_desk().order_by("ordinal"):
        pages.setdefault(page.source_id, []).append(page)

    def row(name: str, run: IngestRun) -> FileRow:
        near = alike.get(run.source_id, [])
        said = [e for e in run.events.all() if e.level != "info" or run.status == RunStatus.UNCHANGED]
        if near:  # told by the links to both texts side by side
            said = [e for e in said if e.stage != ALIKE]
        label = run.get_status_display()
        own = by_source.get(run.source_id, [])
        return FileRow(name, run.status, label, run, own, said, "", near, pages.get(run.source_id, []))

    if upload is None:
        return [row(run.source_name, run) for run in runs]
    by_key = {run.pk: run for run in runs}
    return [
        row(file.name, by_key[file.run_id])
        if file.run_id in by_key
        else FileRow(file.name, file.status, _without_run(file), None, [], [], file.stage)
        for file in upload.files.defer("content")
    ]


def _without_run(file: UploadFile) -> Any:
    """The state of a file that has no run: it waits, or it was a package, whose files follow it."""
    return now("unpacked") if file.status == FileStatus.DONE else file.get_status_display()
