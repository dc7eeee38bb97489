"""/search.csv, /search.ris and so on: all that a search finds, in each form that lists can be had in."""

import logging
from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles.basket import MOST as BRIEFED
from articles.csvfile import Table
from articles.exports import CSL, FORMS, TABLE, Form, respond
from articles.models import Article
from articles.offers import Offers, offers
from articles.openapi import described
from articles.takeaway import briefing
from search.engines.base import SearchUnavailable
from search.forms import Address
from search.table import table
from search.views.described import REFERENCES, ROWS

logger = logging.getLogger(__name__)


def _briefing(request: HttpRequest, table: Table, form: Form) -> HttpResponseBase:
    """On the first hits; the page that shows articles picked out writes it."""
    assert table.articles is not None
    keys = table.articles.keys(BRIEFED)
    found = Article.objects.shown().only("public_id").in_bulk(keys)
    ids = "".join(found[key].public_id for key in keys if key in found)
    query = {"ids": ids, "said": table.articles.said()}
    return HttpResponseRedirect(f"{reverse('articles:basket_docx')}?{urlencode(query)}")


ALL = (*FORMS, Form("docx", gettext_lazy("Word briefing"), briefing.MEDIA_TYPE, _briefing))


def offered(request: HttpRequest) -> Offers:
    """What the page of hits offers to take away."""
    return offers(request, ALL, grows=True)


def _taken(form: Form) -> Callable[..., HttpResponseBase]:
    """A view of a search in a form. Which page of it the address names does not matter."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponseBase:
        try:
            return respond(request, form, table(request, Address.read(request.GET)))
        except SearchUnavailable as error:
            logger.error("Search is out of order: %s Mend it with: %s", error, error.remedy)
            said = f"search is out of order: {error.remedy}\n"
            return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8")

    operation = {TABLE: ROWS, CSL: REFERENCES}.get(form)
    return described(operation)(view) if operation else view


urlpatterns: list[URLPattern] = [
    path(f"search.{form.ending}", _taken(form), name=f"search_{form.ending.replace('.', '_')}")
    for form in ALL
]
