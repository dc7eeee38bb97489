"""One row of the authors that stands for two people: what belongs to the other is given to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from articles.models import Article, Author, Byline, Decision, DecisionKind, Region
from articles.models.vocabulary import plain_note
from articles.services import history
from articles.services.apart import told_apart
from articles.services.errors import Refused, check_permission
from articles.services.locks import STORE, hold
from articles.services.runs import logger


@dataclass(frozen=True, slots=True)
class Parting:
    """What would move: `moving` bylines in `articles` articles. `stays` are those of articles that name the other already.

    `other` is the person who gets them, unsaved where new.
    """

    other: Author
    moving: list[Byline]
    stays: list[Byline]

    @property
    def articles(self) -> int:
        return len({byline.article_id for byline in self.moving})


def foresee(row: Author, keys: Iterable[int], name: str, region: Region | None, note: str = "") -> Parting:
    """What parting would do, without doing it. Raises Refused where there is nothing to part, or nobody to give it to.

    A `note` tells the other person apart who has the same name and place.
    """
    name, note = " ".join(name.split()), plain_note(note)
    if row.merged_into_id:
        raise Refused(_("“%s” has been merged already.") % row.name)
    if (name, region, note) == (row.name, row.region, row.note):
        raise Refused(
            _("The other person needs another name, another place or a note that tells the two apart.")
        )
    chosen = list(row.bylines.filter(pk__in=list(keys)).select_related("article").order_by("pk"))
    if not chosen:
        raise Refused(_("Choose the signatures that are the other person's."))
    wanted = {"name": name, "region": region, "note": note}
    other = Author.objects.filter(**wanted).first() or Author(**wanted)
    if other.merged_into_id and not _came_back(other, row):
        raise Refused(_("“%s” has been merged already.") % other)
    if other.pk is None:
        try:
            other.full_clean()
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
    there = (
        set(Byline.objects.filter(author=other.pk).values_list("article_id", "kind")) if other.pk else set()
    )
    stays = [byline for byline in chosen if (byline.article_id, byline.kind) in there]
    return Parting(other, [byline for byline in chosen if byline not in stays], stays)


def part(
    row: Author,
    keys: Iterable[int],
    name: str,
    region: Region | None,
    user: AbstractBaseUser | None = None,
    note: str = "",
) -> Decision:
    """Gives the bylines `keys` of an author to another of that name, place and note, who may be new.

    Raises Refused as `foresee`, and without the permission.
    """
    check_permission(user, "articles.merge_author")
    with transaction.atomic():
        hold(STORE)
        row = Author.objects.select_for_update(of=("self",)).get(pk=row.pk)
        parting = foresee(row, keys, name, region, note)
        other = parting.other
        other.merged_into = None
        other.save()
        _give(parting.moving, other, user)
        logger.info(
            "author %s: %d signatures given to %s by %s", row, len(parting.moving), other, user or "-"
        )
        name, other_name = told_apart(row, other)
        return Decision.objects.create(
            kind=DecisionKind.PART, about="author", key=row.pk, name=name, into=other.pk, into_name=other_name,
            user=user, done={"moved": [byline.pk for byline in parting.moving]},
        )  # fmt: skip


def rejoin(decision: Decision, row: Any, user: AbstractBaseUser | None) -> int:
    """Gives back what was parted, where nobody changed it since; returns how much stays. The other's address leads back
    where nothing is left there. Callers open the transaction."""
    other = Author.objects.select_for_update(of=("self",)).filter(pk=decision.into).first()
    keys = decision.done["moved"]
    if other is None or other.merged_into_id or row.merged_into_id:
        raise Refused(_("One of the two was merged since: undo that first."))
    taken = set(row.bylines.values_list("article_id", "kind"))
    rows = Byline.objects.filter(pk__in=keys, author=other).order_by("pk")
    back = [byline for byline in rows if (byline.article_id, byline.kind) not in taken]
    _give(back, row, user)
    if back and not other.bylines.exists():
        other.merged_into = row
        other.save(update_fields=["merged_into"])
    return len(keys) - len(back)


def _came_back(other: Author, row: Author) -> bool:
    """Whether `other` leads to `row` only because a parting was undone: then they may be parted again."""
    merges = Decision.objects.filter(kind=DecisionKind.MERGE, about="author", key=other.pk, undone_at=None)
    return other.merged_into_id == row.pk and not merges.exists()


def _give(rows: list[Byline], author: Author, user: AbstractBaseUser | None) -> None:
    history.remember(list(Article.objects.filter(pk__in={row.article_id for row in rows})))
    for row in rows:
        row.author = author
    if rows:
        bulk_update_with_history(rows, Byline, ["author"], default_user=user, batch_size=500)
