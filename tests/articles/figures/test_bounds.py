"""What printed amounts allow, and which of them exclude each other."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.figures.bounds import NO_END, Bounds, bounds


def read(quote: str, value: str, qualifier: str = "", unit: str = "个", value_max: str = "") -> Bounds:
    most = Decimal(value_max) if value_max else None
    return bounds(Decimal(value), most, qualifier, unit, quote)


@pytest.mark.parametrize(
    ("amount", "low", "high"),
    [
        (read("工作站130个", "130"), "130", "130"),
        (read("走访3300余次", "3300", "余"), "3300", "3400"),
        (read("一百多场", "100", "多"), "100", "200"),
        (read("近2.6万名", "26000", "近"), "25000", "26000"),
        (read("近千人", "1000", "近"), "500", "1000"),
        (read("200人左右", "200", "约"), "160", "240"),
        (read("2.6万名", "26000"), "25000", "27000"),
        (read("1,437场", "1437"), "1437", "1437"),
        (read("办复率95.4％", "95.4", unit="%"), "95.3", "95.5"),
        (read("满意率98%", "98", unit="%"), "97", "99"),
        (read("九成群众", "90", unit="%"), "85", "95"),
        (read("15至30人", "15", value_max="30"), "15", "30"),
        (read("三百场", "300"), "250", "350"),
        (read("十二场", "12"), "12", "12"),
    ],
)
def test_what_words_allow(amount: Bounds, low: str, high: str) -> None:
    assert (amount.low, amount.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("quote", "value", "qualifier", "low", "high"),
    [
        ("超过90%的议题", "90", "超", Decimal(90), NO_END),
        ("95%以上", "95", "以上", Decimal(95), NO_END),
        ("不少于5人", "5", "至少", Decimal(5), NO_END),
        ("不超过10项", "10", "", -NO_END, Decimal(10)),
        ("不足三成", "30", "", -NO_END, Decimal(30)),
        ("3个工作日以内", "3", "", -NO_END, Decimal(3)),
    ],
)
def test_open_ends(quote: str, value: str, qualifier: str, low: Decimal, high: Decimal) -> None:
    assert read(quote, value, qualifier) == Bounds(low, high)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (read("130个", "130"), read("19个", "19"), True),
        (read("130个", "130"), read("130余个", "130", "余"), False),
        (read("3300余次", "3300", "余"), read("3350次", "3350"), False),
        (read("3300余次", "3300", "余"), read("3420次", "3420"), True),
        (read("近2.6万名", "26000", "近"), read("25830名", "25830"), False),
        (read("2.6万名", "26000"), read("26134名", "26134"), False),
        (read("95.4%", "95.4", unit="%"), read("95%", "95", unit="%"), False),
        (read("95.4%", "95.4", unit="%"), read("92.4%", "92.4", unit="%"), True),
        (read("超过90%", "90", "超", "%"), read("99%", "99", unit="%"), False),
        (read("超过90%", "90", "超", "%"), read("82%", "82", unit="%"), True),
    ],
)
def test_which_exclude_each_other(one: Bounds, other: Bounds, apart: bool) -> None:
    assert one.apart(other) is apart
    assert other.apart(one) is apart


@given(
    st.decimals(min_value=0, max_value=10**15, places=3),
    st.sampled_from(["", "余", "多", "近", "约", "超", "以上", "至少"]),
    st.sampled_from(["个", "%", "元"]),
    st.text(max_size=12),
)
def test_an_amount_allows_itself(value: Decimal, qualifier: str, unit: str, quote: str) -> None:
    found = bounds(value, None, qualifier, unit, quote)
    assert found.low <= value <= found.high
    assert not found.apart(found)
