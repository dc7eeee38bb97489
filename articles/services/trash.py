"""The trash: what is in it no reader sees, it comes back as it was, and only then can it be deleted for good."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Block, Joined, Page, Source, State, Tombstone
from articles.services import history
from articles.services.continuation import join_issue
from articles.services.locks import STORE, hold
from articles.services.runs import logger


def trash(articles: Iterable[Article], user: AbstractBaseUser | None = None) -> int:
    """Puts articles into the trash, with their parts on other pages; returns how many. Their addresses stay theirs."""
    keys = [article.pk for article in articles]
    parts = Article.objects.filter(continued_from__in=keys).values_list("pk", flat=True)
    return _trash([*keys, *parts], user)


def _trash(keys: Sequence[int], user: AbstractBaseUser | None) -> int:
    with transaction.atomic():
        hold(STORE)
        rows = Article.objects.filter(pk__in=keys).exclude(state=State.TRASHED)
        moved = _set(rows, lambda _article: State.TRASHED, _("moved to the trash"), user)
        # Of two parts one stays: it makes room for another, from a better copy of the page perhaps.
        inside, first_inside = Q(state=State.TRASHED), Q(continued_from__state=State.TRASHED)
        pairs = Article.objects.filter(
            Q(pk__in=keys) | Q(continued_from__in=keys), continued_from__isnull=False
        )
        parted = pairs.filter((inside & ~first_inside) | (~inside & first_inside)).values_list(
            "pk", flat=True
        )
        Article.objects.filter(pk__in=list(parted)).update(continued_from=None, part=1, joined_by="")
        _join_anew(_pages(keys))
        return moved


def untrash(articles: Iterable[Article], user: AbstractBaseUser | None = None) -> int:
    """Takes articles out of the trash, with their parts; returns how many.

    Each is again what it was before. What readers saw is published again only by somebody who may publish, and
    withdrawn otherwise, as is one whose text went to another article meanwhile.
    """
    keys = [article.pk for article in articles]
    with transaction.atomic():
        hold(STORE)
        chosen = Q(pk__in=keys) | Q(continued_from__in=keys)
        rows = Article.objects.filter(chosen, state=State.TRASHED)
        before = _states_before([row.pk for row in rows])
        may_publish = user is None or user.has_perm("articles.publish_article")  # type: ignore[attr-defined]

        def state(article: Article) -> str:
            if article.moved_to_id:
                return str(State.WITHDRAWN)
            was = before.get(article.pk, str(State.WITHDRAWN if article.published_at else State.DRAFT))
            return str(State.WITHDRAWN) if was == str(State.PUBLISHED) and not may_publish else was

        moved = _set(rows, state, _("taken out of the trash"), user)
        _rejoin(keys)
        _join_anew(_pages(keys))
        return moved


def erase(articles: Iterable[Article], user: AbstractBaseUser | None = None) -> int:
    """Deletes articles that are in the trash for good; returns how many.

    Their text stays in the text of their page, where it belongs to no article any more. The address of one that was ever
    published is gone for ever.
    """
    with transaction.atomic():
        hold(STORE)
        keys = [article.pk for article in articles]
        rows = list(Article.objects.filter(pk__in=keys, state=State.TRASHED).select_related("page"))
        Block.objects.filter(article__in=rows).update(article=None, role="furniture")
        _delete(rows, user)
        _join_anew(row.page for row in rows if row.page)
    logger.info("%d articles deleted for good by %s", len(rows), user or "-")
    return len(rows)


def trash_sources(sources: Iterable[Source], user: AbstractBaseUser | None = None) -> int:
    """Puts files into the trash with all of their articles; returns how many files."""
    keys = [source.pk for source in sources]
    with transaction.atomic():
        chosen = Source.objects.filter(pk__in=keys, trashed_at__isnull=True)
        fresh = list(chosen.values_list("pk", flat=True))
        _trash(list(Article.objects.filter(page__source__in=fresh).values_list("pk", flat=True)), user)
        return Source.objects.filter(pk__in=fresh).update(trashed_at=timezone.now())


def untrash_sources(sources: Iterable[Source], user: AbstractBaseUser | None = None) -> int:
    """Takes files out of the trash with all of their articles; returns how many files."""
    keys = [source.pk for source in sources]
    with transaction.atomic():
        untrash(Article.objects.filter(page__source__in=keys, state=State.TRASHED), user)
        return Source.objects.filter(pk__in=keys, trashed_at__isnull=False).update(trashed_at=None)


def erase_sources(sources: Iterable[Source], user: AbstractBaseUser | None = None) -> int:
    """Deletes files that are in the trash for good, with their pages and articles; returns how many files.

    The log of their ingest stays, and so do the addresses that were public, as gone.
    """
    with transaction.atomic():
        hold(STORE)
        keys = [source.pk for source in sources]
        rows = Source.objects.filter(pk__in=keys, trashed_at__isnull=False)
        doomed = list(rows.select_for_update().defer("content"))
        pages = list(Page.objects.filter(source__in=doomed).select_related("issue").defer("text"))
        _delete(list(Article.objects.filter(page__in=pages)), user)
        Page.objects.filter(pk__in=[page.pk for page in pages]).delete()
        for source in doomed:
            logger.info("source %r deleted for good by %s", source.name, user or "-")
            source.delete()
        _join_anew(page for page in pages if page.issue_id)
    return len(doomed)


def _set(rows: Any, state: Any, reason: str, user: AbstractBaseUser | None) -> int:
    articles = list(rows.select_for_update(of=("self",)).order_by("pk"))
    history.remember(articles)
    now = timezone.now()
    for article in articles:
        article.state, article.updated_at = state(article), now
    Article.objects.bulk_update(articles, ["state", "updated_at"], batch_size=500)
    history.record(articles, user, reason)
    logger.info("%d articles %s by %s", len(articles), reason, user or "-")
    return len(articles)


def _states_before(keys: Sequence[int]) -> dict[int, str]:
    """By article: the last state that it had outside of the trash."""
    rows = Article.history.filter(id__in=keys).exclude(state=State.TRASHED)
    latest = rows.order_by("id", "-history_date", "-history_id").distinct("id")
    return dict(latest.values_list("id", "state"))


def _rejoin(keys: Sequence[int]) -> None:
    """Joins again what a person had joined, and what came apart because one of the two was in the trash."""
    apart = Article.objects.filter(continued_from=None, joined_by="", part=1).exclude(state=State.TRASHED)
    told = Article.history.exclude(joined_by="").order_by("id", "-history_date", "-history_id").distinct("id")
    last = {row.id: row for row in told.filter(Q(id__in=keys) | Q(continued_from_id__in=keys))}
    for later in apart.filter(pk__in=last, later_parts=None).order_by("pk"):
        was = last[later.pk]
        first = apart.filter(pk=was.continued_from_id).first() if was.joined_by == Joined.PERSON else None
        if first is None or Article.objects.filter(continued_from=first, part=was.part).exists():
            continue
        later.continued_from, later.part, later.joined_by = first, was.part, Joined.PERSON
        later.save_without_historical_record()


def _delete(rows: Sequence[Article], user: AbstractBaseUser | None) -> None:
    Tombstone.objects.bulk_create(
        Tombstone(public_id=row.public_id, title=row.title, deleted_by=user)
        for row in rows
        if row.published_at
    )
    for row in rows:
        row._history_user = user
    Article.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _pages(keys: Sequence[int]) -> Iterable[Page]:
    return Page.objects.filter(articles__in=keys).distinct().select_related("issue")


def _join_anew(pages: Iterable[Page]) -> None:
    """Parts of articles that are no longer there look for others in their issue."""
    for page in {page.issue_id or -page.pk: page for page in pages}.values():
        join_issue(page)
