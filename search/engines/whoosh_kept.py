"""What the searches of one index remember: the postings of its segments, as far as memory allows."""

import threading
from collections import OrderedDict
from collections.abc import Callable

Found = dict[int, float]
"""Document number → how often, weighted."""

_ROOM = 400_000
"""Postings that are remembered together, of all segments: some 40 MB."""
_EACH = 20
"""What an entry takes besides its postings, in postings."""


class Kept:
    """The latest found postings by what was looked for. Safe from several threads."""

    def __init__(self) -> None:
        self._found: OrderedDict[tuple[str, ...], Found] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def keep(self, key: tuple[str, ...], find: Callable[[], Found]) -> Found:
        """What was found before under a key, or what is found now."""
        with self._lock:
            kept = self._found.get(key)
            if kept is not None:
                self._found.move_to_end(key)
                return kept
        found = find()
        with self._lock:
            if key not in self._found:
                self._found[key] = found
                self._size += len(found) + _EACH
            while self._size > _ROOM and len(self._found) > 1:
                _, dropped = self._found.popitem(last=False)
                self._size -= len(dropped) + _EACH
        return found
