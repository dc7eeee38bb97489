"""Regions and themes, which come from files, and the mechanisms and people that articles brought."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from articles import gazetteer, services
from articles.admin.actions import address
from articles.admin.authorities import Mergeable, Proposing
from articles.admin.base import DeskAdmin, ReadOnly, RegionLookup, articles_count, link
from articles.admin.decisions import Gathered
from articles.admin.learning import Learning
from articles.admin.naming import Naming
from articles.admin.parting import Parting
from articles.admin.wording import sentence
from articles.models import Author, Mechanism, Region, Theme


class InUse(admin.SimpleListFilter):
    title = _("validity")
    parameter_name = "valid"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", _("in use")), ("past", _("no longer in use"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(until__isnull=self.value() == "now") if self.value() else queryset


@admin.register(Region)
class RegionAdmin(ReadOnly, Gathered, Mergeable, Naming, DeskAdmin):
    list_display = ("full_name", "code", "level", "since", "until", "article_count")
    list_filter = ("level", InUse)
    search_fields = ("code",)
    search_help_text = _("Code, name, short name or pinyin")
    fields = (
        "full_name",
        "code",
        "level",
        "parent",
        "since",
        "until",
        "successors",
        "short_names",
        "pinyin",
        "gathered",
    )
    article_count = articles_count("region__id__exact")

    def get_urls(self) -> list[URLPattern]:
        lookup = self.admin_site.admin_view(RegionLookup.as_view(admin_site=self.admin_site))
        return [path("lookup/", lookup, name="articles_region_lookup"), *super().get_urls()]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        found = queryset.matching(search_term) if search_term.strip() else queryset
        return found.filter(merged_into=None), False


@admin.register(Theme)
class ThemeAdmin(ReadOnly, Gathered, Mergeable, Learning, DeskAdmin):
    list_display = ("name", "slug", "order", "article_count")
    fields = ("name", "slug", "order", "description", "words", "gathered")
    article_count = articles_count("themes__id__exact")

    @admin.display(description=_("words"))
    def words(self, obj: Theme) -> Any:
        """What it is recognised by, the heaviest first."""
        entry = next((one for one in services.vocabularies().themes if one.slug == obj.slug), None)
        words = sorted(entry.cues, key=lambda word: (-entry.cues[word], word)) if entry else []
        more = link(reverse("admin:articles_theme_words"), now("Add a theme or words…"))
        return format_html("{} · {}", "、".join(words) or "–", more)

    def has_delete_permission(self, request: HttpRequest, obj: Theme | None = None) -> bool:
        """Only what was added at the desk, once nothing is left of it."""
        if obj is None or obj.words.exists() or obj.articles.exists():
            return False
        from_files = {entry.slug for entry in gazetteer.load().themes}
        return request.user.has_perm("articles.delete_theme") and obj.slug not in from_files


@admin.register(Mechanism)
class MechanismAdmin(Gathered, Mergeable, Proposing, DeskAdmin):
    list_display = ("name", "kind", "family", "aliases", "article_count")
    list_filter = ("kind", "standing")
    search_fields = ("name", "aliases", "family")
    fields = ("name", "kind", "family", "aliases", "gathered")
    readonly_fields = ("gathered",)
    article_count = articles_count("mentions__mechanism__id__exact")

    def save_model(self, request: HttpRequest, obj: Mechanism, form: Any, change: bool) -> None:
        before = Mechanism.objects.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        former = [before.name, *before.aliases] if before else []
        reading = services.settle_names(obj, former, request.user)
        if reading is not None:
            said = now("The texts that hold one of these names are read again:")
            messages.info(request, format_html("{} {}", said, link(address(reading), sentence(reading))))

    def has_delete_permission(self, request: HttpRequest, obj: Mechanism | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.mentions.exists())


@admin.register(Author)
class AuthorAdmin(Gathered, Mergeable, Parting, DeskAdmin):
    list_display = ("name", "region", "note", "aliases", "article_count")
    search_fields = ("name", "aliases", "note")
    fields = ("name", "region", "note", "aliases", "gathered")
    readonly_fields = ("gathered",)
    article_count = articles_count("bylines__author__id__exact")

    def has_delete_permission(self, request: HttpRequest, obj: Author | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.bylines.exists())
