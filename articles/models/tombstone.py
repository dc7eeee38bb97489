"""Addresses of articles that were published once and are deleted for good."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.ids import LENGTH


class Tombstone(models.Model):
    """Keeps an address from being anything else than gone."""

    public_id = models.CharField(max_length=LENGTH, unique=True)
    title = models.CharField(_("headline"), max_length=200, blank=True)
    deleted_at = models.DateTimeField(_("deleted"), auto_now_add=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("by")
    )

    class Meta:
        ordering = ["-deleted_at", "-id"]
        verbose_name = _("deleted article")
        verbose_name_plural = _("deleted articles")

    def __str__(self) -> str:
        return self.title or self.public_id
