"""Articles, and the ledger that says where every character of a page went."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles.ingest.blocks import TERMINAL
from articles.ingest.record import LEDGER_ROLES
from articles.models.ids import LENGTH, new_public_id
from articles.models.source import ISO_DATE, Page
from articles.models.vocabulary import Author, Level, Mechanism, Region, Theme
from articles.querysets import ArticleQuerySet


class Genre(models.TextChoices):
    SIGNED = "署名文章", _("signed article")
    THEORY = "理论文章", _("theory")
    NEWS = "消息", _("news")
    FEATURE = "通讯", _("feature")
    OBSERVATION = "记者观察", _("reporter's observation")
    PHOTO = "图片新闻", _("photo news")
    ROLL = "名录评选", _("list or selection")


class State(models.TextChoices):
    """Readers see published articles only."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    TRASHED = "trashed", _("in the trash")


class Joined(models.TextChoices):
    """Who joined a later part to its first; a person may also have said that it stands by itself."""

    MACHINE = "machine", _("machine")
    PERSON = "person", _("person")
    APART = "apart", _("kept apart")


class Article(models.Model):
    """One piece with its own headline or byline.

    `body` lists paragraphs and headings in reading order:
    `{"kind": "paragraph" | "heading", "text": str, "runs": [[at, start, length], …]}`, runs as in
    `ingest.passage.Run`; articles imported ready-made have no runs and no page. `text` is the same as plain
    text, one paragraph or heading a line. `machine` keeps what the parser read, beside what people corrected.

    An article that goes on on other pages, （下转第2版）, is several rows: the later parts point to the first
    by `continued_from` and are counted by `part`, 2 and on. Readers see them as one.

    An article that vanished when its page was split anew is withdrawn, or stays in the trash; `moved_to` has most
    of its text now.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    page = models.ForeignKey(
        Page,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("page"),
        editable=False,
    )
    position = models.PositiveSmallIntegerField(_("place on the page"), default=0, editable=False)
    external_id = models.CharField(
        _("external id"), max_length=80, null=True, blank=True, unique=True, editable=False
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("Empty where the page holds none.")
    )
    kicker = models.CharField(_("kicker"), max_length=200, blank=True)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    column = models.CharField(_("column"), max_length=60, blank=True)
    genre = models.CharField(_("genre"), max_length=4, choices=Genre)
    level = models.CharField(_("level"), max_length=4, choices=Level, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("region")
    )
    region_candidates = ArrayField(
        models.CharField(max_length=6), default=list, blank=True, verbose_name=_("possible regions")
    )
    also_regions = models.ManyToManyField(
        Region, blank=True, related_name="also_articles", verbose_name=_("further regions")
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="articles", verbose_name=_("themes"))
    date = models.CharField(_("date"), max_length=10, blank=True, help_text=_("YYYY, YYYY-MM or YYYY-MM-DD"))
    date_clues = ArrayField(models.TextField(), default=list, blank=True, verbose_name=_("date clues"))
    body = models.JSONField(_("body"), default=list)
    text = models.TextField(_("text"), blank=True, editable=False)
    warnings = ArrayField(models.TextField(), default=list, blank=True, verbose_name=_("warnings"))
    machine = models.JSONField(_("as parsed"), default=dict, editable=False)
    continued_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="later_parts",
        verbose_name=_("continued from"),
        editable=False,
    )
    part = models.PositiveSmallIntegerField(_("part"), default=1, editable=False)
    joined_by = models.CharField(
        _("joined by"), max_length=8, choices=Joined, blank=True, default="", editable=False
    )
    moved_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="moved_here",
        verbose_name=_("moved to"),
        editable=False,
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    mechanisms = models.ManyToManyField(Mechanism, through="MechanismMention", related_name="articles")
    authors = models.ManyToManyField(Author, through="Byline", related_name="articles")

    objects = ArticleQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[also_regions, themes], excluded_fields=["machine"])

    class Meta:
        ordering = ["-date", "page", "position", "id"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("publish_article", "Can publish article"),
            ("withdraw_article", "Can withdraw article"),
        ]
        indexes = [
            models.Index(fields=["state", "-date", "-id"]),
            models.Index(fields=["-published_at"]),
            # What figures are summed up by and compared with, beside the long texts: an eighteenth of the table to read.
            models.Index(
                fields=["state", "continued_from"],
                include=["id", "genre", "level", "column", "date", "page", "region"],
                name="article_counted",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["page", "position"], name="article_once_per_place"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="article_state_known"),
            models.CheckConstraint(condition=Q(genre__in=Genre.values), name="article_genre_known"),
            models.CheckConstraint(condition=Q(level__in=["", *Level.values]), name="article_level_known"),
            models.CheckConstraint(
                condition=Q(date="") | Q(date__regex=ISO_DATE), name="article_date_is_iso"
            ),
            models.UniqueConstraint(fields=["continued_from", "part"], name="article_part_once"),
            models.CheckConstraint(condition=~Q(continued_from=F("id")), name="article_not_its_own_part"),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
                name="article_published_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.public_id])

    @property
    def headline(self) -> str:
        """The title, or the first words after a mark where the page holds none.

        A queryset that leaves `text` behind may annotate `opening` with those words.
        """
        if self.title:
            return self.title
        opening = self.__dict__.get("opening") or self.text[:18]
        return _("[untitled] %s…") % " ".join(opening.split())

    def corrections(self) -> dict[str, object]:
        """What the parser read, by field, wherever the article now says otherwise. One query for each set."""
        now: dict[str, object] = {
            name: getattr(self, name) for name in ("title", "kicker", "subtitle", "column")
        }
        now |= {"genre": self.genre, "level": self.level, "date": self.date}
        now["region"] = self.region.code if self.region else ""
        now["themes"] = sorted(theme.name for theme in self.themes.all())
        now["also_regions"] = sorted(region.code for region in self.also_regions.all())
        read = {k: sorted(v) if isinstance(v, list) else v for k, v in self.machine.items() if k in now}
        return {name: value for name, value in read.items() if value != now[name]}

    @property
    def parts(self) -> "list[Article]":
        """The article and its later parts, in reading order, as far as `with_parts` brought them."""
        return [self, *self.__dict__.get("parts_shown", ())]

    @property
    def whole_text(self) -> str:
        """The text of all parts at hand; a sentence that the turn of the page cut is one again."""
        whole = ""
        for part in self.parts:
            text = part.text or "\n".join(entry["text"] for entry in part.body)
            whole += ("\n" if TERMINAL.search(whole) else "") + text
        return whole

    @property
    def signatures(self) -> list[Any]:
        """The bylines of all parts at hand, each person once in each kind."""
        found: dict[tuple[int, str], Any] = {}
        for byline in (b for part in self.parts for b in part.bylines.all()):
            found.setdefault((byline.author_id, byline.kind), byline)
        return list(found.values())

    @property
    def whole(self) -> "Article":
        """The article that readers know this one by: its first part, where both are published."""
        first = self.continued_from
        return first if first and {first.state, self.state} == {State.PUBLISHED} else self

    @property
    def heir(self) -> "Article":
        """The article that has its text after however many new splits; itself where it never vanished."""
        article = self
        while article.moved_to:
            article = article.moved_to
        return article

    @property
    def year(self) -> int | None:
        return int(self.date[:4]) if self.date else None


class Block(models.Model):
    """One ledger row: a stretch of the page and what became of it."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="blocks", verbose_name=_("page"))
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="blocks", verbose_name=_("article")
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    role = models.CharField(_("role"), max_length=12, choices=[(r, r) for r in LEDGER_ROLES])

    class Meta:
        ordering = ["page", "start"]
        verbose_name = _("ledger row")
        verbose_name_plural = _("ledger rows")
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="block_span_not_empty"),
            models.CheckConstraint(condition=Q(role__in=LEDGER_ROLES), name="block_role_known"),
            models.CheckConstraint(
                condition=Q(article__isnull=False) | Q(role__in=["masthead", "furniture"]),
                name="block_has_article_unless_furniture",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.start}–{self.end}"
