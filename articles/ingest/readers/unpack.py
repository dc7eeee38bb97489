"""A file as it comes → the files to read: a ZIP of files is unpacked, anything else is itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.ingest.readers.base import Limits, UnreadableSource
from articles.ingest.readers.docx import DOCUMENT
from articles.ingest.readers.package import MAGIC, Package, shown_name

# What systems add to packages unasked.
_DEBRIS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Member:
    """A file to read. `problem` says why there are no bytes."""

    name: str
    data: bytes = b""
    problem: UnreadableSource | None = None


def is_package(data: bytes) -> bool:
    """Whether the file is a ZIP of files, and not a document that happens to be stored as ZIP."""
    if not data.startswith(MAGIC):
        return False
    try:
        names = {info.filename for info in Package(data, "", Limits()).members}
    except UnreadableSource:
        return True  # broken: unpacking says so
    return DOCUMENT not in names and "mimetype" not in names and "[Content_Types].xml" not in names


def unpack(data: bytes, name: str, limits: Limits, depth: int = 0) -> Iterator[Member]:
    """The files in a file, in order of name. A bad member is one Member with its problem; the others go on.

    Nothing is written to disk, so that a member's path can lead nowhere; only its last part is kept. A path that climbs
    out of the package no honest program writes: such a member is refused.
    """
    if not is_package(data):
        yield Member(name, data)
        return
    if depth >= limits.depth:
        yield Member(name, problem=UnreadableSource(name, "", "packed", "unpack"))
        return
    try:
        package = Package(data, name, limits)
        members = sorted(
            (shown_name(info), info) for info in package.members if not _is_debris(shown_name(info))
        )
        if len(members) > limits.members:
            where = f"{len(members)} > {limits.members}"
            raise UnreadableSource(name, where, "too_many_members", "split")
        if not members:
            raise UnreadableSource(name, "", "empty", "check_upload")
    except UnreadableSource as error:
        yield Member(name, problem=error)
        return
    for path, info in members:
        folders = path.replace("\\", "/").split("/")
        own = folders[-1] or name
        try:
            if ".." in folders:
                raise UnreadableSource(own, "", "climbs_out", "unpack")
            if info.file_size > limits.file_bytes:
                size = f"{info.file_size / 2**20:.1f} MB > {limits.file_bytes // 2**20} MB"
                raise UnreadableSource(own, size, "too_large", "split")
            content = package.read(info)
        except UnreadableSource as error:
            yield Member(own, problem=UnreadableSource(own, error.where, error.problem, error.remedy))
            continue
        yield from unpack(content, own, limits, depth + 1)


def left_out(data: bytes) -> tuple[str, ...]:
    """What a package holds that its systems added unasked and `unpack` passes over: names of files, and of a folder where
    all of it goes. Empty for a broken package."""
    try:
        names = [shown_name(info) for info in Package(data, "", Limits()).members]
    except UnreadableSource:
        return ()
    shown = (
        _DEBRIS[0].rstrip("/") if n.startswith(_DEBRIS[0]) else n.rsplit("/", 1)[-1]
        for n in names
        if _is_debris(n)
    )
    return tuple(dict.fromkeys(shown))


def _is_debris(path: str) -> bool:
    last = path.rsplit("/", 1)[-1]
    return path.startswith(_DEBRIS[0]) or last in _DEBRIS or last.startswith(("._", "~$"))
