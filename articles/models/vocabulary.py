"""The names that records point at: regions, themes, mechanisms, authors."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.ids import LENGTH, new_public_id
from articles.querysets import AuthorQuerySet, MechanismQuerySet, RegionQuerySet, ThemeQuerySet


class Level(models.TextChoices):
    """Of a CPPCC body, and of the region it belongs to."""

    NATION = "全国", _("National")
    PROVINCE = "省级", _("Provincial")
    PREFECTURE = "地市级", _("Prefectural")
    COUNTY = "区县级", _("County")
    TOWN = "乡镇街道", _("Township")


class MechanismKind(models.TextChoices):
    PLATFORM = "平台", _("platform")
    MECHANISM = "机制", _("mechanism")
    MODEL = "模式", _("pattern")
    METHOD = "工作法", _("working method")
    ACTIVITY = "活动", _("activity")
    BRAND = "品牌", _("brand")
    RULES = "制度", _("rules")
    COLUMN = "栏目", _("programme")
    SITE = "阵地", _("site")
    TEAM = "队伍", _("team")


class Standing(models.TextChoices):
    """Of a mechanism: found by the parser and nobody's decision yet, or what somebody decided."""

    FOUND = "found", _("found")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")


class Mergeable(models.Model):
    """An entity that may have turned out to be another one, which then stands for it."""

    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    class Meta:
        abstract = True


class Region(models.Model):
    """A place under one GB/T 2260 code and name, with the years in which both were valid.

    A place renamed under its old code is a further row; records point at the latest. The rows come from files; what
    people settle is which place is treated as another, and further names (`PlaceName`).
    """

    code = models.CharField(_("code"), max_length=6, db_index=True)
    name = models.CharField(_("name"), max_length=40)
    level = models.CharField(_("level"), max_length=4, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    since = models.PositiveSmallIntegerField(_("valid since"))
    until = models.PositiveSmallIntegerField(_("valid until"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors", verbose_name=_("succeeded by")
    )
    full_name = models.CharField(
        _("full name"),
        max_length=120,
        blank=True,
        help_text=_("With the places it is part of, largest first."),
    )
    short_names = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name=_("short names")
    )
    pinyin = models.CharField(_("pinyin"), max_length=160, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("treated as"),
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code", "since"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        permissions = [("merge_region", "Can merge region")]
        indexes = [models.Index(fields=["name"]), GinIndex(fields=["short_names"])]
        constraints = [
            models.UniqueConstraint(fields=["code", "since"], name="region_once_per_code_and_year"),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{6}$"), name="region_code_has_six_digits"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="region_level_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="region_years_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:region", args=[self.code])

    @property
    def prefix(self) -> str:
        """The digits that the codes of every place inside this one begin with."""
        return {"0000": self.code[:2], "00": self.code[:4]}.get(
            self.code[2:] if self.code.endswith("0000") else self.code[4:], self.code
        )


class VocabularyState(models.Model):
    """Which version of the vocabulary files the tables hold; at most one row."""

    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)


class Theme(Mergeable):
    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=20, unique=True)
    description = models.CharField(_("description"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        permissions = [("merge_theme", "Can merge theme")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:theme", args=[self.slug])


class Mechanism(Mergeable):
    """A named local practice. One name is one mechanism wherever found; a family shares a brand stem."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=4, choices=MechanismKind)
    aliases = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, verbose_name=_("other names")
    )
    family = models.CharField(_("family"), max_length=60, blank=True, db_index=True)
    standing = models.CharField(
        _("standing"), max_length=8, choices=Standing, default=Standing.FOUND, editable=False
    )

    objects = MechanismQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("mechanism")
        verbose_name_plural = _("mechanisms")
        permissions = [("merge_mechanism", "Can merge mechanism")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MechanismKind.values), name="mechanism_kind_known"),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values), name="mechanism_standing_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:mechanism", args=[self.public_id])


def plain_note(note: str) -> str:
    """A note without the brackets around it, which are printed anyway."""
    return " ".join(note.split()).strip("（）() ")


class Author(Mergeable):
    """A person as bylines name them. People of one name in different places are different people; of several in one
    place, each but one bears a `note` that tells them apart. Signatures are met by name and place, whatever the note."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=60)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("region")
    )
    aliases = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("other names")
    )
    note = models.CharField(
        _("distinguished by"),
        max_length=40,
        blank=True,
        help_text=_(
            "What tells people of one name in one place apart, in a few words: 县政协委员, 县融媒体中心. It stands in"
            " brackets after the name."
        ),
    )

    objects = AuthorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "region__code", "note"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        permissions = [("merge_author", "Can merge author")]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "region", "note"],
                nulls_distinct=False,
                name="author_once_per_place",
                violation_error_message=_(
                    "Somebody of this name is in this place already: a note tells the two apart."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.note}）" if self.note else self.name

    def clean(self) -> None:
        self.note = plain_note(self.note)

    def get_absolute_url(self) -> str:
        return reverse("articles:author", args=[self.public_id])
