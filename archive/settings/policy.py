"""What a page may load: its own scripts, styles, pictures and data, nothing written into the page, nothing else."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE

_READERS: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],  # a check mark in a style sheet is a picture of its own
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}
# The desk's theme runs Alpine.js, which compiles what attributes say, and sets widths and colours in its pages.
# Its scripts are files, too: none may be written into a page there either.
DESK_PREFIX = "/admin/"
DESK_DIRECTIVES: dict[str, Any] = {
    **_READERS,
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}
CONTENT_SECURITY_POLICY: dict[str, Any] = {"DIRECTIVES": _READERS}
