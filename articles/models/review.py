"""Who is at an article, who found it right, and how much about it is doubtful."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.review_reading import weighed


class Review(models.Model):
    """What people said of checking an article; none while nobody has opened it.

    A claim holds until `settings.CLAIM_EXPIRES` after `claimed_at`. `taken_from` had the claim before, and `note` is
    what whoever took it over said to them.
    """

    article = models.OneToOneField(Article, models.CASCADE, related_name="review", verbose_name=_("article"))
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("in work with"),
    )  # fmt: skip
    claimed_at = models.DateTimeField(_("in work since"), null=True, blank=True)
    taken_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("taken over from"),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=200, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("found right by"),
    )  # fmt: skip
    checked_at = models.DateTimeField(_("found right"), null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        indexes = [models.Index(fields=["claimed_by", "claimed_at"])]

    def __str__(self) -> str:
        return str(self.article)

    @property
    def held(self) -> bool:
        """Whether somebody has a claim that has not expired."""
        return bool(
            self.claimed_by_id
            and self.claimed_at
            and self.claimed_at > timezone.now() - settings.CLAIM_EXPIRES
        )


class Doubts(models.Model):
    """How often each of `review_reading.DOUBTS` holds of an article. Counted by `review_reading.count_doubts` alone."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="doubts")
    untitled = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    warned = models.PositiveIntegerField()
    page = models.PositiveIntegerField()
    unsure = models.PositiveIntegerField()
    score = models.GeneratedField(
        expression=weighed(), output_field=models.IntegerField(), db_persist=True, editable=False
    )

    class Meta:
        verbose_name = _("doubts about an article")
        verbose_name_plural = _("doubts about articles")
        indexes = [models.Index(fields=["-score", "article"])]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.score}"
