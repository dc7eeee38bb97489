"""Answers for programs: JSON with a tag, so that whoever has an answer need not get it again."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control

from articles.remembered import State

Data = dict[str, Any]
MEDIA_TYPE = "application/json; charset=utf-8"


def answered(
    request: HttpRequest, make: Callable[[], Data], steady: bool = True, passing: str = ""
) -> HttpResponse:
    """What `make` makes as JSON: UTF-8, unescaped.

    The tag is a strong one, of the very bytes. Somebody who asks with it again is answered at once while the
    articles are in the same state, without anything being made, if the answer follows from them and the address
    alone (`steady`). A field `passing`, which differs from time to time, is no other answer; the tag is weak then.
    """
    bodies: list[bytes] = []

    def tag() -> str:
        data = make()
        bodies.append(_bytes(data))
        said = _bytes({k: v for k, v in data.items() if k != passing}) if passing else bodies[-1]
        return f'{"W/" if passing else ""}"{sha256(said).hexdigest()[:32]}"'

    if steady and "If-None-Match" in request.headers:
        question = ("twin", request.build_absolute_uri(), translation.get_language())
        known = State.now().remember(question, tag)
    else:
        known = tag()
    answer = get_conditional_response(request, etag=known)
    if answer is None:
        known = known if bodies else tag()
        answer = HttpResponse(bodies[-1], content_type=MEDIA_TYPE)
    answer["ETag"] = known
    patch_cache_control(answer, no_cache=True)  # may be kept, and is to be asked about each time
    return answer


def refused(status: int, why: str, **more: Any) -> HttpResponse:
    """An error that programs can read."""
    return HttpResponse(_bytes({"error": why, **more}), content_type=MEDIA_TYPE, status=status)


def _bytes(data: Data) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
