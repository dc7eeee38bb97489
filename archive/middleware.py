"""The language a reader chose, what a page may load and how it is sent, and whose pages may read the data."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from archive import errors, room
from archive.settings import policy


class ChosenLanguageMiddleware(LocaleMiddleware):
    """Chinese unless the reader's cookie says otherwise.

    The archive is Chinese; a browser that asks for English by habit of its maker still gets the Chinese
    pages.
    """

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response


class ContentPolicyMiddleware(CSPMiddleware):
    """Adds Content-Security-Policy: `settings.CONTENT_SECURITY_POLICY`, on the desk what its theme needs."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponse, report_only: bool = False
    ) -> PolicyParts:
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith(policy.DESK_PREFIX):
            parts.config = policy.DESK_DIRECTIVES
        return parts


class CompressedPagesMiddleware(GZipMiddleware):
    """Pages go over the line at a third of their size. Files to take away and data keep their bytes and tags."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class RoomMiddleware:
    """Refuses files, unread, for which the disk has hardly room: they are kept, written to PostgreSQL's log, and read."""

    TIMES = 4
    """How many bytes become of one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.content_type == "multipart/form-data":
            length = request.headers.get("Content-Length", "")
            if room.is_short(self.TIMES * int(length) if length.isdecimal() else 0):
                return errors.answer(507)
        return self._get_response(request)


class OriginsMiddleware:
    """Lets pages of the sites in `settings.CORS_ORIGINS` read addresses that end in .json, without cookies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        allowed = settings.CORS_ORIGINS
        if not allowed or not request.path_info.endswith(".json"):
            return self._get_response(request)
        origin = request.headers.get("Origin", "")
        asked_first = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=204) if asked_first else self._get_response(request)
        if "*" not in allowed:
            patch_vary_headers(response, ("Origin",))
        if origin and ("*" in allowed or origin in allowed):
            response["Access-Control-Allow-Origin"] = "*" if "*" in allowed else origin
            response["Access-Control-Expose-Headers"] = "ETag, Content-Disposition"
            if asked_first:
                response["Access-Control-Allow-Methods"] = "GET, HEAD"
                response["Access-Control-Allow-Headers"] = "If-None-Match"
        return response
