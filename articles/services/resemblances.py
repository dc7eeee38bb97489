"""Near duplicates and reprints: every page and article gets a fingerprint, and what is alike is written down.

What is uploaded is compared as it is stored. What came another way, by an import or a correction, is taken up by the
worker when it has nothing else to do.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.ingest.shingles import NEAR, fingerprint, likeness, shared
from articles.models import Article, Fingerprint, Page, Resemblance
from articles.services.errors import check_permission
from articles.services.locks import FINGERPRINTS, hold

NEAREST = 5
"""How many others of one page or article are written down."""

BATCH = 50
SOURCE = {"page": "source", "article": "page__source"}
ROWS: dict[str, Callable[[], models.QuerySet[Any]]] = {
    "page": lambda: Page.objects.all(),
    "article": lambda: Article.objects.select_related("page").defer("page__text", "body", "machine"),
}


def recognise(pages: Sequence[Page], articles: Sequence[Article]) -> list[Resemblance]:
    """Fingerprints rows that are stored, anew where they had one, and returns what they are alike to, in other sources."""
    with transaction.atomic():
        return [*_recognise("page", pages), *_recognise("article", articles)]


def catch_up(seconds: float) -> int:
    """Fingerprints articles and pages that have none, or changed since; stops after so many seconds. Returns how many."""
    deadline, done = time.monotonic() + seconds, 0
    for field in ROWS:
        while time.monotonic() < deadline:
            with transaction.atomic():
                hold(FINGERPRINTS)
                rows = _unknown(field)
                _recognise(field, rows)
            if not rows:
                break
            done += len(rows)
    return done


def keep_both(pair: Resemblance, user: AbstractBaseUser | None, kept: bool = True) -> None:
    """Says that both of two that are alike are wanted, or takes that back. It outlives their being compared anew."""
    check_permission(user, "articles.change_article")
    pair.kept_by, pair.kept_at = (user, timezone.now()) if kept else (None, None)
    pair.save(update_fields=["kept_by", "kept_at"])


def said_of(found: Sequence[Resemblance]) -> Iterator[tuple[str, Article | None]]:
    """For the log of a run: the words, and the article that they are about. A page that is alike speaks for its articles."""
    covered = {(pair.page_id, pair.other_page_id) for pair in found if pair.page_id}
    for pair in found:
        percent = {"percent": round(100 * pair.share)}
        if pair.page_id:
            source = pair.other_page.source
            words = {**percent, "name": source.name, "since": _day(source.created_at)}
            yield (
                _("This page and %(name)s of %(since)s have %(percent)d %% of their text in common.") % words,
                None,
            )
        elif (pair.article.page_id, pair.other_article.page_id) not in covered:
            words = {**percent, "title": pair.other_article.headline}
            said = _("Perhaps a reprint: %(percent)d %% of the text in common with “%(title)s”.")
            yield said % words, pair.article


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def _unknown(field: str) -> list[Any]:
    stale = Q(fingerprint__isnull=True)
    if field == "article":  # a page's text never changes
        stale |= Q(fingerprint__made_at__lt=F("updated_at"))
    return list(ROWS[field]().filter(stale).order_by("pk")[:BATCH])


def _recognise(field: str, rows: Sequence[Any]) -> list[Resemblance]:
    now = timezone.now()
    prints = {row.pk: fingerprint(row.text) for row in rows}
    Fingerprint.objects.filter(**{f"{field}__in": rows}).delete()
    former = Resemblance.objects.of(field, prints)
    ends = (f"other_{field}_id", f"{field}_id")
    kept = {
        (row[ends[0]], row[ends[1]]): {"kept_by_id": row["kept_by_id"], "kept_at": row["kept_at"]}
        for row in former.filter(kept_at__isnull=False).values(*ends, "kept_by_id", "kept_at")
    }
    former.delete()
    Fingerprint.objects.bulk_create(
        Fingerprint(
            **{field: row},
            signature=found.signature if (found := prints[row.pk]) else b"",
            bands=list(found.bands) if found else [],
            made_at=now,
        )
        for row in rows
    )
    pairs: dict[tuple[int, int], Resemblance] = {}
    for row in rows:
        if (found := prints[row.pk]) is not None:
            for other, share in _nearest(field, row, found.signature, found.bands):
                earlier, later = sorted((row, other), key=lambda one: one.pk)
                ends_here = earlier.pk, later.pk
                pairs[ends_here] = Resemblance(
                    **{field: later, f"other_{field}": earlier, "share": share}, **kept.get(ends_here, {})
                )
    return Resemblance.objects.bulk_create(pairs.values())


def _nearest(field: str, row: Any, signature: bytes, bands: Iterable[int]) -> list[tuple[Any, float]]:
    """The rows of other sources that are alike, most alike first, with the share of text in common."""
    own = row.source_id if field == "page" else row.page.source_id if row.page else None
    found = Fingerprint.objects.filter(bands__overlap=list(bands), **{f"{field}__isnull": False})
    found = found.exclude(**{field: row})
    if own is not None:
        source = f"{field}__{SOURCE[field]}"
        found = found.filter(Q(**{f"{source}__isnull": True}) | ~Q(**{source: own}))
    rough = ((likeness(signature, bytes(sign)), key) for key, sign in found.values_list(field, "signature"))
    best = sorted((pair for pair in rough if pair[0] >= NEAR), reverse=True)[: 2 * NEAREST]
    others = ROWS[field]().in_bulk([key for _, key in best])
    exact = ((others[key], shared(row.text, others[key].text)) for _, key in best)
    return sorted(((o, share) for o, share in exact if share), key=lambda pair: -pair[1])[:NEAREST]
