"""The list of articles, and one article with its record."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles import article_page
from articles.models import Article, State, Tombstone
from articles.references import citation
from articles.views import joins, received, record, repaired, serial, tables
from articles.views.answer import Answer, Elsewhere, Gone
from articles.views.lists import article_listing, list_context, list_data


def article_list(request: HttpRequest) -> Answer:
    narrowed, listing = article_listing(request)

    def context() -> dict[str, Any]:
        return list_context(request, narrowed, listing)

    def data() -> dict[str, Any]:
        return list_data(request, narrowed, listing)

    return Answer("articles/article_list.html", context, data, partial(tables.articles, request, listing.all))


def article(request: HttpRequest, public_id: str) -> Answer:
    """`?view=page` shows the pages as they were received instead of the repaired text."""
    row = article_page.find(public_id)
    if row is None:
        raise _where(public_id)
    as_received = _as_received(request, row)

    def context() -> dict[str, Any]:
        return _context(row, as_received)

    def data() -> dict[str, Any]:
        more = serial.pages_received(row, article_page.ledger(row)) if as_received else {}
        return {**serial.full_article(row, request), "citation": citation(row), **more}

    table = partial(tables.picked, request, [row.pk], row.public_id)
    return Answer("articles/article.html", context, data, table)


@never_cache
@require_safe
@permission_required("articles.view_article", raise_exception=True)
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """An article that readers do not see, as they would see it; one that they see is shown at its own address."""
    row = article_page.find(public_id, drafts=True)
    if row is None:
        raise Http404
    if row.state == State.PUBLISHED:
        return redirect(row)
    context = _context(row, _as_received(request, row))
    return render(request, "articles/article.html", {**context, "preview": True})


def _as_received(request: HttpRequest, row: Article) -> bool:
    return request.GET.get("view") == "page" and row.page is not None


def _context(row: Article, as_received: bool) -> dict[str, Any]:
    sheets = received.sheets(row, article_page.ledger(row)) if as_received else ()
    return {"article": row, "citation": citation(row), "sheets": sheets, **_record(row), **_beside(row)}


def _where(public_id: str) -> Elsewhere | Gone | Http404:
    """Why readers have no page of their own for an article: it is a part of one, has moved, or was withdrawn or deleted."""
    rows = Article.objects.select_related("continued_from", "moved_to")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        return Gone() if Tombstone.objects.filter(public_id=public_id).exists() else Http404()
    if row.published_at is None:
        return Http404()
    if row.state == State.PUBLISHED:
        return Elsewhere(row.whole)
    heir = row.heir
    return Elsewhere(heir.whole, for_good=True) if heir.state == State.PUBLISHED else Gone()


def _record(row: Article) -> dict[str, Any]:
    """The text, and every value read from it with its place."""
    text = repaired.text(row)
    mentions = [(m, _place(part, m)) for part in row.parts for m in part.mentions.all()]
    metrics = [(m, _place(part, m)) for part in row.parts for m in part.metrics.all()]
    return {
        "text": text,
        "fields": record.fields(row),
        "mentions": mentions,
        "metrics": [(m, anchor, text.sentences.get(anchor)) for m, anchor in metrics],
        "warnings": article_page.warnings(row),
        "body_corrected": any("body" in part.machine for part in row.parts),
        "comes_from": _page_named(row, "continued_from"),
        "goes_on": _page_named(row.parts[-1], "continues_on"),
    }


def _place(part: Article, row: Any) -> str:
    """The anchor of a record row with a span, empty where it has none."""
    return "" if row.start is None else joins.anchor(part.part, row.start, row.end)


def _page_named(part: Article, end: str) -> str:
    """The page where more of the article stands that is not shown here; empty where there is none."""
    return next((item.value for item in part.evidence.all() if item.field == end), "")


def _beside(row: Article) -> dict[str, Any]:
    """The other articles of the page, those before and after in the issue, and others of its kind."""
    kin = article_page.kin(row)
    at = next((n for n, brief in enumerate(kin.issue) if brief.pk == row.pk), None)
    mechanisms = {m.mechanism_id: m.mechanism for part in row.parts for m in part.mentions.all()}
    authors = {b.author_id: b.author for b in row.signatures}
    return {
        "kin": kin,
        "same_page": [brief for brief in kin.issue if brief.page == row.page_id],
        "previous": kin.issue[at - 1] if at else None,
        "next": kin.issue[at + 1] if at is not None and at + 1 < len(kin.issue) else None,
        "shared_mechanisms": _most(mechanisms, kin.by_mechanism),
        "shared_authors": _most(authors, kin.by_author),
    }


def _most(named: dict[int, Any], counts: dict[int, int]) -> list[tuple[Any, int]]:
    """Those that other articles share, most first, with how many do."""
    return sorted(((named[key], n) for key, n in counts.items()), key=lambda pair: -pair[1])
