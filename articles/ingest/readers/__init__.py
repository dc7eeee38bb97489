"""Files become page texts. One reader a file type, tried in the order of READERS."""

from articles.ingest.readers.base import Reader, Reading, UnreadableSource
from articles.ingest.readers.plain import MAX_BYTES, PlainText

__all__ = ["MAX_BYTES", "READERS", "Reader", "Reading", "UnreadableSource", "read"]

READERS: tuple[Reader, ...] = (PlainText(),)


def read(data: bytes, name: str) -> Reading:
    """The page text of a file. Raises UnreadableSource, naming the file, the place and the remedy."""
    for reader in READERS:
        if reader.accepts(data, name):
            return reader.read(data, name)
    raise UnreadableSource(name, "extension", "no_reader", remedy="save_as_text")
