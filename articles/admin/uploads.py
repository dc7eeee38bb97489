"""Uploads: the form, how far the worker has come, what became of each file."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import gazetteer, services
from articles.admin.actions import address as action_address
from articles.admin.base import DeskAdmin, ReadOnly, changelist, link
from articles.admin.filters import ProgressFilter
from articles.admin.kept import refusal
from articles.admin.upload_rows import Progress, progress_of, rows_of
from articles.admin.wording import sentence
from articles.forms import UploadForm
from articles.models import IngestRun, Page, Publication, Upload

OVERLAP = timedelta(seconds=5)
"""What changed so shortly before a window last asked is sent again: it may have been committed after."""

BATCH = "page__source__runs__batch__exact"
"""The filter of the list of articles for what came with one upload."""


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
        said = [now("%d failed") % obj.failed_count] if obj.failed_count else []
        said += [now("%d cancelled") % obj.cancelled_count] if obj.cancelled_count else []
        return " · ".join(said) or now("done")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("new/", wrap(self.upload_view), name="articles_upload"),
            path("<slug:batch>/files/", wrap(self.batch_view), name="articles_batch"),
            path("<slug:batch>/progress/", wrap(self.progress_view), name="articles_upload_progress"),
            path("<slug:batch>/place/", wrap(self.place_view), name="articles_upload_place"),
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
        status = 200
        form = UploadForm(*sent, may_publish=may_publish, initial=UploadForm.initial_of(request.GET))
        if form.is_valid():
            said = services.Said(
                form.issue_info(),
                bool(form.cleaned_data.get("publish")),
                form.cleaned_data["encoding"],
                form.cleaned_data["issue"],
            )
            try:
                upload = services.begin_upload(form.cleaned_data["files"], said, request.user)
                return HttpResponseRedirect(_address(upload))
            except (services.Refused, DatabaseError) as error:
                if (refused := refusal(error)) is None:
                    raise
                form.add_error("files", refused.sentence)
                status = refused.status
        known = dict.fromkeys(Publication.objects.values_list("name", flat=True))
        known |= dict.fromkeys(p.name for p in gazetteer.load().publications)
        context = {"title": _("Upload pages"), "form": form, "publications": list(known)}
        return self._page(request, "upload", context, max(status, 422) if form.errors else 200)

    def batch_view(self, request: HttpRequest, batch: str) -> HttpResponse:
        """What became of each file of one upload, or of one run of a command."""
        upload = Upload.objects.filter(public_id=batch).select_related("issue__publication").first()
        asked_at = timezone.now()
        progress = progress_of(upload) if upload else None  # before the files: they are never behind it
        known = upload or IngestRun.objects.filter(batch=batch).exists()
        if not known or not self.has_view_permission(request):
            raise Http404
        context = self._files(request, batch, upload, progress)
        context |= {"title": _("Results of the upload"), "asked_at": asked_at.isoformat()}
        return self._page(request, "batch", context)

    def _files(
        self, request: HttpRequest, batch: str, upload: Upload | None, progress: Progress | None
    ) -> dict[str, Any]:
        kept = list(upload.files.defer("content")) if upload else []
        runs = list(IngestRun.objects.of_batch(batch))  # after the files: each that has a run finds it
        files = rows_of(upload, runs, kept)
        return {
            "upload": upload,
            "batch": batch,
            "progress": progress,
            "files": files,
            "failed": [(file.key, file.name) for file in files if file.status == "failed"],
            "articles": len({article.pk for file in files for article, _said in file.articles}),
            "printed": sum(any(offer.do == "printed" for offer in file.offers) for file in files),
            "list": changelist("article", **{BATCH: batch}),
            "may_upload": request.user.has_perm("articles.add_source"),
            "may_move": request.user.has_perm("articles.change_page"),
        }

    def progress_view(self, request: HttpRequest, batch: str) -> HttpResponse:
        """The head of that page, asked for again and again while files are under way, with the rows that changed `since`; all
        of them where a package was opened or everything is done.

        Asked now and then afterwards, with `over`: where somebody tried files again in another window, the page is loaded
        anew.
        """
        upload = self._upload(request, batch)
        asked_at, progress = timezone.now(), progress_of(upload)
        context: dict[str, Any] = {
            "upload": upload, "batch": batch, "progress": progress,
            "may_upload": request.user.has_perm("articles.add_source"),
        }  # fmt: skip
        since, over = _moment(request.GET.get("since", "")), "over" in request.GET
        if since and not over:
            if progress.under_way and request.GET.get("rows") == str(progress.rows):
                changed = Q(started_at__gte=since - OVERLAP) | Q(finished_at__gte=since - OVERLAP)
                files = list(upload.files.filter(changed).defer("content"))
                runs = IngestRun.objects.of_batch(batch).filter(pk__in=[f.run_id for f in files if f.run_id])
                may_move = request.user.has_perm("articles.change_page")
                context |= {"changed": rows_of(upload, list(runs), files), "may_move": may_move}
            else:
                context |= {**self._files(request, batch, upload, progress), "all": True}
        answer = self._page(request, "_progress", {**context, "asked_at": asked_at.isoformat()})
        if over and progress.under_way:
            answer["HX-Refresh"] = "true"
        return answer

    def place_view(self, request: HttpRequest, batch: str) -> HttpResponse:
        """POST `do`: printed, asked or keep, for the pages of `source`, or of all files of the upload whose masthead names
        another issue.
        """
        upload, user, do = (
            Upload.objects.filter(public_id=batch).first(),
            request.user,
            request.POST.get("do"),
        )
        pages = Page.objects.filter(source__runs__batch=batch)
        if request.method != "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        source = request.POST.get("source", "")
        if source.isdigit():
            pages = pages.filter(source=source)
        if do != "asked":
            pages = pages.filter(issue_doubted=True)
        keys = list(pages.order_by("pk").distinct().values_list("pk", flat=True))
        try:
            if do == "printed":
                done = services.move_as_printed(keys, user)
            elif do == "asked" and upload:
                done = services.move_as_asked(keys, upload, user)
            elif do == "keep":
                done = services.keep_issue(keys, user)
            else:
                raise Http404
        except services.Refused as error:
            messages.error(request, str(error))
        else:
            said = format_html("{} · {}", sentence(done), link(action_address(done), now("look, undo")))
            messages.success(request, said)
            for twin in services.twins(keys):
                messages.warning(request, twin)
        return HttpResponseRedirect(reverse("admin:articles_batch", args=[batch]))

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
        upload = Upload.objects.filter(public_id=batch).select_related("issue__publication").first()
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


def _moment(text: str) -> datetime | None:
    """What `isoformat` wrote, with its time zone; None for anything else."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None
