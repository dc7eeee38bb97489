"""What keeps an unusual record from failing in the database: long values, wild numbers, stray spans."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from articles.ingest.assemble import NO_TITLE
from articles.ingest.passage import squash
from articles.ingest.record import LedgerEntry
from articles.models import Article

Warn = Callable[[str], None]
LARGEST = Decimal(10) ** 18  # what decimal(24, 6) holds


class LedgerError(ValueError):
    """A ledger that puts one character in two places: a fault in the parser, so nothing may be stored."""


def fit(model: type[models.Model], field: str, value: str | None, warn: Warn) -> str:
    """`value` cut to the length of the column, with a warning where something was cut; None becomes ""."""
    if not value:
        return ""
    limit = model._meta.get_field(field).max_length
    if limit is None or len(value) <= limit:
        return value
    label = str(model._meta.get_field(field).verbose_name)
    warn(_("%(field)s is longer than %(limit)d characters and was cut: %(value)s…") % {
        "field": label, "limit": limit, "value": value[:20]
    })  # fmt: skip
    return value[: limit - 1] + "…"


def decimal(value: float | None) -> Decimal | None:
    """The number as the column holds it; None for None. Raises ValueError for one that does not fit."""
    if value is None:
        return None
    exact = Decimal(repr(value))
    if not exact.is_finite() or abs(exact) >= LARGEST:
        raise ValueError(value)
    return round(exact, 6)


def placed(page: str, read: Any, warn: Warn) -> dict[str, Any]:
    """The columns of `Spanned` for something read from a page: its span, quote, rule and confidence.

    A span that does not hold its quote is kept without its place, and said.
    """
    start, end = read.start, read.end
    if not (0 <= start < end <= len(page)) or squash(page[start:end]) != squash(read.quote):
        warn(_("“%(quote)s” does not stand where the parser says (%(start)d–%(end)d).") % {
            "quote": read.quote[:40], "start": start, "end": end
        })  # fmt: skip
        start = end = None
    return {
        "start": start,
        "end": end,
        "quote": read.quote,
        "rule": read.rule[:60],
        "confidence": min(max(read.confidence, 0.0), 1.0),
    }


def complete_ledger(page: str, ledger: tuple[LedgerEntry, ...], warn: Warn) -> list[LedgerEntry]:
    """The ledger in page order, with every forgotten non-space stretch added as furniture and warned about.

    Raises LedgerError where two entries share a character or one leaves the page.
    """
    complete: list[LedgerEntry] = []
    at = 0
    for entry in sorted(ledger, key=lambda e: e.start):
        if not at <= entry.start < entry.end <= len(page):
            raise LedgerError(
                f"{entry.role} at {entry.start}–{entry.end} after {at} on a page of {len(page)}"
            )
        complete += _forgotten(page, at, entry.start, warn)
        complete.append(entry)
        at = entry.end
    return complete + _forgotten(page, at, len(page), warn)


def _forgotten(page: str, start: int, end: int, warn: Warn) -> list[LedgerEntry]:
    gap = page[start:end]
    if not gap.strip():
        return []
    start += len(gap) - len(gap.lstrip())
    end = start + len(gap.strip())
    warn(_("Nothing said where this belongs, so it is kept as furniture: “%s”") % page[start:end][:40])
    return [LedgerEntry(start, end, "furniture", None)]


def titled(article: Article, warnings: list[str]) -> list[str]:
    """`warnings` of an article by its present title: that the page has none goes when somebody gives it one, and comes
    back where the article is again without one as it was read."""
    others = [warning for warning in warnings if warning != NO_TITLE]
    lacks = article.page_id and not article.continued_from_id and not article.machine.get("title")
    return [NO_TITLE, *others] if lacks and not article.title else others
