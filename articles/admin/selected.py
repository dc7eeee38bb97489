"""What can be done to a selection of articles, on one page of the list or on all of it."""

from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import services
from articles.admin.actions import address
from articles.admin.base import link
from articles.admin.wording import sentence
from articles.models import Action, ActionStatus, Article, State
from articles.querysets import ArticleQuerySet

NAMED = 5
"""Articles that cannot be published for good that a message each names; the page of the change names the rest."""
FEW = 5
"""So many articles without a doubt are published at one click; more are shown first."""


class Selected(BaseModelAdmin):
    """Mixin for the articles' admin: a change of several fields with a preview, and the states at one click."""

    @admin.action(description=_("Change several fields…"), permissions=["change"])
    def change_together(self, request: HttpRequest, queryset: ArticleQuerySet) -> HttpResponseRedirect:
        action = services.propose(queryset.values_list("pk", flat=True), request.user)
        return HttpResponseRedirect(address(action))

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: ArticleQuerySet) -> HttpResponseRedirect | None:
        """At once, or by way of the page that shows what would become public: many, or what somebody should look at."""
        keys = list(queryset.values_list("pk", flat=True))
        hidden = Article.objects.filter(pk__in=keys).exclude(state=State.PUBLISHED)
        if hidden.count() > FEW or hidden.unsettled().exists() or hidden.untitled().exists():
            action = services.propose(keys, request.user)
            services.ask(action, services.Changes(state=str(State.PUBLISHED)))
            return HttpResponseRedirect(address(action))
        self._move(request, queryset, State.PUBLISHED)
        return None

    @admin.action(description=_("Send to review"), permissions=["change"])
    def send_to_review(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        self._move(request, queryset, State.IN_REVIEW)

    @admin.action(description=_("Withdraw"), permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        self._move(request, queryset, State.WITHDRAWN)

    def _move(self, request: HttpRequest, queryset: ArticleQuerySet, state: Any) -> None:
        keys = queryset.values_list("pk", flat=True)
        action = services.act(keys, services.Changes(state=state), request.user)
        if action.status != ActionStatus.DONE:
            n = len(action.keys)
            said = ngettext("Under way: %(what)s, %(n)d article.", "Under way: %(what)s, %(n)d articles.", n)
            said = said % {"what": sentence(action), "n": n}
            later = now("The list shows the former state until it is done: reload it in a moment.")
            page = link(address(action), now("see how far it is"))
            messages.info(request, format_html("{} {} {}", said, later, page))
            return
        changed = action.items.exclude(after={}).count()
        if changed:
            said = ngettext("%(n)d article is now %(state)s.", "%(n)d articles are now %(state)s.", changed)
            words = said % {"n": changed, "state": state.label}
            alone = now("look at it or undo it")
            undo = now("look at these %(n)d or undo it") % {"n": changed} if changed > 1 else alone
            places = [link(address(action), undo)]
            if state == State.PUBLISHED and len(action.keys) == 1:
                places.append(
                    link(Article.objects.get(pk=action.keys[0]).get_absolute_url(), now("see it on the site"))
                )
            messages.success(
                request, format_html("{} {}", words, format_html_join(" · ", "{}", ((p,) for p in places)))
            )
        self._say_left(request, action)

    def _say_left(self, request: HttpRequest, action: Action) -> None:
        """How many articles stay as they were, for each reason; one that readers could never get is named."""
        why = Counter(action.items.filter(after={}).values_list("why", flat=True))
        if same := len(action.keys) - action.items.count():
            why[""] = same
        for reason, left in why.items():
            said = ngettext(
                "%(n)d article stays as it was: %(why)s", "%(n)d articles stay as they were: %(why)s", left
            )
            told = now(services.OBSTACLES[reason]) if reason else now("It is so already.")
            messages.warning(request, said % {"n": left, "why": told})
        vanished = action.items.filter(why="moved").values_list("key", flat=True)[:NAMED]
        for article in Article.objects.filter(pk__in=list(vanished)).select_related("moved_to"):
            messages.error(request, services.moved_said(article))
