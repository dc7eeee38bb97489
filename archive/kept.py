"""What somebody typed at the desk is given back where its form is not taken: login over, right lost, record gone, a fault.

Nothing of it is stored. The answer to the request holds the fields again, to be sent once more when what was in the way is
gone; and the desk's script asks `standing` before it sends a form at all, so that it mostly stays where it is.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from archive import errors, room
from archive.middleware import RoomMiddleware
from archive.settings.policy import DESK_PREFIX

_WORDS = re.compile(r"[^\x00-\x7f]|[A-Za-z].*\s")  # keys and the names of choices are none
FAULTS = (403, 404, 500, 507)
SECRET = "password"
"""Fields with this in their names are never given back."""
TECHNICAL = ("_FORMS", "version", "-id", "-article", "initial-", "csrf")


class KeptFormsMiddleware:
    """Answers a form of the desk that was not taken with what was typed in it.

    Only where the browser says that a page of this site sent it (`Origin`): what another site makes somebody's browser
    send is refused as ever, and not made ready to be sent again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if request.method != "POST" or not request.path_info.startswith(DESK_PREFIX):
            return response
        status = _refused(request, response)
        if status is None or not _from_here(request):
            return response
        title, sentence = _said(request, status)
        if request.headers.get("HX-Request"):
            return _step_refused(request, status, sentence)
        fields = list(_fields(request))
        if not any(typed for _name, _value, typed in fields):
            return response
        context = {
            "title": title,
            "sentence": sentence,
            "token": get_token(request),
            "address": request.get_full_path(),
            "fields": [(name, value) for name, value, _typed in fields],
            "typed": list(_to_copy([(name, value) for name, value, typed in fields if typed])),
            "login": reverse("admin:login") if status == 403 else "",
            "files": list(dict.fromkeys(file.name for file in request.FILES.values())),
        }
        return errors.alone("kept.html", context, status)


def _refused(request: HttpRequest, response: HttpResponse) -> int | None:
    """The status that says why a form was not taken; None where it was. Logging in and out is no form of the desk."""
    login = reverse("admin:login")
    if request.path in (login, reverse("admin:logout")) or isinstance(response, TemplateResponse):
        return None  # the desk's own pages hold their forms
    if response.status_code in FAULTS:
        return response.status_code
    there = urlsplit(response.headers.get("Location", ""))
    asks = response.status_code == 302 and there.path == login and REDIRECT_FIELD_NAME in there.query
    return 403 if asks else None


def _from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"


def _said(request: HttpRequest, status: int) -> tuple[str, str]:
    """(heading, sentence) for whoever pressed the button."""
    if status == 507:
        return _("The disk is full"), _("Nothing was saved. Send it again once there is room.")
    if status == 404:
        return _("No longer here"), _("What you were working on is no longer here, so nothing was saved.")
    if status == 500:
        return (
            _("A fault in the archive"),
            _("Nothing was saved; the fault is logged. Send it again, or keep a copy of what you typed."),
        )
    if not _at_desk(request):
        return (
            _("Your login has ended"),
            _("Nothing was saved. Log in again in another window, then send what you typed again here."),
        )
    if getattr(request, "csrf_processing_done", False):
        return (
            _("Not allowed"),
            _("Your account may no longer do this, so nothing was saved. Keep a copy of what you typed."),
        )
    return (
        _("Your login was renewed"),
        _(
            "The form was older than your login, so nothing was saved. Look at what you typed and send it again."
        ),
    )


def _step_refused(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """For a page that stays as it is and is sent a step at a time; `X-Login` is where to log in, if that is what it takes."""
    if _at_desk(request):
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    said = _("Your login has ended, so this step was not taken. Log in in another window, then do it again.")
    headers = {"X-Login": reverse("admin:login")}
    return HttpResponse(said, status=status, content_type="text/plain; charset=utf-8", headers=headers)


def _at_desk(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_active and user.is_staff)


def _fields(request: HttpRequest) -> Iterator[tuple[str, str, bool]]:
    """(name, value, whether somebody typed or chose it) of each field that was sent."""
    for name, values in request.POST.lists():
        if name == "csrfmiddlewaretoken" or SECRET in name.lower():
            continue
        for value in values:
            typed = bool(str(value).strip()) and not name.startswith("_")
            yield name, str(value), typed and not any(part in name for part in TECHNICAL)


def _to_copy(fields: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(label, value) of what is worth copying: texts by themselves, the rows of tables a line each."""
    rows: dict[str, list[str]] = {}
    for name, value in fields:
        if not _WORDS.search(value):
            continue
        row, _dash, column = name.rpartition("-")
        if row:
            rows.setdefault(row, []).append(value)
        else:
            yield _(column.removesuffix("_text").replace("_", " ")), value
    if rows:
        yield _("In the tables"), "\n".join(" · ".join(values) for values in rows.values())


@never_cache
def standing(request: HttpRequest) -> JsonResponse:
    """Whether a form would be taken now: `said` is why not, and empty where nothing is in the way; `login` where to log in.

    `token` is the one that forms are sent with at present. `bytes` in the query is the size of the files to be sent.
    """
    size = request.GET.get("bytes", "")
    wanted = int(size) if size.isdecimal() and len(size) < 16 else 0
    said, login = "", ""
    if not _at_desk(request):
        login = reverse("admin:login")
        said = _(
            "Your login has ended. Log in again in another window, then press the button again: all is still here."
        )
    elif wanted and room.is_short(RoomMiddleware.TIMES * wanted):
        said = _(
            "The disk of the archive is full. Press the button again once there is room: all is still here."
        )
    return JsonResponse({"said": said, "login": login, "token": get_token(request)})
