"""What the page of one article asks of the records, in few statements whatever the archive holds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Left

from articles.models import Article, Block, Byline, Evidence, MechanismMention, Metric, Region, State
from articles.reading import whole_of

FEW = 3
"""Articles of the same mechanism, place or author that stand beside an article."""


def find(public_id: str) -> Article | None:
    """A published article with all that its page shows, later parts in `parts`; None where readers have none.

    Seven statements: the parts are fetched together with their first.
    """
    own_page = Q(continued_from__isnull=True) | ~Q(continued_from__state=State.PUBLISHED)
    rows = Article.objects.shown().filter(
        Q(public_id=public_id) & own_page | Q(continued_from__public_id=public_id)
    )
    rows = rows.select_related("region__parent__parent", "page__issue__publication").dated()
    rows = rows.prefetch_related(
        Prefetch("bylines", Byline.objects.select_related("author", "region").order_by("position", "id")),
        Prefetch("mentions", MechanismMention.objects.exclude(origin="rejected").select_related("mechanism")),
        Prefetch("metrics", Metric.objects.exclude(origin="rejected")),
        Prefetch("also_regions", Region.objects.select_related("parent__parent")),
        Prefetch("evidence", Evidence.objects.order_by("field", "start", "id")),
        "themes",
    )
    parts = list(rows.order_by("part", "pk"))
    first = next((row for row in parts if row.public_id == public_id), None)
    if first is not None:
        first.parts_shown = [row for row in parts if row is not first]
    return first


@dataclass(frozen=True, slots=True)
class Brief:
    """An article as a line of a short list. `day` is ISO, maybe only a year, or empty."""

    pk: int
    public_id: str
    title: str
    opening: str
    day: str
    place: str
    publication: str
    number: str
    page: int
    position: int

    @property
    def page_order(self) -> tuple[float, str, int, int, int]:
        """Sorts the articles of an issue: pages by number, then articles by place."""
        digits = re.sub(r"\D", "", self.number)[:6]
        return (int(digits) if digits else float("inf"), self.number, self.page, self.position, self.pk)


@dataclass(slots=True)
class Kin:
    """Articles that an article stands beside.

    `issue` is every article of its issue in page order, itself included; the others hold the latest few
    others. The counts are of all others: by key of the mechanism and of the author, and of the place.
    """

    issue: list[Brief] = field(default_factory=list)
    mechanism: list[Brief] = field(default_factory=list)
    place: list[Brief] = field(default_factory=list)
    author: list[Brief] = field(default_factory=list)
    by_mechanism: dict[int, int] = field(default_factory=dict)
    by_author: dict[int, int] = field(default_factory=dict)
    in_place: int = 0


def kin(row: Article) -> Kin:
    """The articles beside one from `find`; two statements."""
    mechanisms = {m.mechanism_id for part in row.parts for m in part.mentions.all()}
    authors = {b.author_id for b in row.signatures}
    mentions = MechanismMention.objects.exclude(origin="rejected").filter(mechanism__in=mechanisms)
    bylines = Byline.objects.filter(author__in=authors)
    others = Article.objects.published().exclude(pk=row.pk)
    latest = others.dated().order_by("-day", "-pk")
    issue = row.page.issue_id if row.page else None
    lists, counts = [], []
    if issue:
        lists.append(
            _brief(Article.objects.published().dated().filter(page__issue=issue).order_by(), "issue")
        )
    if row.region:
        here = row.region.prefix
        lists.append(_brief(latest.within(here), "place", FEW))
        counts.append(_counted(others.order_by().within(here).values(owner=Value(0)), "place", "pk"))
    for name, rows, owner in (("mechanism", mentions, "mechanism_id"), ("author", bylines, "author_id")):
        if mechanisms if name == "mechanism" else authors:
            rows = rows.filter(article__state=State.PUBLISHED).order_by()
            wholes = rows.values(whole=whole_of("article"))
            lists.append(_brief(latest.filter(pk__in=wholes), name, FEW))
            rows = rows.annotate(whole=whole_of("article")).exclude(whole=row.pk)
            counts.append(_counted(rows.values(owner=F(owner)), name, "whole"))
    found = Kin()
    for why, *values in _together(lists):
        getattr(found, why).append(Brief(*values))
    for why, owner, n in _together(counts):
        if why == "place":
            found.in_place = n
        else:
            getattr(found, f"by_{why}")[owner] = n
    found.issue.sort(key=lambda brief: brief.page_order)
    for rows in (found.mechanism, found.place, found.author):
        rows.sort(key=lambda brief: (brief.day, brief.pk), reverse=True)
    return found


def _brief(rows: QuerySet, why: str, limit: int | None = None) -> QuerySet:
    text = CharField()
    rows = rows.annotate(
        why=Value(why, text),
        opening=Left("text", 60),
        place=Coalesce("region__name", Value(""), output_field=text),
        publication=Coalesce("page__issue__publication__name", Value(""), output_field=text),
        number=Coalesce("page__number", Value(""), output_field=text),
        sheet=Coalesce("page_id", Value(0)),
    )
    return rows.values_list(
        "why", "pk", "public_id", "title", "opening", "day", "place", "publication", "number", "sheet",
        "position",
    )[:limit]  # fmt: skip


def _counted(rows: QuerySet, why: str, what: str) -> QuerySet:
    rows = rows.annotate(why=Value(why, CharField()), n=Count(what, distinct=True))
    return rows.values_list("why", Cast("owner", IntegerField()), "n")


def _together(queries: list[QuerySet]) -> Iterable[tuple[Any, ...]]:
    """The rows of all queries in one statement."""
    return queries[0].union(*queries[1:], all=True) if queries else ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A ledger row with the article that it belongs to, as readers may know it.

    `own` says that it belongs to the article at hand. Of another one, `title` and `public_id` name it while
    readers can open it; `shown` is false where they must not read it. Furniture belongs to no article.
    """

    page: int
    start: int
    end: int
    role: str
    article: int | None
    own: bool
    shown: bool
    title: str
    public_id: str


def ledger(row: Article) -> list[Stretch]:
    """The ledger of every page that the parts of an article stand on, by page and place; one statement."""
    own = {part.pk for part in row.parts}
    first = "article__continued_from"
    rows = Block.objects.filter(page__in=[part.page_id for part in row.parts if part.page_id])
    rows = rows.order_by("page", "start").values_list(
        "page_id", "start", "end", "role", "article_id", "article__state", "article__title",
        "article__public_id", f"{first}__state", f"{first}__title", f"{first}__public_id",
    )  # fmt: skip
    found = []
    for page, start, end, role, article, state, title, public_id, *whole in rows:
        if whole[0] == State.PUBLISHED:
            title, public_id = whole[1:]
        shown = article is None or state == State.PUBLISHED
        found.append(
            Stretch(page, start, end, role, article, article in own, shown, title or "", public_id or "")
        )
    return found
