"""Plain text in the encodings that Chinese page texts come in."""

import codecs

from articles.ingest.readers.base import Reading, UnreadableSource

MAX_BYTES = 10 * 1024 * 1024
_MAGIC = (
    (b"%PDF", "pdf"), (b"PK\x03\x04", "archive"), (b"\x1f\x8b", "archive"), (b"Rar!", "archive"),
    (b"\xd0\xcf\x11\xe0", "archive"), (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"),
)  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


class PlainText:
    """Accepts every file: what is no text is refused with the reason."""

    def accepts(self, data: bytes, name: str) -> bool:
        return True

    def read(self, data: bytes, name: str) -> Reading:
        if not data.strip():
            raise UnreadableSource(name, "", "empty", "check_upload")
        if len(data) > MAX_BYTES:
            raise UnreadableSource(
                name, f"{len(data) / 2**20:.1f} MB > {MAX_BYTES // 2**20} MB", "too_large", "split"
            )
        for magic, problem in _MAGIC:
            if data.startswith(magic):
                raise UnreadableSource(name, "byte 0", problem, "save_as_text")
        reading = decode(data, name)
        if not reading.text.strip():
            raise UnreadableSource(name, "", "empty", "check_upload")
        return reading


def decode(data: bytes, name: str) -> Reading:
    """By byte order mark, else UTF-8, else GB 18030; raises UnreadableSource naming the first bad byte."""
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
        raise UnreadableSource(name, f"byte {nul}", "binary", "save_as_text")
    try:
        return Reading(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        bad = error
    line = data.count(b"\n", 0, bad.start) + 1
    where = f"line {line}, byte {bad.start}" if bad.start else "byte 0"
    if bad.reason == "unexpected end of data" and _looks_chinese(data[: bad.start].decode("utf-8")):
        raise UnreadableSource(name, where, "cut", "check_upload")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as late:
        text = ""
        if late.end == len(data) and _looks_chinese(data[: late.start].decode("gb18030")):
            raise UnreadableSource(name, f"byte {late.start}", "cut", "check_upload") from None
    if not _looks_chinese(text):
        raise UnreadableSource(name, where, "encoding", "recode")
    return Reading(text, "gb18030")


def _strict(data: bytes, encoding: str, name: str) -> Reading:
    try:
        return Reading(data.decode(encoding).removeprefix("\ufeff"), encoding)
    except UnicodeDecodeError as error:
        raise UnreadableSource(name, f"byte {error.start}", "encoding", "recode") from None


# GB 18030 gives almost any bytes some rare character; real text is mostly the few thousand common ones.
def _looks_chinese(text: str) -> bool:
    sample = [c for c in text[:4000] if c > "\x7f"]
    common = sum(
        "\u4e00" <= c <= "\u9fa5" or c in "，。、；：？！“”‘’（）《》—…·　％" or "\uff01" <= c <= "\uff5e"
        for c in sample
    )
    frequent = sum(c in "的一是在了和有人不中大政协委员会工作民主国家地发展" for c in sample)
    return bool(sample) and common >= 0.9 * len(sample) and frequent >= 0.02 * len(sample)
