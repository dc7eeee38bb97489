"""What the page of one article asks of the records, in few statements whatever the archive holds."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, Left

from articles import catalogue
from articles.catalogue import Catalogue
from articles.ingest.said import says
from articles.models import Article, Block, Byline, Evidence, MechanismMention, Metric, Region, State, Theme
from articles.reading import hang

FEW = 3
"""Articles of the same mechanism, place or author that stand beside an article."""

_COLUMNS = ("id", "slug", "name", "description", "order")


def find(public_id: str, drafts: bool = False) -> Article | None:
    """A published article with all that its page shows, later parts in `parts`; None where readers have none.

    With `drafts` in any state, the trash excepted: for staff. Six statements: the parts are fetched together with their
    first, and themes with both.
    """
    own_page = Q(continued_from__isnull=True) | ~Q(continued_from__state=State.PUBLISHED)
    first = Subquery(Article.objects.filter(own_page, public_id=public_id).order_by().values("pk"))
    shown = Article.objects.exclude(state=State.TRASHED) if drafts else Article.objects.shown()
    rows = shown.filter(Q(pk=first) | Q(continued_from=first))
    rows = rows.select_related("region__parent__parent", "page__issue__publication").dated()
    rows = rows.annotate(themes_read=ArraySubquery(_themes()))
    mentions = MechanismMention.objects.exclude(origin="rejected").select_related("mechanism")
    rows = rows.prefetch_related(
        Prefetch("bylines", Byline.objects.select_related("author", "region").order_by("position", "id")),
        Prefetch("mentions", mentions.order_by("start", "id")),
        Prefetch("metrics", Metric.objects.exclude(origin="rejected").order_by("start", "id")),
        Prefetch("also_regions", Region.objects.select_related("parent__parent")),
        Prefetch("evidence", Evidence.objects.order_by("field", "start", "id")),
    )
    parts = list(rows.order_by("part", "pk"))
    for part in parts:
        hang(part, "themes", Theme.objects.all(), [Theme(**columns) for columns in part.themes_read])
    whole = next((row for row in parts if row.public_id == public_id), None)
    if whole is not None:
        whole.parts_shown = [row for row in parts if row is not whole]
    return whole


def warnings(row: Article) -> list[str]:
    """Those of an article from `find`, without what is settled: a place that is known by now, the headline of later parts,
    the unfinished end of those that go on."""
    first, *later = row.parts
    place = ["no_place", "ambiguous_place"] if first.region else []  # a person may have said
    found = [w for w in first.warnings if not says(w, *place, *(["unfinished"] if later else []))]
    for part in later:
        goes_on = ["unfinished"] if part is not later[-1] else []
        found += [w for w in part.warnings if not says(w, "no_title", "title_elsewhere", *place, *goes_on)]
    return found


def _themes() -> QuerySet[Theme, Any]:
    """The themes of an article of the outer query, an object each."""
    rows = Theme.objects.filter(articles=OuterRef("pk"))
    return rows.values_list(JSONObject(**{name: name for name in _COLUMNS}), flat=True)


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
    known = catalogue.current()
    mechanisms = {m.mechanism.public_id: m.mechanism_id for part in row.parts for m in part.mentions.all()}
    authors = {b.author.public_id: b.author_id for b in row.signatures}
    place = (row.region.code,) if row.region else ()
    found = Kin()
    keys = {
        "mechanism": _latest(known, row, "mechanism", tuple(mechanisms)),
        "author": _latest(known, row, "author", tuple(authors)),
        "place": _latest(known, row, "region", place),
        "issue": [],
    }
    if row.page and row.page.issue:
        keys["issue"] = known.select(("issue", (row.page.issue.public_id,))).keys("newest")
    briefs = _briefs({key for named in keys.values() for key in named})
    for name, named in keys.items():
        setattr(found, name, [briefs[key] for key in named if key in briefs])
    found.issue.sort(key=lambda brief: brief.page_order)
    found.by_mechanism = _others(known, "mechanism", mechanisms)
    found.by_author = _others(known, "author", authors)
    found.in_place = max(0, known.select(("region", place)).total - 1) if place else 0
    return found


def _latest(known: Catalogue, row: Article, facet: str, values: tuple[str, ...]) -> list[int]:
    """The latest few other articles that hold one of the values."""
    if not values:
        return []
    keys = known.select((facet, values)).keys("newest", 0, FEW + 1)
    return [key for key in keys if key != row.pk][:FEW]


def _others(known: Catalogue, facet: str, ids: Mapping[str, int]) -> dict[int, int]:
    """How many other articles hold each value, by its key; without those that none other holds."""
    counts = known.select().counts(facet)
    return {key: counts[value] - 1 for value, key in ids.items() if counts.get(value, 0) > 1}


def _briefs(keys: Collection[int]) -> dict[int, Brief]:
    text = CharField()
    rows = Article.objects.published().dated().filter(pk__in=keys).order_by()
    rows = rows.annotate(
        opening=Left("text", 60),
        place=Coalesce("region__name", Value(""), output_field=text),
        publication=Coalesce("page__issue__publication__name", Value(""), output_field=text),
        number=Coalesce("page__number", Value(""), output_field=text),
        sheet=Coalesce("page_id", Value(0)),
    )
    found = rows.values_list(
        "pk", "public_id", "title", "opening", "day", "place", "publication", "number", "sheet", "position"
    )
    return {values[0]: Brief(*values) for values in found}


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
