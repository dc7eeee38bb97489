"""Actions in words: what was asked, and values of fields as people call them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from articles.models import Action, ActionKind, Issue, Level, Region, State, Theme
from articles.services import Changes

FIELDS: dict[str, Any] = {
    "state": _("state"), "themes": _("themes"), "region": _("region"), "level": _("level"),
    "characters": _("characters of the page"), "also_regions": _("further regions"), "mentions": _("mechanisms"),
    "issue": _("issue"), "date": _("date"),
}  # fmt: skip
ASKED = {State.PUBLISHED: _("publish"), State.WITHDRAWN: _("withdraw"), State.IN_REVIEW: _("send to review")}
THEMES = {"add": _("themes added: %s"), "remove": _("themes removed: %s"), "set": _("themes: %s")}


def sentence(action: Action) -> str:
    """What an action asked for: “publish · level: 省级”."""
    if action.kind == ActionKind.UNDO and action.undoes:
        return (now("undone: %s") if action.takes_back else now("done again: %s")) % sentence(action.root)
    if action.kind == ActionKind.MERGE:
        return now("merged: %s") % action.changes["said"]
    if action.kind == ActionKind.REREAD and "theme" not in action.changes:
        said = {"name": action.changes["said"], "words": "、".join(action.changes["words"])}
        if "place" in action.changes:
            return now("places read again: %(name)s (%(words)s)") % said
        return now("mechanisms read again: %(name)s (%(words)s)") % said
    if action.kind == ActionKind.REREAD:
        theme = Theme.objects.filter(pk=action.changes["theme"]).first()
        said = {"theme": theme or "–", "words": "、".join(action.changes["words"])}
        return now("themes read again: %(theme)s (%(words)s)") % said
    if action.kind == ActionKind.SPLIT:
        return now("page split anew: %s") % action.changes["said"]
    if action.kind == ActionKind.MOVE:
        kept = all(before["issue"] == after["issue"] for _key, before, after in action.changes["moved"])
        said = now("right where they are: %s") if kept else now("pages put into an issue: %s")
        return said % action.changes["said"]
    changes = Changes.read(action.changes)
    words = told([{"region": changes.region or 0, "themes": changes.themes or ()}])
    parts = [str(ASKED[State(changes.state)])] if changes.state else []
    parts += [
        pair(FIELDS[name], words(name, value))
        for name, value in (("region", changes.region), ("level", changes.level))
        if value is not None
    ]
    if changes.themes is not None:
        parts.append(str(THEMES[changes.how]) % words("themes", changes.themes))
    return " · ".join(parts) or "–"


def pair(name: Any, value: Any) -> str:
    """A field and what is said of it."""
    return now("%(name)s: %(value)s") % {"name": name, "value": value}


def steps(found: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> list[list[str]]:
    """What changes in each of several articles: “level: – → 省级”, from its fields before and after."""
    found = list(found)
    words = told([stand for both in found for stand in both])
    return [
        [
            pair(FIELDS[name], f"{words(name, before[name])} → {words(name, after[name])}")
            for name in after
            if name in FIELDS and before[name] != after[name]
        ]
        for before, after in found
    ]


def told(stands: Iterable[dict[str, Any]]) -> Callable[[str, Any], str]:
    """A function from a field and its stored value to words; the names of all `stands` are read at once."""
    stands = list(stands)
    places = {s["region"] for s in stands if s.get("region")}
    regions = Region.objects.in_bulk(places.union(*(s.get("also_regions", ()) for s in stands)))
    themes = Theme.objects.in_bulk({key for s in stands for key in s.get("themes", ())})
    issues = Issue.objects.select_related("publication").in_bulk(
        {key for s in stands if (key := s.get("issue"))}
    )

    def words(name: str, value: Any) -> str:
        if name == "state":
            return str(State(value).label) if value else "–"
        if name in ("characters", "date"):
            return str(value) or "–"
        if name == "issue":
            return str(issues.get(value, "–"))
        if name == "mentions":
            return "、".join(mention[1] for mention in value) or "–"
        if name == "also_regions":
            return "、".join(str(regions[key]) for key in value if key in regions) or "–"
        if name == "level":
            return str(Level(value).label) if value else "–"
        if name == "region":
            return str(regions[value].full_name or regions[value].name) if value in regions else "–"
        return "、".join(themes[key].name for key in value if key in themes) or "–"

    return words
