"""The split workbench: a page's text beside its records, rearranged by mouse, by keys, or by plain forms."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now

from articles import services
from articles.admin.base import link
from articles.admin.bench_page import bench
from articles.admin.bench_words import roles
from articles.ingest.arrange import HEADLINE, Operation
from articles.ingest.passage import Span, squash
from articles.models import Article, Page
from articles.services import Refused, resplit, split, undo
from articles.services.choices import CONTINUE
from articles.services.judge import judge


def bench_link(page_id: int) -> SafeString:
    return link(bench_address(page_id), now("Split workbench"))


def bench_address(page_id: int) -> str:
    return reverse("admin:articles_bench", args=[page_id])


class Workbench(BaseModelAdmin):
    """Mixin for the pages' admin: the workbench of one page, and everything that is done on it."""

    def bench_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/split/", wrap(self.bench_view), name="articles_bench"),
            path("<int:pk>/split/do/", wrap(self.bench_do), name="articles_bench_do"),
        ]

    def bench_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._bench(request, self._page_of(request, pk), "bench")

    def bench_do(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One operation; answers with the whole workbench for htmx, leads back to it otherwise."""
        page = self._page_of(request, pk)
        if request.method != "POST":
            return HttpResponseRedirect(bench_address(pk))
        said, refused = "", ""
        try:
            said = _carry_out(page, request.POST, request)
        except Refused as error:
            refused = str(error)
        if request.headers.get("HX-Request"):
            return self._bench(request, page, "_bench", said, refused)
        if refused:
            return self._bench(request, page, "bench", refused=refused)
        if said:
            messages.success(request, said)
        return HttpResponseRedirect(bench_address(pk))

    def _page_of(self, request: HttpRequest, pk: int) -> Page:
        rows = Page.objects.select_related("issue__publication", "source").defer("source__content")
        page = rows.filter(pk=pk).first()
        if page is None:
            raise Http404
        asked, articles = "articles.change_article", list(page.articles.only("pk"))
        may = services.permits(request.user)
        if not (all(may(a, {asked}) for a in articles) if articles else request.user.has_perm(asked)):
            raise PermissionDenied
        return page

    def _bench(
        self, request: HttpRequest, page: Page, name: str, said: str = "", refused: str = ""
    ) -> HttpResponse:
        shown = bench(split.standing(page))
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": now("Split workbench"),
            "opts": self.opts,
            "page": page,
            "bench": shown,
            "roles": roles(),
            "others": _others(shown.found.steps, request.user.get_username()),
            "last_applied": split.last_applied(page),
            "ways": _ways(page) if name == "bench" else [],
            "said": said,
            "refused": refused,
            "sent": _sent(request.POST) if refused else {},
            "may_publish": request.user.has_perm("articles.publish_article"),
        }
        status = 422 if refused and name == "bench" else 200
        return TemplateResponse(request, f"admin/articles/{name}.html", context, status=status)


def _others(steps: Iterable[Mapping[str, Any]], name: str) -> list[str]:
    """Whose work besides one's own would be applied."""
    return [by for by in dict.fromkeys(step["by"] for step in steps) if by not in ("", name)]


def _sent(form: QueryDict) -> dict[str, Any]:
    """What somebody chose and typed for what was refused, so that it need not be done again."""
    chosen = {name: form.get(name, "") for name in ("words", "article", "role")}
    return {**chosen, "spans": form.getlist("span"), "publish": bool(form.get("publish"))}


def _ways(page: Page) -> list[tuple[str, str]]:
    """(words, address) of where one goes on from a page: the pages beside it in its issue, and what came with it."""
    ways = []
    if page.issue_id:
        keys = list(page.issue.pages.order_by(Length("number"), "number", "pk").values_list("pk", flat=True))
        at = keys.index(page.pk)
        ways += [(now("← Page before"), bench_address(key)) for key in keys[max(at - 1, 0) : at]]
        ways += [(now("Next page →"), bench_address(key)) for key in keys[at + 1 : at + 2]]
    run = page.source.runs.exclude(batch="").only("batch").first()
    if run is not None:
        ways.append((now("What came with it"), reverse("admin:articles_batch", args=[run.batch])))
    return ways


def _carry_out(page: Page, sent: QueryDict, request: HttpRequest) -> str:
    """Does what a form says; returns what to tell the person. Raises Refused."""
    do, version, user = sent.get("do", ""), _number(sent.get("version")) or 0, request.user
    if do.startswith(("accept:", "reject:")):
        verdict, article, what, key = (*do.split(":", 3), "", "", "")[:4]
        row = Article.objects.filter(page=page, pk=_number(article) or 0).first()
        if row is None:
            raise Refused(now("There is no such value any more; look again."))
        judge(row, what, key, verdict == "accept", user)
        return ""
    if do == "undo":
        split.undo_step(page, version, user)
    elif do == "redo":
        split.redo_step(page, version, user)
    elif do == "put_back":
        split.put_back(page, version, user)
    elif do == "discard":
        back = split.discard(page, version, user)
        gone = now("The work was thrown away; the page is as it was.")
        return (
            now("The work was thrown away; the page is as it was. Undo brings the work back.")
            if back
            else gone
        )
    elif do == "apply":
        changed = resplit.apply_split(page, version, user, bool(sent.get("publish")))
        return now("Applied: %d articles are new or changed.") % len(changed)
    elif do.startswith(("continue:", "lead:")):
        kind, _colon, key = do.partition(":")
        this, that = _number(key), _number(sent.get(do))
        if this is None:
            raise Refused(now("There is no such operation."))
        number, article = (this, that) if kind == CONTINUE else (that, this)
        split.say(page, version, kind, number, article, user)
    elif do.startswith("unsplit:"):
        last = split.last_applied(page)
        if last is None or last.action is None or last.action.public_id != do.partition(":")[2]:
            raise Refused(now("The page was arranged anew since; look again."))
        again = last.action.takes_back
        undo(last.action, user)
        if again:
            return now("Done: the split is in force again.")
        return now("Done: the articles of the page are as they were before.")
    else:
        split.operate(page, version, _operation(do, sent, page.text), user)
    return ""


def _operation(do: str, sent: QueryDict, text: str) -> Operation:
    spans, role, article = _spans(sent, text), sent.get("role", ""), _number(sent.get("article"))
    if do == "new":
        return Operation("move", spans, 0)
    if do == "move":
        return Operation("move", spans, article)
    if do in HEADLINE or (do == "role" and role in HEADLINE):
        return Operation("headline", spans, role=do if do in HEADLINE else role)
    if do == "role":
        return Operation("role", spans, role=role)
    if do in ("byline", "merge", "split", "join", "part"):
        return Operation(do, spans)
    raise Refused(now("There is no such operation."))


def _spans(sent: QueryDict, text: str) -> tuple[Span, ...]:
    """What is selected: a stretch chosen with the mouse, the ticked pieces, or certain words in them."""
    chosen = [span for value in sent.getlist("span") if (span := _span(value, text))]
    if (stretch := _span(sent.get("stretch", ""), text)) is not None:
        return (stretch,)
    if words := squash(sent.get("words", "")):
        found = [place for span in chosen for place in _place(words, span, text)]
        if not found:
            raise Refused(now("These words do not stand in the chosen lines."))
        return tuple(found[:1])
    return tuple(chosen)


def _place(words: str, span: Span, text: str) -> list[Span]:
    """Where words stand within a span, white space aside."""
    at = [i for i in range(span.start, span.end) if not text[i].isspace()]
    k = "".join(text[i] for i in at).find(words)
    return [Span(at[k], at[k + len(words) - 1] + 1)] if k >= 0 else []


def _span(value: str, text: str) -> Span | None:
    start, _dash, end = value.partition("-")
    a, b = _number(start), _number(end)
    return Span(a, b) if a is not None and b is not None and 0 <= a < b <= len(text) else None


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None
