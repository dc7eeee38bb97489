"""ZIP containers, opened with suspicion: what a member claims to unpack to is checked while it unpacks."""

import io
import zipfile
import zlib

from articles.ingest.readers.base import Limits, UnreadableSource

MAGIC = b"PK\x03\x04"
_CHUNK = 1024 * 1024
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800


class Package:
    """A ZIP file of which members are read one by one, within `limits` for all of them together."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        """Raises UnreadableSource where the container itself is broken."""
        self._name, self._limits = name, limits
        self._allowed = min(limits.unpacked_bytes, max(len(data), 10_000) * limits.ratio)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
            raise UnreadableSource(name, "", "broken", "check_upload") from error

    @property
    def members(self) -> list[zipfile.ZipInfo]:
        """The files in it; folders are passed over."""
        return [info for info in self._zip.infolist() if not info.is_dir()]

    def read(self, member: str | zipfile.ZipInfo) -> bytes:
        """One member's bytes. Raises UnreadableSource for a broken, locked or monstrous one, KeyError for an
        absent one."""
        info = self._zip.getinfo(member) if isinstance(member, str) else member
        shown = shown_name(info)
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableSource(self._name, shown, "encrypted", "unlock")
        pieces = []
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    self._allowed -= len(piece)
                    if self._allowed < 0:
                        raise UnreadableSource(self._name, shown, "unpacks_too_large", "split")
                    pieces.append(piece)
        except UnreadableSource:
            raise
        except (
            zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
        ) as error:  # fmt: skip
            raise UnreadableSource(self._name, shown, "broken", "check_upload") from error
        return b"".join(pieces)


def shown_name(info: zipfile.ZipInfo) -> str:
    """A member's name as its packer meant it: without the flag for UTF-8, Windows here writes GBK."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
