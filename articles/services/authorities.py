"""Names that people settle: authors, mechanisms, themes and places merged and parted again, new mechanisms accepted.

A merged row stays, pointing at the one that took its place: its address leads on, and the next page that uses its name
finds the survivor.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Model
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from articles.models import (
    Article,
    Author,
    Byline,
    Decision,
    DecisionKind,
    Mechanism,
    MechanismMention,
    Metric,
    Origin,
    Region,
    Standing,
    Theme,
)  # fmt: skip
from articles.services import history, parting, terms
from articles.services.actions import carry_out
from articles.services.apart import told_apart
from articles.services.errors import Refused, check_permission
from articles.services.learning import read_names_again
from articles.services.locks import STORE, hold
from articles.services.runs import logger
from articles.services.undoing import give_back

Name = Author | Mechanism
MODELS: dict[str, Any] = {"author": Author, "mechanism": Mechanism, "theme": Theme, "region": Region}
FOUND_TWICE = 2
"""In how many articles a new name stands before somebody is asked about it."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would change: how many articles, bylines or mentions (of a place: people, signatures, publications),
    metrics in those articles, and the further names that the survivor would get. `doubled` bylines stand in an article
    beside one of the survivor's and go; of a theme or place, so many articles have both. `doubts` speak against it."""

    articles: int
    rows: int
    doubled: int
    metrics: int
    aliases: list[str]
    doubts: tuple[str, ...] = ()


def preview(row: Any, into: Any) -> Preview:
    """What merging `row` into `into` would change, without changing it. Raises Refused where it cannot be."""
    _mergeable(row, into)
    if isinstance(row, Theme | Region):
        keys = terms.concerned(row)
        metrics = Metric.objects.filter(article__in=keys).exclude(origin=Origin.REJECTED).count()
        return Preview(
            len(keys), terms.beside(row), terms.both(row, into), metrics, [], terms.doubts(row, into)
        )
    rows = _rows(row)
    articles = set(rows.values_list("article", flat=True))
    metrics = Metric.objects.filter(article__in=articles).exclude(origin=Origin.REJECTED).count()
    return Preview(len(articles), rows.count(), len(_doubled(row, into)), metrics, _gained(row, into))


def merge(row: Any, into: Any, user: AbstractBaseUser | None = None) -> Decision:
    """Gives `into` all that stood under `row`. Raises Refused without the permission, and for rows merged before.

    The articles of a theme or a place follow in an Action (`done["action"]`), many of them by the worker.
    """
    check_permission(user, f"articles.merge_{_about(row)}")
    with transaction.atomic():
        hold(STORE)
        model = type(row)
        both = model._default_manager.select_for_update(of=("self",)).filter(pk__in=(row.pk, into.pk))
        held = {r.pk: r for r in both}
        row, into = held[row.pk], held[into.pk]
        _mergeable(row, into)
        if isinstance(row, Theme | Region):
            return _merge_term(row, into, user)
        doubled = _doubled(row, into)
        dropped = [_kept(byline) for byline in doubled]
        moving = list(_rows(row).exclude(pk__in=[byline.pk for byline in doubled]).order_by("pk"))
        history.remember(list(Article.objects.filter(pk__in={r.article_id for r in [*moving, *doubled]})))
        for byline in doubled:
            byline.delete()
        _point(moving, into, user)
        gained = _gained(row, into)
        into.aliases = [*into.aliases, *gained]
        into.save(update_fields=["aliases"])
        row.merged_into = into
        row.save(update_fields=["merged_into"])
        logger.info("%s %s merged into %s by %s", _about(row), row, into, user or "-")
        name, into_name = told_apart(row, into)
        return Decision.objects.create(
            kind=DecisionKind.MERGE, about=_about(row), key=row.pk, name=name, into=into.pk,
            into_name=into_name, user=user,
            done={"moved": [r.pk for r in moving], "dropped": dropped, "aliases": gained},
        )  # fmt: skip


def _merge_term(row: terms.Term, into: Any, user: AbstractBaseUser | None) -> Decision:
    action, moved = terms.follow(row, into, user)
    row.merged_into = into
    row.save(update_fields=["merged_into"])
    carry_out(action, user)
    logger.info("%s %s merged into %s by %s", _about(row), row, into, user or "-")
    name, into_name = told_apart(row, into)
    return Decision.objects.create(
        kind=DecisionKind.MERGE, about=_about(row), key=row.pk, name=name, into=into.pk,
        into_name=into_name, user=user, done={"action": action.pk, "moved": moved},
    )  # fmt: skip


def proposed() -> Any:
    """New mechanisms that stand in two articles or more and that nobody has decided on, most articles first."""
    rows = Mechanism.objects.filter(standing=Standing.FOUND, merged_into=None).for_desk()
    return rows.filter(article_count__gte=FOUND_TWICE).order_by("-article_count", "name")


def accept(row: Mechanism, user: AbstractBaseUser | None = None) -> Decision:
    """Makes a mechanism that the parser found one of the archive's own; texts that hold its names are read again."""
    with transaction.atomic():
        decision = _decide(row, DecisionKind.ACCEPT, Standing.ACCEPTED, user)
        read_names_again(Mechanism.objects.get(pk=row.pk), user)
    return decision


def reject(row: Mechanism, user: AbstractBaseUser | None = None) -> Decision:
    """Says that a name is no mechanism: where it was read is marked rejected, now and on pages to come."""
    return _decide(row, DecisionKind.REJECT, Standing.REJECTED, user)


def may_take_back(decision: Decision, user: AbstractBaseUser | None) -> bool:
    """That somebody's account allows it; whether a later decision stands in the way is said when it is tried."""
    try:
        check_permission(user, _needed(decision))
    except Refused:
        return False
    return True


def _needed(decision: Decision) -> str:
    """The permission that it takes to undo it."""
    verb = "merge" if decision.kind in (DecisionKind.MERGE, DecisionKind.PART) else "change"
    return f"articles.{verb}_{decision.about}"


def take_back(decision: Decision, user: AbstractBaseUser | None = None) -> int:
    """Undoes a decision; returns how many rows stay as they are because somebody changed them since.

    Raises Refused where it was undone before, or a later decision stands in the way.
    """
    check_permission(user, _needed(decision))
    with transaction.atomic():
        hold(STORE)
        decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        if decision.undone_at:
            raise Refused(_("This has been undone already."))
        row = MODELS[decision.about].objects.select_for_update(of=("self",)).filter(pk=decision.key).first()
        if row is None:
            raise Refused(_("“%s” is no longer here.") % decision.name)
        if decision.kind == DecisionKind.PART:
            left = parting.rejoin(decision, row, user)
        elif decision.kind == DecisionKind.MERGE:
            left = _part(decision, row, user)
        else:
            left = _reopen(decision, row, user)
        decision.undone_by, decision.undone_at = user, timezone.now()
        decision.save(update_fields=["undone_by", "undone_at"])
    return left


def _decide(row: Mechanism, kind: Any, standing: Any, user: AbstractBaseUser | None) -> Decision:
    check_permission(user, "articles.change_mechanism")
    with transaction.atomic():
        row = Mechanism.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if row.standing != Standing.FOUND:
            raise Refused(_("Somebody has decided on “%s” already.") % row.name)
        mentions = []
        if standing == Standing.REJECTED:
            mentions = list(row.mentions.exclude(origin=Origin.REJECTED).order_by("pk"))
            _mark(mentions, Origin.REJECTED, user)
        done = {"standing": row.standing, "mentions": [m.pk for m in mentions], "origins": {}}
        row.standing = standing
        row.save(update_fields=["standing"])
        return Decision.objects.create(
            kind=kind, about="mechanism", key=row.pk, name=row.name, user=user, done=done
        )


def _reopen(decision: Decision, row: Mechanism, user: AbstractBaseUser | None) -> int:
    keys = decision.done["mentions"]
    mentions = list(MechanismMention.objects.filter(pk__in=keys, mechanism=row, origin=Origin.REJECTED))
    _mark(mentions, Origin.MACHINE, user)
    row.standing = decision.done["standing"]
    row.save(update_fields=["standing"])
    if decision.kind == DecisionKind.ACCEPT:
        read_names_again(row, user)
    return len(keys) - len(mentions)


def _mark(mentions: list[MechanismMention], origin: Any, user: AbstractBaseUser | None) -> None:
    history.remember(list(Article.objects.filter(pk__in={m.article_id for m in mentions})))
    for mention in mentions:
        mention.origin = origin
    if mentions:
        bulk_update_with_history(mentions, MechanismMention, ["origin"], default_user=user, batch_size=500)


def _part(decision: Decision, row: Any, user: AbstractBaseUser | None) -> int:
    into = type(row).objects.select_for_update(of=("self",)).filter(pk=decision.into).first()
    if into is None or row.merged_into_id != into.pk or into.merged_into_id:
        raise Refused(_("“%(into)s” was merged again since: undo that first.") % {"into": decision.into_name})
    if isinstance(row, Theme | Region):
        return _part_term(decision, row, into, user)
    keys = decision.done["moved"]
    back = list(_rows(into).filter(pk__in=keys).order_by("pk"))
    if isinstance(row, Author):
        taken = set(Byline.objects.filter(author=row).values_list("article_id", "kind"))
        back = [byline for byline in back if (byline.article_id, byline.kind) not in taken]
    _point(back, row, user)
    left = len(keys) - len(back)
    for values in decision.done["dropped"]:
        here = Byline.objects.filter(article=values["article_id"], author=row, kind=values["kind"]).exists()
        if here or not Article.objects.filter(pk=values["article_id"]).exists():
            left += 1
        else:
            Byline.objects.create(author=row, **values)
    gained = set(decision.done["aliases"])
    into.aliases = [name for name in into.aliases if name not in gained]
    into.save(update_fields=["aliases"])
    row.merged_into = None
    row.save(update_fields=["merged_into"])
    logger.info("%s %s parted from %s by %s", decision.about, row, into, user or "-")
    return left


def _part_term(decision: Decision, row: terms.Term, into: Any, user: AbstractBaseUser | None) -> int:
    action = terms.action_of(decision.done)
    left = terms.go_back(row, into, decision.done["moved"], user)
    row.merged_into = None
    row.save(update_fields=["merged_into"])
    logger.info("%s %s parted from %s by %s", decision.about, row, into, user or "-")
    return left + (give_back(action, user).items.exclude(why="").count() if action else 0)


def _rows(row: Name) -> Any:
    return row.bylines.all() if isinstance(row, Author) else row.mentions.all()


def _doubled(row: Name, into: Name) -> list[Byline]:
    """Bylines of one article that would name one person twice in one kind."""
    if not isinstance(row, Author):
        return []
    there = set(Byline.objects.filter(author=into.pk).values_list("article_id", "kind"))
    return [byline for byline in row.bylines.all() if (byline.article_id, byline.kind) in there]


def _kept(byline: Byline) -> dict[str, Any]:
    values = model_to_dict(byline, exclude=["id", "author", "article", "region"])
    return {**values, "article_id": byline.article_id, "region_id": byline.region_id}


def _point(rows: list[Any], at: Name, user: AbstractBaseUser | None) -> None:
    field = _about(at)
    for row in rows:
        setattr(row, field, at)
    if rows:
        model: type[Model] = type(rows[0])
        bulk_update_with_history(rows, model, [field], default_user=user, batch_size=500)


def _gained(row: Name, into: Name) -> list[str]:
    names = dict.fromkeys([row.name, *row.aliases])
    return [name for name in names if name not in (into.name, *into.aliases)]


def _about(row: Any) -> str:
    return str(row._meta.model_name)


def _mergeable(row: Any, into: Any) -> None:
    if row == into:
        raise Refused(_("“%s” cannot be merged into itself.") % row)
    for one in (row, into):
        if one.merged_into_id:
            raise Refused(_("“%s” has been merged already.") % one)
    if isinstance(row, Region):
        terms.mergeable(row, into)
