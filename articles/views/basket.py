"""The articles that a reader has set aside: the page of them, and every change of them."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.basket import COOKIE, MOST, Basket, Full, split
from articles.models import Article
from articles.reading import rows_of
from articles.views import serial, tables
from articles.views.answer import Answer, page

YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Kept:
    """What readers may see of some ids: keys of articles in their order, and the ids that still lead to one.

    `gone` counts articles that are no longer published.
    """

    basket: Basket
    keys: list[int] = field(default_factory=list)
    gone: int = 0


def _kept(wanted: Basket) -> Kept:
    """A later part stands for the article that it belongs to."""
    rows = Article.objects.shown().filter(public_id__in=wanted.ids).select_related("continued_from")
    rows = rows.only("public_id", "state", "continued_from__public_id", "continued_from__state")
    found = {row.public_id: row.whole for row in rows}
    wholes = {found[one].public_id: found[one].pk for one in wanted.ids if one in found}
    return Kept(Basket(tuple(wholes)), list(wholes.values()), len(wanted) - len(found))


def basket_list(request: HttpRequest) -> Answer:
    """`?ids=`, as written by the page itself, shows those articles in place of the reader's own."""
    shared = "ids" in request.GET
    own = Basket.read(request.COOKIES)
    kept = _kept(Basket.of(split(request.GET["ids"])) if shared else own)
    # Whatever is taken away is named by its address: it can be sent to others, and does not change on the way.
    request.GET = request.GET.copy()
    request.GET["ids"] = kept.basket.string

    def context() -> dict[str, Any]:
        share = QueryDict(mutable=True)
        share["ids"] = kept.basket.string
        return {
            "articles": rows_of(kept.keys),
            "gone": kept.gone,
            "shared": shared and kept.basket != own,
            "arranged": not shared or kept.basket == own,
            "address": f"{request.build_absolute_uri(request.path)}?{share.urlencode()}",
            "total": len(kept.keys),
            "limit": MOST,
        }

    def data() -> dict[str, Any]:
        results = [serial.article(row, request) for row in rows_of(kept.keys)]
        return {"total": len(results), "results": results}

    table = partial(tables.picked, request, kept.keys, "basket")
    return Answer("articles/basket.html", context, data, table)


@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _change(request)
    response = page(basket_list)(request)
    own = Basket.read(request.COOKIES)
    if (left := _kept(own).basket) != own:
        _keep(request, response, left)  # the page says so; the next one counts without them
    return response


def _change(request: HttpRequest) -> HttpResponse:
    """`add`, `remove`, `up`, `down` name an article, `take` those of an address, `clear` takes all out."""
    own = Basket.read(request.COOKIES)
    full = False
    changed = own
    if "clear" in request.POST:
        changed = Basket()
    elif one := request.POST.get("remove"):
        changed = own.without(one)
    elif one := request.POST.get("up"):
        changed = own.moved(one, -1)
    elif one := request.POST.get("down"):
        changed = own.moved(one, 1)
    else:
        asked = [request.POST["add"]] if "add" in request.POST else split(request.POST.get("take", ""))
        try:
            for one in _kept(Basket.of(asked)).basket.ids:
                changed = changed.with_article(one)
        except Full:
            full = True
    if "HX-Request" in request.headers and "HX-Boosted" not in request.headers:
        response = _anew(request, changed, request.POST.get("add") or request.POST.get("remove", ""), full)
    else:
        if full:
            messages.warning(request, _full())
        response = HttpResponseRedirect(_back(request))
    _keep(request, response, changed)
    return response


def _anew(request: HttpRequest, changed: Basket, public_id: str, full: bool) -> HttpResponse:
    """The button that was pressed as it is now, and the count at the head of the page."""
    request.basket = changed  # type: ignore[attr-defined]
    title = Article.objects.shown().filter(public_id=public_id).values_list("title", flat=True).first() or ""
    context = {"id": public_id, "title": title, "full": _full() if full else ""}
    return HttpResponse(render_to_string("partials/basket_changed.html", context, request))


def _keep(request: HttpRequest, response: HttpResponse, kept: Basket) -> None:
    if not kept.ids:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE, kept.cookie, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )


def _full() -> str:
    return _("The folder is full: it holds %(n)s articles. Take some out first.") % {"n": MOST}


def _back(request: HttpRequest) -> str:
    to = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure()):
        return to
    return reverse("articles:basket")
