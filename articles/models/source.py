"""Where records come from: publications, issues, uploaded sources and their pages."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import rhythm
from articles.days import iso
from articles.models.ids import LENGTH, new_public_id
from articles.models.vocabulary import Region
from articles.querysets import IssueQuerySet, PageQuerySet, PublicationQuerySet, SourceQuerySet

ISO_DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


def is_date(text: str) -> bool:
    """That `text` is YYYY-MM-DD, YYYY-MM or YYYY, and a day, month or year of the calendar."""
    return text != "" and iso(text) == text


def check_date(text: str) -> None:
    """Raises ValidationError for a text that is neither empty nor a date as in `is_date`."""
    if text and not is_date(text):
        raise ValidationError(_("The date “%s” cannot be used. Write YYYY-MM-DD, YYYY-MM or YYYY.") % text)


class Rhythm(models.TextChoices):
    """How often a publication appears, as `articles.rhythm`."""

    DAILY = rhythm.DAILY, _("every day")
    SIX_DAYS = rhythm.SIX_DAYS, _("Monday to Saturday")
    WORKDAYS = rhythm.WORKDAYS, _("Monday to Friday")
    WEEKLY = rhythm.WEEKLY, _("weekly")
    FORTNIGHTLY = rhythm.FORTNIGHTLY, _("every two weeks")
    MONTHLY = rhythm.MONTHLY, _("monthly")
    BIMONTHLY = rhythm.BIMONTHLY, _("every two months")
    QUARTERLY = rhythm.QUARTERLY, _("quarterly")
    YEARLY = rhythm.YEARLY, _("yearly")
    IRREGULAR = rhythm.IRREGULAR, _("irregularly")


class Publication(models.Model):
    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=60, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name=_("region"))
    rhythm = models.CharField(
        _("appears"),
        max_length=12,
        choices=Rhythm,
        blank=True,
        help_text=_(
            "Which issues are missing follows from this; empty, it is read from the issues received."
        ),
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:publication", args=[self.public_id])


class Issue(models.Model):
    """One number of a publication. `date` is ISO and may be only a year or a month."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="issues", verbose_name=_("publication")
    )
    date = models.CharField(_("date"), max_length=10, blank=True, help_text=_("YYYY, YYYY-MM or YYYY-MM-DD"))
    number = models.CharField(_("number"), max_length=20, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "publication__name", "number"]
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        constraints = [
            models.UniqueConstraint(fields=["publication", "date", "number"], name="issue_once"),
            models.CheckConstraint(condition=Q(date="") | Q(date__regex=ISO_DATE), name="issue_date_is_iso"),
        ]

    def clean(self) -> None:
        try:
            check_date(self.date)
        except ValidationError as error:
            raise ValidationError({"date": error}) from error

    def __str__(self) -> str:
        parts = [self.publication.name, self.date, _("no. %s") % self.number if self.number else ""]
        return " · ".join(str(p) for p in parts if p)

    def get_absolute_url(self) -> str:
        return reverse("articles:issue", args=[self.public_id])


class Source(models.Model):
    """One uploaded file. Its bytes are kept as they came; the same bytes are one source."""

    name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    content = models.BinaryField(editable=False)
    size = models.PositiveIntegerField(_("bytes"), editable=False)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    trashed_at = models.DateTimeField(_("in the trash since"), null=True, blank=True, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="source_sha256_form")
        ]

    def __str__(self) -> str:
        return self.name


class Page(models.Model):
    """One page text. Never edited; every offset in the archive counts its code points.

    `printed` is what its own masthead says of the issue, as `services.mastheads` reads it; `issue_doubted` that it stands
    in none, or in another than its masthead says, and nobody has said yet that this is right.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="pages", verbose_name=_("source"))
    issue = models.ForeignKey(
        Issue, models.PROTECT, null=True, blank=True, related_name="pages", verbose_name=_("issue")
    )
    ordinal = models.PositiveSmallIntegerField(_("place in the source"), default=1)
    number = models.CharField(_("page"), max_length=20, blank=True)
    text = models.TextField(_("page text"), editable=False)
    printed = models.JSONField(_("printed in the masthead"), default=dict, editable=False)
    issue_doubted = models.BooleanField(_("issue doubtful"), default=False, editable=False)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["issue", "number", "id"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [models.UniqueConstraint(fields=["source", "ordinal"], name="page_once_per_source")]

    def __str__(self) -> str:
        return _("page %s") % self.number if self.number else self.source.name
