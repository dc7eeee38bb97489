"""The trash at the desk: a view of a list, the way into it, back, and out for good after a question."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin.base import link
from articles.models import Article, State

Service = Callable[[Iterable[Any], Any], int]
INSIDE = ("from_trash", "erase")
NAMED = 3
"""Of so many rows a message gives the names."""
FEW = 50
"""So many rows are taken back by one button in the message."""


class TrashFilter(admin.SimpleListFilter):
    """What is in the trash, or, unless asked for, what is not."""

    title = _("trash")
    parameter_name = "trash"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("in the trash"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        trashed = Q(state=State.TRASHED) if queryset.model is Article else Q(trashed_at__isnull=False)
        return queryset.filter(trashed) if self.value() == "yes" else queryset.exclude(trashed)


class Trash(BaseModelAdmin):
    """Mixin: the actions `to_trash`, `from_trash` and `erase`, each where it makes sense.

    `trashing` are the services for them. Whoever may discard may also take back; to erase is for managers.
    """

    trashing: ClassVar[tuple[Service, Service, Service]]
    erasing: Any
    discarding = ""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        inside = request.GET.get("trash") == "yes"
        found = super().get_actions(request)  # type: ignore[misc]
        return {name: entry for name, entry in found.items() if (name in INSIDE) == inside}

    def has_discard_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.discarding)

    def has_erase_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.delete_article") and self.has_discard_permission(request)

    @admin.action(description=_("Move to the trash"), permissions=["discard"])
    def to_trash(self, request: HttpRequest, queryset: QuerySet) -> None:
        keys, names = _keys(queryset), _names(queryset)
        number = self.trashing[0](keys, request.user)
        said = ngettext(
            "“%(names)s” is in the trash now.",
            "“%(names)s”, %(number)d in all, are in the trash now.",
            number,
        ) % {"names": names, "number": number}
        messages.success(request, format_html("{} {}", said, self._way_back(request, keys)))

    @admin.action(description=_("Take out of the trash"), permissions=["discard"])
    def from_trash(self, request: HttpRequest, queryset: QuerySet) -> None:
        keys, names = _keys(queryset), _names(queryset)
        number = self.trashing[1](keys, request.user)
        said = ngettext("“%(names)s” is back.", "“%(names)s”, %(number)d in all, are back.", number)
        messages.success(request, said % {"names": names, "number": number})

    def _way_back(self, request: HttpRequest, rows: QuerySet) -> SafeString:
        """A button that takes these out of the trash again; for very many, a link to the trash."""
        keys = [(ACTION_CHECKBOX_NAME, row.pk) for row in rows]
        trash = f"{reverse(f'admin:articles_{self.opts.model_name}_changelist')}?trash=yes"
        if len(keys) > FEW:
            return link(trash, now("To the trash"))
        return format_html(
            '<form method="post" action="{}" class="desk-undo"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<input type="hidden" name="action" value="from_trash">{}<button>{}</button></form>',
            trash,
            get_token(request),
            format_html_join("", '<input type="hidden" name="{}" value="{}">', keys),
            now("Undo"),
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """In the trash each row knows who put it there, when, and as what."""
        rows = super().get_queryset(request)
        if request.GET.get("trash") != "yes":
            return rows
        of = {"id" if self.model is Article else "page__source_id": OuterRef("pk")}
        last = Article.history.filter(**of).order_by("-history_date", "-history_id")
        inside = last.filter(state=State.TRASHED)
        return rows.annotate(
            put_by=Subquery(inside.values("history_user__username")[:1]),
            put_at=Subquery(inside.values("history_date")[:1]),
            put_as=Subquery(last.exclude(state=State.TRASHED).values("state")[:1]),
        )

    def get_list_display(self, request: HttpRequest) -> Any:
        shown = super().get_list_display(request)
        return (shown[0], "put_there", *shown[1:]) if request.GET.get("trash") == "yes" else shown

    @admin.display(description=_("put into the trash"))
    def put_there(self, obj: Any) -> str:
        moment = obj.put_at or getattr(obj, "trashed_at", None)
        when = date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""
        was = str(State(obj.put_as).label) if obj.put_as and isinstance(obj, Article) else ""
        return " · ".join(filter(None, (obj.put_by, when, was and now("before: %s") % was))) or "–"

    @admin.action(description=_("Delete for good…"), permissions=["erase"])
    def erase(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        rows = list(queryset)
        if request.POST.get("confirmed") != "yes":
            context = {
                **self.admin_site.each_context(request),
                "title": now("Delete for good?"),
                "rows": rows,
                "warning": self.erasing,
                "checkbox": ACTION_CHECKBOX_NAME,
                "opts": self.opts,
            }
            return TemplateResponse(request, "admin/articles/erase.html", context)
        number = self.trashing[2](rows, request.user)
        said = ngettext("%d is deleted for good.", "%d are deleted for good.", number)
        messages.success(request, said % number)
        return None


def _names(queryset: QuerySet) -> str:
    """The first few of the chosen rows by name."""
    few = [str(row) for row in queryset[: NAMED + 1]]
    return "、".join(few[:NAMED]) + ("…" if len(few) > NAMED else "")


def _keys(queryset: QuerySet) -> QuerySet:
    """The chosen rows with nothing but their keys: a file can be large."""
    keys = list(queryset.order_by().values_list("pk", flat=True))
    return queryset.model._default_manager.filter(pk__in=keys).only("pk")
