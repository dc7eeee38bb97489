"""What a web process does before anybody asks, so that its first reader does not wait."""

import gc
from contextlib import suppress

from django.db import connection

from search import index, suggest
from search.engines.base import SearchUnavailable


def warm() -> None:
    """Loads the dictionary, opens the index and sounds out the names that are suggested. Meant for a thread of its
    own, whose connection to the database it closes."""
    try:
        index.warm()
        with suppress(SearchUnavailable):
            suggest.warm()
    finally:
        connection.close()
    gc.collect()
    gc.freeze()  # all this stays: going through it again took each full collection a fifth of a second
