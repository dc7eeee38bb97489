"""/search/help/: everything that can be typed, as examples that are links."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.forms import Address
from search.page import guide as contents


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    context = {
        "sections": contents.SECTIONS,
        "fields": contents.fields(),
        "not_here": contents.not_here(),
        "address": Address(),
    }
    return render(request, "search/help.html", context)
