"""What is refused at the desk, said in the desk's look: which permission is missing and who has it, or that a form is too old."""

import re
from dataclasses import dataclass

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from archive.settings.policy import DESK_PREFIX
from articles.admin.accounts import DEEDS

DEED = {
    "changelist": "view", "change": "view", "history": "view", "add": "add", "delete": "delete", "merge": "merge",
}  # fmt: skip
LISTED = re.compile(rf"(?P<app>[a-z]+)_(?P<model>[a-z]+)_(?P<page>{'|'.join(DEED)})")
PAGES = {
    "articles_upload": "articles.add_source",
    "articles_queue": "articles.change_article",
    "articles_queue_step": "articles.change_article",
    "articles_article_restore": "articles.change_article",
    "articles_theme_words": "articles.add_themeword",
    "articles_place_names": "articles.add_placename",
    "auth_user_password_change": "auth.change_user",
    "status": "articles.view_heartbeat",
}
"""What pages want that are neither a list nor a record."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A permission in words (“delete · 期”), and the roles that have it, each with its accounts."""

    said: str
    roles: list[tuple[str, list[str]]]


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 for whoever lacks a permission."""
    if not _at_desk(request):
        return render(request, "403.html", status=403)
    context = {**admin.site.each_context(request), "title": _("Not allowed"), "missing": _missing(request)}
    return render(request, "admin/refused.html", context, status=403)


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that is older than the login it was sent with."""
    if not _at_desk(request):
        return render(request, "403_csrf.html", status=403)
    context = {**admin.site.each_context(request), "title": _("Open too long"), "too_old": True}
    return render(request, "admin/refused.html", context, status=403)


def _at_desk(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return request.path_info.startswith(DESK_PREFIX) and bool(user and user.is_active and user.is_staff)


def _missing(request: HttpRequest) -> Missing | None:
    """The permission that the page wants; None where it is not known, or the account has it and the record forbids it."""
    code = _wanted(request)
    if not code or request.user.has_perm(code):
        return None
    app, _dot, codename = code.partition(".")
    deed, _line, model = codename.partition("_")
    who = User.objects.filter(is_active=True).order_by("username")
    groups = Group.objects.filter(permissions__content_type__app_label=app, permissions__codename=codename)
    roles = [
        (group.name, [user.get_username() for user in group.user_set.all()])
        for group in groups.order_by("pk").prefetch_related(Prefetch("user_set", who))
    ]
    name = apps.get_model(app, model)._meta.verbose_name
    return Missing(f"{DEEDS.get(deed, deed)} · {name}", roles)


def _wanted(request: HttpRequest) -> str:
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    if name in PAGES:
        return PAGES[name]
    found = LISTED.fullmatch(name)
    if found is None:
        return ""
    deed = "change" if found["page"] == "change" and request.method == "POST" else DEED[found["page"]]
    return f"{found['app']}.{deed}_{found['model']}"
