"""The upload page, what became of each file, and the log of every run."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from articles import gazetteer, services
from articles.admin.base import DeskAdmin, ReadOnly, changelist, link
from articles.forms import UploadForm
from articles.ingest.record import IssueInfo
from articles.models import Article, IngestRun, Publication, RunStatus
from articles.models.ids import new_public_id
from articles.services.filenames import page_number

LABELS = {RunStatus.STORED: "success", RunStatus.UNCHANGED: "info", RunStatus.FAILED: "danger"}


@admin.register(IngestRun)
class IngestRunAdmin(ReadOnly, DeskAdmin):
    list_display = (
        "source_name", "status_label", "article_count", "warning_count", "user", "started_at", "milliseconds",
    )  # fmt: skip
    list_filter = ("status", "user")
    search_fields = ("source_name", "batch")
    date_hierarchy = "started_at"
    actions_list = ("to_upload",)
    fields = (
        "source_name",
        "status",
        "source",
        "user",
        "started_at",
        "milliseconds",
        "counted",
        "drafts",
        "log",
    )
    readonly_fields = ("counted", "drafts", "log")

    class Media:
        css = {"all": ("articles/desk.css",)}

    @display(description=_("result"), label=LABELS, ordering="status")
    def status_label(self, obj: IngestRun) -> tuple[str, Any]:
        return obj.status, obj.get_status_display()

    @admin.display(description=_("articles"))
    def article_count(self, obj: IngestRun) -> Any:
        count = obj.counts.get("articles", obj.counts.get("new", 0))
        if count and obj.source_id:
            return link(changelist("article", page__source__id__exact=obj.source_id), count)
        return count

    @admin.display(description=_("to check"), ordering="warning_count")
    def warning_count(self, obj: Any) -> int:
        return obj.warning_count

    @admin.display(description=_("counts"))
    def counted(self, obj: IngestRun) -> str:
        return "; ".join(f"{_(key)} {value}" for key, value in obj.counts.items()) or "–"

    @admin.display(description=_("articles"))
    def drafts(self, obj: IngestRun) -> Any:
        found = (
            Article.objects.from_source(obj.source).for_desk() if obj.source_id else Article.objects.none()
        )
        rows = ((_edit(a), a, a.get_state_display()) for a in found)
        return format_html_join("", '<p><a class="desk-link" href="{}">{}</a> · {}</p>', rows) or "–"

    @admin.display(description=_("log"))
    def log(self, obj: IngestRun) -> SafeString:
        rows = (
            (
                event.level,
                event.get_level_display(),
                now(event.stage),
                link(_edit(event.article), event.message) if event.article else event.message,
                f"{event.milliseconds} ms" if event.milliseconds is not None else "",
            )
            for event in obj.events.select_related("article").defer("article__body", "article__machine")
        )
        line = '<tr class="desk-{}"><td>{}</td><td>{}</td><td>{}</td><td class="desk-number">{}</td></tr>'
        return format_html('<table class="desk-log">{}</table>', format_html_join("", line, rows))

    @action(description=_("Upload pages"), url_path="to-upload", icon="upload_file", permissions=["upload"])
    def to_upload(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_upload"))

    def has_upload_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.add_source")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("upload/", wrap(self.upload_view), name="articles_upload"),
            path("batch/<slug:batch>/", wrap(self.batch_view), name="articles_batch"),
            *super().get_urls(),
        ]

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """The form; a good one takes in each file by itself and leads to what became of them."""
        if not self.has_upload_permission(request):
            raise PermissionDenied
        may_publish = request.user.has_perm("articles.publish_article")
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*sent, may_publish=may_publish)
        if form.is_valid():
            batch = new_public_id()
            for file in form.cleaned_data["files"]:
                _take_in(request, form, file, batch)
            return HttpResponseRedirect(reverse("admin:articles_batch", args=[batch]))
        known = dict.fromkeys(Publication.objects.values_list("name", flat=True))
        known |= dict.fromkeys(p.name for p in gazetteer.load().publications)
        context = {"title": _("Upload pages"), "form": form, "publications": list(known), "opts": self.opts}
        return TemplateResponse(
            request,
            "admin/articles/upload.html",
            {**self.admin_site.each_context(request), **context},
            status=422 if form.errors else 200,
        )

    def batch_view(self, request: HttpRequest, batch: str) -> HttpResponse:
        """What became of each file of one upload."""
        runs = list(IngestRun.objects.of_batch(batch))
        if not runs or not self.has_view_permission(request):
            raise Http404
        found = Article.objects.filter(page__source__in={r.source_id for r in runs}).for_desk()
        by_source: dict[int, list[Article]] = {}
        for article in found.order_by("page__ordinal", "position"):
            by_source.setdefault(article.page.source_id, []).append(article)
        files = [
            {
                "run": run,
                "articles": by_source.get(run.source_id, []),
                "said": [
                    e for e in run.events.all() if e.level != "info" or run.status == RunStatus.UNCHANGED
                ],
            }
            for run in runs
        ]
        counts = [(label, sum(run.status == value for run in runs)) for value, label in RunStatus.choices]
        context = {
            "title": _("What became of the upload"),
            "files": files,
            "counts": counts,
            "opts": self.opts,
        }
        return TemplateResponse(
            request, "admin/articles/batch.html", {**self.admin_site.each_context(request), **context}
        )


def _take_in(request: HttpRequest, form: UploadForm, file: Any, batch: str) -> None:
    """One file of an upload, or each of a package; what happens to it is in the log that the result page reads."""
    if file.size > settings.UPLOAD_FILE_BYTES:
        services.refuse_upload(file.name, file.size, request.user, batch)
        return
    info = form.issue_info()
    publish = bool(form.cleaned_data.get("publish"))
    encoding = form.cleaned_data["encoding"] or None
    for member in services.members(file.read(), file.name):
        issue = IssueInfo(info.publication, info.date, info.number, info.page or page_number(member.name))
        try:
            if member.problem:
                raise services.refuse_member(member.problem, request.user, batch)
            services.accept_upload(member.data, member.name, issue, request.user, publish, batch, encoding)
        except services.Refused as error:
            if error.run is None:
                messages.error(request, str(error))


def _edit(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])
