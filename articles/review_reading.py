"""What needs a person: articles by what is doubtful about them, most doubtful first.

The doubts of each article are counted once and kept (`Doubts`); database triggers mark the articles whose counts may be
others by now, whatever did the writing, and whoever asks for the queue has the marked ones counted anew first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

COUNTED_AT_ONCE = 2000

UNSURE = 0.65
"""A value read with less confidence than this is worth a look."""

UNSURE_FIELDS = ("title", "primary_region", "author", "genre")
"""Whose evidence is counted so."""

WAITING = ("draft", "in_review")
VARIABLE = r"“[^”]*”|《[^》]*》|[0-9]+"
"""What differs between two warnings of one kind."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look at an article: `weight` for each of at most `most` that it has."""

    name: str
    label: Any
    weight: int
    most: int = 1

    @property
    def at_most(self) -> int:
        return self.weight * self.most


DOUBTS = (
    Doubt("untitled", _("no title"), 3),
    Doubt("place", _("region unclear"), 3),
    Doubt("warned", _("warnings"), 2, 5),
    Doubt("page", _("warnings about its page"), 2, 3),
    Doubt("unsure", _("values read with little confidence"), 1, 5),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a queue is narrowed by; empty and 0 narrow nothing. `checked` asks for what was found right already."""

    doubt: str = ""
    warning: str = ""
    publication: int = 0
    issue: int = 0
    free: bool = False
    checked: bool = False

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Asked":
        """From a query string; what makes no sense is left out."""

        def number(name: str) -> int:
            value = query.get(name, "")
            return int(value) if re.fullmatch(r"[0-9]{1,9}", value) else 0

        doubt = query.get("doubt", "")
        return cls(
            doubt if doubt in {d.name for d in DOUBTS} else "",
            query.get("warning", ""),
            number("publication"),
            number("issue"),
            query.get("free") == "1",
            query.get("checked") == "1",
        )

    def as_query(self) -> dict[str, str]:
        named = {"doubt": self.doubt, "warning": self.warning}
        named |= {"publication": str(self.publication or ""), "issue": str(self.issue or "")}
        named |= {"free": "1" if self.free else "", "checked": "1" if self.checked else ""}
        return {name: value for name, value in named.items() if value}


def weighed() -> Any:
    """The weighted sum of the doubts of a row that has a column for each."""
    score: Any = Value(0)
    for doubt in DOUBTS:
        score = score + Least(F(doubt.name), Value(doubt.most)) * doubt.weight
    return score


def count_doubts() -> int:
    """Counts the doubts of the articles that were marked since the last time; returns how many."""
    from articles.models import Article, Doubts

    with transaction.atomic():
        with connection.cursor() as cursor:
            # Whoever takes marks at the same moment waits here, and finds them counted.
            cursor.execute("DELETE FROM articles_doubtmark RETURNING article_id")
            marked = sorted({key for (key,) in cursor.fetchall()})
        names = [doubt.name for doubt in DOUBTS]
        for at in range(0, len(marked), COUNTED_AT_ONCE):
            rows = Article.objects.filter(pk__in=marked[at : at + COUNTED_AT_ONCE]).counted()
            Doubts.objects.bulk_create(
                (Doubts(article_id=key, **dict(zip(names, counts, strict=True))) for key, *counts in rows),
                update_conflicts=True, unique_fields=["article"], update_fields=names,
            )  # fmt: skip
    return len(marked)


def _some(rows: QuerySet, **owner: Any) -> Coalesce:
    counted = rows.order_by().filter(**owner).values(*owner).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


class ReviewReading(QuerySet):
    """Mixin for the queryset of articles."""

    def doubted(self) -> Self:
        """With a column `doubt_NAME` for each of DOUBTS, and `score`, their weighted sum. Counts what was marked first."""
        count_doubts()
        columns = {f"doubt_{doubt.name}": F(f"doubts__{doubt.name}") for doubt in DOUBTS}
        return self.annotate(**columns, score=F("doubts__score"))

    def untitled(self) -> Self:
        """Those without a headline that are no later part of another."""
        return self.filter(title="", continued_from=None)

    def unsettled(self) -> Self:
        """Those with a warning or an open region that nobody has found right."""
        from articles.models import Review

        right = Exists(Review.objects.filter(article=OuterRef("pk"), checked_at__isnull=False))
        doubtful = ~Q(warnings=[]) | Q(region=None) & ~Q(region_candidates=[])
        return self.filter(doubtful).exclude(right)

    def counted(self) -> Any:
        """(key, doubts as in DOUBTS) of each article, counted from the records."""
        from articles.models import Evidence, IngestEvent, MechanismMention, Metric

        low = {"confidence__lt": UNSURE, "origin": "machine"}
        read = [
            Metric.objects.filter(**low),
            MechanismMention.objects.filter(**low),
            Evidence.objects.filter(**low, field__in=UNSURE_FIELDS),
        ]
        unsure: Any = Value(0)
        for rows in read:
            unsure = unsure + _some(rows, article=OuterRef("pk"))
        of_pages = IngestEvent.objects.filter(level="warning", article=None).exclude(stage="issue")
        issue = Case(When(page__issue_doubted=True, then=1), default=0)
        found: dict[str, Any] = {
            "untitled": Case(When(title="", continued_from=None, then=1), default=0),
            "place": Case(When(Q(region=None) & ~Q(region_candidates=[]), then=1), default=0),
            "warned": Func(F("warnings"), function="cardinality", output_field=IntegerField()),
            "page": _some(of_pages, run__source=OuterRef("page__source")) + issue,
            "unsure": unsure,
        }
        rows = self.order_by("pk").annotate(**{f"count_{name}": column for name, column in found.items()})
        return rows.values_list("pk", *(f"count_{doubt.name}" for doubt in DOUBTS))

    def to_review(self, asked: Asked = Asked(), user: Any = None) -> Self:
        """The queue, most doubtful first: what is not published yet, and what was published with a warning.

        Whatever somebody found right has left it, and whatever vanished when its page was split anew. `asked.free`
        leaves out what others than `user` have claimed.
        """
        from articles.models import Review

        waiting = Q(state__in=WAITING) | Q(state="published") & ~Q(warnings=[])
        right = Exists(Review.objects.filter(article=OuterRef("pk"), checked_at__isnull=False))
        rows = self.filter(right if asked.checked else ~right, waiting, moved_to=None)
        rows = rows.filter(doubts__isnull=False).doubted()  # joined, so that its index gives the order
        if asked.doubt:
            rows = rows.filter(**{f"doubt_{asked.doubt}__gt": 0})
        if asked.warning:
            rows = rows.filter(pk__in=self.warned_of_kind(asked.warning))
        if asked.publication:
            rows = rows.filter(page__issue__publication=asked.publication)
        if asked.issue:
            rows = rows.filter(page__issue=asked.issue)
        if asked.free:
            rows = rows.exclude(pk__in=self.held_by_others(user))
        return rows.order_by("-doubts__score", "pk")

    def beyond(self, score: int, key: int, back: bool = False) -> Self:
        """Of the queue, what comes after an article with this score, nearest first; what comes before it with `back`."""
        after = Q(doubts__score__lt=score) | Q(doubts__score=score, pk__gt=key)
        if back:
            return self.filter(_before(score, key)).order_by("doubts__score", "-pk")
        return self.filter(after)

    def place_of(self, key: int, score: int) -> tuple[int, int]:
        """Of the queue: where an article with this score stands, from 1, 0 if it is not in it, and how long it is."""
        told = self.order_by().aggregate(
            total=Count("pk"),
            before=Count("pk", filter=_before(score, key)),
            here=Count("pk", filter=Q(pk=key)),
        )
        return (told["before"] + 1 if told["here"] else 0), told["total"]

    def held_by_others(self, user: Any) -> Any:
        """Keys of the articles that somebody else is at."""
        from articles.models import Review

        expiry: timedelta = settings.CLAIM_EXPIRES
        held = Review.objects.filter(claimed_by__isnull=False, claimed_at__gt=timezone.now() - expiry)
        return held.exclude(claimed_by=user).values("article")

    def warned_of_kind(self, kind: str) -> list[int]:
        """Keys of the articles with a warning that is `kind` but for names and numbers."""
        said = self.exclude(warnings=[]).order_by().values("pk").annotate(said=_kinds())
        return [row["pk"] for row in said if row["said"] == kind]

    def warning_kinds(self) -> list[tuple[str, int]]:
        """The kinds of warnings among these articles, with how many articles have one, commonest first."""
        counts: dict[str, set[int]] = {}
        for row in self.exclude(warnings=[]).order_by().values("pk").annotate(said=_kinds()):
            counts.setdefault(row["said"], set()).add(row["pk"])
        return sorted(
            ((kind, len(keys)) for kind, keys in counts.items()), key=lambda pair: (-pair[1], pair[0])
        )


def _before(score: int, key: int) -> Q:
    return Q(doubts__score__gt=score) | Q(doubts__score=score, pk__lt=key)


def _kinds() -> Func:
    """Each warning of an article as its kind, a row each."""
    one = Func(F("warnings"), function="unnest", output_field=models.TextField(), set_returning=True)
    return Func(
        one, Value(VARIABLE), Value("…"), Value("g"), function="regexp_replace", output_field=models.TextField(),
        set_returning=True,
    )  # fmt: skip
