"""Words and names that people add to the vocabulary at the desk, beside those of the files."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.vocabulary import Region, Theme


class Added(models.Model):
    """What a person added, and when."""

    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        abstract = True


class ThemeWord(Added):
    """A cue of a theme: what one occurrence of `word` is worth, as in `gazetteer/data/themes.toml`."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="words", verbose_name=_("theme"))
    word = models.CharField(_("word"), max_length=20)
    weight = models.FloatField(_("weight"), validators=[MinValueValidator(0.1), MaxValueValidator(10)])

    class Meta:
        ordering = ["theme", "word"]
        verbose_name = _("word of a theme")
        verbose_name_plural = _("words of themes")
        constraints = [
            models.UniqueConstraint(fields=["theme", "word"], name="theme_word_once"),
            models.CheckConstraint(condition=Q(weight__gt=0, weight__lte=10), name="theme_word_weighs"),
        ]

    def __str__(self) -> str:
        return self.word


class PlaceName(Added):
    """A further name of a place, as papers write it: a development zone that stands for its district."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    region = models.ForeignKey(Region, models.CASCADE, related_name="further_names", verbose_name=_("region"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("further name of a place")
        verbose_name_plural = _("further names of places")

    def __str__(self) -> str:
        return self.name
