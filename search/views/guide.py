"""/search/help/: everything that can be typed, as examples that are links."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.forms import Address
from search.page.guide import SECTIONS


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "search/help.html", {"sections": SECTIONS, "address": Address()})
