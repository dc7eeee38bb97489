"""Going back: one field of an article, or all of it with what hangs on it, to what it was at some time."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article
from articles.past import CHILDREN, RESTORABLE, fields_of
from articles.services import history
from articles.services.editorial import correct
from articles.services.errors import Refused
from articles.services.runs import logger


def restore(
    article: Article, version: Any, user: AbstractBaseUser | None = None, fields: Iterable[str] = ()
) -> list[str]:
    """Gives an article the values of one of its history rows: those of `fields`, or all of RESTORABLE and the bylines,
    mechanisms and metrics of that time. Whether readers see it stays as it is.

    Returns the names of what changed; the history records it as a change of its own. Raises Refused where the version is
    of another article, or what it named can no longer be kept.
    """
    if version.id != article.pk:
        raise Refused(_("This version is of another article."))
    names = [name for name in fields if name in RESTORABLE] or list(RESTORABLE)
    moment = date_format(timezone.localtime(version.history_date), "DATETIME_FORMAT")
    reason = _("restored as of %s") % moment
    try:
        with transaction.atomic():
            changed = correct(article, fields_of(version, names), user, reason)
            if not fields:
                changed += _restore_rows(article, version, user, reason)
    except IntegrityError as error:
        raise Refused(_("What this version names is no longer there, so it cannot be restored.")) from error
    logger.info("article %s restored by %s: %s", article.public_id, user or "-", ", ".join(changed) or "-")
    return changed


def _restore_rows(article: Article, version: Any, user: AbstractBaseUser | None, reason: str) -> list[str]:
    history.remember([article])
    changed: list[str] = []
    for model in CHILDREN:
        then = _rows_then(model, article, version.history_date)
        now = {row.pk: row for row in model._default_manager.filter(article=article)}
        for key, row in now.items():
            if key not in then:
                row._history_user, row._change_reason = user, reason  # type: ignore[attr-defined]
                row.delete()
        touched = bool(now.keys() - then.keys())
        for key, values in then.items():
            row = now.get(key) or model(pk=key)
            if key in now and all(getattr(row, name) == value for name, value in values.items()):
                continue
            for name, value in values.items():
                setattr(row, name, value)
            row._history_user, row._change_reason = user, reason  # type: ignore[attr-defined]
            row.save(force_insert=key not in now)
            touched = True
        if touched:
            changed.append(str(model._meta.model_name))
    return changed


def _rows_then(model: type[models.Model], article: Article, moment: Any) -> dict[int, dict[str, Any]]:
    """By key: the columns of each row that hung on the article at that time, as far as what they point at is there."""
    rows = model.history.filter(article_id=article.pk, history_date__lte=moment)  # type: ignore[attr-defined]
    latest = rows.order_by("id", "-history_date", "-history_id").distinct("id")
    columns = [f for f in model._meta.concrete_fields if not f.primary_key and not f.generated]
    then: dict[int, dict[str, Any]] = {}
    for row in latest:
        if row.history_type == "-":
            continue
        values = {f.attname: getattr(row, f.attname) for f in columns}
        for f in columns:
            if f.related_model and values[f.attname] is not None and not _exists(f, values[f.attname]):
                if not f.null:
                    break
                values[f.attname] = None
        else:
            then[row.id] = values
    return then


def _exists(column: Any, key: int) -> bool:
    return bool(column.related_model._default_manager.filter(pk=key).exists())
