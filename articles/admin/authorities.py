"""Names settled at the desk: authors and mechanisms merged, new mechanisms proposed, and what was decided so far."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from articles import services
from articles.admin.base import link
from articles.admin.decisions import address
from articles.admin.seen import mark_of, was_seen
from articles.bodytext import sentence_with
from articles.models import Mechanism, MechanismMention, Origin

SIZE, SENTENCES, MOST = 20, 4, 20


class Mergeable(ModelAdmin):
    """Mixin for the admins of names: the action `merge_chosen` and the page that it leads to."""

    actions = ("merge_chosen",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        match = request.resolver_match
        listed = match is not None and str(match.url_name).endswith(("_changelist", "autocomplete"))
        return rows.filter(merged_into=None) if listed else rows

    def has_merge_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(f"articles.merge_{self.opts.model_name}")

    @admin.action(description=_("Merge…"), permissions=["merge"])
    def merge_chosen(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        keys = list(queryset.values_list("pk", flat=True)[: MOST + 1])
        if not 2 <= len(keys) <= MOST:
            messages.warning(request, now("Choose two names at least, and %d at most.") % MOST)
            return None
        return HttpResponseRedirect(f"{self._merging()}?{urlencode({'id': keys}, doseq=True)}")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", view, name=f"articles_{self.opts.model_name}_merge"), *super().get_urls()]

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """`?id=` names the rows, `?into=` the one that stays: shows what changes.

        POST sends the same with `do`: look leads to what would change, save carries it out if it is what was shown.
        """
        if not self.has_merge_permission(request):
            raise PermissionDenied
        said = request.POST if request.method == "POST" else request.GET
        asked = [key for key in said.getlist("id") if key.isdigit()][:MOST]
        rows = list(self.model._default_manager.filter(pk__in=asked, merged_into=None).for_desk())
        rows.sort(key=lambda row: (-row.article_count, row.pk))
        into = next((row for row in rows if str(row.pk) == said.get("into")), rows[0] if rows else None)
        others = [row for row in rows if row != into]
        chosen = {"id": [row.pk for row in rows], "into": into.pk if into else ""}
        here = f"{self._merging()}?{urlencode(chosen, doseq=True)}"
        previews: list[tuple[Any, services.Preview]] = []
        try:
            previews = [(row, services.preview(row, into)) for row in others]
            mark = mark_of(into and into.pk, [(row.pk, what) for row, what in previews])
            if request.method == "POST" and into is not None:
                if request.POST.get("do") != "save" or not was_seen(request, mark):
                    return HttpResponseRedirect(here)
                for row in others:
                    decision = services.merge(row, into, request.user)
                    names = {"name": decision.name, "into": decision.into_name}
                    done = now("“%(name)s” is merged into “%(into)s”.") % names
                    back = link(address(decision), now("Part again…"))
                    messages.success(request, format_html("{} {}", done, back))
                return HttpResponseRedirect(
                    reverse(f"admin:articles_{self.opts.model_name}_change", args=[into.pk])
                )
        except services.Refused as error:
            messages.error(request, str(error))
            if len(previews) == len(others):  # what can be looked at can be chosen anew
                return HttpResponseRedirect(here)
            return HttpResponseRedirect(reverse(f"admin:articles_{self.opts.model_name}_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge names"),
            "opts": self.opts,
            "rows": rows,
            "into": into,
            "previews": previews,
            "mark": mark,
        }
        return TemplateResponse(request, "admin/articles/merge.html", context)

    def _merging(self) -> str:
        return reverse(f"admin:articles_{self.opts.model_name}_merge")


class Proposing(ModelAdmin):
    """Mixin for the mechanisms' admin: the page of new ones that stand in several articles."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.proposals_view)
        return [path("proposed/", view, name="articles_mechanism_proposed"), *super().get_urls()]

    def proposals_view(self, request: HttpRequest) -> HttpResponse:
        """New mechanisms with the sentences that name them. POST `accept` or `reject` holds the key of one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            self._decide(request)
            return HttpResponseRedirect(request.get_full_path())
        page = Paginator(services.proposed(), SIZE).get_page(request.GET.get("p"))
        rows = list(page.object_list)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Proposed mechanisms"),
            "opts": self.opts,
            "page": page,
            "rows": [(row, _sentences(row)) for row in rows],
            "may_decide": request.user.has_perm("articles.change_mechanism"),
        }
        return TemplateResponse(request, "admin/articles/proposed.html", context)

    def _decide(self, request: HttpRequest) -> None:
        for verb, decide in (("accept", services.accept), ("reject", services.reject)):
            key = request.POST.get(verb, "")
            row = Mechanism.objects.filter(pk=key).first() if key.isdigit() else None
            if row is None:
                continue
            try:
                decision = decide(row, request.user)
            except services.Refused as error:
                messages.error(request, str(error))
            else:
                said = now("“%(name)s”: %(what)s.") % {
                    "name": row.name,
                    "what": decision.get_kind_display(),
                }
                messages.success(request, format_html("{} {}", said, link(address(decision), now("Undo…"))))


def _sentences(row: Mechanism) -> list[tuple[MechanismMention, str]]:
    """The first sentence of each of a few articles that name a mechanism."""
    mentions = (
        row.mentions.exclude(origin=Origin.REJECTED).select_related("article").order_by("article_id", "start")
    )
    mentions = mentions.defer("article__body", "article__machine").distinct("article")[:SENTENCES]
    return [
        (mention, sentence_with(mention.article.text, mention.quote, mention.name)) for mention in mentions
    ]
