"""Every read of the records.

Those of the reading site come from `reading`; `for_desk` serves the admin's lists: counts, no long texts.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import (
    Case,
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Left, Length

from articles import metric_reading, reading
from articles.review_reading import ReviewReading

if TYPE_CHECKING:
    from articles.models import Source


def _count_of(rows: models.QuerySet, owner: str) -> Coalesce:
    """How many of `rows` belong to a row by their column `owner`; a subquery, to keep joins apart."""
    counted = (
        rows.order_by().filter(**{owner: OuterRef("pk")}).values(owner).annotate(n=Count("pk", distinct=True))
    )
    return Coalesce(Subquery(counted.values("n")), 0, output_field=IntegerField())


class RegionQuerySet(reading.RegionReading, models.QuerySet):
    def for_desk(self) -> Self:
        from articles.models import Article

        return self.select_related("parent").annotate(article_count=_count_of(Article.objects, "region"))

    def matching(self, term: str) -> Self:
        """Regions by code, name, short or full name or pinyin (`shaxian`, `sha xian`), likeliest first."""
        term = term.strip()
        joined = Func(F("pinyin"), Value(" "), Value(""), function="REPLACE", output_field=models.CharField())
        spelled = term.replace(" ", "").lower()
        found = Q(name__icontains=term) | Q(full_name__icontains=term) | Q(short_names__contains=[term])
        found |= Q(code__startswith=term) | Q(spelled__startswith=spelled)
        rank = Case(
            When(Q(code=term) | Q(name=term) | Q(short_names__contains=[term]), then=0),
            When(Q(name__startswith=term) | Q(spelled=spelled), then=1),
            When(spelled__startswith=spelled, then=2),
            When(name__contains=term, then=3),
            default=4,
            output_field=IntegerField(),
        )
        gone = Case(When(until__isnull=True, then=0), default=1, output_field=IntegerField())
        return self.annotate(spelled=joined).filter(found).order_by(gone, rank, "code", "-since")


class ThemeQuerySet(models.QuerySet):
    def in_use(self) -> Self:
        """Without those that were merged into others."""
        return self.filter(merged_into=None)

    def for_desk(self) -> Self:
        from articles.models import Article

        return self.annotate(article_count=_count_of(Article.themes.through.objects, "theme"))


class MechanismQuerySet(reading.MechanismReading, models.QuerySet):
    def for_desk(self) -> Self:
        from articles.models import MechanismMention

        mentions = MechanismMention.objects.exclude(origin="rejected")
        counted = mentions.order_by().filter(mechanism=OuterRef("pk")).values("mechanism")
        counted = counted.annotate(n=Count("article", distinct=True)).values("n")
        return self.annotate(article_count=Coalesce(Subquery(counted), 0, output_field=IntegerField()))


class AuthorQuerySet(reading.AuthorReading, models.QuerySet):
    def for_desk(self) -> Self:
        from articles.models import Byline

        return self.select_related("region").annotate(article_count=_count_of(Byline.objects, "author"))


class PublicationQuerySet(models.QuerySet):
    def for_desk(self) -> Self:
        from articles.models import Issue

        return self.select_related("region").annotate(issue_count=_count_of(Issue.objects, "publication"))


class IssueQuerySet(models.QuerySet):
    def for_desk(self) -> Self:
        """Pages and articles of an issue without what lies in the trash."""
        from articles.models import Article, Page, State

        return self.select_related("publication").annotate(
            page_count=_count_of(Page.objects.filter(source__trashed_at=None), "issue"),
            article_count=_count_of(Article.objects.exclude(state=State.TRASHED), "page__issue"),
        )


class SourceQuerySet(models.QuerySet):
    def received(self, sha256: str) -> "Source | None":
        """The source with these bytes, without them."""
        return self.select_related("uploaded_by").defer("content").filter(sha256=sha256).first()

    def for_desk(self) -> Self:
        from articles.models import Article

        rows = self.select_related("uploaded_by").defer("content")
        return rows.annotate(article_count=_count_of(Article.objects, "page__source"))


def _solid(column: str) -> Length:
    """How many characters a text has without white space, as the workbench counts them."""
    blanks = "".join(one for one in map(chr, range(1, 0x3001)) if one.isspace())
    return Length(Func(F(column), Value(blanks), Value(""), function="translate", output_field=TextField()))


class PageQuerySet(models.QuerySet):
    def for_desk(self) -> Self:
        from articles.models import Article

        rows = self.select_related("source", "issue__publication").defer("text", "source__content")
        return rows.annotate(article_count=_count_of(Article.objects, "page"), characters=_solid("text"))


class RunQuerySet(models.QuerySet):
    def for_desk(self) -> Self:
        from articles.models import IngestEvent

        warnings = IngestEvent.objects.exclude(level="info")
        rows = self.select_related("user", "source").defer("source__content")
        return rows.annotate(warning_count=_count_of(warnings, "run"))

    def of_batch(self, batch: str) -> Self:
        """The runs of one upload in the order of its files, each with its log."""
        rows = self.filter(batch=batch).select_related("user", "source").defer("source__content")
        return rows.prefetch_related("events").order_by("id")


class UploadQuerySet(models.QuerySet):
    def for_desk(self) -> Self:
        """With the number of files that were chosen, of those under way and of those that failed, and the names of the first
        two. What a package held is not counted beside it, but may be under way or fail."""
        files = Count("files", Q(files__package=None))
        under_way = Count("files", Q(files__status__in=("waiting", "working")))
        failed = Count("files", Q(files__status="failed"))
        cancelled = Count("files", Q(files__status="cancelled"))
        files_of = self.model.files.rel.related_model  # type: ignore[attr-defined]
        own = files_of.objects.filter(upload=OuterRef("pk"), package=None).order_by("position")
        return self.select_related("user").annotate(
            file_count=files, under_way_count=under_way, failed_count=failed, cancelled_count=cancelled,
            first_names=ArraySubquery(own.values("name")[:2]),
        )  # fmt: skip


class ResemblanceQuerySet(models.QuerySet):
    def for_desk(self) -> Self:
        """With both sides, where they come from, and none of their texts."""
        sides = ("page", "other_page", "article__page", "other_article__page")
        rows = self.select_related(
            "kept_by", *(f"{side}__{of}" for side in sides for of in ("issue__publication", "source"))
        )
        texts = [f"{side}__{name}" for side in sides for name in ("text", "source__content")]
        long = [f"{side}__{name}" for side in ("article", "other_article") for name in ("body", "machine")]
        return rows.defer(*texts, *long)

    def of(self, field: str, keys: Iterable[int]) -> Self:
        """Those in which any of these pages, or articles, is either of the two."""
        keys = list(keys)
        return self.filter(Q(**{f"{field}__in": keys}) | Q(**{f"other_{field}__in": keys}))


class ActionQuerySet(models.QuerySet):
    def for_desk(self) -> Self:
        """With the number of articles that were changed and that were left; without what was only proposed."""
        from articles.models import ActionItem

        items = ActionItem.objects.all()
        rows = self.exclude(status="proposed").select_related("user", "undoes", "undone_by").defer("keys")
        return rows.annotate(
            changed_count=_count_of(items.exclude(after={}), "action"),
            left_count=_count_of(items.filter(after={}), "action"),
        )


class ArticleQuerySet(ReviewReading, reading.ArticleReading, models.QuerySet):
    def shown(self) -> Self:
        """What readers may see, later parts of articles as rows of their own."""
        return self.filter(state="published")

    def published(self) -> Self:
        """What readers may see, one row an article: later parts belong to their first if published."""
        from articles.models import Article

        # All but a few articles have one part, and for those the database looks nowhere else. An EXISTS would
        # be reckoned once a row, and plans would be chosen by that.
        firsts = Article.objects.filter(state="published").order_by().values("pk")
        return self.shown().filter(Q(continued_from__isnull=True) | ~Q(continued_from__in=firsts))

    def from_source(self, source: "Source") -> Self:
        """The articles of one file, as they stand on its pages."""
        return self.filter(page__source=source).order_by("page__ordinal", "position")

    def for_desk(self) -> Self:
        rows = self.select_related("region", "page__issue__publication")
        rows = rows.defer("body", "text", "machine", "page__text")
        warnings = Func(F("warnings"), function="cardinality", output_field=IntegerField())
        return rows.annotate(warning_count=warnings, opening=Left("text", 18))


class MetricQuerySet(metric_reading.MetricReading, models.QuerySet):
    pass
