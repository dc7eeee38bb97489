"""What the reading site asks of the records; mixed into the querysets. Readers see what is published."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Self

from django.db.models import (
    Case,
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Left


class ArticleReading(QuerySet):
    def dated(self) -> Self:
        """With `day`: the article's own date, else its issue's; ISO, maybe only a year, or empty."""
        issue = Coalesce("page__issue__date", Value(""))
        return self.annotate(day=Case(When(date="", then=issue), default=F("date")))

    def with_parts(self, *lookups: Any) -> Self:
        """With the published later parts, each with `lookups`, for `Article.parts`; one query and theirs."""
        from articles.models import Article

        parts = Article.objects.shown().select_related("page").defer("machine", "page__text")
        parts = parts.prefetch_related(*lookups).order_by("part")
        return self.prefetch_related(Prefetch("later_parts", parts, to_attr="parts_shown"))

    def in_parts(self) -> frozenset[int]:
        """The keys of the published articles that have later parts."""
        parts = self.filter(state="published", continued_from__isnull=False)
        return frozenset(parts.order_by().values_list("continued_from", flat=True))

    def wholes_and_places(self, keys: Iterable[int]) -> list[tuple[int, str | None]]:
        """What readers know each of these articles by, and the code of its own region."""
        both = When(state="published", continued_from__state="published", then=F("continued_from"))
        rows = self.filter(pk__in=keys).order_by()
        return list(rows.values_list(Case(both, default=F("pk")), "region__code"))

    def for_list(self) -> Self:
        """Rows of a list: with place, issue, authors, themes and the text's opening, in three queries."""
        from articles.models import Byline

        rows = self.select_related("region__parent__parent", "page__issue__publication")
        rows = rows.defer("body", "text", "machine", "page__text")
        rows = rows.prefetch_related(Prefetch("bylines", Byline.objects.select_related("author")), "themes")
        return rows.dated().annotate(opening=Left("text", 160))

    def for_export(self) -> Self:
        """Rows of a list with their later parts: pages and signatures are those of the whole article."""
        from articles.models import Byline

        bylines = Prefetch("bylines", Byline.objects.select_related("author"))
        return self.for_list().with_parts(bylines)

    def keys(self, limit: int | None = None) -> list[int]:
        """The keys of an ordered queryset's articles, at most `limit`."""
        return list(self.values_list("pk", flat=True)[:limit])

    def rows(self, limit: int | None = None) -> list[Any]:
        """The articles of an ordered queryset as rows of a list.

        Ordered by keys alone first: the database would otherwise read every text to show a few.
        """
        return rows_of(self.keys(limit))

    def for_records(self) -> Self:
        """Articles with all that was read from them and their later parts, always in the same order."""
        from articles.models import Article, Byline, Evidence, MechanismMention, Metric, Region

        mentions = MechanismMention.objects.select_related("mechanism").exclude(origin="rejected")
        of_parts = (
            Prefetch("bylines", Byline.objects.select_related("author", "region").order_by("position", "id")),
            Prefetch("mentions", mentions.order_by("start", "id")),
            Prefetch("metrics", Metric.objects.exclude(origin="rejected").order_by("start", "id")),
            Prefetch("evidence", Evidence.objects.order_by("field", "start", "id")),
        )
        places = Region.objects.select_related("parent__parent").order_by("code", "since")
        printed = "page__issue__publication"
        parts = Article.objects.shown().select_related(printed).defer("machine", "page__text")
        parts = parts.prefetch_related(*of_parts).order_by("part", "id")
        rows = self.select_related("region__parent__parent", printed).defer("page__text").dated()
        return rows.prefetch_related(
            *(Prefetch("also_regions", places), "themes", *of_parts),
            Prefetch("later_parts", parts, to_attr="parts_shown"),
        )

    def in_page_order(self) -> Self:
        """As they stand in their issue: pages by number, then articles by place."""
        digits = Func(
            F("page__number"),
            template="NULLIF(LEFT(regexp_replace(%(expressions)s, '[^0-9]', '', 'g'), 6), '')::int",
            output_field=IntegerField(),
        )
        return self.order_by(digits.asc(nulls_last=True), "page__number", "page", "position", "id")


# What a row of a list says, and what Article itself looks at.
_LISTED = (
    *("public_id", "title", "kicker", "subtitle", "column", "genre", "level", "date", "region", "page"),
    *("state", "position", "published_at", "updated_at", "continued_from", "part"),
    *(f"region__{name}" for name in ("code", "name", "full_name", "level", "parent__name", "parent__parent__name")),
    *("page__number", "page__issue__public_id", "page__issue__date", "page__issue__number"),
    "page__issue__publication__name",
)  # fmt: skip
_THEME = ("id", "slug", "name", "order")
_BYLINE = ("id", "position", "kind", "role")


def rows_of(keys: Sequence[int]) -> list[Any]:
    """The published ones of these articles as rows of a list, in this order: as `for_list` gives them, with the
    columns of _LISTED, _BYLINE and _THEME alone. Three statements.

    What hangs on rows is read as columns: prefetching takes longer to write its statements than the database to
    answer them.
    """
    from articles.models import Article, Author, Byline, Theme

    rows = Article.objects.shown().select_related("region__parent__parent", "page__issue__publication")
    rows = rows.only(*_LISTED).dated().annotate(opening=Left("text", 160))
    found = rows.order_by().in_bulk(keys)
    tagged = Article.themes.through.objects.filter(article__in=found).order_by("theme__order", "theme__slug")
    themes: dict[int, list[Any]] = {key: [] for key in found}
    for key, *columns in tagged.values_list("article", *(f"theme__{name}" for name in _THEME)):
        themes[key].append(Theme(**dict(zip(_THEME, columns, strict=True))))
    written = Byline.objects.filter(article__in=found).order_by("position")
    bylines: dict[int, list[Any]] = {key: [] for key in found}
    for key, author, public_id, name, note, *columns in written.values_list(
        "article", "author", "author__public_id", "author__name", "author__note", *_BYLINE
    ):
        person = Author(pk=author, public_id=public_id, name=name, note=note)
        bylines[key].append(Byline(article_id=key, author=person, **dict(zip(_BYLINE, columns, strict=True))))
    for key, article in found.items():
        hang(article, "themes", Theme.objects.all(), themes[key])
        hang(article, "bylines", Byline.objects.all(), bylines[key])
    return [found[key] for key in keys if key in found]


def hang(row: Any, name: str, queryset: QuerySet[Any], related: list[Any]) -> None:
    """Makes `related` what `row.NAME.all()` gives, as prefetching does with a statement of its own."""
    queryset._result_cache = related
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = queryset


def exported(keys: Sequence[int], size: int = 500) -> Iterator[Any]:
    """The published ones of these articles in this order, as `for_export` gives them, `size` in memory at once."""
    from articles.models import Article

    for at in range(0, len(keys), size):
        found = Article.objects.shown().for_export().in_bulk(keys[at : at + size])
        yield from (found[key] for key in keys[at : at + size] if key in found)


def whole_of(path: str) -> Case:
    """The key of what readers know the article at `path` by: its first part, where both are published."""
    return _of_whole(path, F(f"{path}__continued_from"), F(path))


def _of_whole(path: str, first: Any, itself: Any) -> Case:
    both = {f"{path}__state": "published", f"{path}__continued_from__state": "published"}
    return Case(When(**both, then=first), default=itself)


# Of an article reached over `article`: its first words, and what a row that shows them leaves behind.
OPENING = _of_whole("article", Left("article__continued_from__text", 40), Left("article__text", 40))
LEFT_BEHIND = (
    *("article__text", "article__machine"),
    *(f"article__continued_from__{name}" for name in ("body", "text", "machine")),
)


class RegionReading(QuerySet):
    def one_a_code(self) -> Self:
        """One row a code: the name it has now, or had last."""
        return self.order_by("code", "-since").distinct("code")


class MechanismReading(QuerySet):
    def called(self, words: str) -> list[str]:
        """The public ids of those that have another name with these words in it."""
        rows = self.annotate(
            others=Func(F("aliases"), Value(" "), function="array_to_string", output_field=TextField())
        )
        return list(rows.filter(others__contains=words).values_list("public_id", flat=True))

    def aliases_of(self, ids: list[str]) -> dict[str, list[str]]:
        """Other names by public id."""
        return dict(self.filter(public_id__in=ids).values_list("public_id", "aliases"))

    def for_readers(self) -> Self:
        """Mechanisms that a published article names, with how many do."""
        from articles.models import MechanismMention

        named = MechanismMention.objects.exclude(origin="rejected").filter(article__state="published")
        named = named.order_by().filter(mechanism=OuterRef("pk")).values("mechanism")
        count = Subquery(named.annotate(n=Count(whole_of("article"), distinct=True)).values("n"))
        rows = self.annotate(articles_published=Coalesce(count, 0, output_field=IntegerField()))
        return rows.filter(articles_published__gt=0)


class AuthorReading(QuerySet):
    def for_readers(self) -> Self:
        """People who signed a published article."""
        from articles.models import Byline

        signed = Byline.objects.filter(article__state="published", author=OuterRef("pk")).order_by()
        count = signed.values("author").annotate(n=Count(whole_of("article"), distinct=True)).values("n")
        counted = Coalesce(Subquery(count), 0, output_field=IntegerField())
        rows = self.annotate(articles_published=counted)
        return rows.filter(articles_published__gt=0).select_related("region__parent__parent")


def mentions_for_readers(mentions: QuerySet) -> QuerySet:
    """Namings of mechanisms in published articles, each with the body it stands in, latest first."""
    rows = mentions.filter(article__state="published").exclude(origin="rejected").exclude(quote="")
    rows = rows.select_related("article__region", "article__continued_from__region")
    rows = rows.defer(*LEFT_BEHIND)
    return rows.annotate(opening=OPENING).order_by("-article__date", "id")
