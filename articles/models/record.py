"""What was read out of an article: bylines, mechanisms named, metrics, and the evidence under each field."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles.figures.names import FOLDED_FROM, FOLDED_TO
from articles.ingest.record import AUTHOR_KINDS, QUALIFIERS
from articles.models.article import Article
from articles.models.vocabulary import Author, Mechanism, MechanismKind, Region
from articles.querysets import MetricQuerySet


class AuthorKind(models.TextChoices):
    AUTHOR = "作者", _("author")
    REPORTER = "记者", _("reporter")
    CORRESPONDENT = "通讯员", _("correspondent")
    PHOTOGRAPHER = "摄影", _("photographer")


class MetricKind(models.TextChoices):
    RESULT = "result", _("result")
    NORM = "norm", _("norm")
    PLAN = "plan", _("plan")


class Origin(models.TextChoices):
    """Who says so. A value that a person rejects stays, marked, so the machine's reading is never lost."""

    MACHINE = "machine", _("machine")
    PERSON = "person", _("person")
    REJECTED = "rejected", _("rejected")


class Spanned(models.Model):
    """Something read from a span of the article's page; no span where a person entered it."""

    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    quote = models.TextField(_("quote"), blank=True)
    rule = models.CharField(_("rule"), max_length=60, blank=True)
    confidence = models.FloatField(_("confidence"), default=1.0)
    origin = models.CharField(_("origin"), max_length=8, choices=Origin, default=Origin.MACHINE)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                # Spelled out: a comparison with NULL is no refusal.
                | Q(start__isnull=False, end__isnull=False, start__lt=F("end")),
                name="%(class)s_span_not_empty",
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="%(class)s_confidence_in_range"
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="%(class)s_origin_known"),
        ]


class Byline(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines", verbose_name=_("article"))
    author = models.ForeignKey(Author, models.PROTECT, related_name="bylines", verbose_name=_("author"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=4, choices=AuthorKind, default=AuthorKind.AUTHOR)
    role = models.CharField(_("role"), max_length=200, blank=True)
    offices = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=_("offices"))
    body = models.CharField(_("organisation"), max_length=120, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name=_("region"))
    history = HistoricalRecords()

    class Meta:
        ordering = ["article", "position"]
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.UniqueConstraint(fields=["article", "author", "kind"], name="byline_once"),
            models.CheckConstraint(condition=Q(kind__in=AUTHOR_KINDS), name="byline_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.author}（{self.role}）" if self.role else str(self.author)


class MechanismMention(Spanned):
    """A mechanism named in an article. `name` and `kind` as read there."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="mentions", verbose_name=_("article"))
    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, related_name="mentions", verbose_name=_("mechanism")
    )
    name = models.CharField(_("name as printed"), max_length=120)
    kind = models.CharField(_("kind"), max_length=4, choices=MechanismKind)
    history = HistoricalRecords()

    class Meta(Spanned.Meta):
        ordering = ["article", "start", "id"]
        verbose_name = _("mechanism named")
        verbose_name_plural = _("mechanisms named")
        constraints = [
            *Spanned.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=MechanismKind.values), name="mention_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Metric(Spanned):
    """A counted result, norm or plan, as ingest.record.Metric.

    `subject_key` is figures.names.subject_key of the subject, kept by the database whoever writes.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="metrics", verbose_name=_("article"))
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6)
    value_max = models.DecimalField(_("up to"), max_digits=24, decimal_places=6, null=True, blank=True)
    qualifier = models.CharField(
        _("qualifier"), max_length=4, blank=True, choices=[(q, q) for q in QUALIFIERS]
    )
    unit = models.CharField(_("unit"), max_length=20)
    subject = models.CharField(_("subject"), max_length=200)
    kind = models.CharField(_("kind"), max_length=6, choices=MetricKind, default=MetricKind.RESULT)
    of = models.DecimalField(_("of"), max_digits=24, decimal_places=6, null=True, blank=True)
    link = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="linked", verbose_name=_("belongs with")
    )
    link_kind = models.CharField(_("how"), max_length=10, blank=True)

    subject_key = models.GeneratedField(
        expression=Func("subject", Value(FOLDED_FROM), Value(FOLDED_TO), function="translate"),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )

    objects = MetricQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["subject_key"])

    class Meta(Spanned.Meta):
        ordering = ["article", "start", "id"]
        verbose_name = _("metric")
        verbose_name_plural = _("metrics")
        indexes = [
            models.Index(fields=["subject_key", "unit", "value"], name="metric_figure"),
            models.Index(fields=["value", "id"], name="metric_value"),
        ]
        constraints = [
            *Spanned.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=MetricKind.values), name="metric_kind_known"),
            models.CheckConstraint(
                condition=Q(value_max__isnull=True) | Q(value_max__gte=F("value")),
                name="metric_range_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.quote}"


class Evidence(Spanned):
    """The words a field was read from. `field` names it: title, region, level, theme, date, author …"""

    article = models.ForeignKey(Article, models.CASCADE, related_name="evidence", verbose_name=_("article"))
    field = models.CharField(_("field"), max_length=30)
    value = models.CharField(_("value"), max_length=200, blank=True)

    class Meta(Spanned.Meta):
        ordering = ["article", "field", "start"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return f"{self.field}: {self.quote}"
