"""The trash at the desk: a view of a list, the way into it, back, and out for good after a question."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.models import Article, State

Service = Callable[[Iterable[Any], Any], int]
INSIDE = ("from_trash", "erase")


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
        number = self.trashing[0](_keys(queryset), request.user)
        said = ngettext("%d is in the trash now.", "%d are in the trash now.", number)
        messages.success(request, said % number)

    @admin.action(description=_("Take out of the trash"), permissions=["discard"])
    def from_trash(self, request: HttpRequest, queryset: QuerySet) -> None:
        number = self.trashing[1](_keys(queryset), request.user)
        said = ngettext("%d is back.", "%d are back.", number)
        messages.success(request, said % number)

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


def _keys(queryset: QuerySet) -> QuerySet:
    """The chosen rows with nothing but their keys: a file can be large."""
    keys = list(queryset.order_by().values_list("pk", flat=True))
    return queryset.model._default_manager.filter(pk__in=keys).only("pk")
