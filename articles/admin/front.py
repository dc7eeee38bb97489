"""The desk's first page: what waits for a person, and what came in last."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from archive import heartbeat
from articles.models import Article, State, Upload
from articles.models.upload import UNDER_WAY, FileStatus

LAST = 5
"""Uploads named on the page."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: how many, where they are."""

    label: str
    count: int
    address: str


def front(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The page's context with `waiting` and `uploads`, each as far as the account may see it; `silent` where no worker runs."""
    may = request.user.has_perm
    articles = reverse("admin:articles_article_changelist")
    waiting = []
    if may("articles.change_article"):
        count = Article.objects.to_review().count()
        waiting.append(Waiting(_("Articles to be checked"), count, reverse("admin:articles_queue")))
    if may("articles.view_article"):
        for state, label in ((State.DRAFT, _("Drafts")), (State.IN_REVIEW, _("In review"))):
            count = Article.objects.filter(state=state).count()
            waiting.append(Waiting(label, count, f"{articles}?state__exact={state}"))
    if may("articles.view_upload"):
        uploads = Upload.objects.order_by("-created_at")
        files = reverse("admin:articles_upload_changelist")
        for label, which, statuses in (
            (_("Uploads under way"), "under_way", UNDER_WAY),
            (_("Uploads with failed files"), "failed", [FileStatus.FAILED]),
        ):
            count = uploads.filter(files__status__in=statuses).distinct().count()
            waiting.append(Waiting(label, count, f"{files}?files={which}"))
        context["uploads"] = uploads[:LAST]
        context["silent"] = not heartbeat.alive()
    context["waiting"] = waiting
    return context
