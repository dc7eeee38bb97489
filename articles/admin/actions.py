"""Changes over a selection of articles: asked for, looked at beforehand, carried out, undone."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from articles import services
from articles.admin.base import DeskAdmin, ReadOnly, link
from articles.admin.bulk_form import BulkForm
from articles.admin.outlook import SHOWN, named, outlook
from articles.admin.wording import FIELDS, sentence, steps
from articles.models import Action, ActionItem, ActionKind, ActionStatus, Article, Page
from articles.past import Latest, erased_accounts, latest, nobody

TITLES: dict[Any, Any] = {ActionKind.UNDO: _("Undoing"), ActionKind.SPLIT: _("A page split anew")}


@admin.register(Action)
class ActionAdmin(ReadOnly, DeskAdmin):
    """Every change over a selection, with who asked for it, and whether it stands."""

    list_display = ("opened", "user", "what", "changed", "left_as_they_were", "how_it_stands")
    list_display_links = None
    list_filter = ("kind", "user")
    date_hierarchy = "created_at"

    @admin.display(description=_("time"), ordering="created_at")
    def opened(self, obj: Action) -> Any:
        return link(address(obj), date_format(localtime(obj.created_at), "DATETIME_FORMAT"))

    @admin.display(description=_("what"))
    def what(self, obj: Action) -> str:
        return sentence(obj)

    @admin.display(description=_("changed"), ordering="changed_count")
    def changed(self, obj: Any) -> int:
        return obj.changed_count

    @admin.display(description=_("left as they were"), ordering="left_count")
    def left_as_they_were(self, obj: Any) -> int:
        return obj.left_count

    @admin.display(description=_("state"), ordering="status")
    def how_it_stands(self, obj: Action) -> str:
        return now("undone") if hasattr(obj, "undone_by") else obj.get_status_display()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.page_view)
        return [path("<slug:public_id>/page/", view, name="articles_action_page"), *super().get_urls()]

    def page_view(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """A proposal with its form and what it would do, later what it did. POST `do`: look, carry_out, undo.

        `carry_out` comes with the form and with `seen`, the mark of what was shown; only that is carried out.
        """
        action = Action.objects.select_related("user", "undoes").filter(public_id=public_id).first()
        if action is None or not self.has_view_permission(request):
            raise Http404
        proposed = action.status == ActionStatus.PROPOSED
        if proposed and action.user != request.user:
            raise PermissionDenied  # somebody else's half-made decision
        asked = request.POST.get("do")
        form = self._form(request, action) if proposed else None
        if form is not None and form.is_valid() and (asked == "look" or _asks_other(action, form)):
            services.ask(action, form.changes())
            if asked != "look":
                messages.error(
                    request,
                    now(
                        "The form said something else than what was shown. Nothing was done; look at it first."
                    ),
                )
            return HttpResponseRedirect(address(action))
        try:
            if asked == "carry_out" and (form is None or not form.errors):
                seen = request.POST.get("seen", "")
                return HttpResponseRedirect(address(services.carry_out(action, request.user, seen)))
            if asked == "undo":
                return HttpResponseRedirect(address(services.undo(action, request.user)))
        except services.Refused as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(address(action))
        context: dict[str, Any] = {"action": action, "form": form, "total": len(action.keys)}
        if proposed:
            context |= {"title": _("Change selected articles"), **outlook(action, request.user)}
        else:
            context |= _record(action)
        context |= self.admin_site.each_context(request)
        name = "proposal" if proposed else "action"
        status = 422 if form is not None and form.errors else 200
        return TemplateResponse(request, f"admin/articles/{name}.html", context, status=status)

    def _form(self, request: HttpRequest, action: Action) -> BulkForm:
        if request.POST.get("do") in ("look", "carry_out"):
            return BulkForm(request.user, request.POST)
        return BulkForm(request.user, initial=BulkForm.initial_of(services.Changes.read(action.changes)))


def _asks_other(action: Action, form: BulkForm) -> bool:
    return form.changes() != services.Changes.read(action.changes)


def address(action: Action) -> str:
    return reverse("admin:articles_action_page", args=[action.public_id])


def _record(action: Action) -> dict[str, Any]:
    changed, left = action.items.exclude(after={}), action.items.exclude(why="")
    changed_count, left_count = changed.count(), left.count()
    partly = changed.exclude(why="").count()
    undoing = Action.objects.filter(undoes=action).first()
    return {
        "title": TITLES.get(action.kind, _("Change of several articles")),
        "what": sentence(action),
        "undoing": undoing,
        "undoes": address(action.undoes) if action.undoes else "",
        "undone": address(undoing) if undoing else "",
        "bench": _bench_of(action),
        "changed": _steps(changed[:SHOWN]),
        "changed_count": changed_count,
        "changed_more": max(changed_count - SHOWN, 0),
        "left": _steps(left[:SHOWN]),
        "left_count": left_count - partly,
        "partly_count": partly,
        "left_more": max(left_count - SHOWN, 0),
        "same_count": action.done - action.items.count(),
        "running": action.status == ActionStatus.RUNNING,
        "may_undo": action.status == ActionStatus.DONE
        and undoing is None
        and (changed_count > 0 or action.moves_pages)
        and not action.follows_decision,
    }


def _bench_of(action: Action) -> str:
    """The address of the workbench that a page was split on, where the page still stands."""
    page = action.changes.get("page") if action.split_of_page else None
    return reverse("admin:articles_bench", args=[page]) if Page.objects.filter(pk=page).exists() else ""


def _why(item: ActionItem, article: Article | None, since: Mapping[tuple[int, str], Latest]) -> str:
    if item.why == "changed" and (
        by := [(n, since[item.key, n]) for n in item.left if (item.key, n) in since]
    ):
        said = now("%(field)s: made “%(value)s” by %(who)s, %(when)s, and so it stays")
        return "；".join(
            said
            % {
                "field": FIELDS[name],
                "value": found.value or "–",
                "who": found.who or nobody(found.when, erased_accounts()),
                "when": date_format(localtime(found.when), "SHORT_DATETIME_FORMAT"),
            }
            for name, found in by
            if name in FIELDS
        )
    if item.why == "moved" and article is not None and article.moved_to:
        return services.moved_said(article)
    return now(services.OBSTACLES[item.why]) if item.why else ""


def _since(items: Sequence[ActionItem]) -> dict[tuple[int, str], Latest]:
    """Who changed since then what an undoing left as it was."""
    left = {item.key: item.left for item in items if item.why == "changed"}
    undone = items[0].action.undoes if left else None
    if undone is None:
        return {}
    return latest(left.keys(), {name for names in left.values() for name in names}, undone.finished_at)


def _steps(items: Any) -> list[tuple[Article | None, list[str], str, str]]:
    """(article, what changed in words, fields that were left, why) of each."""
    items = [item for item in items if isinstance(item, ActionItem)]
    rows = {article.pk: article for article in named([item.key for item in items])}
    since = _since(items)
    changes = steps((item.before, item.after) for item in items)
    return [
        (
            rows.get(item.key),
            changed,
            _why(item, rows.get(item.key), since),
            "、".join(
                str(FIELDS[name]) for name in item.left if name in FIELDS and (item.key, name) not in since
            ),
        )
        for item, changed in zip(items, changes, strict=True)
    ]
