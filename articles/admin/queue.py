"""The review queue: what needs a person, who is at it, and the way from one article to the next."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from articles import services
from articles.models import Article, Issue, Publication, Review, State
from articles.review_reading import DOUBTS, Asked

SIZE = 50
TRIED = 20
"""How many articles the way on tries to open, should others open one after the other at the same moment."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """What the page of an article says of checking it. `place` counts from one, 0 outside of the queue."""

    review: Review | None
    mine: bool
    doubts: list[tuple[Any, int]]
    query: str
    place: int
    total: int
    publishes: bool

    @property
    def others(self) -> bool:
        return bool(self.review and self.review.held and not self.mine)


class Queue(BaseModelAdmin):
    """Mixin for the articles' admin: the queue's page, and its bar above an article's form."""

    change_form_outer_before_template = "admin/articles/at_work.html"
    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("queue/", wrap(self.queue_view), name="articles_queue"),
            path("queue/step/", wrap(self.step_view), name="articles_queue_step"),
            *super().get_urls(),
        ]

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """The queue with its filters; see Asked for the query string."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        asked = Asked.read(request.GET)
        rows = Article.objects.to_review(asked, request.user).select_related(
            "page__issue__publication", "region", "review__claimed_by"
        )
        rows = rows.defer("body", "machine", "page__text")
        page = Paginator(rows, SIZE).get_page(request.GET.get("p"))
        for row in page.object_list:
            row.why = _doubts(row)
            row.about_page = services.issue_doubt(row.page) if row.page else ""
        everything = Article.objects.to_review(Asked(checked=asked.checked))
        issues = Issue.objects.filter(pages__articles__in=everything.order_by().values("pk")).distinct()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Review queue"),
            "opts": self.opts,
            "asked": asked,
            "query": urlencode(asked.as_query()),
            "page": page,
            "start": (page.number - 1) * SIZE,
            "doubts": DOUBTS,
            "kinds": everything.warning_kinds(),
            "publications": Publication.objects.filter(issues__in=issues.order_by().values("pk")).distinct(),
            "issues": issues.select_related("publication"),
            "minutes": int(settings.CLAIM_EXPIRES.total_seconds() // 60),
        }
        return TemplateResponse(request, "admin/articles/queue.html", context)

    def step_view(self, request: HttpRequest) -> HttpResponse:
        """POST `do`: open, claim, release, right, back, next or previous, for `article`; the query string is the queue's.

        `right` goes on to the next article, as saving does; for an article without a headline it has to be asked twice,
        the second time with `untitled` in the query string. `note` takes over what somebody else has claimed.
        """
        if request.method != "POST" or not self.has_change_permission(request):
            raise PermissionDenied
        key, do = request.POST.get("article", ""), request.POST.get("do", "")
        if do == "first":
            return self._go(request, None, 0)
        article = Article.objects.filter(pk=key).first() if key.isdigit() else None
        if article is None or not self.has_change_permission(request, article):
            raise Http404
        if do in ("next", "previous"):
            return self._go(request, article, 1 if do == "next" else -1)
        try:
            if do == "right":
                if not self.pass_as_right(request, article):
                    return _to(request, article, again=True)
                return self._go(request, article, 1) if "queue" in request.GET else _to(request, article)
            if do in ("open", "claim"):
                services.claim(article, request.user, request.POST.get("note", ""))
            elif do == "release":
                services.release(article, request.user)
            elif do == "back":
                services.put_back(article)
        except services.Refused as error:
            messages.warning(request, str(error))
        return _to(request, article)

    def pass_as_right(self, request: HttpRequest, article: Article) -> bool:
        """Takes an article out of the queue and says so; one without a headline only when that was asked once more."""
        if not article.title and not article.continued_from_id and "untitled" not in request.GET:
            request.is_held = True  # type: ignore[attr-defined]
            messages.warning(
                request,
                now(
                    "This article has no headline. Type it; if there is none, press “Found right” once more."
                ),
            )
            return False
        services.find_right(article, request.user)
        messages.success(request, now("“%s” was found right.") % article.headline)
        return True

    def to_check(self, article: Article) -> bool:
        """Whether a person may still say that all of an article is right."""
        review = Review.objects.filter(article=article).first()
        queued = article.state != State.TRASHED and not article.moved_to_id
        return queued and not (review and review.checked_at)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        at_work = self._at_work(request, object_id) if object_id and object_id.isdigit() else None
        context = {**(extra_context or {}), "at_work": at_work}
        return super().changeform_view(request, object_id, form_url, context)  # type: ignore[misc, no-any-return]

    def response_post_save_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if getattr(request, "is_held", False):
            return _to(request, obj, again=True)
        if "queue" in request.GET:
            return self._go(request, obj, 1)
        return super().response_post_save_change(request, obj)  # type: ignore[misc, no-any-return]

    def _at_work(self, request: HttpRequest, object_id: str) -> AtWork | None:
        rows = Article.objects.doubted().select_related("review__claimed_by", "review__taken_from")
        article = rows.defer("body", "machine", "text").filter(pk=object_id).first()
        if article is None or not self.has_change_permission(request, article):
            return None
        if article.state == State.TRASHED or article.moved_to_id:  # no queue holds it
            return None
        review = getattr(article, "review", None)
        mine = bool(review and review.held and review.claimed_by_id == request.user.pk)
        place, total = 0, 0
        if "queue" in request.GET:
            rows = Article.objects.to_review(Asked.read(request.GET), request.user)
            place, total = rows.place_of(article.pk, article.score or 0)
        publishes = request.user.has_perm("articles.publish_article")
        doubts = [] if review and review.checked_at else _doubts(article)
        return AtWork(review, mine, doubts, request.GET.urlencode(), place, total, publishes)

    def _go(self, request: HttpRequest, article: Article | None, step: int) -> HttpResponse:
        """Opens the next article that nobody else is at, and gives back the one that is left.

        Next is what comes after the place where the article stood when it was opened, in the queue still or not.
        """
        if article is not None:
            services.release(article, request.user)
        rows = Article.objects.to_review(Asked.read(request.GET), request.user)
        if article is not None:
            rows = rows.beyond(_stood(request, article), article.pk, back=step < 0)
        for found in rows.exclude(pk__in=Article.objects.held_by_others(request.user))[:TRIED]:
            try:
                services.claim(found, request.user)
            except services.Refused:
                continue  # somebody was quicker
            return _to(request, found, found.score)
        messages.info(
            request,
            now("There is no further article in this queue.") if article else now("The queue is empty."),
        )
        query = urlencode(Asked.read(request.GET).as_query())
        return HttpResponseRedirect(f"{reverse('admin:articles_queue')}?{query}")


def _to(
    request: HttpRequest, article: Article, score: int | None = None, again: bool = False
) -> HttpResponseRedirect:
    """To the article's page, with the queue it was opened from and the score that it stood there with.

    With `again`, what is asked there a second time is done.
    """
    query = Asked.read(request.GET).as_query()
    if "queue" in request.GET:
        query |= {"queue": "1", "score": str(_stood(request, article) if score is None else score)}
    query |= {"untitled": "1"} if again else {}
    address = reverse("admin:articles_article_change", args=[article.pk])
    return HttpResponseRedirect(f"{address}?{urlencode(query)}")


def _stood(request: HttpRequest, article: Article) -> int:
    score = request.GET.get("score", "")
    if score.isdigit() and len(score) < 9:
        return int(score)
    return Article.objects.doubted().values_list("score", flat=True).get(pk=article.pk) or 0


def _doubts(article: Any) -> list[tuple[Any, int]]:
    """The doubts about an article that came with them, each with how often."""
    counts = [(doubt.label, getattr(article, f"doubt_{doubt.name}")) for doubt in DOUBTS]
    return [(label, count) for label, count in counts if count]
