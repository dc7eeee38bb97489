"""How the admin looks and what its side bar holds, in the order in which editors work."""

from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _


def _may(permission: str) -> Any:
    return lambda request: request.user.has_perm(permission)


def _entry(title: Any, icon: str, link: Any, permission: str) -> dict[str, Any]:
    return {
        "title": capfirst(title),
        "icon": icon,
        "link": link,
        "permission": _may(permission),
        "active": lambda request: _is_at(request, str(link)),
    }


def _is_at(request: Any, link: str) -> bool:
    """Whether one is at this entry: of all whose address one's own begins with, at the longest. A list with a query is
    another place than the list without."""
    return link == max((place for place in _places() if _reaches(request, place)), key=len, default="")


@cache
def _places() -> tuple[str, ...]:
    return tuple(str(item["link"]) for group in UNFOLD["SIDEBAR"]["navigation"] for item in group["items"])


def _reaches(request: Any, link: str) -> bool:
    at = urlsplit(link)
    wanted = dict(parse_qsl(at.query))
    return request.path.startswith(at.path) and all(request.GET.get(k) == v for k, v in wanted.items())


def _list(title: Any, icon: str, model: str, app: str = "articles") -> dict[str, Any]:
    return _entry(title, icon, reverse_lazy(f"admin:{app}_{model}_changelist"), f"{app}.view_{model}")


def _group(title: Any, *items: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "separator": True, "items": list(items)}


# Cinnabar, from wash to ink.
CINNABAR = {
    "50": "#fcf4f2", "100": "#f9e5e1", "200": "#f1c9c1", "300": "#e5a294", "400": "#d6745f", "500": "#c04e37",
    "600": "#a8321e", "700": "#8b2817", "800": "#6e2114", "900": "#561c13", "950": "#330f09",
}  # fmt: skip

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("Archive desk"),
    "SITE_HEADER": _("Archive desk"),
    "SHOW_LANGUAGES": True,
    "SITE_SYMBOL": "newsstand",
    "SITE_URL": "/",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/favicon.svg")}
    ],
    "STYLES": [
        lambda request: static("articles/everywhere.css"),
        lambda request: static("articles/lists.css"),
    ],
    "SCRIPTS": [lambda request: static("articles/everywhere.js"), lambda request: static("articles/kept.js")],
    "LOGIN": {"form": "archive.login.LoginForm"},
    "DASHBOARD_CALLBACK": "articles.admin.front.front",
    "BORDER_RADIUS": "4px",
    "COLORS": {"primary": CINNABAR},
    "SIDEBAR": {
        "show_search": False,
        "navigation": [
            _group(
                _("Desk"),
                _entry(
                    _("Upload pages"),
                    "upload_file",
                    reverse_lazy("admin:articles_upload"),
                    "articles.add_source",
                ),
                _entry(
                    _("Review queue"),
                    "fact_check",
                    reverse_lazy("admin:articles_queue"),
                    "articles.change_article",
                ),
                _list(_("articles"), "article", "article"),
                _list(_("uploads"), "cloud_upload", "upload"),
                _list(_("near copies"), "difference", "resemblance"),
                _entry(
                    _("trash"),
                    "delete",
                    format_lazy("{}?trash=yes", reverse_lazy("admin:articles_article_changelist")),
                    "articles.withdraw_article",
                ),
                _list(_("bulk changes"), "playlist_add_check", "action"),
                _list(_("ingest runs"), "receipt_long", "ingestrun"),
                _entry(_("Status"), "monitor_heart", reverse_lazy("status"), "articles.view_heartbeat"),
            ),
            _group(
                _("Newspapers and files"),
                _list(_("publications"), "newspaper", "publication"),
                _list(_("issues"), "calendar_month", "issue"),
                _list(_("pages"), "description", "page"),
                _list(_("sources"), "draft", "source"),
            ),
            _group(
                _("Vocabulary"),
                _list(_("regions"), "map", "region"),
                _list(_("themes"), "category", "theme"),
                _list(_("mechanisms"), "hub", "mechanism"),
                _entry(
                    _("Proposed mechanisms"),
                    "lightbulb",
                    reverse_lazy("admin:articles_mechanism_proposed"),
                    "articles.change_mechanism",
                ),
                _list(_("authors"), "person", "author"),
                _list(_("decisions on names"), "merge", "decision"),
            ),
            _group(
                _("Accounts"),
                _list(_("users"), "manage_accounts", "user", "auth"),
                _list(_("roles"), "group", "group", "auth"),
                _list(_("failed logins"), "lock_clock", "accessattempt", "axes"),
            ),
        ],
    },
}
