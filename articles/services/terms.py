"""Themes and regions that go for others: merged, and parted again. Their articles follow in an Action, in batches.

The row stays and points at the one that took its place: its address leads on, and pages to come are read by the other.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from articles.models import (
    Action,
    ActionKind,
    ActionStatus,
    Article,
    Author,
    Byline,
    Publication,
    Region,
    Theme,
)  # fmt: skip
from articles.services.apart import told_apart
from articles.services.errors import Refused

Term = Theme | Region
BESIDE: tuple[tuple[str, Any], ...] = (("author", Author), ("byline", Byline), ("publication", Publication))
"""What else lies in a region."""


def concerned(row: Term) -> list[int]:
    """Keys of the articles that stand under a theme or in a region, or that the parser put there."""
    if isinstance(row, Theme):
        found = Q(themes=row) | Q(machine__themes__contains=[row.name])
    else:
        found = Q(region=row) | Q(also_regions=row) | Q(region_candidates__contains=[row.code])
        found |= Q(machine__region=row.code) | Q(machine__also_regions__contains=[row.code])
    return list(Article.objects.filter(found).order_by("pk").distinct().values_list("pk", flat=True))


def both(row: Term, into: Term) -> int:
    """How many articles stand under both."""
    name = "themes" if isinstance(row, Theme) else "also_regions"
    rows = Article.objects.filter(**{name: row.pk})
    under = Q(**{name: into.pk}) | Q(region=into.pk) if isinstance(into, Region) else Q(**{name: into.pk})
    return rows.filter(pk__in=Article.objects.filter(under).values("pk")).count()


def mergeable(row: Term, into: Term) -> None:
    """Raises Refused for a place that another lies in: its articles would be counted twice, or nowhere."""
    if isinstance(row, Region) and isinstance(into, Region):
        if row.children.filter(until=None).exists():
            raise Refused(_("Other places lie in “%s”, so it cannot be treated as another.") % row.name)


def doubts(row: Term, into: Term) -> tuple[str, ...]:
    """What speaks against treating a place as another, in sentences: another level, another place that it is part of."""
    if not (isinstance(row, Region) and isinstance(into, Region)):
        return ()
    names = {"name": row.full_name or row.name, "into": into.full_name or into.name}
    found = []
    if row.level != into.level:
        levels = {"level": row.get_level_display(), "other": into.get_level_display()}
        found.append(
            _("They differ in level: “%(name)s” is %(level)s, “%(into)s” %(other)s.") % {**names, **levels}
        )
    if row.parent_id == into.pk:
        found.append(_("“%(name)s” is a part of “%(into)s”.") % names)
    elif row.parent and into.parent and row.parent_id != into.parent_id:
        above = {"above": row.parent, "other": into.parent}
        found.append(
            _("They lie in different places: “%(name)s” in %(above)s, “%(into)s” in %(other)s.")
            % {**names, **above}
        )
    return tuple(found)


def beside(row: Term) -> int:
    """How many people, signatures and publications lie in a region; a theme has none."""
    return sum(rows.count() for _name, rows in _beside(row))


def follow(row: Term, into: Term, user: AbstractBaseUser | None) -> tuple[Action, dict[str, list[int]]]:
    """Begins the Action that moves the articles, and moves what else lies in a region; returns it with the keys of that.

    A person who would be there twice under one name stays. The caller carries the action out, once it has committed.
    """
    moved: dict[str, list[int]] = {}
    for name, rows in _beside(row):
        if name == "author":
            rows = rows.exclude(_there(into))
        moved[name] = _settle(list(rows), into, user)
    asked = {
        "about": "theme" if isinstance(row, Theme) else "region",
        "old": [row.pk, _name(row)], "new": [into.pk, _name(into)], "said": " → ".join(told_apart(row, into)),
    }  # fmt: skip
    action = Action.objects.create(user=user, kind=ActionKind.MERGE, changes=asked, keys=concerned(row))
    return action, moved


def go_back(row: Term, into: Any, moved: dict[str, list[int]], user: AbstractBaseUser | None) -> int:
    """Moves what lay in a region back, where nobody moved it since; returns how much stays."""
    left = 0
    for name, model in BESIDE:
        keys = moved.get(name, [])
        rows = model.objects.filter(pk__in=keys, region=into.pk)
        if name == "author":
            rows = rows.exclude(_there(row))
        left += len(keys) - len(_settle(list(rows), row, user))
    return left


def _there(place: Term) -> Exists:
    """That somebody of the same name and note is in a place already."""
    return Exists(Author.objects.filter(region=place.pk, name=OuterRef("name"), note=OuterRef("note")))


def action_of(done: dict[str, Any]) -> Action | None:
    """The Action that moved the articles. Raises Refused while it is under way."""
    action = Action.objects.filter(pk=done.get("action")).first()
    if action is not None and action.status != ActionStatus.DONE:
        raise Refused(_("The articles are still being moved: wait until that is done."))
    return action


def _beside(row: Term) -> Iterator[tuple[str, Any]]:
    if isinstance(row, Region):
        for name, model in BESIDE:
            yield name, model.objects.filter(region=row).order_by("pk")


def _settle(rows: list[Any], at: Term, user: AbstractBaseUser | None) -> list[int]:
    for row in rows:
        row.region = at
    if rows and isinstance(rows[0], Byline):
        bulk_update_with_history(rows, Byline, ["region"], default_user=user, batch_size=500)
    elif rows:
        type(rows[0]).objects.bulk_update(rows, ["region"], batch_size=500)
    return [row.pk for row in rows]


def _name(row: Term) -> str:
    return row.name if isinstance(row, Theme) else row.code
