"""Pages that show what would change before it does: only what was shown is carried out."""

import hashlib

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as now


def mark_of(*shown: object) -> str:
    """A mark of what a page shows as chosen and as coming of it, the same for the same; the button sends it as `seen`."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def was_seen(request: HttpRequest, mark: str) -> bool:
    """Whether the button that was pressed stood under just this; says so where not."""
    if request.POST.get("seen") == mark:
        return True
    messages.error(
        request,
        now("This is not what was shown, so nothing was done. Below is what would change now."),
    )
    return False
