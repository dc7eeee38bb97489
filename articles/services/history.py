"""Who changed what: the rows that django-simple-history shows, written in bulk where many change at once.

Articles arrive by the thousand and most are never touched, so their first history row is written only when
somebody is about to change them: it holds them as they were parsed.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext as _

from articles.models import Article

CHILDREN = ("bylines", "mentions", "metrics")


def remember(articles: Sequence[Article]) -> None:
    """Writes the first history row of articles, and of what hangs on them, that have none yet."""
    keys = [article.pk for article in articles]
    _begin(Article, Article.objects.filter(pk__in=keys).select_related("page__source__uploaded_by"))
    for model, rows in _hanging(articles):
        _begin(model, rows)


def note(articles: Sequence[Article], user: AbstractBaseUser | None, reason: str = "") -> None:
    """Writes the first history row of what came to hang on articles just now, so that it is not taken for received."""
    for model, rows in _hanging(articles):
        _write(model, _unknown(model, rows), user=user, reason=reason)


def record(articles: Sequence[Article], user: AbstractBaseUser | None, reason: str = "") -> None:
    """Writes a history row for each article as it now stands in memory."""
    _write(Article, articles, user=user, reason=reason, update=True)


def _hanging(articles: Sequence[Article]) -> Iterator[tuple[type[models.Model], models.QuerySet[Any]]]:
    keys = [article.pk for article in articles]
    for name in CHILDREN:
        model = Article._meta.get_field(name).related_model
        yield model, model._default_manager.filter(article_id__in=keys).select_related("article")


def _unknown(model: type[models.Model], rows: models.QuerySet[Any]) -> list[Any]:
    """Those of `rows` that have no history yet."""
    known = model.history.filter(id__in=rows.order_by().values("pk")).values("id")
    return list(rows.exclude(pk__in=known))


def _begin(model: type[models.Model], rows: models.QuerySet[Any]) -> None:
    fresh = _unknown(model, rows)
    for row in fresh:
        article = row if isinstance(row, Article) else row.article
        row._history_date = article.created_at
        row._history_user = row.page.source.uploaded_by if isinstance(row, Article) and row.page else None
    _write(model, fresh, reason=_("as received"))


def _write(
    model: type[models.Model],
    rows: Sequence[models.Model],
    user: AbstractBaseUser | None = None,
    reason: str = "",
    update: bool = False,
) -> None:
    if not rows:
        return
    entries = model.history.bulk_history_create(
        rows, update=update, default_user=user, default_change_reason=reason, batch_size=500
    )
    # bulk_history_create leaves many-to-many fields out.
    by_id = {entry.id: entry for entry in entries}
    for field in model.history.model._history_m2m_fields:
        owner, other = field.m2m_column_name(), field.m2m_reverse_name()
        pairs = field.remote_field.through.objects.filter(**{f"{owner}__in": by_id}).values(
            "id", owner, other
        )
        kept = getattr(model.history.model, field.name).model
        kept.objects.bulk_create(kept(history=by_id[pair[owner]], **pair) for pair in pairs)
