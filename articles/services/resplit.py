"""A rearranged page becomes the articles of the archive: who survives, who is new, who moved where."""

from collections.abc import Sequence

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Action, ActionKind, Article, Joined, Page, State
from articles.services import history, lexicon, splitlog
from articles.services.continuation import join_issue
from articles.services.editorial import settle_field
from articles.services.errors import Refused
from articles.services.heirs import Plan, plan
from articles.services.locks import STORE, hold
from articles.services.plans import permits
from articles.services.runs import logger
from articles.services.split import Standing, check_version, held, read_again, standing
from articles.store import rewrite_page


def apply_split(
    page: Page, version: int, user: AbstractBaseUser | None, publish: bool = False
) -> list[Article]:
    """Writes the page's articles anew as arranged; returns those that changed or are new. All of it, or nothing; one Action.

    Articles keep their ids where most of their characters stay together, and what people corrected. Those that
    vanish are withdrawn, or stay in the trash, and point to their heir. With `publish`, new ones are published. Raises
    Stale, Refused.
    """
    with transaction.atomic():
        hold(STORE)
        held(page)
        found = standing(page)
        check_version(found, version)
        draft = found.draft
        if draft is None or not found.is_changed:
            raise Refused(_("Nothing was rearranged on this page."))
        if found.overtaken:
            raise Refused(
                _("The articles of this page were changed elsewhere since the work began. Begin anew.")
            )
        list(page.articles.select_for_update().order_by("pk").values_list("pk"))
        planned = plan(found)
        check_permissions(planned, user, publish)
        rows = [a for number, a in planned.rows.items() if a and number not in planned.untouched]
        before = splitlog.remember(found, [*rows, *(a for a, _heir in planned.gone)])
        changed = write_split(found, planned, user, publish)
        draft.applied_at, draft.user = timezone.now(), user  # type: ignore[assignment]
        draft.version += 1
        draft.save()
        # What waits for a place is remembered with the work that was applied last, so the page is pictured after it.
        done = splitlog.record(Action(kind=ActionKind.SPLIT, user=user), before, changed)  # type: ignore[misc]
        draft.action = done
        draft.save(update_fields=["action"])
    logger.info(
        "page %s split anew by %s: %d articles changed, %d gone",
        page.pk, user or "-", len(changed), len(planned.gone),
    )  # fmt: skip
    return changed


def check_permissions(planned: Plan, user: AbstractBaseUser | None, publish: bool) -> None:
    """Raises Refused where a plan, or publishing what it brings, takes a right that the user has not."""
    if user is None:
        return
    may, role = permits(user), user.has_perm  # type: ignore[attr-defined]
    published = {"articles.publish_article"}
    if (publish and not role(*published)) or not all(may(row, published) for row in planned.published):
        raise Refused(
            _(
                "Readers see articles of this page. Whoever changes them needs the right to publish; your work is kept."
            )
        )
    vanishing = [article for article, _heir in planned.gone if article.state == State.PUBLISHED]
    if not all(may(article, {"articles.withdraw_article"}) for article in vanishing):
        raise Refused(
            _(
                "A published article would vanish. Whoever does that needs the right to withdraw; your work is kept."
            )
        )


def write_split(
    found: Standing, planned: Plan, user: AbstractBaseUser | None, publish: bool = False, reason: str = ""
) -> list[Article]:
    """Carries a plan out; returns the articles that changed or are new. Callers hold the store's lock and have the page.

    `reason` goes into the history.
    """
    page, again = found.page, read_again(found)
    rows = [planned.rows[number] for number in again.numbers]
    untouched = frozenset(k for k, number in enumerate(again.numbers) if number in planned.untouched)
    gone = [article for article, _heir in planned.gone]
    history.remember([row for k, row in enumerate(rows) if row and k not in untouched] + gone)
    written = rewrite_page(page, again.record, lexicon.vocabularies(), rows, untouched, gone)
    fresh = [a for a, row in zip(written.articles, rows, strict=True) if row is None or row.moved_to_id]
    _set_states(fresh, publish)
    by_number = dict(zip(again.numbers, written.articles, strict=True))
    for article, heir in planned.gone:
        if article.state != State.TRASHED:
            article.state = State.WITHDRAWN
        article.moved_to = by_number[heir] if heir is not None else None
    _let_go(gone)
    for article in written.changed:
        for name in article.corrections():
            settle_field(article, name)
    reason = reason or _("page split anew")
    history.record(written.changed, user, reason)
    history.note([a for a, row in zip(written.articles, rows, strict=True) if row], user, reason)
    history.record(gone, user, reason)
    join_issue(page)
    return written.changed


def _set_states(fresh: Sequence[Article], publish: bool) -> None:
    """New articles are drafts, or published at once; those that come back from having moved are as new.

    What is in the trash stays there, though it has a text of its own again: only a person takes it out.
    """
    now = timezone.now()
    for article in fresh:
        article.moved_to = None
        if article.state == State.TRASHED:
            continue
        article.state = State.PUBLISHED if publish else State.DRAFT
        if publish:
            article.published_at = article.published_at or now
    Article.objects.bulk_update(fresh, ["moved_to", "state", "published_at"])


def _let_go(gone: Sequence[Article]) -> None:
    """Withdraws articles that vanished; the parts on other pages that hung on them are free to be joined anew."""
    Article.objects.filter(continued_from__in=gone).update(continued_from=None, part=1, joined_by="")
    for article in gone:
        article.continued_from, article.part, article.joined_by = None, 1, Joined.APART
    fields = ["state", "moved_to", "continued_from", "part", "joined_by"]
    Article.objects.bulk_update(gone, fields)
