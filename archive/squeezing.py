"""Static files as they are served: named by their content, compressed, style sheets without what only people read."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN = "css/"
"""Where the site's own sheets lie; what comes from elsewhere stays byte for byte as it came."""

_COMMENT_OR_STRING = re.compile(r"""/\*.*?\*/|("[^"]*"|'[^']*')""", re.DOTALL)
_STRING = re.compile(r"""("[^"]*"|'[^']*')""")
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};,]) ?")


def squeezed(css: str) -> str:
    """A style sheet without comments and without space that separates nothing; strings keep theirs.

    Space before a colon stays, where it tells `a :hover` from `a:hover`, and so does what operators stand between.
    """
    parts = _STRING.split(_COMMENT_OR_STRING.sub(lambda found: found[1] or "", css))
    for n in range(0, len(parts), 2):  # strings stand between the others
        parts[n] = _AROUND.sub(r"\1", _SPACE.sub(" ", parts[n])).replace(";}", "}")
    return "".join(parts).strip()


class _Squeezing:
    """A storage of sources whose style sheets are read squeezed."""

    def __init__(self, sources: Any) -> None:
        self._sources = sources

    def open(self, name: str) -> File:
        with self._sources.open(name) as sheet:
            return ContentFile(squeezed(sheet.read().decode()).encode(), name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sources, name)


class SqueezedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths: dict[str, tuple[Any, str]], *args: Any, **options: Any) -> Iterator[Any]:
        sheets = {name for name in paths if name.startswith(OWN) and name.endswith(".css")}
        read = {
            name: (_Squeezing(found[0]), found[1]) if name in sheets else found
            for name, found in paths.items()
        }
        yield from super().post_process(read, *args, **options)
