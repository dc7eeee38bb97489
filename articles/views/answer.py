"""One answer in up to three forms: a page for people, JSON for programs, CSV for spreadsheets."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from articles import csvfile
from articles.csvfile import Table

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """`context` is called for a page, `data` for JSON, `table` for CSV: none pays for what only another shows."""

    template: str
    context: Callable[[], Data]
    data: Callable[[], Data]
    table: Callable[[], Table] | None = None


class Elsewhere(Exception):
    """What was asked for is shown as a part of `row`: raised by a view, answered by a redirect."""

    def __init__(self, row: Any) -> None:
        self.row = row


View = Callable[..., Answer]


def page(view: View) -> Callable[..., HttpResponse]:
    """The view as a page."""

    @require_safe
    @wraps(view)
    def respond(request: HttpRequest, **arguments: Any) -> HttpResponse:
        try:
            answer = view(request, **arguments)
        except Elsewhere as found:
            return redirect(found.row.get_absolute_url())
        return render(request, answer.template, answer.context())

    return respond


def data(view: View) -> Callable[..., HttpResponse]:
    """The view as JSON: UTF-8, unescaped, readable from any origin."""

    @require_safe
    @wraps(view)
    def respond(request: HttpRequest, **arguments: Any) -> HttpResponse:
        try:
            answer = view(request, **arguments)
        except Elsewhere as found:
            return redirect(f"{found.row.get_absolute_url().removesuffix('/')}.json")
        response = JsonResponse(answer.data(), json_dumps_params={"ensure_ascii": False, "indent": 1})
        response["Content-Type"] = "application/json; charset=utf-8"
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return respond


def sheet(view: View) -> Callable[..., HttpResponseBase]:
    """The view as CSV: the whole selection, whatever page of it the address names."""

    @require_safe
    @wraps(view)
    def respond(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        query = request.GET.copy()
        query.pop("page", None)
        request.GET = query
        answer = view(request, **arguments)
        if answer.table is None:
            raise Http404
        return csvfile.response(answer.table())

    return respond


def every_form(route: str, view: View, name: str) -> list[URLPattern]:
    """As `both`, for a list: with .csv, too."""
    return [
        *both(route, view, name),
        path(f"{route.removesuffix('/')}.csv", sheet(view), name=f"{name}_csv"),
    ]


def both(route: str, view: View, name: str) -> list[URLPattern]:
    """`route`, which ends in a slash, and the same with .json in the slash's place."""
    return [
        path(route, page(view), name=name),
        path(f"{route.removesuffix('/')}.json", data(view), name=f"{name}_json"),
    ]
