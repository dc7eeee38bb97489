"""Text that knows its place; folding that changes no length."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.ingest.passage import Passage, Run, Span, fold, squash, without_breaks

PAGE = "xx甲乙丙\n　　丁戊yy己"
PASSAGE = Passage("paragraph", "甲乙丙丁戊己", (Run(0, 2, 3), Run(3, 8, 2), Run(5, 12, 1)))


def test_every_character_is_found_on_the_page() -> None:
    assert [PAGE[PASSAGE.offset(i)] for i in range(6)] == list(PASSAGE.text)


@pytest.mark.parametrize("i", [-1, 6])
def test_outside_the_text(i: int) -> None:
    with pytest.raises(IndexError):
        PASSAGE.offset(i)


def test_span_and_quote() -> None:
    assert PASSAGE.span(1, 4) == Span(3, 9)
    assert PASSAGE.quote(1, 4, PAGE) == "乙丙丁"
    assert PASSAGE.is_contiguous(0, 5, PAGE) and not PASSAGE.is_contiguous(4, 6, PAGE)


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("近年来，\n　　政协委员", "近年来，政协委员"),
        ("近 年\r\n来", "近 年来"),
        ("1 437户", "1 437户"),
        ("甲\n\n乙 \n 丙", "甲乙丙"),
    ],
)
def test_line_breaks_go_with_the_space_round_them(printed: str, shown: str) -> None:
    assert without_breaks(printed) == shown


def test_every_character_folds_as_unicode_says_where_that_is_one_character() -> None:
    slips = {"恊": "协", "仂": "协", "\u2010": "-", "\u2011": "-", "﹪": "%"}
    for c in map(chr, (0xA0, *range(0x2000, 0xD800), *range(0xE000, 0x10000))):
        plain = unicodedata.normalize("NFKC", c)
        assert fold(c) == slips.get(c, plain if len(plain) == 1 else c)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("３３００余次，", "3300余次,"),
        ("（９８．６％）", "(98.6%)"),
        ("政恊", "政协"),
        ("l2次", "12次"),
        ("1O条", "10条"),
        ("2O24年", "2024年"),
        ("1l6项", "116项"),
        ("ILO组织", "ILO组织"),
        ("Covid-19", "Covid-19"),
        ("“有事”。、《》", "“有事”。、《》"),
        ("㎡ﬁ", "㎡ﬁ"),
    ],
)
def test_fold(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_squash() -> None:
    assert squash(" 政\u3000协\r\n委 员\u2028") == "政协委员"
