"""What people decided about names: merged, accepted, rejected; each decision can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DecisionKind(models.TextChoices):
    MERGE = "merge", _("merged")
    ACCEPT = "accept", _("accepted")
    REJECT = "reject", _("rejected")
    PART = "part", _("parted")


ABOUT = [
    ("author", _("author")), ("mechanism", _("mechanism")), ("theme", _("theme")), ("region", _("region")),
]  # fmt: skip


class Decision(models.Model):
    """One decision about the name `key`; `into` is the one that it was merged into, or that was parted from it.

    `done` holds what it takes to undo it: keys of the rows that were moved, rejected, and whole rows that were dropped.
    Keys and names, no foreign keys: the log outlives its records.
    """

    kind = models.CharField(_("decision"), max_length=6, choices=DecisionKind)
    about = models.CharField(_("about"), max_length=10, choices=ABOUT)
    key = models.BigIntegerField()
    name = models.CharField(_("name"), max_length=120)
    into = models.BigIntegerField(null=True, blank=True)
    into_name = models.CharField(_("merged into"), max_length=120, blank=True)
    done = models.JSONField(default=dict)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("time"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("undone by"),
    )  # fmt: skip
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("decision on a name")
        verbose_name_plural = _("decisions on names")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="decision_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.into_name}" if self.into_name else self.name
