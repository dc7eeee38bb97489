"""Dating phrases and the dates they support."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ingest.fields.dates import read
from articles.ingest.passage import squash
from articles.ingest.record import Author

from .making import article

REPORTER = (Author("王小明", "记者"),)
CHAIR = (Author("李大山", "作者", "山水县政协主席"),)


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ("12月5日，省政协召开会议。", "12月5日"),
        ("截至12月上旬，解决问题30个。", "截至12月上旬"),
        ("去年10月，主席会议成员带队走访。", "去年10月"),
        ("今年7月，调研组赴外地考察。", "今年7月"),
        ("党的二十届三中全会作出部署。", "党的二十届三中全会"),
        ("自2022年换届以来，履职有声有色。", "自2022年换届以来"),
        ("投票结果将于2023年1月上旬揭晓。", "2023年1月上旬"),
        ("在庆祝中国人民政治协商会议成立75周年大会上", "庆祝中国人民政治协商会议成立75周年大会"),
    ],
)
def test_a_clue_is_quoted_as_it_stands(text: str, clue: str) -> None:
    assert clue in read(*article(text)).clues


@pytest.mark.parametrize("text", ["每年5月份开展走访。", "办理时间缩短3个月。", "2000年前建成的小区。"])
def test_what_dates_nothing(text: str) -> None:
    assert read(*article(text)).clues == ()


@pytest.mark.parametrize(
    ("text", "issue", "expected"),
    [
        ("12月5日，省政协召开会议。", "2024-07-16", "2023-12-05"),
        ("5月14日，区政协回访。", "2024-05-17", "2024-05-14"),
        ("5月20日，区政协回访。", "2024-05-17", "2023-05-20"),
        ("5月14日，区政协回访。", "2024", "2024-05-14"),
        ("12日，市政协召开会议。", "2024-03-20", "2024-03-12"),
        ("28日，市政协召开会议。", "2024-03-20", "2024-02-28"),
        ("截至去年10月，办结30件。", "2024-03-20", "2024-03-20"),
        ("截至2月29日，办结30件。", "2024-03-20", "2024-03-20"),
        ("截至去年10月，办结30件。", "2024-03", "2023-10"),
        ("2月30日，市政协召开会议。", "2024-03-20", "2024-03-20"),
        ("近日，市政协召开会议。", "2024-03-20", "2024-03-20"),
        ("2024年3月8日，市政协召开会议。", None, "2024-03-08"),
        ("3月8日，市政协召开会议。", None, None),
    ],
)
def test_news_take_the_day_they_report(text: str, issue: str | None, expected: str | None) -> None:
    assert read(*article(text, authors=REPORTER, issue_date=issue)).date == expected


@pytest.mark.parametrize(
    ("text", "issue", "expected"),
    [
        ("去年10月，县政协走访。2023年完成调研。", "2024-07-16", "2024-07-16"),
        ("2022年以来开展协商。2023年完成调研，到2026年底建成示范点。", None, "2023"),
        ("党的二十届三中全会就此作出部署。", None, "2024"),
        ("我们坚持围绕中心、服务大局。", None, None),
    ],
)
def test_a_signed_piece_is_of_its_issue_or_its_latest_year(
    text: str, issue: str | None, expected: str | None
) -> None:
    assert read(*article(text, authors=CHAIR, issue_date=issue)).date == expected


def test_news_that_nobody_signs_take_the_day_they_open_with() -> None:
    opening = "7月6日上午，县政协召开座谈会，总结2021年工作。"
    assert read(*article(opening, issue_date="2022-07-27")).date == "2022-07-06"
    assert read(*article(opening, authors=CHAIR, issue_date="2022-07-27")).date == "2022-07-27"


def test_what_contradicts_the_date_is_no_evidence_of_it() -> None:
    text = "3月6日，州政协召开会议。近日，草案列入2025年计划，到2026年底完成。去年10月调研。"
    found = read(*article(text, authors=REPORTER, issue_date="2024-03-20"))
    assert found.date == "2024-03-06"
    assert found.clues == ("3月6日", "近日", "2025年", "到2026年底", "去年10月")
    assert [e.quote for e in found.evidence] == ["3月6日", "近日"]


def test_clues_come_in_reading_order_at_most_eight() -> None:
    text = "。".join(f"2023年{month}月{day}日开会" for month in range(1, 10) for day in (3, 4))
    found = read(*article(text))
    assert len(found.clues) == 8
    assert [e.start for e in found.evidence] == sorted(e.start for e in found.evidence)


@given(st.text(alphabet="0123456789年月日去今前截至到党的二十届三中全会 \n周庆祝人民政协成立", max_size=120))
def test_any_text_gives_exact_clues(text: str) -> None:
    made, context = article(*text.split("\n"), authors=REPORTER, issue_date="2024-03-20")
    found = read(made, context)
    for e in found.evidence:
        assert squash(context.page[e.start : e.end]) == squash(e.quote)
