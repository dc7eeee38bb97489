"""Changes over a selection of articles: proposed, carried out in batches, undone. Each is one Action.

A selection of a few is carried out at once, a large one by the worker. Every batch is a transaction of its own that
also moves `Action.done` on, so that a worker that was killed goes on where it stopped and no article is changed twice.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from articles.models import Action, ActionItem, ActionKind, ActionStatus, Article, State
from articles.past import OF_ACTION
from articles.services import plans, rereading
from articles.services.errors import Refused
from articles.services.plans import Changes, Plan
from articles.services.queued import unqueued
from articles.services.runs import logger
from articles.services.writing import write

BATCH = 100
KEPT = timedelta(days=2)
"""How long a proposal that nobody carried out is kept."""


def propose(keys: Iterable[int], user: AbstractBaseUser | None = None) -> Action:
    """Keeps a selection of articles, so that what was looked at is what will change."""
    Action.objects.filter(
        status=ActionStatus.PROPOSED, created_at__lt=timezone.now() - KEPT, undoes=None
    ).delete()
    return Action.objects.create(user=user, keys=list(dict.fromkeys(keys)))


def ask(action: Action, changes: Changes) -> None:
    """Says what is asked of the selection. Nothing changes yet."""
    action.changes = changes.as_json()
    Action.objects.filter(pk=action.pk, status=ActionStatus.PROPOSED).update(changes=action.changes)


def foresee(action: Action, user: AbstractBaseUser | None) -> Plan:
    """What a proposal would do, were it carried out now by `user`."""
    changes = Changes.read(action.changes)
    found = Article.objects.filter(pk__in=_with_parts(action.keys, changes)).order_by("pk")
    return plans.plan(found.only("state", "level", "region", "region_candidates", "moved_to"), changes, user)


def act(keys: Iterable[int], changes: Changes, user: AbstractBaseUser | None = None) -> Action:
    """Changes a selection without a look at it beforehand."""
    action = propose(keys, user)
    ask(action, changes)
    return carry_out(action, user)


def carry_out(action: Action, user: AbstractBaseUser | None = None, seen: str | None = None) -> Action:
    """Carries a proposal out, at once or by the worker. Asked twice, it is carried out once.

    `seen` is the mark of the plan that somebody looked at: raises Refused where something else would be done by now.
    """
    with transaction.atomic():
        action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
        if action.status != ActionStatus.PROPOSED:
            return action
        if action.kind == ActionKind.CHANGE:
            changes = Changes.read(action.changes)
            if changes.nothing:
                raise Refused(_("Everything would be left unchanged: choose what is to change."))
            if seen is not None and seen != foresee(action, user).mark:
                raise Refused(
                    _("This is not what was shown, so nothing was done. Below is what would change now.")
                )
            action.keys = _with_parts(action.keys, changes)
        action.user, action.status = user, ActionStatus.RUNNING
        action.save(update_fields=["user", "status", "keys"])
        if len(action.keys) > settings.BULK_AT_ONCE:
            carry_on.enqueue(action.pk)
            return action
    return _finish(action.pk)


@task()
def carry_on(pk: int) -> int:
    """Carries an action out to its end, from where it stands; returns how many articles it was about."""
    return len(_finish(pk).keys)


def hand_on() -> int:
    """Makes tasks for actions under way that have none, because the process that carried them out is gone; returns how
    many. One that is still at it loses nothing: batches are taken one after the other.
    """
    left = unqueued(carry_on, Action.objects.filter(status=ActionStatus.RUNNING).values_list("pk", flat=True))
    for key in left:
        carry_on.enqueue(key)
    return len(left)


def _finish(pk: int) -> Action:
    while True:
        with transaction.atomic():
            action = (
                Action.objects.select_for_update(of=("self",)).select_related("user", "undoes").get(pk=pk)
            )
            keys = action.keys[action.done : action.done + BATCH]
            if keys:
                _step(action, keys)
                action.done += len(keys)
            if action.done >= len(action.keys) and action.status == ActionStatus.RUNNING:
                action.status, action.finished_at = ActionStatus.DONE, timezone.now()
                logger.info("action %s of %s: %d articles", action, action.user or "-", len(action.keys))
            action.save(update_fields=["done", "status", "finished_at"])
        if action.status == ActionStatus.DONE:
            return action


def _step(action: Action, keys: list[int]) -> None:
    rows = Article.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    articles = {article.pk: article for article in rows}
    standing, may = plans.stands(articles.values(), whole=_looks_at_all(action)), plans.permits(action.user)
    former = {item.key: item for item in action.undoes.items.filter(key__in=keys)} if action.undoes else {}
    read = rereading.readings(action, articles, standing) if action.kind == ActionKind.REREAD else {}
    items, after, held = [], {}, plans.held_by_others(action.user)
    for key in keys:
        item = ActionItem(action=action, key=key)
        if key not in articles:
            item.why = "gone"
            items.append(item)
            continue
        stand, why = standing[key], ""
        if action.kind == ActionKind.REREAD:
            reading = read.get(key, rereading.Reading())
            wish, item.left = reading.wish, list(reading.left)
            item.why = "corrected" if item.left else ""
        elif action.kind == ActionKind.MERGE:
            wish = plans.exchanged(stand, action.changes)
            why = "" if not wish or may(articles[key], plans.needs(stand, wish)) else "permission"
        elif action.undoes is None:
            wish = plans.wanted(stand, Changes.read(action.changes))
            why = plans.obstacle(articles[key], stand, wish, may) if wish else ""
            why = "claimed" if wish and key in held else why
        else:
            done = former[key]
            wish = {name: done.before[name] for name, value in done.after.items() if stand[name] == value}
            item.left = [name for name in done.after if name not in wish]
            item.why = "changed" if item.left else ""
            why = "moved" if plans.moved(articles[key], wish) else ""
            why = why or ("" if may(articles[key], plans.needs(stand, wish)) else "permission")
        if why:
            item.why, item.left, wish = why, [*item.left, *wish], {}
        if wish:
            item.before, item.after = {name: stand[name] for name in wish}, wish
            after[key] = wish
        if wish or item.why:
            items.append(item)
    reason = f"{OF_ACTION}{action.public_id}"
    write([(articles[key], wish) for key, wish in after.items()], action.user, reason)
    for reading in read.values():
        reading.keep()
    ActionItem.objects.bulk_create(items)


def _looks_at_all(action: Action) -> bool:
    """Whether an action, or what it undoes in the end, is about more than what people choose for a selection."""
    return action.root.kind in (ActionKind.REREAD, ActionKind.MERGE)


def _with_parts(keys: list[int], changes: Changes) -> list[int]:
    """An article that is withdrawn takes its parts on other pages along, and one that is published those that wait for it."""
    parts = Article.objects.filter(continued_from__in=keys).order_by("pk")
    if changes.state == str(State.PUBLISHED):
        parts = parts.filter(state__in=(State.DRAFT, State.IN_REVIEW))
    elif changes.state != str(State.WITHDRAWN):
        return keys
    return list(dict.fromkeys([*keys, *parts.values_list("pk", flat=True)]))
