"""The language a reader chose, and what a page may load."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

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
