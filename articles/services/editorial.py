"""What people do to articles once they are here. Every change goes into the history."""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles.bodytext import from_text, plain
from articles.models import Article, Evidence, Origin, Region, State
from articles.models.source import check_date
from articles.services import history
from articles.services.errors import Refused
from articles.services.plans import MAY_BECOME, OWN_TEXT
from articles.services.runs import logger
from articles.store.guards import titled

SCALARS = ("title", "kicker", "subtitle", "column", "genre", "level", "region", "date")
SETS = ("themes", "also_regions")
CORRECTABLE = (*SCALARS, *SETS, "body")


def publish(articles: Iterable[Article], user: AbstractBaseUser | None = None) -> list[Article]:
    """Shows articles to readers. Returns those that changed; those already published are left out, and those that vanished
    when their page was split anew."""
    return _move(articles, State.PUBLISHED, user)


def send_to_review(articles: Iterable[Article], user: AbstractBaseUser | None = None) -> list[Article]:
    """Hands drafts and withdrawn articles to a second pair of eyes. Published ones are left as they are."""
    return _move(articles, State.IN_REVIEW, user)


def withdraw(articles: Iterable[Article], user: AbstractBaseUser | None = None) -> list[Article]:
    """Takes articles away from readers, with the parts on other pages. Their addresses stay theirs."""
    articles = list(articles)
    parts = Article.objects.filter(continued_from__in=[article.pk for article in articles])
    moved = _move([*articles, *parts], State.WITHDRAWN, user)
    asked = {article.pk for article in articles}
    return [article for article in moved if article.pk in asked]


def _move(articles: Iterable[Article], state: State, user: AbstractBaseUser | None) -> list[Article]:
    keys = [article.pk for article in articles]
    with transaction.atomic():
        rows = Article.objects.select_for_update().filter(pk__in=keys, state__in=MAY_BECOME[state])
        if state in OWN_TEXT:
            rows = rows.filter(moved_to=None)
        movable = list(rows.order_by("pk"))
        history.remember(movable)
        now = timezone.now()
        for article in movable:
            article.state, article.updated_at = state, now
            if state == State.PUBLISHED:
                article.published_at = article.published_at or now
        Article.objects.bulk_update(movable, ["state", "published_at", "updated_at"], batch_size=500)
        history.record(movable, user)
    logger.info("%d of %d articles %s by %s", len(movable), len(keys), state, user or "-")
    return movable


def correct(
    article: Article, values: dict[str, Any], user: AbstractBaseUser | None = None, reason: str = ""
) -> list[str]:
    """Gives fields of an article new values, the parser's staying in `machine` and as rejected evidence.

    `values` maps names of CORRECTABLE to values: text for scalars, a Region or None, collections of Region or
    Theme, and for "body" the lines of `articles.bodytext`, or a body of another time as it is. `reason` goes into
    the history. Returns the names of the fields that changed. Raises Refused where a value cannot be kept; then
    none is.
    """
    if unknown := values.keys() - set(CORRECTABLE):
        raise ValueError(f"no correctable field: {sorted(unknown)}")
    with transaction.atomic():
        row = Article.objects.select_for_update(of=("self",)).select_related("region").get(pk=article.pk)
        changed = [name for name, value in values.items() if not _same(row, name, value)]
        if not changed:
            return []
        history.remember([row])
        _write(row, {name: values[name] for name in changed}, user, reason)
        for name in changed:
            settle_field(row, name)
    article.refresh_from_db()
    logger.info("article %s corrected by %s: %s", row.public_id, user or "-", ", ".join(changed))
    return changed


def _same(row: Article, name: str, value: Any) -> bool:
    if name == "body":
        return _body(row, value) == row.body
    if name in SETS:
        return set(getattr(row, name).all()) == set(value)
    return getattr(row, name) == value


def _body(row: Article, value: Any) -> list[dict[str, Any]]:
    return value if isinstance(value, list) else from_text(value, row.body)


def _write(row: Article, values: dict[str, Any], user: AbstractBaseUser | None, reason: str) -> None:
    row._history_user, row._change_reason = user, reason
    scalars = {name: value for name, value in values.items() if name in SCALARS}
    for name, value in scalars.items():
        setattr(row, name, value)
    if "body" in values:
        row.machine.setdefault("body", row.body)
        row.body = _body(row, values["body"])
        row.text = plain(row.body)
    if scalars.get("region"):
        row.region_candidates = []
    if "title" in scalars:
        row.warnings = titled(row, row.warnings)
    try:
        check_date(row.date)
        row.full_clean(exclude=["page", "machine", "body", "published_at"], validate_unique=False)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    if scalars or "body" in values:
        row.save()
    for name in SETS:
        if name in values:
            getattr(row, name).set(values[name])


def settle_field(row: Article, name: str) -> None:
    """As `settle_evidence`, for what one field of an article holds now."""
    if name in SETS:
        column = "name" if name == "themes" else "code"
        values = list(getattr(row, name).values_list(column, flat=True))
    else:
        value = getattr(row, name)
        values = [value.code if isinstance(value, Region) else value or ""] if name != "body" else []
    settle_evidence([row.pk], name, values)


def settle_evidence(keys: Collection[int], name: str, values: Collection[str]) -> None:
    """Of articles whose field now holds `values`, marks what spoke for another as rejected, what speaks for these as
    standing. Themes go by name, regions by code."""
    machine = Evidence.objects.filter(article__in=keys, field=evidence_field(name)).exclude(value="")
    machine.filter(value__in=values).update(origin=Origin.MACHINE)
    machine.exclude(value__in=values).update(origin=Origin.REJECTED)


def evidence_field(name: str) -> str:
    """What the parser calls the evidence of a column."""
    return {"region": "primary_region", "date": "dates"}.get(name, name)
