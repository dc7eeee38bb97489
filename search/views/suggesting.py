"""/search/suggest: what a reader may be about to type, for the box to show and for programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.openapi import described
from articles.twins import answered
from search import suggest
from search.engines.base import SearchUnavailable
from search.views.described import SUGGESTIONS


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The list under the box, as a piece of a page; empty where there is nothing to suggest."""
    groups = _groups(request)
    total = sum(len(group.suggestions) for group in groups)
    return render(request, "search/_suggestions.html", {"groups": groups, "total": total})


@described(SUGGESTIONS)
@require_safe
def suggestions_json(request: HttpRequest) -> HttpResponse:
    data = {"query": request.GET.get("q", ""), "groups": [_data(group) for group in _groups(request)]}
    return answered(request, lambda: data, steady=False)


def _groups(request: HttpRequest) -> list[suggest.Group]:
    try:
        return suggest.suggest(request.GET.get("q", ""))
    except SearchUnavailable:  # the page that a search leads to says it; a box that is typed in does not
        return []


def _data(group: suggest.Group) -> dict[str, Any]:
    return {
        "kind": str(group.kind),
        "title": str(group.title),
        "suggestions": [
            {
                "label": s.name.label,
                "detail": s.name.detail,
                "articles": s.name.articles,
                "query": s.query,
                "url": s.url,
            }
            for s in group.suggestions
        ],
    }
