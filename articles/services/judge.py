"""What the machine read, accepted or rejected by a person, value by value. The machine's stays beside it."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Evidence, Genre, MechanismMention, Metric, Origin, Region, State
from articles.services import history
from articles.services.editorial import SCALARS, SETS, correct, evidence_field
from articles.services.errors import Refused

ROWS: dict[str, type[Metric | MechanismMention]] = {"metric": Metric, "mention": MechanismMention}
MUST_BE = ("genre",)  # fields that cannot be without a value


def judge(article: Article, what: str, key: str, accept: bool, user: AbstractBaseUser | None = None) -> None:
    """Accepts or rejects one value of an article.

    `what` is "metric" or "mention" with the row's id as `key`, or one of the fields that people may correct, with
    the theme's name or the region's code as `key` for sets. A field rejected is emptied; accepted, where a person
    said otherwise before, it is as the machine read it again. Raises Refused, also for emptying at one key what a person
    wrote, and the headline that readers see.
    """
    if what in ROWS:
        _judge_row(article, ROWS[what], key, accept, user)
    elif what in SETS:
        _judge_set(article, what, key, accept, user)
    elif what in SCALARS:
        _judge_field(article, what, accept, user)
    else:
        raise Refused(_("There is no such value any more; look again."))


def _judge_row(
    article: Article,
    model: type[Metric | MechanismMention],
    key: str,
    accept: bool,
    user: AbstractBaseUser | None,
) -> None:
    with transaction.atomic():
        found = model._default_manager.filter(article=article, pk=key if key.isdigit() else 0)
        row = found.select_for_update(of=("self",)).first()
        if row is None:
            raise Refused(_("There is no such value any more; look again."))
        history.remember([article])
        row.origin = Origin.PERSON if accept else Origin.REJECTED
        row._history_user = user
        row.save()


def _judge_set(article: Article, what: str, key: str, accept: bool, user: AbstractBaseUser | None) -> None:
    rows = getattr(article, what)
    name = "name" if what == "themes" else "code"
    one = rows.model._default_manager.filter(**{name: key}).first()
    if one is None:
        raise Refused(_("There is no such value any more; look again."))
    kept = [row for row in rows.all() if row != one] + ([one] if accept else [])
    correct(article, {what: kept}, user)
    if accept:
        _stand(article, what, key)


def _judge_field(article: Article, what: str, accept: bool, user: AbstractBaseUser | None) -> None:
    machine: Any = article.machine.get(what, "")
    if what == "region":
        machine = Region.objects.filter(code=machine).first() if machine else None
    if accept:
        correct(article, {what: machine}, user)
        _stand(article, what, article.machine.get(what, ""))
    elif what in MUST_BE:
        said = dict(Genre.choices).get(article.genre, article.genre)
        raise Refused(_("Every article has a genre: choose another than “%s” on its page.") % said)
    elif getattr(article, what) and what in article.corrections():
        raise Refused(_("A person wrote this value: change it on the article's page."))
    elif what == "title" and article.state == State.PUBLISHED:
        raise Refused(_("Readers see this headline: change it on the article's page."))
    else:
        correct(article, {what: None if what == "region" else ""}, user)


def _stand(article: Article, what: str, value: str) -> None:
    """Marks the machine's evidence of a value as confirmed by a person."""
    if value:
        found = Evidence.objects.filter(article=article, field=evidence_field(what), value=value)
        found.update(origin=Origin.PERSON)
