"""The log of every run."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from articles import services
from articles.admin.base import DeskAdmin, ReadOnly, changelist, link
from articles.models import Article, IngestRun, RunStatus
from articles.retelling import retold

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

    @admin.display(description=_("warnings"), ordering="warning_count")
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
                services.stage_name(event.stage),
                link(_edit(event.article), retold(event.message)) if event.article else retold(event.message),
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


def _edit(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])
