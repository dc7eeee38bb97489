"""The history of an article as a page, and the way back to any of it."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as now

from articles import services
from articles.admin.actions import address
from articles.admin.wording import sentence
from articles.models import Action, Article
from articles.past import RESTORABLE, erased_accounts, nobody, versions

PER_PAGE = 30


class Past(BaseModelAdmin):
    """Mixin for the articles' admin: `history_view` from `articles.past`, and `restore/` beneath it."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self._article(request, unquote(object_id))
        page = Paginator(versions(article), PER_PAGE).get_page(request.GET.get("page"))
        erased = erased_accounts()
        for version in page.object_list:
            version.who = version.who or nobody(version.moment, erased)
        told = {version.action for version in page.object_list if version.action}
        actions = {
            action.public_id: {
                "what": sentence(action),
                "address": address(action),
                "count": len(action.keys),
            }
            for action in Action.objects.filter(public_id__in=told).select_related("undoes")
        }
        context = {
            **self.admin_site.each_context(request),
            "title": now("History of “%s”") % article.headline,
            "article": article,
            "page": page,
            "versions": [(version, actions.get(version.action)) for version in page.object_list],
            "may_restore": self.has_change_permission(request, article),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/articles/past.html", context)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.restore_view)
        return [
            path("<path:object_id>/history/restore/", view, name="articles_article_restore"),
            *super().get_urls(),
        ]

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """POST `version`, a history row, and `field` where only that is to go back."""
        article = self._article(request, unquote(object_id))
        if request.method != "POST" or not self.has_change_permission(request, article):
            raise PermissionDenied
        key, name = request.POST.get("version", ""), request.POST.get("field", "")
        version = article.history.filter(history_id=key).first() if key.isdigit() else None
        if version is None or (name and name not in RESTORABLE):
            raise Http404
        try:
            changed = services.restore(article, version, request.user, [name] if name else ())
        except services.Refused as error:
            messages.error(request, str(error))
        else:
            said = (
                now("Restored; the history has it as a change of its own.")
                if changed
                else now("It is like that already.")
            )
            messages.success(request, said)
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[article.pk]))

    def _article(self, request: HttpRequest, key: str) -> Article:
        article = Article.objects.filter(pk=key).first() if key.isdigit() else None
        if article is None:
            raise Http404
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article
