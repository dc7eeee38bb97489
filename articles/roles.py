"""Who may do what at the desk: three groups of accounts, each with all that the one before it may.

The groups are kept as they stand here at every migration; a mix of somebody's own is a group of its own.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps

WORKED_ON = ("article", "byline", "mechanismmention", "metric", "evidence", "page", "issue", "publication")
LOOKED_AT = (
    "source", "block", "upload", "uploadfile", "ingestrun", "ingestevent", "region", "theme", "mechanism", "author",
    "resemblance",
    "action", "actionitem", "decision", "themeword", "placename",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """A group by its name, which is data and not translated, with permissions as `app.codename`."""

    name: str
    permissions: frozenset[str]


def _each(action: str, *models: str, app: str = "articles") -> frozenset[str]:
    return frozenset(f"{app}.{action}_{model}" for model in models)


EDITOR = Role(
    "编辑",
    _each("view", *WORKED_ON, *LOOKED_AT)
    | _each("change", *WORKED_ON)
    | _each(
        "add", "author", "source", "issue", "publication", "byline", "mechanismmention", "metric", "evidence"
    )
    | _each("delete", "issue", "byline", "mechanismmention", "metric", "evidence"),
)
REVIEWER = Role(
    "审核",
    EDITOR.permissions
    | {"articles.publish_article", "articles.withdraw_article", "articles.delete_source"}
    | _each("add", "mechanism", "theme", "themeword", "placename")
    | _each("change", "mechanism", "author")
    | _each("delete", "mechanism", "author", "theme", "themeword", "placename")
    | _each("merge", "mechanism", "author", "theme", "region"),
)
MANAGER = Role(
    "管理员",
    REVIEWER.permissions
    | _each("delete", "publication")
    | _each("view", "heartbeat")
    | _each("delete", "article")
    | {"auth.view_user", "auth.add_user", "auth.change_user", "auth.delete_user", "auth.view_group"}
    | _each("view", "accessattempt", "accesslog", app="axes")
    | _each("delete", "accessattempt", app="axes"),
)
ROLES = (EDITOR, REVIEWER, MANAGER)


def ensure_roles(**_: Any) -> None:
    """Makes the groups of ROLES, or brings their permissions back to what stands there."""
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    known = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in permission_model.objects.select_related("content_type")
    }
    for role in ROLES:
        group, _made = group_model.objects.get_or_create(name=role.name)
        group.permissions.set([known[code] for code in sorted(role.permissions) if code in known])
