"""What a person sees when the archive itself is at fault: a full disk by its name, with the remedy; else that it is logged."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from archive.preparation import is_full_disk


def at_fault(request: HttpRequest) -> HttpResponse:
    """The answer to a request that failed: 507 where the disk is full, 500 otherwise. Whatever was begun is undone."""
    if is_full_disk(sys.exc_info()[1]):
        return HttpResponse(render_to_string("507.html"), status=507)
    return server_error(request)
