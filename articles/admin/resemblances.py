"""Near duplicates and reprints: what is alike, side by side."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from articles.admin.base import DeskAdmin, ReadOnly
from articles.beside import beside
from articles.models import Article, Page, Resemblance


def near_copies(row: Page | Article) -> str | SafeString:
    """Links to what a page or an article is alike to; a dash where there is nothing."""
    field = "page" if isinstance(row, Page) else "article"
    found = Resemblance.objects.of(field, [row.pk]).for_desk().order_by("-share")
    lines = format_html_join("", "<li>{}</li>", ((linked(pair, pair.seen_from(row)),) for pair in found))
    return format_html('<ul class="desk-warnings desk-warning">{}</ul>', lines) if found else "–"


def linked(pair: Resemblance, other: Page | Article) -> SafeString:
    """“《…》 · 人民政协报 · 87 %”, leading to both texts side by side."""
    return format_html(
        '<a class="desk-link" href="{}">{}</a> · {} %',
        reverse("admin:articles_resemblance_change", args=[pair.pk]),
        _named(other),
        round(100 * pair.share),
    )


def of_sources(sources: Iterable[int]) -> dict[int, list[SafeString]]:
    """By source: links to whatever its pages and articles are alike to, most alike first."""
    keys = set(sources)
    found: dict[int, list[SafeString]] = {}
    pages = Resemblance.objects.filter(page__source__in=keys).for_desk()
    articles = Resemblance.objects.filter(article__page__source__in=keys).for_desk()
    for pair in sorted([*pages, *articles], key=lambda pair: -pair.share):
        page = pair.page or pair.article.page
        found.setdefault(page.source_id, []).append(linked(pair, pair.other_page or pair.other_article))
    return found


def _named(row: Page | Article) -> str:
    page = row if isinstance(row, Page) else row.page
    where = (
        [page.issue or page.source.name, now("page %s") % page.number if page.number else ""] if page else []
    )
    parts = [row.source.name if isinstance(row, Page) else row.headline, *where]
    return " · ".join(dict.fromkeys(str(part) for part in parts if part))


@admin.register(Resemblance)
class ResemblanceAdmin(ReadOnly, DeskAdmin):
    list_display = ("one", "other", "percent", "found_at")
    list_display_links = ("one",)
    date_hierarchy = "found_at"

    @admin.display(description=_("came later"))
    def one(self, obj: Resemblance) -> str:
        return _named(obj.article or obj.page)

    @admin.display(description=_("came first"))
    def other(self, obj: Resemblance) -> str:
        return _named(obj.other_article or obj.other_page)

    @admin.display(description=_("in common"), ordering="share")
    def percent(self, obj: Resemblance) -> str:
        return f"{100 * obj.share:.0f} %"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Both texts, paragraph beside paragraph."""
        pair = Resemblance.objects.for_desk().filter(pk=object_id).first() if object_id.isdigit() else None
        if pair is None or not self.has_view_permission(request, pair):
            raise Http404
        sides = (pair.article or pair.page, pair.other_article or pair.other_page)
        context = {
            **self.admin_site.each_context(request),
            "title": now("%d %% in common") % round(100 * pair.share),
            "sides": [(_named(side), _change(side), _state(side)) for side in sides],
            "lines": beside(*(side.text for side in sides)),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/articles/beside.html", context)


def _change(row: Page | Article) -> str:
    return reverse(f"admin:articles_{'page' if isinstance(row, Page) else 'article'}_change", args=[row.pk])


def _state(row: Page | Article) -> str:
    return "" if isinstance(row, Page) else row.get_state_display()
