"""How the admin looks and what its side bar holds, in the order in which editors work."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def _may(permission: str) -> Any:
    return lambda request: request.user.has_perm(permission)


def _list(title: Any, icon: str, model: str, app: str = "articles") -> dict[str, Any]:
    link = reverse_lazy(f"admin:{app}_{model}_changelist")
    return {"title": title, "icon": icon, "link": link, "permission": _may(f"{app}.view_{model}")}


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
    "SITE_SYMBOL": "newsstand",
    "SITE_URL": "/",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/favicon.svg")}
    ],
    "DASHBOARD_CALLBACK": "articles.admin.front.front",
    "BORDER_RADIUS": "4px",
    "COLORS": {"primary": CINNABAR},
    "SIDEBAR": {
        "show_search": False,
        "navigation": [
            _group(
                _("Desk"),
                {
                    "title": _("Upload pages"),
                    "icon": "upload_file",
                    "link": reverse_lazy("admin:articles_upload"),
                    "permission": _may("articles.add_source"),
                },
                {
                    "title": _("Review queue"),
                    "icon": "fact_check",
                    "link": reverse_lazy("admin:articles_queue"),
                    "permission": _may("articles.change_article"),
                },
                _list(_("articles"), "article", "article"),
                _list(_("uploads"), "cloud_upload", "upload"),
                _list(_("near copies"), "difference", "resemblance"),
                {
                    "title": _("trash"),
                    "icon": "delete",
                    "link": format_lazy("{}?trash=yes", reverse_lazy("admin:articles_article_changelist")),
                    "permission": _may("articles.withdraw_article"),
                },
                _list(_("changes of several articles"), "playlist_add_check", "action"),
                _list(_("ingest runs"), "receipt_long", "ingestrun"),
                {
                    "title": _("Status"),
                    "icon": "monitor_heart",
                    "link": reverse_lazy("status"),
                    "permission": _may("articles.view_heartbeat"),
                },
            ),
            _group(
                _("Where they come from"),
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
                {
                    "title": _("Proposed mechanisms"),
                    "icon": "lightbulb",
                    "link": reverse_lazy("admin:articles_mechanism_proposed"),
                    "permission": _may("articles.change_mechanism"),
                },
                _list(_("authors"), "person", "author"),
                _list(_("decisions on names"), "merge", "decision"),
            ),
            _group(
                _("Accounts"),
                _list(_("users"), "manage_accounts", "user", "auth"),
                _list(_("groups"), "group", "group", "auth"),
                _list(_("failed logins"), "lock_clock", "accessattempt", "axes"),
            ),
        ],
    },
}
