"""Files become page texts. One reader a kind of file, tried in the order of READERS; the last takes whatever is left."""

from articles.ingest.readers.base import Limits, Reader, Reading, UnreadableSource
from articles.ingest.readers.docx import Docx
from articles.ingest.readers.markup import WebPage
from articles.ingest.readers.pdf import Pdf
from articles.ingest.readers.plain import ENCODINGS, PlainText, decode
from articles.ingest.readers.unpack import Member, is_package, left_out, unpack

__all__ = [
    "ENCODINGS", "LIMITS", "READERS", "Limits", "Member", "Reader", "Reading", "UnreadableSource", "is_package",
    "left_out", "read", "read_pages", "unpack",
]  # fmt: skip

READERS: tuple[Reader, ...] = (Pdf(), Docx(), WebPage(), PlainText())
LIMITS = Limits()


def read_pages(
    data: bytes, name: str, limits: Limits = LIMITS, encoding: str | None = None
) -> tuple[Reading, ...]:
    """The page texts of a file. `encoding`, one of ENCODINGS, overrules what is detected in plain text.

    Raises UnreadableSource, naming the file, the place and the remedy.
    """
    if not data.strip():
        raise UnreadableSource(name, "", "empty", "check_upload")
    if len(data) > limits.file_bytes:
        size = f"{len(data) / 2**20:.1f} MB > {limits.file_bytes // 2**20} MB"
        raise UnreadableSource(name, size, "too_large", "split")
    if encoding:
        found: tuple[Reading, ...] = (decode(data, name, encoding, strict=True),)
    else:
        found = next(reader for reader in READERS if reader.accepts(data)).read(data, name, limits)
    longest = max(len(reading.text) for reading in found)
    if longest > limits.characters:
        where = f"{longest} characters > {limits.characters} characters"
        raise UnreadableSource(name, where, "too_long", "split")
    return found


def read(data: bytes, name: str) -> Reading:
    """The text of a file that is one page, or the first page of more."""
    return read_pages(data, name)[0]
