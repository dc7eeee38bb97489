"""Files become texts, or are refused with the reason; one contract for every reader."""

import codecs

import pytest

from articles.ingest.readers import MAX_BYTES, READERS, UnreadableSource, read
from articles.ingest.readers.base import PROBLEMS, REMEDIES

TEXT = "安溪县政协围绕茶叶品牌保护开展专题协商，组织委员走进茶山茶厂，听茶农的心里话。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    reading = read(data, "页.txt")
    assert (reading.text, reading.encoding) == (TEXT, encoding)


def test_line_ends_are_left_as_they_are() -> None:
    # Offsets count the characters of the file.
    assert read("甲。\r\n乙。\r丙。\n".encode(), "页.txt").text == "甲。\r\n乙。\r丙。\n"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        ("\u3000\n".encode(), "empty"),
        (b"a" * (MAX_BYTES + 1), "too_large"),
        (b"%PDF-1.7\n...", "pdf"),
        (b"PK\x03\x04rest", "archive"),
        (b"\x1f\x8b\x08rest", "archive"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"abc\x00def", "binary"),
        (b"\xe6\x94\xbf\xff\xff", "encoding"),
        (codecs.BOM_UTF8 + b"\xff\xff", "encoding"),
    ],
)
def test_refused_with_reason_and_remedy(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableSource) as refused:
        read(data, "页.txt")
    assert refused.value.problem == problem
    assert refused.value.name == "页.txt" and "页.txt" in str(refused.value)
    assert REMEDIES[refused.value.remedy] in str(refused.value)


def test_the_first_bad_byte_is_named() -> None:
    with pytest.raises(UnreadableSource, match="byte 3"):
        read(b"abc\xff\xfe\xfd", "页.txt")


@pytest.mark.parametrize("reader", READERS, ids=lambda r: type(r).__name__)
def test_every_reader_keeps_the_contract(reader: object) -> None:
    assert reader.accepts(TEXT.encode(), "页.txt") in (True, False)  # type: ignore[attr-defined]
    assert reader.read(TEXT.encode(), "页.txt").text == TEXT  # type: ignore[attr-defined]
    with pytest.raises(UnreadableSource) as refused:
        reader.read(b"", "页.txt")  # type: ignore[attr-defined]
    assert refused.value.problem in PROBLEMS and refused.value.remedy in REMEDIES
