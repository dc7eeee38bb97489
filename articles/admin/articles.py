"""Articles on the desk: found, checked, corrected, published."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles import services
from articles.admin.base import DeskAdmin, link
from articles.admin.bench import bench_link
from articles.admin.bench_words import as_parsed
from articles.admin.doubts import doubts_about
from articles.admin.filters import ProvinceFilter, WarningFilter
from articles.admin.finish import Finish
from articles.admin.inlines import BylineInline, EvidenceInline, MentionInline, MetricInline
from articles.admin.marks import marked_page
from articles.admin.parts import Parts
from articles.admin.past import Past
from articles.admin.queue import Queue
from articles.admin.resemblances import near_copies
from articles.admin.selected import Selected
from articles.admin.trash import Trash, TrashFilter
from articles.forms import ArticleForm
from articles.models import Article, Origin, State

STATES = {
    State.DRAFT: "warning", State.IN_REVIEW: "info", State.PUBLISHED: "success", State.WITHDRAWN: "danger",
    State.TRASHED: "danger",
}  # fmt: skip
FEW = 10_000  # hits of a search that are remembered by id; more are looked for again
# Filters that links on other pages of the desk use.
LINKED = ("mentions__mechanism__id__exact", "bylines__author__id__exact", "page__issue__id__exact",
          "page__source__id__exact", "page__id__exact", "page__source__runs__batch__exact")  # fmt: skip


@admin.register(Article)
class ArticleAdmin(Finish, Parts, Selected, Queue, Past, Trash, DeskAdmin):
    form = ArticleForm
    list_display = ("headline", "state_label", "region", "level", "genre", "date", "issue", "warning_count")
    list_filter = (
        TrashFilter, "state", WarningFilter, "level", "genre", "themes", ProvinceFilter,
        ("page__issue__publication", admin.RelatedOnlyFieldListFilter),
    )  # fmt: skip
    search_fields = ("title", "kicker", "subtitle", "text__contains", "public_id", "external_id")
    search_help_text = _("Words of the headline or the text, or an id")
    ordering = ("-id",)
    date_hierarchy = "created_at"
    actions = (
        "change_together", "publish", "send_to_review", "withdraw", "join_parts", "take_apart",
        "to_trash", "from_trash", "erase",
    )  # fmt: skip
    discarding = "articles.withdraw_article"
    trashing = (services.trash, services.untrash, services.erase)
    erasing = _(
        "The articles and all that was read from them are deleted and cannot come back. Their text stays in the text "
        "of their page; addresses that were public stay gone."
    )
    warn_unsaved_form = True
    autocomplete_fields = ("region", "also_regions")
    inlines = (BylineInline, MentionInline, MetricInline, EvidenceInline)
    readonly_fields = (
        "state_now",
        "where",
        "parts_of_it",
        "warned",
        "near",
        "corrected",
        "page_view",
        "external_id",
    )
    fieldsets = (
        (None, {"fields": ("state_now", "where", "parts_of_it", "warned", "near", "corrected")}),
        (_("headline"), {"fields": ("kicker", "title", "subtitle", "column")}),
        (_("record"), {"fields": ("genre", "level", "region", "also_regions", "themes", "date")}),
        (_("text"), {"fields": ("body_text",)}),
        (_("on the page"), {"fields": ("page_view",)}),
    )

    class Media:
        css = {"all": ("articles/desk.css", "articles/queue.css")}
        js = ("articles/doubts.js", "articles/queue.js")

    # Lists

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        match = request.resolver_match
        if match and match.url_name == "articles_article_changelist":
            return super().get_queryset(request).order_by(*self.ordering)
        return Article.objects.select_related("region", "page__issue__publication", "page__source").defer(
            "page__source__content"
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Reads the texts once: what the list counts, sorts and shows then goes by id."""
        found, doubled = super().get_search_results(request, queryset, search_term)
        if not search_term:
            return found, doubled
        ids = list(found.order_by().values_list("pk", flat=True)[: FEW + 1])
        return (queryset.filter(pk__in=ids), False) if len(ids) <= FEW else (found, doubled)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup in LINKED or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("headline"), ordering="title")
    def headline(self, obj: Article) -> str:
        return obj.headline

    @display(description=_("state"), label=STATES, ordering="state")
    def state_label(self, obj: Article) -> tuple[str, Any]:
        return obj.state, obj.get_state_display()

    @admin.display(description=_("state"))
    def state_now(self, obj: Article) -> str | SafeString:
        if not obj.moved_to:
            return obj.get_state_display()
        heir = link(reverse("admin:articles_article_change", args=[obj.heir.pk]), obj.heir)
        return format_html("{} · {} {}", obj.get_state_display(), now("its text is in"), heir)

    @admin.display(description=_("issue"), ordering="page__issue")
    def issue(self, obj: Article) -> str:
        return str(obj.page.issue) if obj.page and obj.page.issue else "–"

    @admin.display(description=_("to check"), ordering="warning_count")
    def warning_count(self, obj: Any) -> int:
        return obj.warning_count

    # One article

    @admin.display(description=_("from"))
    def where(self, obj: Article) -> str | SafeString:
        if obj.page is None:
            return now("imported as %s") % obj.external_id if obj.external_id else "–"
        words = obj.page if obj.page.number else now("page number not known")
        page = link(reverse("admin:articles_page_change", args=[obj.page_id]), words)
        return format_html(
            "{} · {} · {} · {}", obj.page.issue or "–", page, obj.page.source.name, bench_link(obj.page_id)
        )

    @admin.display(description=_("to check"))
    def warned(self, obj: Article) -> str | SafeString:
        lines = format_html_join("", "<li>{}</li>", ((doubt,) for doubt in doubts_about(obj)))
        return format_html('<ul class="desk-warnings desk-warning">{}</ul>', lines) if lines else "–"

    @admin.display(description=_("near copies"))
    def near(self, obj: Article) -> str | SafeString:
        return near_copies(obj)

    @admin.display(description=_("the parser’s values where people corrected them"))
    def corrected(self, obj: Article) -> str | SafeString:
        said = ({"name": name, "value": value} for name, value in as_parsed(obj))
        rows = format_html_join("", "<li>{}</li>", ((now("%(name)s: %(value)s") % pair,) for pair in said))
        return format_html('<ul class="desk-warnings">{}</ul>', rows) if rows else "–"

    @admin.display(description=_("page text"))
    def page_view(self, obj: Article) -> str | SafeString:
        return marked_page(obj.page.text, obj.blocks.all()) if obj.page else "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # articles come out of pages or imports

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False  # addresses are permanent; a wrong article is withdrawn

    def has_publish_permission(self, request: HttpRequest, obj: Article | str | None = None) -> bool:
        return request.user.has_perm("articles.publish_article")

    def has_withdraw_permission(self, request: HttpRequest, obj: Article | str | None = None) -> bool:
        return request.user.has_perm("articles.withdraw_article")

    def get_view_on_site_url(self, obj: Article | None = None) -> str | None:
        """Its page, or how that will look."""
        if obj is None or obj.state == State.TRASHED:
            return None
        return reverse(
            "articles:article" if obj.state == State.PUBLISHED else "articles:preview", args=[obj.public_id]
        )

    # Writing, all of it through services

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseInlineFormSet], change: bool
    ) -> None:
        if any(formset.has_changed() for formset in formsets):
            services.remember([form.instance])
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool
    ) -> None:
        rows = formset.save(commit=False)
        changed = {row.pk: fields for row, fields in formset.changed_objects}
        for row in rows:
            if hasattr(row, "origin") and "origin" not in changed.get(row.pk, ()):
                row.origin = Origin.PERSON
            row.save()
        for row in formset.deleted_objects:
            row.delete()
