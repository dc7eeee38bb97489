"""Which pages and articles are alike: near duplicates of a file, and reprints of an article."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.source import Page
from articles.querysets import ResemblanceQuerySet


class Fingerprint(models.Model):
    """What a page or an article is recognised by, see `ingest.shingles`; empty for a text too short for that."""

    page = models.OneToOneField(Page, models.CASCADE, null=True)
    article = models.OneToOneField(Article, models.CASCADE, null=True)
    signature = models.BinaryField()
    bands = ArrayField(models.IntegerField())
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [GinIndex(fields=["bands"], name="fingerprint_bands")]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=True) ^ Q(article__isnull=True), name="fingerprint_of_one"
            )
        ]


class Resemblance(models.Model):
    """Two pages or two articles of different sources that are alike; `share` of their text, 0..1, stands in both.

    The first is the later to come. `kept_by` said that both are wanted, as a reprint is.
    """

    page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="alike", verbose_name=_("page"))
    other_page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="+")
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, related_name="alike", verbose_name=_("article")
    )
    other_article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="+")
    share = models.FloatField(_("in common"))
    found_at = models.DateTimeField(_("found"), auto_now_add=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("both kept by"),
    )  # fmt: skip
    kept_at = models.DateTimeField(_("both kept"), null=True, blank=True)

    objects = ResemblanceQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-share", "-id"]
        verbose_name = _("near copy")
        verbose_name_plural = _("near copies")
        constraints = [
            models.UniqueConstraint(fields=["page", "other_page"], name="pages_alike_once"),
            models.UniqueConstraint(fields=["article", "other_article"], name="articles_alike_once"),
            models.CheckConstraint(
                condition=Q(page__isnull=False, other_page__isnull=False, article=None, other_article=None)
                | Q(article__isnull=False, other_article__isnull=False, page=None, other_page=None),
                name="resemblance_of_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article or self.page} ≈ {self.other_article or self.other_page}"

    def seen_from(self, row: Page | Article) -> Page | Article:
        """The other of the two."""
        own, other = (self.article, self.other_article) if self.article_id else (self.page, self.other_page)
        return other if own == row else own
