"""A new split undone: the articles of the page are again those that they were, under their ids and addresses."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.ingest import arrange
from articles.models import Action, Article, Joined, Page, SplitDraft, State
from articles.past import RESTORABLE, fields_of
from articles.services import history, splitlog
from articles.services.editorial import correct
from articles.services.errors import Refused
from articles.services.heirs import Plan, heir_of, same
from articles.services.locks import STORE, hold
from articles.services.plans import permits
from articles.services.resplit import check_permissions, write_split
from articles.services.runs import logger
from articles.services.split import Standing, held, standing


def unsplit(undoing: Action, user: AbstractBaseUser | None) -> Action:
    """Arranges a page as it was before the split that `undoing` undoes; callers open the transaction.

    Articles that had vanished come back under their ids and to their states, with their later parts; those that came
    into being are withdrawn and lead to their heirs. What people corrected since stays, what was corrected before and
    lost its place comes back. Raises Refused where the page is not as the split left it, or the user has not the rights.
    """
    split = undoing.undoes
    assert split is not None
    hold(STORE)
    page = (
        Page.objects.select_related("issue__publication", "source").filter(pk=split.changes["page"]).first()
    )
    if page is None:
        raise Refused(_("The page is no longer here."))
    held(page)
    found = _untouched(page, split)
    former, keys = splitlog.arrangement(page.text, split.changes["before"])
    rows = {row.pk: row for row in page.articles.select_for_update(of=("self",)).order_by("pk")}
    may = permits(user)
    if not all(may(row, {"articles.change_article"}) for row in rows.values()):
        raise Refused(_("Your account may not do this."))
    if not rows.keys() >= set(keys.values()):
        raise Refused(_("An article of that time has been deleted for good, so the split cannot be undone."))
    planned = _plan(found, former, {n: rows[key] for n, key in keys.items()})
    items = {item.key: item for item in split.items.all()}
    back = {key: items[key].before["state"] for key in _returning(planned, items) if key in rows}
    check_permissions(planned, user, State.PUBLISHED in back.values())

    changing = [a for n, a in planned.rows.items() if a and n not in planned.untouched]
    unchanged = [a for a in changing if _as_it_was_left(a, items.get(a.pk))]
    before = splitlog.remember(found, [*changing, *(a for a, _heir in planned.gone)])
    _rejoin([rows[key] for key in back], split.changes["parts"])
    then = Standing(page, None, found.base, former, found.articles)
    reason = _("new split undone")
    changed = write_split(then, planned, user, reason=reason)
    for article in unchanged:
        if (
            version := Article.history.filter(pk=items[article.pk].before.get("version")).first()
        ) is not None:
            correct(article, fields_of(version, RESTORABLE), user, reason)
    _give_states(back, user, reason)
    applied = SplitDraft.objects.create(
        page=page, user=user, applied_at=timezone.now(),
        base=arrange.pieces_json(found.base.pieces), pieces=arrange.pieces_json(former.pieces),
    )  # fmt: skip
    done = splitlog.record(undoing, before, changed)
    applied.action = done
    applied.save(update_fields=["action"])
    logger.info("split of page %s undone by %s: %d articles changed", page.pk, user or "-", len(changed))
    return done


def _untouched(page: Page, split: Action) -> Standing:
    """The page, which nobody split anew since; work that changed nothing is thrown away. Raises Refused."""
    found = standing(page)
    if found.draft is not None and found.is_changed:
        raise Refused(_("Somebody is rearranging this page: apply that work or throw it away first."))
    if splitlog.picture(found) != split.changes["after"]:
        raise Refused(_("The page was arranged anew since: undo that first."))
    if found.draft is not None:
        found.draft.delete()
    return found


def _plan(found: Standing, former: arrange.Arrangement, rows: Mapping[int, Article]) -> Plan:
    now = {article.pk: number for number, article in found.articles.items()}
    untouched = frozenset(
        n for n, row in rows.items() if row.pk in now and same(former.of(n), found.base.of(now[row.pk]))
    )
    stay = {row.pk for row in rows.values()}
    gone = [
        (article, heir_of(found.base.of(number), former))
        for number, article in found.articles.items()
        if article.pk not in stay
    ]
    return Plan(dict(rows), untouched, gone)


def _returning(planned: Plan, items: Mapping[int, Any]) -> list[int]:
    """Keys of the articles that the split made vanish, and that nobody has given another state since."""
    vanished = [a for a in planned.rows.values() if a is not None and a.moved_to_id and a.pk in items]
    return [a.pk for a in vanished if a.state == items[a.pk].after["state"]]


def _as_it_was_left(article: Article, item: Any) -> bool:
    """Whether nobody has changed a field of the article since the split."""
    version = Article.history.filter(pk=item.after.get("version")).first() if item else None
    if version is None:
        return False
    then = fields_of(version, RESTORABLE)
    now = {name: getattr(article, name) for name in RESTORABLE}
    return all(
        set(now[name].all()) == set(value) if hasattr(now[name], "all") else now[name] == value
        for name, value in then.items()
    )


def _rejoin(back: list[Article], parts: splitlog.Parts) -> None:
    """What hung together by a person's word hangs together again; the rest is joined anew with the issue."""
    were = {key: (first, part, by) for key, first, part, by in parts}
    mine = {article.pk: article for article in back}
    others = Article.objects.filter(pk__in=were.keys() - mine.keys(), continued_from=None, joined_by="")
    for article in [*back, *others.exclude(state=State.TRASHED)]:
        first, part, by = were.get(article.pk, (None, 1, ""))
        taken = Article.objects.filter(continued_from=first, part=part).exclude(pk=article.pk).exists()
        by_hand = by == Joined.PERSON and Article.objects.filter(pk=first).exists() and not taken
        article.continued_from_id, article.part = (first, part) if by_hand else (None, 1)
        article.joined_by = by if by_hand or by == Joined.APART else ""
        article.save_without_historical_record()


def _give_states(states: Mapping[int, str], user: AbstractBaseUser | None, reason: str) -> None:
    rows = list(Article.objects.filter(pk__in=states).exclude(state=State.TRASHED).order_by("pk"))
    for row in rows:
        row.state = states[row.pk]
    moved = [row for row in rows if row.state != State.DRAFT]
    Article.objects.bulk_update(moved, ["state"])
    history.record(moved, user, reason)
