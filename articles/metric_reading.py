"""What the reading site asks of metrics; mixed into their queryset. Readers see those of published articles."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    DecimalField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from articles.gazetteer.pinyin import text_key
from articles.reading import LEFT_BEHIND, OPENING, whole_of

SORTS: dict[str, tuple[Any, ...]] = {
    "newest": ("-day", "-article_id", "start", "id"),
    "oldest": ("day", "article_id", "start", "id"),
    "largest": ("-value", "-id"),
    "smallest": ("value", "id"),
    "place": (F("article__region__code").asc(nulls_last=True), "-day", "-article_id", "start", "id"),
    "pinyin": (F("article__region__pinyin").asc(nulls_last=True), "-day", "-article_id", "start", "id"),
    "subject": ("subject_key", "unit", "value", "id"),
}

# A parameter for each key would take Django longer than the database takes for the answer.
_WITH_PARTS = """
SELECT unnest(%s::bigint[]) UNION ALL SELECT id FROM articles_article WHERE continued_from_id = ANY (%s::bigint[])
"""

_OF_ARTICLE = (
    *("public_id", "title", "level", "state", "part"),
    *(f"region__{name}" for name in ("code", "name", "full_name", "level")),
)
_TOLD = (
    *("subject", "subject_key", "value", "value_max", "qualifier", "unit", "kind", "of"),
    *("start", "end", "quote", "rule", "confidence", "origin", "article__body"),
    *(f"article__{name}" for name in _OF_ARTICLE),
    *(f"article__continued_from__{name}" for name in _OF_ARTICLE),
)


class Median(Aggregate):
    """The middle one of the values that there are, the lower of two."""

    function = "percentile_disc"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DecimalField(max_digits=24, decimal_places=6)


class Commonest(Aggregate):
    """The value met most often."""

    function = "mode"
    template = "%(function)s() WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = CharField()


# What is summed up of the values of a figure.
_SUMMED = {
    "subject_printed": Commonest("subject"),
    "variants": ArrayAgg("subject", distinct=True),
    "values": Count("pk"),
    "smallest": Min("value"),
    "median": Median("value"),
    "largest": Max(Coalesce("value_max", "value")),
}


class MetricReading(QuerySet):
    def shown(self) -> Self:
        """Those that readers may see."""
        return self.filter(article__state="published").exclude(origin="rejected")

    def for_readers(self) -> Self:
        """Metrics of published articles, with what a table of them shows."""
        rows = self.shown().dated()
        rows = rows.select_related("article__region__parent__parent", "article__page__issue__publication")
        rows = rows.select_related("article__continued_from__region__parent__parent")
        rows = rows.defer("article__page__text", *LEFT_BEHIND)
        return rows.annotate(opening=OPENING, whole=whole_of("article"))

    def dated(self) -> Self:
        """With `day`: the date of the article, else of its issue; ISO, maybe only a year, or empty."""
        issue = Coalesce("article__page__issue__date", Value(""))
        return self.annotate(day=Case(When(article__date="", then=issue), default=F("article__date")))

    def of_articles(self, keys: list[int]) -> Self:
        """Metrics of the articles with these keys and of their later parts."""
        return self.filter(article__in=RawSQL(_WITH_PARTS, (keys, keys)))

    def keys(self, limit: int | None = None) -> list[int]:
        return list(self.values_list("pk", flat=True)[:limit])

    def rows(self, keys: list[int]) -> list[Any]:
        """These metrics as `for_readers` gives them, in this order; two statements would read every body twice."""
        found = self.model._default_manager.for_readers().in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def in_table(self, keys: list[int]) -> list[Any]:
        """These metrics in this order, with the columns of _TOLD, `day` and `opening` alone: most of a table of them
        is of one region or another, and making whole records of all that takes longer than asking for it."""
        rows = self.model._default_manager.shown().dated().annotate(opening=OPENING).only(*_TOLD)
        rows = rows.select_related("article__region", "article__continued_from__region")
        found = rows.order_by().in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def counted_by(self, *columns: str) -> list[tuple[Any, ...]]:
        """(column, …, metrics) for each value that is not empty, most metrics first."""
        rows = self.order_by().filter(**{f"{columns[0]}__gt": ""}).values_list(*columns)
        return list(rows.annotate(n=Count("pk")).order_by("-n", *columns))

    def counted_figures(self, sort: str = "count") -> list[tuple[str, str, str, int]]:
        """(subject key, unit, kind, metrics) of each figure: most metrics first, by `pinyin`, of most `places`, or that of
        the `newest` article first."""
        figure = ("subject_key", "unit", "kind")
        rows = (self.dated() if sort == "newest" else self).order_by().values(*figure).annotate(n=Count("pk"))
        leading = {"places": Count("article__region", distinct=True), "newest": Max("day")}
        if sort in leading:
            rows = rows.annotate(first=leading[sort])
        first = ["-first"] if sort in leading else []
        found = list(rows.order_by(*first, "-n", *figure).values_list(*figure, "n"))
        return sorted(found, key=lambda row: text_key(row[0])) if sort == "pinyin" else found

    def figures(self, keys: Iterable[tuple[str, str, str]]) -> list[dict[str, Any]]:
        """What is known of figures (subject key, unit, kind), in this order.

        With `subject` as printed most often, `variants` all printed, `values`, `articles`, `places` counted,
        `smallest`, `median`, `largest`. Nothing is added up: two articles may count the same thing.
        """
        wanted = list(keys)
        rows = self.order_by().filter(subject_key__in={key for key, _unit, _kind in wanted})
        found = rows.values("subject_key", "unit", "kind").annotate(
            **_SUMMED,
            articles=Count(whole_of("article"), distinct=True),
            places=Count("article__region", distinct=True),
        )
        by_key = {(row["subject_key"], row["unit"], row["kind"]): row for row in found}
        return [by_key[key] for key in wanted if key in by_key]

    def of_figure(self, key: str, unit: str) -> list[dict[str, Any]]:
        """What readers may know of a figure, a row a kind, most values first: as `figures` says it, but with `within`, the
        article of each value, in place of `articles` and `places`.

        Nothing is joined but the articles that are hidden: of a fifth of all metrics that takes a third of the time.
        """
        from articles.models import Article, State

        unseen = [state for state in State.values if state != State.PUBLISHED]
        hidden = Article.objects.filter(pk=OuterRef("article"), state__in=unseen)
        rows = self.exclude(origin="rejected").filter(~Exists(hidden), subject_key=key, unit=unit)
        found = rows.order_by().values("subject_key", "unit", "kind")
        return list(found.annotate(**_SUMMED, within=ArrayAgg("article")).order_by("-values", "kind"))

    def near(self, least: Decimal | None, most: Decimal | None) -> Self:
        """Those whose value, or range of values, meets the range."""
        rows = self
        if least is not None:
            rows = rows.filter(Q(value__gte=least) | Q(value_max__gte=least))
        if most is not None:
            rows = rows.filter(value__lte=most)
        return rows

    def to_compare(self) -> Self:
        """With `day` and `whole`, for finding what disagrees; only those whose place is known."""
        rows = self.shown().filter(article__region__isnull=False).dated().order_by()
        return rows.annotate(whole=whole_of("article")).select_related("article__region", "article__page")

    def several_in_place(self) -> Self:
        """Those that another of the same place, subject, unit and kind has another value than."""
        one_thing = [F("article__region"), F("subject_key"), F("unit"), F("kind")]
        rows = self.annotate(
            lowest=Window(Min("value"), partition_by=one_thing),
            highest=Window(Max(Coalesce("value_max", "value")), partition_by=one_thing),
        )
        return rows.filter(highest__gt=F("lowest"))
