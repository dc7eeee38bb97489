"""Near duplicates and reprints: what is alike, side by side."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from articles import services
from articles.admin.base import DeskAdmin, ReadOnly
from articles.beside import beside
from articles.models import Article, Page, Resemblance, State


def near_copies(row: Page | Article) -> str | SafeString:
    """Links to what a page or an article is alike to; a dash where there is nothing."""
    field = "page" if isinstance(row, Page) else "article"
    found = Resemblance.objects.of(field, [row.pk]).for_desk().order_by("-share")
    lines = format_html_join("", "<li>{}</li>", ((linked(pair, pair.seen_from(row)),) for pair in found))
    return format_html('<ul class="desk-warnings desk-warning">{}</ul>', lines) if found else "–"


def linked(pair: Resemblance, other: Page | Article) -> SafeString:
    """“《…》 · 人民政协报 · 87 %”, leading to both texts side by side."""
    return format_html(
        '<a class="desk-link" href="{}">{}</a> · {} %{}',
        reverse("admin:articles_resemblance_change", args=[pair.pk]),
        _named(other),
        round(100 * pair.share),
        f" · {now('both kept')}" if pair.kept_at else "",
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


class KeptFilter(admin.SimpleListFilter):
    """Whether somebody said already that both are wanted."""

    title = _("both kept")
    parameter_name = "kept"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("not looked at")), ("yes", _("both kept"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(kept_at__isnull=self.value() == "no")


@admin.register(Resemblance)
class ResemblanceAdmin(ReadOnly, DeskAdmin):
    list_display = ("one", "other", "percent", "found_at", "settled")
    list_filter = (KeptFilter,)
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

    @admin.display(description=_("both kept"), ordering="kept_at")
    def settled(self, obj: Resemblance) -> str:
        return f"{obj.kept_by or '–'} · {date_format(localtime(obj.kept_at))}" if obj.kept_at else "–"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Both texts, paragraph beside paragraph. POST `do`: keep or doubt again, or `withdraw` with 0 or 1 for a side."""
        pair = Resemblance.objects.for_desk().filter(pk=object_id).first() if object_id.isdigit() else None
        if pair is None or not self.has_view_permission(request, pair):
            raise Http404
        sides = (pair.article or pair.page, pair.other_article or pair.other_page)
        if request.method == "POST":
            self._settle(request, pair, sides)
            return HttpResponseRedirect(request.get_full_path())
        may = request.user.has_perm
        context = {
            **self.admin_site.each_context(request),
            "title": now("%d %% in common") % round(100 * pair.share),
            "sides": [(_named(side), _change(side), _state(side)) for side in sides],
            "pair": pair,
            "may_keep": may("articles.change_article"),
            "may_withdraw": may("articles.withdraw_article"),
            "shown": [_shown(side).exists() for side in sides],
            "lines": beside(*(side.text for side in sides)),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/articles/beside.html", context)

    def _settle(self, request: HttpRequest, pair: Resemblance, sides: tuple[Any, Any]) -> None:
        do = request.POST.get("do", "")
        side = request.POST.get("withdraw", "")
        try:
            if do in ("keep", "doubt"):
                services.keep_both(pair, request.user, do == "keep")
                said = (
                    now("Both are kept.") if do == "keep" else now("It is open again whether both are kept.")
                )
                messages.success(request, said)
            elif side in ("0", "1"):
                if not request.user.has_perm("articles.withdraw_article"):
                    raise PermissionDenied
                self._take_away(request, list(_shown(sides[int(side)])))
        except services.Refused as error:
            messages.error(request, str(error))

    def _take_away(self, request: HttpRequest, articles: list[Article]) -> None:
        """What readers see is withdrawn, what they never saw goes into the trash; both can be taken back."""
        public = [article for article in articles if article.state == State.PUBLISHED]
        others = [article for article in articles if article not in public]
        services.withdraw(public, request.user)
        services.trash(others, request.user)
        for rows, said in (
            (public, now("Withdrawn: %s. On its own page each can be published again.")),
            (others, now("Put into the trash: %s. From there each can be taken back.")),
        ):
            if rows:
                messages.success(request, said % "、".join(article.headline for article in rows))


def _shown(row: Page | Article) -> QuerySet[Article]:
    """The articles of one side that could be taken away."""
    rows = row.articles.all() if isinstance(row, Page) else Article.objects.filter(pk=row.pk)
    return rows.exclude(state__in=(State.WITHDRAWN, State.TRASHED)).order_by("pk")


def _change(row: Page | Article) -> str:
    return reverse(f"admin:articles_{'page' if isinstance(row, Page) else 'article'}_change", args=[row.pk])


def _state(row: Page | Article) -> str:
    return "" if isinstance(row, Page) else row.get_state_display()
