"""How a reader wants pages to look: size of type and colours, kept in two cookies."""

from collections.abc import Mapping
from dataclasses import dataclass

SIZES = ("normal", "large")
SCHEMES = ("auto", "light", "dark")
COOKIES = {"size": ("archive_size", SIZES), "scheme": ("archive_scheme", SCHEMES)}


@dataclass(frozen=True, slots=True)
class Preferences:
    """`size` is one of SIZES, `scheme` one of SCHEMES; auto follows the system."""

    size: str = "normal"
    scheme: str = "auto"

    @classmethod
    def read(cls, cookies: Mapping[str, str]) -> "Preferences":
        """From request cookies; what is unknown falls back to the standard look."""
        chosen = {
            name: cookies[cookie]
            for name, (cookie, values) in COOKIES.items()
            if cookies.get(cookie) in values
        }
        return cls(**chosen)
