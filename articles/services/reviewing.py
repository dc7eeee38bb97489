"""The review queue: who is at which article, and what was found right."""

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article, Review
from articles.services.errors import Refused
from articles.services.runs import logger


def claim(article: Article, user: AbstractBaseUser, note: str = "") -> Review:
    """Makes an article somebody's to work on, or keeps it theirs from now on.

    Another's claim stands until it expires; it is taken over with a note to them. Raises Refused without one.
    """
    note = " ".join(note.split())[: Review._meta.get_field("note").max_length]

    def change(review: Review) -> None:
        if review.held and review.claimed_by_id != user.pk:
            if not note:
                raise _taken(review)
            review.taken_from, review.note = review.claimed_by, note
            logger.info("article %s taken over from %s by %s", article.public_id, review.claimed_by, user)
        elif not review.held:
            review.taken_from, review.note = None, ""
        review.claimed_by, review.claimed_at = user, timezone.now()

    return _change(article, change)


def release(article: Article, user: AbstractBaseUser) -> Review:
    """Gives a claim of one's own back; another's stays."""

    def change(review: Review) -> None:
        if review.claimed_by_id == user.pk:
            _let_go(review)

    return _change(article, change)


def find_right(article: Article, user: AbstractBaseUser) -> Review:
    """Takes an article out of the queue: somebody looked at everything that was in doubt.

    Raises Refused while somebody else has a claim on it: it is taken over first.
    """

    def change(review: Review) -> None:
        if review.held and review.claimed_by_id != user.pk:
            raise _taken(review)
        review.checked_by, review.checked_at = user, timezone.now()
        _let_go(review)

    return _change(article, change)


def put_back(article: Article) -> Review:
    """Puts an article that was found right back into the queue."""

    def change(review: Review) -> None:
        review.checked_by = review.checked_at = None

    return _change(article, change)


def _change(article: Article, change: Callable[[Review], None]) -> Review:
    with transaction.atomic():
        Review.objects.get_or_create(article=article)
        rows = Review.objects.select_for_update(of=("self",)).select_related("claimed_by")
        review = rows.get(article=article)
        change(review)
        review.save()
    return review


def _taken(review: Review) -> Refused:
    since = date_format(timezone.localtime(review.claimed_at), "SHORT_DATETIME_FORMAT")
    return Refused(
        _("%(who)s has been at this article since %(since)s. Leave them a note to take it over.")
        % {"who": review.claimed_by, "since": since}
    )


def _let_go(review: Review) -> None:
    review.claimed_by = review.claimed_at = review.taken_from = None
    review.note = ""
