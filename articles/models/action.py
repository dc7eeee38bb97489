"""What people did to many records at once, kept so that it can be undone."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.ids import LENGTH, new_public_id
from articles.querysets import ActionQuerySet


class ActionKind(models.TextChoices):
    CHANGE = "change", _("change")
    UNDO = "undo", _("undoing")
    REREAD = "reread", _("reading again")
    SPLIT = "split", _("new split")
    MERGE = "merge", _("merging")
    MOVE = "move", _("moving of pages")


class ActionStatus(models.TextChoices):
    """A proposal changes nothing; it holds the selection while somebody looks at what would become of it."""

    PROPOSED = "proposed", _("not carried out")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")


class Action(models.Model):
    """One decision over a selection. `keys` are the selected articles, of which the first `done` are dealt with.

    `changes` says what was asked: `services.plans.Changes` as JSON, whatever it does not name is left unchanged.
    A reading again has the theme, the mechanism or the place and its words instead, a merge the two names, a new split
    the page before and after (`services.splitlog`), a moving of pages where each stood and stands (`services.moving`).
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("by")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ActionKind, default=ActionKind.CHANGE)
    status = models.CharField(_("state"), max_length=10, choices=ActionStatus, default=ActionStatus.PROPOSED)
    created_at = models.DateTimeField(_("time"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    changes = models.JSONField(_("what"), default=dict)
    keys = ArrayField(models.BigIntegerField(), default=list)
    done = models.PositiveIntegerField(default=0)
    undoes = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="undone_by", verbose_name=_("undoes")
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ActionKind.values), name="action_kind_known"),
            models.CheckConstraint(condition=Q(status__in=ActionStatus.values), name="action_status_known"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def follows_decision(self) -> bool:
        """Whether it moves articles after a decision on names, or moves them back: it is undone with that."""
        return ActionKind.MERGE in (self.kind, self.undoes.kind if self.undoes else "")

    @property
    def root(self) -> "Action":
        """What was done first, of a chain of undoing and doing it again."""
        return self.undoes.root if self.undoes else self

    @property
    def takes_back(self) -> bool:
        """Whether what it goes back to is undone by it, and not done again: the undoing of an undoing does it again."""
        return self.undoes is not None and not self.undoes.takes_back

    @property
    def split_of_page(self) -> bool:
        """Whether it split a page anew, or brought a former split back."""
        return "page" in self.changes

    @property
    def moves_pages(self) -> bool:
        """Whether it said which issue pages belong to, or took that back."""
        return "moved" in self.changes


class ActionItem(models.Model):
    """What an action did to one record: the fields it changed, before and after.

    `left` names fields that stayed as they were although the action was about them, `why` the reason: a key of
    `services.plans.OBSTACLES`. `key` is no foreign key: the log outlives its records.
    """

    action = models.ForeignKey(Action, models.CASCADE, related_name="items", verbose_name=_("action"))
    key = models.BigIntegerField()
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    left = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    why = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["action", "id"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [models.UniqueConstraint(fields=["action", "key"], name="action_item_once")]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.key}"
