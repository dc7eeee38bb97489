"""Plain text in the encodings that Chinese page texts come in."""

import codecs

from articles.ingest.readers.base import Limits, Reading, UnreadableSource

ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5")
"""What a person may say that a file is in."""

_CODECS = {"big5": "big5hkscs"}  # with the letters that Hong Kong added

_MAGIC = (
    (b"PK\x03\x04", "other_package", "unpack"), (b"PK\x05\x06", "empty", "check_upload"),
    (b"\x1f\x8b", "other_package", "unpack"), (b"Rar!", "other_package", "unpack"),
    (b"7z\xbc\xaf\x27\x1c", "other_package", "unpack"), (b"\xd0\xcf\x11\xe0", "old_office", "save_as_docx"),
    (b"\x89PNG", "image", "scan"), (b"\xff\xd8\xff", "image", "scan"), (b"GIF8", "image", "scan"),
    (b"II*\x00", "image", "scan"), (b"MM\x00*", "image", "scan"), (b"\x7fELF", "program", "check_upload"),
)  # fmt: skip
# What a file of such a name is, whose bytes say nothing: most are broken downloads.
_NAMED = (
    (("zip", "rar", "7z", "gz"), "no_package", "check_upload"),
    (
        ("xlsx", "xls", "pptx", "ppt", "ods", "odp", "odt", "et", "dps"),
        "other_office",
        "save_as_docx_or_text",
    ),
    (("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "heic"), "image", "scan"),
    (("exe", "dll", "msi", "apk"), "program", "check_upload"),
)
_OFFICE_PARTS = (b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


class PlainText:
    """Accepts every file: what is no text is refused with the reason."""

    def accepts(self, data: bytes) -> bool:
        return True

    def read(self, data: bytes, name: str, limits: Limits) -> tuple[Reading, ...]:
        if (refused := _no_text(data, name)) is not None:
            raise UnreadableSource(name, "", *refused)
        return (decode(data, name),)


def _no_text(data: bytes, name: str) -> tuple[str, str] | None:
    """What kind of file this is that holds no text, and what to do, as codes; None where it may be text."""
    if data.startswith(b"PK\x03\x04") and any(part in data for part in _OFFICE_PARTS):
        return "other_office", "save_as_docx_or_text"
    if data.startswith(b"MZ") and (b"\0" in data[:256] or len(data) < 64):
        return "program", "check_upload"
    if (data.startswith(b"RIFF") and data[8:12] == b"WEBP") or data[4:12] in (b"ftypheic", b"ftypmif1"):
        return "image", "scan"
    for magic, problem, remedy in _MAGIC:
        if data.startswith(magic):
            return problem, remedy
    ending = name.rpartition(".")[2].lower()
    return next(((problem, remedy) for endings, problem, remedy in _NAMED if ending in endings), None)


def decode(data: bytes, name: str, encoding: str | None = None, strict: bool = False) -> Reading:
    """The text in its encoding: the one named, if the bytes are in it, else by byte order mark, else UTF-8, else the
    likelier of GB 18030 and Big5. `strict` admits no other than the one named.

    Raises UnreadableSource naming the first bad byte.
    """
    reading = _decode(data, name, encoding, strict)
    if not reading.text.strip():
        raise UnreadableSource(name, "", "empty", "check_upload")
    return reading


def _decode(data: bytes, name: str, encoding: str | None, strict: bool) -> Reading:
    if encoding:
        try:
            return Reading(data.decode(_CODECS.get(encoding, encoding)).removeprefix("\ufeff"), encoding)
        except UnicodeDecodeError as error:
            if strict:
                where = f"byte {error.start}"
                raise UnreadableSource(name, where, "not_in_encoding", "choose_encoding") from None
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name)
    if (nul := data.find(b"\0")) >= 0:
        # UTF-16 without a mark: half of the bytes of white space and digits are zero.
        for encoding in ("utf-16-le", "utf-16-be"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" not in text and _looks_chinese(text):
                return Reading(text, encoding)
        raise UnreadableSource(name, _place(data, nul), "binary", "save_as_text")
    try:
        return Reading(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        bad = error
    at = bad.start
    if bad.reason == "unexpected end of data" and _looks_chinese(data[: bad.start].decode("utf-8")):
        raise UnreadableSource(name, _place(data, at), "cut", "check_upload")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as late:
        text = ""
        if _looks_chinese(data[: late.start].decode("gb18030")):
            if late.end == len(data):
                raise UnreadableSource(name, _place(data, late.start), "cut", "check_upload") from None
            at = max(at, late.start)
    traditional = data.decode(_CODECS["big5"], "ignore")
    in_big5 = _frequent(traditional, _FREQUENT_TRADITIONAL)
    if in_big5 > max(0.02, _frequent(text, _FREQUENT)) and _is_big5(data):
        return Reading(traditional, "big5")
    if not _looks_chinese(text):
        raise UnreadableSource(name, _place(data, at), "encoding", "recode")
    return Reading(text, "gb18030")


def _place(data: bytes, at: int) -> str:
    """Where byte `at` of a text stands, lines counted from one."""
    line = data.count(b"\n", 0, at) + 1
    return f"line {line}, byte {at}" if at else "byte 0"


def _strict(data: bytes, encoding: str, name: str) -> Reading:
    try:
        return Reading(data.decode(encoding).removeprefix("\ufeff"), encoding)
    except UnicodeDecodeError as error:
        raise UnreadableSource(name, f"byte {error.start}", "encoding", "recode") from None


def _is_big5(data: bytes) -> bool:
    try:
        data.decode(_CODECS["big5"])
    except UnicodeDecodeError:
        return False
    return True


_FREQUENT = frozenset("的一是在了和有人不中大政协委员会工作民主国家地发展")
_FREQUENT_TRADITIONAL = frozenset("的一是在了和有人不中大政協委員會工作民主國家地發展")


# GB 18030 gives almost any bytes some rare character; real text is mostly the few thousand common ones.
def _looks_chinese(text: str) -> bool:
    sample = [c for c in text[:4000] if c > "\x7f"]
    common = sum(
        "\u4e00" <= c <= "\u9fa5" or c in "，。、；：？！“”‘’（）《》—…·　％" or "\uff01" <= c <= "\uff5e"
        for c in sample
    )
    return bool(sample) and common >= 0.9 * len(sample) and _frequent(text, _FREQUENT) >= 0.02


def _frequent(text: str, letters: frozenset[str]) -> float:
    """The share of the most frequent characters among those that are not ASCII."""
    sample = [c for c in text[:4000] if c > "\x7f"]
    return sum(c in letters for c in sample) / len(sample) if sample else 0.0
