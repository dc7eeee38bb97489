"""Pages under rearrangement: what people did to the split of a page, step by step, until it is applied."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.action import Action
from articles.models.source import Page


class SplitDraft(models.Model):
    """One page on the split workbench; nothing of it shows anywhere before it is applied.

    `base` and `pieces` are `ingest.arrange.pieces_json`: as the archive has the page, and as it is arranged now.
    `steps` has what was done, `{"kind", "by", "at", "removed", "added"}` each, with "number" and "article" where somebody
    said which article is which (`services.choices`); the first `done` are in effect, the others undone. `version` grows
    with every change, so that nobody overwrites what they have not seen. `action` is what applying it did; undoing that
    is a split applied as well.
    """

    page = models.ForeignKey(Page, models.CASCADE, related_name="splits", verbose_name=_("page"))
    base = models.JSONField(default=list)
    pieces = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("last changed by"),
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    action = models.OneToOneField(
        Action, models.SET_NULL, null=True, blank=True, related_name="split", verbose_name=_("action")
    )
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("split under work")
        verbose_name_plural = _("splits under work")
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(applied_at__isnull=True), name="split_once_open"
            ),
            models.CheckConstraint(condition=Q(version__gte=F("done")), name="split_version_counts_steps"),
        ]

    def __str__(self) -> str:
        return f"{self.page} · {self.done}"
