"""How a reader wants pages to look: size of type, colours and contrast, kept in a cookie each."""

from collections.abc import Mapping
from dataclasses import dataclass

SIZES = ("normal", "large")
SCHEMES = ("auto", "light", "dark")
CONTRASTS = ("normal", "high")
COOKIES = {
    "size": ("archive_size", SIZES),
    "scheme": ("archive_scheme", SCHEMES),
    "contrast": ("archive_contrast", CONTRASTS),
}


@dataclass(frozen=True, slots=True)
class Preferences:
    """`size` is one of SIZES, `scheme` one of SCHEMES, `contrast` one of CONTRASTS.

    The scheme auto follows the system; so does normal contrast where the system asks for more.
    """

    size: str = "normal"
    scheme: str = "auto"
    contrast: str = "normal"

    @classmethod
    def read(cls, cookies: Mapping[str, str]) -> "Preferences":
        """From request cookies; what is unknown falls back to the standard look."""
        chosen = {
            name: cookies[cookie]
            for name, (cookie, values) in COOKIES.items()
            if cookies.get(cookie) in values
        }
        return cls(**chosen)
