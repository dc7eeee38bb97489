"""How an article's page is left: the buttons beside “save”, each only where it can do something."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import BaseModelAdmin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from articles import services
from articles.models import Article, State

OPEN_TO: dict[Any, tuple[str, ...]] = {
    State.DRAFT: ("save_and_publish", "save_and_send"),
    State.IN_REVIEW: ("save_and_publish",),
    State.PUBLISHED: ("save_and_withdraw",),
    State.WITHDRAWN: ("save_and_publish", "save_and_send"),
    State.TRASHED: ("save_and_take_back",),
}
OWN_TEXT = ("save_and_publish", "save_and_send")
"""What an article whose text went to another cannot do."""


class Finish(BaseModelAdmin):
    """Mixin for the articles' admin. What a button did, or why not, is said once: without the admin's own green line."""

    actions_submit_line = (
        "save_and_publish", "save_and_send", "save_and_withdraw", "save_and_take_back", "save_and_find_right",
    )  # fmt: skip

    def get_actions_submit_line(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """The buttons for an article as it is now. To send to review is for who may not publish."""
        article = Article.objects.filter(pk=object_id).only("state", "moved_to").first()
        if article is None:
            return []
        names = set(OPEN_TO[article.state]) - (set(OWN_TEXT) if article.moved_to_id else set())
        if self.has_publish_permission(request):  # type: ignore[attr-defined]
            names.discard("save_and_send")
        if self.to_check(article):  # type: ignore[attr-defined]
            names.add("save_and_find_right")
        found = super().get_actions_submit_line(request, object_id)  # type: ignore[misc]
        return [entry for entry in found if entry.action_name.removeprefix("articles_article_") in names]

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm, change: bool) -> None:
        self._say_what_was_kept(request, form)  # type: ignore[attr-defined]
        corrected = services.correct(obj, form.corrections(), request.user)
        if corrected and obj.state == State.PUBLISHED:
            messages.info(request, now("The article is public: readers see your corrections from now on."))
        # All buttons, not only those shown: the page may have been open for long, and then the refusal says why.
        for submitted in super().get_actions_submit_line(request, obj.pk):  # type: ignore[misc]
            if submitted.action_name in request.POST:
                if corrected:
                    messages.info(request, now("Your corrections are saved."))
                submitted.method(request, obj)

    def message_user(
        self, request: HttpRequest, message: Any, level: Any = messages.INFO, **more: Any
    ) -> None:
        """Leaves the admin's own “was changed” out where it has been said what became of the article."""
        if not (level == messages.SUCCESS and getattr(request, "is_told", False)):
            super().message_user(request, message, level, **more)

    def _said(self, request: HttpRequest, level: int, words: str) -> None:
        messages.add_message(request, level, words)
        request.is_told = True  # type: ignore[attr-defined]

    @action(description=_("Save and publish"), permissions=["publish"])
    def save_and_publish(self, request: HttpRequest, obj: Article) -> None:
        self._become(request, obj, State.PUBLISHED)

    @action(description=_("Save and send to review"), permissions=["change"])
    def save_and_send(self, request: HttpRequest, obj: Article) -> None:
        self._become(request, obj, State.IN_REVIEW)

    @action(description=_("Save and withdraw"), permissions=["withdraw"])
    def save_and_withdraw(self, request: HttpRequest, obj: Article) -> None:
        self._become(request, obj, State.WITHDRAWN)

    @action(description=_("Save and found right"), permissions=["change"])
    def save_and_find_right(self, request: HttpRequest, obj: Article) -> None:
        self.pass_as_right(request, obj)  # type: ignore[attr-defined]
        request.is_told = True  # type: ignore[attr-defined]

    @action(description=_("Take out of the trash"), permissions=["discard"])
    def save_and_take_back(self, request: HttpRequest, obj: Article) -> None:
        services.untrash([obj], request.user)
        obj.refresh_from_db()
        said = {"title": obj.headline, "state": obj.get_state_display()}
        self._said(request, messages.SUCCESS, now("“%(title)s” is out of the trash: %(state)s.") % said)

    def _become(self, request: HttpRequest, obj: Article, state: Any) -> None:
        self._move(request, Article.objects.filter(pk=obj.pk), state)  # type: ignore[attr-defined]
        request.is_told = True  # type: ignore[attr-defined]
