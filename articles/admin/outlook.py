"""What a proposal would do, as its page tells it before anything changes: which articles, from what to what, who sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from articles import services
from articles.admin.wording import sentence, steps
from articles.models import Action, Article, State

SHOWN = 50
"""How many articles of each kind a page names; it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the chosen articles, the first of them by name; `changes` has what would change in each of `rows`."""

    said: Any
    count: int
    rows: list[tuple[Article, list[str]]]
    warns: bool = False

    @property
    def more(self) -> int:
        return max(self.count - SHOWN, 0)


def outlook(action: Action, user: AbstractBaseUser | None) -> dict[str, Any]:
    """What the page of a proposal says under its plan; empty while nothing was asked."""
    if not action.changes:
        return {}
    plan = services.foresee(action, user)
    changes = services.Changes.read(action.changes)
    shown = plan.changing[:SHOWN]
    words = dict(zip(shown, steps(plan.steps[key] for key in shown), strict=True))
    changing = Group("", len(plan.steps), [(row, words[row.pk]) for row in named(shown)])
    return {
        "plan": plan,
        "what": sentence(action),
        "changing": changing,
        "public": len(plan.public),
        "seen_at_once": len(plan.public & plan.steps.keys()),
        "publishing": len(plan.steps) if changes.state == str(State.PUBLISHED) else 0,
        "doubts": _doubts(plan.changing) if changes.state == str(State.PUBLISHED) else [],
        "blocked": [_group(now(services.OBSTACLES[why]), keys) for why, keys in plan.blocked.items()],
    }


def _doubts(keys: Sequence[int]) -> list[Group]:
    """What readers would get that somebody should have looked at."""
    rows = Article.objects.filter(pk__in=keys).order_by("pk")
    found = (
        (_("Without a headline"), rows.untitled()),
        (_("With something to check"), rows.unsettled()),
    )
    groups = [_group(said, list(of.values_list("pk", flat=True)), warns=True) for said, of in found]
    return [group for group in groups if group.count]


def _group(said: Any, keys: Sequence[int], warns: bool = False) -> Group:
    return Group(said, len(keys), [(row, []) for row in named(keys[:SHOWN])], warns)


def named(keys: Sequence[int]) -> list[Article]:
    """Articles in the order of their keys, as lists show them; those that are gone are left out."""
    rows = Article.objects.for_desk().in_bulk(keys)
    return [rows[key] for key in keys if key in rows]
