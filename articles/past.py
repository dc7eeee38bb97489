"""What became of an article: every change of it and of what hangs on it, with who, when, from what to what."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from articles.beside import Line, beside
from articles.bodytext import to_text
from articles.models import Article, Byline, MechanismMention, Metric, Region, Theme

FIELDS = ("state", "kicker", "title", "subtitle", "column", "genre", "level", "region", "date")
SETS: dict[str, type[models.Model]] = {"themes": Theme, "also_regions": Region}
RESTORABLE = (*FIELDS[1:], *SETS, "body")
CHILDREN: tuple[type[models.Model], ...] = (Byline, MechanismMention, Metric)
TOGETHER = timedelta(seconds=2)
"""Changes of one person within so short a time were saved by one click."""
OF_ACTION = "action:"
"""Before the id of an action, the reason of the changes that it made."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field, or one row of a table: `name` as people call it, `field` where it can be restored by itself."""

    name: str
    before: str
    after: str
    field: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(slots=True)
class Version:
    """What one person did at one time; `who` is empty for the machine, and for somebody whose account was deleted.

    `key` and `before` are history rows of the article as it was after, and before.
    """

    moment: datetime
    who: str
    reason: str
    changes: list[Change] = field(default_factory=list)
    key: int | None = None
    before: int | None = None

    @property
    def action(self) -> str:
        """The id of the action over a selection that did this; empty where somebody changed this article alone."""
        return self.reason.removeprefix(OF_ACTION) if self.reason.startswith(OF_ACTION) else ""


@dataclass(frozen=True, slots=True)
class Latest:
    """Who gave a field the value that it has, and when."""

    who: str
    when: datetime
    value: str


def versions(article: Article) -> list[Version]:
    """The latest first; the first of all is the article as it was received. A few statements, however many there are."""
    found = sorted([*_own(article), *_hanging(article)], key=lambda version: version.moment)
    whole: list[Version] = []
    for version in found:
        last = whole[-1] if whole else None
        if last and last.changes and _at_once(last, version):
            last.changes += version.changes
            last.key, last.before = version.key or last.key, last.before or version.before
            last.moment, last.reason = version.moment, last.reason or version.reason
        else:
            whole.append(version)
    for version in whole:
        version.changes = list(_without_rewritten(version.changes))
    return [version for version in reversed(whole) if version.changes or version.reason]


def erased_accounts() -> list[tuple[datetime, str]]:
    """(when, name) of accounts that were deleted while that still took their names out of the histories."""
    people = ContentType.objects.get_for_model(get_user_model())
    rows = LogEntry.objects.filter(content_type=people, action_flag=DELETION, change_message="")
    return list(rows.order_by("action_time").values_list("action_time", "object_repr"))


def nobody(moment: datetime, erased: list[tuple[datetime, str]]) -> str:
    """Who did what stands under no name: the machine, or perhaps somebody whose account was deleted later."""
    names = "、".join(dict.fromkeys(name for when, name in erased if when > moment))
    if names:
        return _("the parser, a command, or an account deleted since (%s)") % names
    return _("the parser, or a command")


def latest(keys: Collection[int], names: Collection[str], since: datetime) -> dict[tuple[int, str], Latest]:
    """By article and field, the last change after `since`, of the fields among FIELDS and SETS. Two statements."""
    found = Article.history.filter(id__in=keys).select_related("history_user", "region")
    rows = list(found.defer("body").order_by("id", "history_date", "history_id"))
    sets = {name: _names(name, [row.history_id for row in rows]) for name in SETS if name in names}
    changes: dict[tuple[int, str], Latest] = {}
    for old, new in pairwise(rows):
        if old.id != new.id or new.history_date <= since:
            continue
        values = {name: tuple(_said(row, name) for row in (old, new)) for name in FIELDS if name in names}
        for name, held in sets.items():
            before, after = ("、".join(sorted(held.get(row.history_id, ()))) for row in (old, new))
            values[name] = before, after
        who = str(new.history_user) if new.history_user else ""
        for name, (before, after) in values.items():
            if before != after:
                changes[new.id, name] = Latest(who, new.history_date, after)
    return changes


def _at_once(one: Version, other: Version) -> bool:
    """Whether two versions, the earlier first, come of one click."""
    if one.reason and other.reason and one.reason != other.reason:
        return False
    return one.who == other.who and other.moment - one.moment <= TOGETHER


def _without_rewritten(changes: list[Change]) -> Iterator[Change]:
    """The changes without rows that went and came back as they were: a page split anew is read anew."""
    rows = {way: Counter(_of_row(c) for c in changes if _way(c) == way) for way in ("went", "came")}
    same = rows["went"] & rows["came"]
    left = {way: Counter(same) for way in rows}
    for change in changes:
        way, row = _way(change), _of_row(change)
        if way and left[way][row]:
            left[way][row] -= 1
        else:
            yield change


def _way(change: Change) -> str:
    """Whether a change is a whole row that "went" or "came"; empty for anything else."""
    if change.field or change.lines or bool(change.before) == bool(change.after):
        return ""
    return "went" if change.before else "came"


def _of_row(change: Change) -> tuple[str, str]:
    return change.name, change.before or change.after


def _own(article: Article) -> Iterator[Version]:
    found = article.history.select_related("history_user", "region")
    rows = list(found.order_by("history_date", "history_id"))
    names = {name: _names(name, [row.history_id for row in rows]) for name in SETS}
    if rows:
        yield _version(rows[0], [], rows[0].history_change_reason or _("first known state"))
    for old, new in pairwise(_saved_at_once(rows)):
        version = _version(new, list(_changes(old, new, names)), new.history_change_reason or "")
        version.before = old.history_id
        yield version


def _saved_at_once(rows: list[Any]) -> Iterator[Any]:
    """The last of the rows that one click wrote: a set that changed leaves a row for each step. The first stays apart."""
    for at, row in enumerate(rows):
        later = rows[at + 1] if at + 1 < len(rows) else None
        if not (
            at
            and later
            and later.history_user_id == row.history_user_id
            and later.history_change_reason == row.history_change_reason
            and later.history_date - row.history_date <= TOGETHER
        ):
            yield row


def _version(row: Any, changes: list[Change], reason: str) -> Version:
    who = str(row.history_user) if row.history_user else ""
    return Version(row.history_date, who, reason, changes, getattr(row, "history_id", None))


def _changes(old: Any, new: Any, names: dict[str, dict[int, list[str]]]) -> Iterator[Change]:
    for name in FIELDS:
        before, after = _said(old, name), _said(new, name)
        if before != after:
            yield Change(_label(Article, name), before, after, name if name in RESTORABLE else "")
    for name in SETS:
        were, are = (sorted(names[name].get(row.history_id, ())) for row in (old, new))
        if were != are:
            yield Change(_label(Article, name), "、".join(were), "、".join(are), name)
    if old.body != new.body and (lines := beside(to_text(old.body), to_text(new.body))):
        changed = tuple(line for line in lines if not line.same)
        if changed:
            yield Change(_("text"), "", "", "body", changed)


def _hanging(article: Article) -> Iterator[Version]:
    """Rows of the tables that hang on an article: added, changed, taken away."""
    for model in CHILDREN:
        rows = model.history.filter(article_id=article.pk).select_related("history_user")  # type: ignore[attr-defined]
        before: dict[int, Any] = {}
        for row in rows.order_by("history_date", "history_id"):
            old, name = before.get(row.id), str(model._meta.verbose_name)
            before[row.id] = row
            gone = row.history_type == "-"
            if old is None and not gone and row.history_date <= article.created_at:
                continue  # as it was received
            changes = [] if gone or old is None else list(_row_changes(model, name, old, row))
            if gone:
                changes = [Change(name, _row(model, row), "")]
            elif old is None:
                changes = [Change(name, "", _row(model, row))]
            version = _version(row, changes, "")
            version.key = None
            if changes:
                yield version


def _row_changes(model: type[models.Model], name: str, old: Any, new: Any) -> Iterator[Change]:
    for one in _columns(model):
        before, after = _said(old, one), _said(new, one)
        if before != after:
            yield Change(f"{name}「{_row(model, old)}」{_label(model, one)}", before, after)


def _columns(model: type[models.Model]) -> list[str]:
    left_out = {
        "id",
        "article",
        "start",
        "end",
        "rule",
        "confidence",
        "subject_key",
        "link",
        "link_kind",
        "offices",
    }
    return [f.name for f in model._meta.concrete_fields if f.name not in left_out]


def _row(model: type[models.Model], row: Any) -> str:
    """A row as a short line: its words, without what is empty."""
    shown = {Byline: ("author", "role"), MechanismMention: ("name",), Metric: ("subject", "value", "unit")}[
        model
    ]
    return " ".join(filter(None, (_said(row, name) for name in shown)))


def _said(row: Any, name: str) -> str:
    """A value as people read it; what it pointed at may be gone."""
    if choice := getattr(row, f"get_{name}_display", None):
        return str(choice() or "")
    try:
        value = getattr(row, name)
    except models.ObjectDoesNotExist:
        return f"#{getattr(row, name + '_id')}"
    if isinstance(value, Region):
        return value.full_name or value.name
    if hasattr(value, "normalize"):  # 46, not 46.000000
        return format(value.normalize(), "f")
    return "" if value is None else str(value)


def _names(name: str, keys: list[int]) -> dict[int, list[str]]:
    """What a set held, by the key of the history row; what was deleted since has no name any more."""
    other = str(SETS[name]._meta.model_name)
    rows = getattr(Article.history.model, name).model.objects.filter(history__in=keys).select_related(other)
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.history_id, []).append(_said(row, other))
    return found


def _label(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


def fields_of(version: Any, names: Iterable[str]) -> dict[str, Any]:
    """Values of a history row of an article, as `services.correct` takes them."""
    values: dict[str, Any] = {}
    for name in names:
        if name in SETS:
            keys = getattr(version, name).values_list(f"{SETS[name]._meta.model_name}_id", flat=True)
            values[name] = list(SETS[name]._default_manager.filter(pk__in=keys))
        elif name == "region":
            values[name] = Region.objects.filter(pk=version.region_id).first()
        else:
            values[name] = getattr(version, name)
    return values
