"""Numbers as newspapers print them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ingest.fields.metrics import numerals

NUMBER = re.compile(numerals.NUMBER)


@pytest.mark.parametrize(
    ("text", "value", "value_max", "qualifier", "style"),
    [
        ("437", 437, None, None, "arabic"),
        ("1 437", 1437, None, None, "arabic"),
        ("12,345", 12345, None, None, "arabic"),
        ("98. 6", 98.6, None, None, "arabic"),
        ("2.2万", 22000, None, None, "arabic"),
        ("5000余万", 50_000_000, None, "余", "arabic"),
        ("3万多", 30000, None, "多", "arabic"),
        ("1.37亿", 137_000_000, None, None, "arabic"),
        ("2至6", 2, 6, None, "arabic"),
        ("7-8", 7, 8, None, "arabic"),
        ("12到15万", 120_000, 150_000, None, "arabic"),
        ("1.5万至2万", 15000, 20000, None, "arabic"),
        ("三千多", 3000, None, "多", "chinese"),
        ("十几", 10, None, "多", "chinese"),
        ("数十", 10, None, "多", "chinese"),
        ("百余", 100, None, "余", "chinese"),
        ("一百五十一", 151, None, None, "chinese"),
        ("一亿三千万", 130_000_000, None, None, "chinese"),
        ("三四十", 30, 40, None, "chinese"),
        ("一到两", 1, 2, None, "chinese"),
        ("七八", 7, 8, None, "chinese"),
        ("十二", 12, None, None, "few"),
        ("一", 1, None, None, "one"),
        ("千", 1000, None, None, "power"),
    ],
)
def test_reads(text: str, value: float, value_max: float | None, qualifier: str | None, style: str) -> None:
    match = NUMBER.match(text)
    assert match and match[0] == text
    assert numerals.read(match) == numerals.Number(value, value_max, qualifier, style)


@pytest.mark.parametrize("text", ["八一", "五0"])
def test_two_digits_in_a_row_are_no_number(text: str) -> None:
    match = NUMBER.match(text)
    assert match is None or numerals.read(match) is None or numerals.read(match).value_max is None  # type: ignore[union-attr]


def test_chinese_decimals_and_nonsense() -> None:
    assert numerals.chinese("九十五点四") == 95.4
    assert numerals.chinese("二〇二三") == 2023
    assert numerals.chinese("八一") is None
    assert numerals.chinese("") is None
    assert numerals.chinese("点四") is None


def _spell(n: int) -> str:
    digits, text, zero = "零一二三四五六七八九", "", False
    for power, name in ((10**8, "亿"), (10**4, "万")):
        if n >= power:
            text += _spell(n // power) + name
            n %= power
            zero = bool(n) and n < power // 10
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // power
        n %= power
        if digit:
            text += ("零" if zero else "") + digits[digit] + name
            zero = False
        elif text and n and not zero:
            zero = True
    return text


@given(st.integers(min_value=1, max_value=10**9))
def test_any_spelt_number_reads_back(n: int) -> None:
    assert numerals.chinese(_spell(n)) == n
