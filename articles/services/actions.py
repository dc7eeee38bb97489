"""Changes over a selection of articles: proposed, carried out in batches, undone. Each is one Action.

A selection of a few is carried out at once, a large one by the worker. Every batch is a transaction of its own that
also moves `Action.done` on, so that a worker that was killed goes on where it stopped and no article is changed twice.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from articles.models import Action, ActionItem, ActionKind, ActionStatus, Article, Region, State, Theme
from articles.services import history, lexicon, plans
from articles.services.editorial import settle_evidence
from articles.services.errors import Refused
from articles.services.plans import Changes, Plan, Stand
from articles.services.runs import logger

BATCH = 100
COLUMNS = ["state", "published_at", "level", "region", "region_candidates", "updated_at"]
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


def carry_out(action: Action, user: AbstractBaseUser | None = None) -> Action:
    """Carries a proposal out, at once or by the worker. Asked twice, it is carried out once."""
    with transaction.atomic():
        action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
        if action.status != ActionStatus.PROPOSED:
            return action
        if action.kind == ActionKind.CHANGE:
            changes = Changes.read(action.changes)
            if changes.nothing:
                raise Refused(_("Everything would be left unchanged: choose what is to change."))
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
    standing, may = plans.stands(articles.values()), plans.permits(action.user)
    former = {item.key: item for item in action.undoes.items.filter(key__in=keys)} if action.undoes else {}
    read: dict[int, Sequence[Any]] = {}
    if action.kind == ActionKind.REREAD:
        whole = Article.objects.filter(pk__in=keys).select_related("page").defer("page__source")
        known = lexicon.vocabularies()
        read = {a.pk: lexicon.read_themes(a, known) for a in whole.prefetch_related("blocks")}
    items, after, held = [], {}, plans.held_by_others(action.user)
    for key in keys:
        item = ActionItem(action=action, key=key)
        if key not in articles:
            item.why = "gone"
            items.append(item)
            continue
        stand, why = standing[key], ""
        if action.kind == ActionKind.REREAD:
            wish, item.left = _reading(articles[key], stand, read)
            item.why = "corrected" if item.left else ""
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
    _write([(articles[key], wish) for key, wish in after.items()], action.user)
    for key, found in read.items():
        lexicon.keep_reading(articles[key], found)
    ActionItem.objects.bulk_create(items)


def _reading(article: Article, stand: Stand, read: dict[int, Sequence[Any]]) -> tuple[Stand, list[str]]:
    """What a new reading would change, and the fields that it leaves to people. Drops readings that say nothing new."""
    found = sorted(theme.name for theme in read.get(article.pk, ()))
    said = sorted(article.machine.get("themes", ()))
    if found == said:
        read.pop(article.pk, None)
        return {}, []
    keys = dict(Theme.objects.filter(name__in=[*found, *said]).values_list("name", "pk"))
    if stand["themes"] != sorted(keys[name] for name in said if name in keys):
        return {}, ["themes"]
    return {"themes": sorted(keys[name] for name in found if name in keys)}, []


def _write(wishes: list[tuple[Article, Stand]], user: AbstractBaseUser | None) -> None:
    """Gives articles new values, in as many statements for a hundred of them as for one."""
    articles, now = [article for article, _wish in wishes], timezone.now()
    history.remember(articles)
    for article, wish in wishes:
        article.state, article.updated_at = wish.get("state", article.state), now
        if article.state == State.PUBLISHED:
            article.published_at = article.published_at or now
        article.level = wish.get("level", article.level)
        article.region_id = wish.get("region", article.region_id) or None
        article.region_candidates = wish.get("region_candidates", article.region_candidates)
    Article.objects.bulk_update(articles, COLUMNS)
    themed = {article.pk: wish["themes"] for article, wish in wishes if "themes" in wish}
    names = dict(Theme.objects.filter(pk__in=set().union(*themed.values())).values_list("pk", "name"))
    through = Article.themes.through
    through.objects.filter(article__in=themed).delete()
    through.objects.bulk_create(
        through(article_id=key, theme_id=theme)
        for key, of in themed.items()
        for theme in of
        if theme in names
    )
    codes = dict(Region.objects.filter(articles__in=articles).values_list("pk", "code"))
    alike: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for article, wish in wishes:
        now_says = {
            "level": [article.level],
            "region": [codes.get(article.region_id, "")],
            "themes": [names[theme] for theme in wish.get("themes", ()) if theme in names],
        }
        for name in now_says.keys() & wish.keys():
            alike.setdefault((name, tuple(now_says[name])), []).append(article.pk)
    for (name, values), keys in alike.items():
        settle_evidence(keys, name, values)
    history.record(articles, user)


def _with_parts(keys: list[int], changes: Changes) -> list[int]:
    """A withdrawn article takes its parts on other pages along."""
    if changes.state != str(State.WITHDRAWN):
        return keys
    parts = Article.objects.filter(continued_from__in=keys).order_by("pk").values_list("pk", flat=True)
    return list(dict.fromkeys([*keys, *parts]))
