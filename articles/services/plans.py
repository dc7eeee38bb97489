"""What a change over a selection would do to each article, and what stands in its way."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.ingest.fields.mechanisms.known import RULE as KNOWN_NAME
from articles.models import Article, MechanismMention, Origin, State

# From which states each state may be reached. What readers see is withdrawn before it is reviewed again; only what they
# see is withdrawn.
MAY_BECOME: dict[Any, tuple[Any, ...]] = {
    State.PUBLISHED: (State.DRAFT, State.IN_REVIEW, State.WITHDRAWN),
    State.IN_REVIEW: (State.DRAFT, State.WITHDRAWN),
    State.WITHDRAWN: (State.PUBLISHED,),
}
OWN_TEXT = (State.PUBLISHED, State.IN_REVIEW)
"""States for articles that have a text of their own, which those that vanished in a new split have not."""
OBSTACLES = {
    "permission": gettext_noop("You may not do this to the article."),
    "state": gettext_noop("Readers see the article: withdraw it before it is reviewed again."),
    "unseen": gettext_noop("Readers do not see it, so there is nothing to withdraw."),
    "trashed": gettext_noop("The article is in the trash: take it out first."),
    "moved": gettext_noop("Its page was split anew, and another article has its text."),
    "claimed": gettext_noop("Somebody else is at the article in the review queue."),
    "corrected": gettext_noop("Somebody has corrected this, so it stays."),
    "changed": gettext_noop("Changed again since then."),
    "gone": gettext_noop("The article is no longer here."),
}
Stand = dict[str, Any]
"""Fields of an article as JSON: state, level, region and themes by key, region_candidates by code."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is asked of every article of a selection; None leaves a field unchanged.

    `level` "" and `region` 0 empty the field. `themes` are added, removed, or set in place of those there.
    """

    state: str | None = None
    level: str | None = None
    region: int | None = None
    themes: tuple[int, ...] | None = None
    how: str = "add"

    @classmethod
    def read(cls, data: dict[str, Any]) -> "Changes":
        """From `as_json`."""
        themes = data.get("themes")
        return cls(**{**data, "themes": None if themes is None else tuple(themes)})

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value is not None}

    @property
    def nothing(self) -> bool:
        return self == Changes(how=self.how)


@dataclass(slots=True)
class Plan:
    """What would become of a selection.

    `steps` has for each article that would change its fields before and after; then the keys of those that are so
    already, and of those that cannot change, by obstacle. `public` are the keys of all that readers see now.
    """

    steps: dict[int, tuple[Stand, Stand]] = field(default_factory=dict)
    same: list[int] = field(default_factory=list)
    blocked: dict[str, list[int]] = field(default_factory=dict)
    public: set[int] = field(default_factory=set)

    @property
    def changing(self) -> list[int]:
        return list(self.steps)

    @property
    def mark(self) -> str:
        """The same for the same steps: tells whether what was looked at is what would be done."""
        return hashlib.sha256(json.dumps(sorted(self.steps.items())).encode()).hexdigest()


def stands(articles: Iterable[Article], whole: bool = False) -> dict[int, Stand]:
    """How articles stand, by key. One query for the themes.

    `whole` adds the further regions by key, the mentions by settled names as [mechanism, name, kind, quote, start, end],
    and `read`, what the parser says of themes and regions: two queries more.
    """
    articles = list(articles)
    found: dict[int, Stand] = {
        article.pk: {
            "state": article.state,
            "level": article.level,
            "region": article.region_id or 0,
            "region_candidates": list(article.region_candidates),
            "themes": [],
        }
        for article in articles
    }
    pairs = Article.themes.through.objects.filter(article__in=found).order_by("theme_id")
    for key, theme in pairs.values_list("article_id", "theme_id"):
        found[key]["themes"].append(theme)
    if whole:
        _add_rest(articles, found)
    return found


def _add_rest(articles: Iterable[Article], found: dict[int, Stand]) -> None:
    for article in articles:
        machine = article.machine
        read = {name: machine[name] for name in ("themes", "region", "also_regions") if name in machine}
        found[article.pk] |= {"also_regions": [], "mentions": [], "read": read}
    further = Article.also_regions.through.objects.filter(article__in=found).order_by("region_id")
    for key, region in further.values_list("article_id", "region_id"):
        found[key]["also_regions"].append(region)
    named = MechanismMention.objects.filter(article__in=found, rule=KNOWN_NAME, origin=Origin.MACHINE)
    columns = ("mechanism", "name", "kind", "quote", "start", "end")
    for key, *row in named.order_by("start", "pk").values_list("article", *columns):
        found[key]["mentions"].append(row)


def wanted(stand: Stand, changes: Changes) -> Stand:
    """The fields that would change, with their new values."""
    wish: Stand = {}
    if changes.state is not None:
        wish["state"] = changes.state
    if changes.level is not None:
        wish["level"] = changes.level
    if changes.region is not None:
        wish["region"] = changes.region
        if changes.region:
            wish["region_candidates"] = []
    if changes.themes is not None:
        here, asked = set(stand["themes"]), set(changes.themes)
        kept = {"add": here | asked, "remove": here - asked, "set": asked}[changes.how]
        wish["themes"] = sorted(kept)
    return {name: value for name, value in wish.items() if stand[name] != value}


def exchanged(stand: Stand, asked: dict[str, Any]) -> Stand:
    """The fields that would change if one theme or region stood for another: `asked` as `services.terms` writes it."""
    (old, old_name), (new, new_name) = asked["old"], asked["new"]

    def swapped(values: list[Any], gone: Any, come: Any) -> list[Any]:
        return list(dict.fromkeys(come if value == gone else value for value in values))

    read, wish = dict(stand["read"]), dict[str, Any]()
    if asked["about"] == "theme":
        wish["themes"] = sorted(swapped(stand["themes"], old, new))
        read["themes"] = swapped(read.get("themes", []), old_name, new_name)
    else:
        wish["region"] = new if stand["region"] == old else stand["region"]
        wish["also_regions"] = sorted(swapped(stand["also_regions"], old, new))
        wish["region_candidates"] = swapped(stand["region_candidates"], old_name, new_name)
        read["region"] = new_name if read.get("region") == old_name else read.get("region", "")
        read["also_regions"] = swapped(read.get("also_regions", []), old_name, new_name)
    wish["read"] = {name: value for name, value in read.items() if name in stand["read"]}
    return {name: value for name, value in wish.items() if stand[name] != value}


def needs(stand: Stand, after: Stand) -> set[str]:
    """The permissions that it takes to give an article these values."""
    needed = {"articles.change_article"} if after.keys() - {"state"} else set()
    if "state" in after:
        before, state = stand["state"], after["state"]
        if state == State.PUBLISHED:
            needed.add("articles.publish_article")
        elif before == State.PUBLISHED or state == State.WITHDRAWN:
            needed.add("articles.withdraw_article")
        else:
            needed.add("articles.change_article")
    return needed


def moved(article: Article, after: Stand) -> bool:
    """Whether readers or reviewers would get an article whose text another one has."""
    return article.moved_to_id is not None and after.get("state") in OWN_TEXT


def moved_said(article: Article) -> str:
    """Why an article that vanished in a new split cannot be published, with the one that has its text."""
    return _(
        "“%(title)s” cannot be published: its page was split anew, and “%(heir)s” has its text. Publish that one."
    ) % {"title": article, "heir": article.heir}


def reachable(stand: Stand, after: Stand) -> bool:
    return "state" not in after or stand["state"] in MAY_BECOME[State(after["state"])]


def permits(user: AbstractBaseUser | None) -> Callable[[Article, set[str]], bool]:
    """Whether somebody has permissions on an article, by role or on this one; without a user, the archive itself."""
    if user is None:
        return lambda _article, _needed: True
    everywhere: dict[str, bool] = {}

    def may(article: Article, needed: set[str]) -> bool:
        for permission in needed:
            if permission not in everywhere:
                everywhere[permission] = user.has_perm(permission)
            if not (everywhere[permission] or user.has_perm(permission, article)):
                return False
        return True

    return may


def plan(articles: Iterable[Article], changes: Changes, user: AbstractBaseUser | None) -> Plan:
    """What `changes` would do to articles, without doing it."""
    rows = list(articles)
    standing, may, found = stands(rows), permits(user), Plan()
    held = held_by_others(user)
    for row in rows:
        stand = standing[row.pk]
        after = wanted(stand, changes)
        if stand["state"] == State.PUBLISHED:
            found.public.add(row.pk)
        if not after:
            found.same.append(row.pk)
        elif why := "claimed" if row.pk in held else obstacle(row, stand, after, may):
            found.blocked.setdefault(why, []).append(row.pk)
        else:
            found.steps[row.pk] = {name: stand[name] for name in after}, after
    return found


def held_by_others(user: AbstractBaseUser | None) -> set[int]:
    """Keys of the articles that others are at in the review queue; none for the archive itself."""
    return (
        set() if user is None else set(Article.objects.held_by_others(user).values_list("article", flat=True))
    )


def obstacle(article: Article, stand: Stand, after: Stand, may: Callable[[Article, set[str]], bool]) -> str:
    """Why an article cannot get these values: a key of OBSTACLES, empty where it can."""
    if stand["state"] == State.TRASHED:
        return "trashed"
    if moved(article, after):
        return "moved"
    if not reachable(stand, after):
        return "unseen" if after["state"] == State.WITHDRAWN else "state"
    return "" if may(article, needs(stand, after)) else "permission"
