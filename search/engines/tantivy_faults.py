"""What Tantivy raises, said in our words."""

from collections.abc import Iterator
from contextlib import contextmanager

from search.engines.base import Busy, SearchUnavailable

READ, WRITTEN = "The search index is damaged (%s).", "The search index could not be written (%s)."


@contextmanager
def said(saying: str = READ) -> Iterator[None]:
    """Says in our words that Tantivy cannot read or write. What it reads from a damaged file can make anything
    fail; when it cannot write, it raises ValueError or panics, which is no Exception, and other errors come
    from where the documents do."""
    try:
        yield
    except SearchUnavailable:
        raise
    except BaseException as error:
        kind = ValueError if saying is WRITTEN else Exception
        if not isinstance(error, kind) and type(error).__name__ != "PanicException":
            raise
        if "LockBusy" in str(error):
            raise Busy("The search index is being written by another process.") from error
        raise SearchUnavailable(saying % type(error).__name__) from error
