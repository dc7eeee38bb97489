"""Publications and issues, and the files and pages as they came: those are looked at, never edited."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from articles import services
from articles.admin.base import DeskAdmin, ReadOnly, articles_count, changelist, link
from articles.admin.bench import Workbench, bench_link
from articles.admin.marks import marked_page
from articles.admin.resemblances import near_copies
from articles.admin.trash import Trash, TrashFilter
from articles.forms import IssueForm
from articles.models import Issue, Page, Publication, Source
from articles.services.locks import STORE, hold


@admin.register(Publication)
class PublicationAdmin(DeskAdmin):
    list_display = ("name", "region", "rhythm", "issue_count")
    search_fields = ("name",)
    fields = ("name", "region", "rhythm", "contents")
    readonly_fields = ("contents",)

    @admin.display(description=_("issues"), ordering="issue_count")
    def issue_count(self, obj: Any) -> Any:
        return link(changelist("issue", publication__id__exact=obj.pk), obj.issue_count)

    @admin.display(description=_("issues"))
    def contents(self, obj: Publication) -> Any:
        if not (obj.pk and (number := obj.issues.count())):
            return "–"
        why = now("A publication can be deleted when it has no issues any more.")
        return format_html("{} · {}", link(changelist("issue", publication__id__exact=obj.pk), number), why)

    def has_delete_permission(self, request: HttpRequest, obj: Publication | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.issues.exists())


@admin.register(Issue)
class IssueAdmin(DeskAdmin):
    list_display = ("publication", "date", "number", "page_count", "article_count")
    list_display_links = ("publication", "date")
    list_filter = ("publication",)
    search_fields = ("publication__name", "date", "number")
    autocomplete_fields = ("publication",)
    form = IssueForm
    fields = ("publication", "date", "number", "contents")
    readonly_fields = ("contents",)
    article_count = articles_count("page__issue__id__exact")

    def save_model(self, request: HttpRequest, obj: Issue, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        services.settle_issue(obj)

    @admin.display(description=_("pages"), ordering="page_count")
    def page_count(self, obj: Any) -> Any:
        return link(changelist("page", issue__id__exact=obj.pk), obj.page_count)

    @admin.display(description=_("pages"))
    def contents(self, obj: Issue) -> Any:
        if not (obj.pk and (number := obj.pages.count())):
            return "–"
        why = now("An issue can be deleted when it has no pages any more: give them another issue first.")
        return format_html("{} · {}", link(changelist("page", issue__id__exact=obj.pk), number), why)

    def has_delete_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.pages.exists())


@admin.register(Source)
class SourceAdmin(Trash, ReadOnly, DeskAdmin):
    list_display = ("name", "size", "encoding", "uploaded_by", "created_at", "article_count")
    search_fields = ("name", "sha256")
    date_hierarchy = "created_at"
    fields = ("name", "sha256", "size", "encoding", "uploaded_by", "created_at", "workbenches", "download")
    readonly_fields = ("workbenches", "download")
    article_count = articles_count("page__source__id__exact")
    list_filter = (TrashFilter,)
    actions = ("to_trash", "from_trash", "erase")
    discarding = "articles.delete_source"
    trashing = (services.trash_sources, services.untrash_sources, services.erase_sources)
    erasing = _(
        "The files are deleted with their pages, their articles and all that was read from them, and cannot come back. "
        "The log of their ingest stays; addresses that were public stay gone."
    )

    @admin.display(description=_("split"))
    def workbenches(self, obj: Source) -> SafeString:
        pages = obj.pages.defer("text").order_by("ordinal")
        return format_html_join(" · ", "{} {}", ((page, bench_link(page.pk)) for page in pages))

    @admin.display(description=_("original file"))
    def download(self, obj: Source) -> SafeString:
        return link(reverse("admin:articles_source_download", args=[obj.pk]), now("Download as it came"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.download_view)
        return [path("<int:pk>/download/", view, name="articles_source_download"), *super().get_urls()]

    def download_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bytes as they came, as a file to keep: never shown by the browser as a page of this site."""
        source = Source.objects.filter(pk=pk).first()
        if source is None or not self.has_view_permission(request, source):
            raise Http404
        response = HttpResponse(bytes(source.content), content_type="application/octet-stream")
        response["Content-Disposition"] = content_disposition_header(True, source.name)
        return response


@admin.register(Page)
class PageAdmin(Workbench, DeskAdmin):
    """Its text is final; where it belongs may be put right."""

    list_display = ("source", "issue", "number", "characters", "article_count")
    list_display_links = ("source",)
    list_filter = ("issue__publication",)
    search_fields = ("source__name", "number")
    fields = ("source", "issue", "number", "articles_here", "workbench", "near", "page_text")
    readonly_fields = ("source", "articles_here", "workbench", "near", "page_text")
    autocomplete_fields = ("issue",)

    class Media:
        css = {"all": ("articles/desk.css",)}

    article_count = articles_count("page__id__exact")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The store is held before the page's row, as wherever pages move: the other way round two could wait for each
        other."""
        if request.method == "POST" and transaction.get_connection().in_atomic_block:
            hold(STORE)
        return super().get_object(request, object_id, from_field)

    @admin.display(description=_("characters"), ordering="characters")
    def characters(self, obj: Any) -> int:
        return obj.characters

    @admin.display(description=_("articles"))
    def articles_here(self, obj: Page) -> SafeString:
        return link(changelist("article", page__id__exact=obj.pk), obj.articles.count())

    @admin.display(description=_("near copies"))
    def near(self, obj: Page) -> str | SafeString:
        return near_copies(obj)

    def get_urls(self) -> list[URLPattern]:
        return [*self.bench_urls(), *super().get_urls()]

    @admin.display(description=_("split"))
    def workbench(self, obj: Page) -> SafeString:
        return bench_link(obj.pk)

    def save_model(self, request: HttpRequest, obj: Page, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        services.settle_page(obj, form.initial.get("issue"))

    @admin.display(description=_("page text"))
    def page_text(self, obj: Page) -> SafeString:
        return marked_page(obj.text, obj.blocks.exclude(article=None))
