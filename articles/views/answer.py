"""One answer in many forms: a page for people, JSON for programs, and what `articles.exports` offers to take away."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.csvfile import Table
from articles.exports import FORMS, Form, respond, without_page
from articles.offers import Offers, offers
from articles.twins import answered, refused
from articles.views.briefing import BRIEFING

Data = dict[str, Any]

ALL = (*FORMS, BRIEFING)


@dataclass(frozen=True, slots=True)
class Answer:
    """`context` is called for a page, `data` for JSON, `table` for all that is taken away and for what a page
    offers of it: none pays for what only another shows."""

    template: str
    context: Callable[[], Data]
    data: Callable[[], Data]
    table: Callable[[], Table] | None = None


class Elsewhere(Exception):
    """What was asked for is shown as a part of `row`: raised by a view, answered by a redirect.

    `for_good`: it moved there, and will not come back to its own address.
    """

    def __init__(self, row: Any, for_good: bool = False) -> None:
        self.row, self.for_good = row, for_good


class Gone(Exception):
    """What was asked for was here and is not shown any more: raised by a view, answered by 410."""


View = Callable[..., Answer]


def page(view: View) -> Callable[..., HttpResponse]:
    """The view as a page."""

    @require_safe
    @wraps(view)
    def show(request: HttpRequest, **arguments: Any) -> HttpResponse:
        try:
            request.GET = _without_cursor(request.GET)
            answer = view(request, **arguments)
        except Elsewhere as found:
            return redirect(found.row.get_absolute_url(), permanent=found.for_good)
        except Gone:
            return render(request, "410.html", status=410)
        taking = {"taking": _offers(request, answer.table())} if answer.table else {}
        return render(request, answer.template, {**taking, **answer.context()})

    return show


def _without_cursor(query: QueryDict) -> QueryDict:
    """Pages have numbers; who reads the address of a program's answer gets the first."""
    if "cursor" in query:
        query = query.copy()
        del query["cursor"]
    return query


def _offers(request: HttpRequest, table: Table) -> Offers:
    forms = [form for form in ALL if table.articles or not form.of_articles]
    return offers(request, forms, grows=table.articles is not None and table.articles.grows)


def data(view: View, steady: bool = True) -> Callable[..., HttpResponse]:
    """The view as JSON. `steady`: its answer follows from the articles and the address alone."""

    @require_safe
    @wraps(view)
    def show(request: HttpRequest, **arguments: Any) -> HttpResponse:
        try:
            return answered(request, lambda: view(request, **arguments).data(), steady)
        except Elsewhere as found:
            return redirect(
                f"{found.row.get_absolute_url().removesuffix('/')}.json", permanent=found.for_good
            )
        except BadRequest as error:
            return refused(400, str(error))
        except Http404 as error:
            return refused(404, str(error) or _("Nothing is published at this address."))
        except Gone:
            return refused(410, _("This article has been withdrawn"))

    return show


def taken(view: View, form: Form) -> Callable[..., HttpResponseBase]:
    """The view in a form to take away: the whole selection, whatever page of it the address names."""

    @require_safe
    @wraps(view)
    def show(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        request.GET = without_page(request.GET)
        try:
            answer = view(request, **arguments)
        except Elsewhere as found:
            there = f"{found.row.get_absolute_url().removesuffix('/')}.{form.ending}"
            return redirect(there, permanent=found.for_good)
        except Gone:
            return HttpResponse(status=410)
        if answer.table is None:
            raise Http404
        table = answer.table()
        # What hangs on an article changes without it; lists of other things are not worth the while.
        return respond(request, form, table, steady=form.of_articles and form is not BRIEFING)

    return show


def every_form(route: str, view: View, name: str, steady: bool = True) -> list[URLPattern]:
    """As `both`, for a list or an article: with every form to take away, too."""
    return [*both(route, view, name, steady), *taken_away(route, view, name)]


def taken_away(route: str, view: View, name: str) -> list[URLPattern]:
    """Each form to take away, with its ending in place of the slash at the end of `route`."""
    stem = route.removesuffix("/")
    return [
        path(f"{stem}.{form.ending}", taken(view, form), name=f"{name}_{form.ending.replace('.', '_')}")
        for form in ALL
    ]


def both(route: str, view: View, name: str, steady: bool = True) -> list[URLPattern]:
    """`route`, which ends in a slash, and the same with .json in the slash's place."""
    return [
        path(route, page(view), name=name),
        path(f"{route.removesuffix('/')}.json", data(view, steady), name=f"{name}_json"),
    ]
