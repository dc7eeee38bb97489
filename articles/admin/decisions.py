"""What was decided on names, and the page that takes a decision back."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import services
from articles.admin.base import DeskAdmin, ReadOnly, link
from articles.models import Decision, DecisionKind


@admin.register(Decision)
class DecisionAdmin(ReadOnly, DeskAdmin):
    """What was decided on names, newest first; a decision's page takes it back, the action takes back several."""

    list_display = ("opened", "user", "kind", "about", "name", "into_name", "undone_at", "undone_by")
    list_display_links = None
    list_filter = ("kind", "about")
    search_fields = ("name", "into_name")
    list_select_related = ("user", "undone_by")
    actions = ("take_back",)

    @admin.display(description=_("time"), ordering="created_at")
    def opened(self, obj: Decision) -> SafeString:
        return link(address(obj), date_format(localtime(obj.created_at), "DATETIME_FORMAT"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.page_view)
        return [path("<int:pk>/page/", view, name="articles_decision_page"), *super().get_urls()]

    def page_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One decision. POST takes it back, and leads to the name that it was about."""
        decision = Decision.objects.select_related("user", "undone_by").filter(pk=pk).first()
        if decision is None:
            raise Http404
        if not self.has_view_permission(request):
            raise PermissionDenied
        about = reverse(f"admin:articles_{decision.about}_change", args=[decision.key])
        if request.method == "POST":
            return HttpResponseRedirect(about if self._undo(request, [decision]) else request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": decision.get_kind_display(),
            "opts": self.opts,
            "decision": decision,
            "about": about,
            "may_undo": decision.undone_at is None and services.may_take_back(decision, request.user),
            "into": reverse(f"admin:articles_{decision.about}_change", args=[decision.into])
            if decision.into
            else "",
        }
        return TemplateResponse(request, "admin/articles/decision.html", context)

    @admin.action(description=_("Undo"))
    def take_back(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._undo(request, queryset.order_by("-pk"))

    def _undo(self, request: HttpRequest, decisions: Any) -> int:
        """Takes decisions back and says so; returns how many."""
        left, done = 0, list[str]()
        for decision in decisions:
            try:
                left += services.take_back(decision, request.user)
                done.append(str(decision))
            except services.Refused as error:
                messages.error(request, f"{decision}: {error}")
        if done:
            said = ngettext(
                "%(n)d decision was undone: %(which)s", "%(n)d decisions were undone: %(which)s", len(done)
            )
            messages.success(request, said % {"n": len(done), "which": "；".join(done)})
        if left:
            said = ngettext(
                "%d place was changed by somebody since and stays as it is.",
                "%d places were changed by somebody since and stay as they are.",
                left,
            )
            messages.warning(request, said % left)
        return len(done)


class Gathered(BaseModelAdmin):
    """Mixin for the admins of names that may be merged: which names went into one, each with the way to part it again."""

    @admin.display(description=_("merged into it"))
    def gathered(self, obj: Any) -> str | SafeString:
        merges = Decision.objects.filter(
            kind=DecisionKind.MERGE, about=self.opts.model_name, into=obj.pk, undone_at=None
        )
        rows = (
            (
                one.name,
                date_format(localtime(one.created_at), "DATE_FORMAT"),
                link(address(one), now("Part again…")),
            )
            for one in merges.order_by("-pk")
        )
        found = format_html_join("", "<li>{} · {} · {}</li>", rows)
        return SafeString(f'<ul class="desk-warnings">{found}</ul>') if found else "–"


def address(decision: Decision) -> str:
    return reverse("admin:articles_decision_page", args=[decision.pk])
