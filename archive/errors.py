"""What a person sees when the archive itself is at fault: a full disk by its name, with the remedy; else that it is logged."""

import base64
import hashlib
import re
import sys
from typing import Any

from csp.constants import HEADER
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from archive.preparation import is_full_disk

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def at_fault(request: HttpRequest) -> HttpResponse:
    """The answer to a request that failed: 507 where the disk is full, 500 otherwise. Whatever was begun is undone."""
    return answer(507 if is_full_disk(sys.exc_info()[1]) else 500)


def answer(status: int) -> HttpResponse:
    """The page of a fault: 500, or 507 for a full disk."""
    return alone(f"{status}.html", {}, status)


def alone(template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """A page that needs no file beside it, from a template that extends fault.html."""
    page = render_to_string(template, context)
    return HttpResponse(page, status=status, headers={HEADER: _policy(page)})


def _policy(page: str) -> str:
    """These pages hold their style, as no file may be there; they may use that one and load nothing."""
    styles = (hashlib.sha256(style.encode()).digest() for style in _STYLE.findall(page))
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in styles)
    return f"default-src 'none'; style-src {allowed}; base-uri 'none'; frame-ancestors 'none'"
