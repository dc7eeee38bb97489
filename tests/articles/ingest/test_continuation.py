"""Where articles go on on another page: jump lines read, open ends matched, doubts said."""

from dataclasses import replace
from datetime import date

import pytest

from articles import gazetteer
from articles.ingest.config import Config
from articles.ingest.continuation import MARK, Part, match
from articles.ingest.jumps import number_named, plain_number
from articles.ingest.pipeline import parse_page
from articles.ingest.record import IssueInfo, PageRecord
from articles.ingest.serialize import as_json
from tests.support.jumps import SHORT, TITLE, first_page, second_page

START = Part(
    1, 1, "1", "2", None, TITLE, TITLE,
    "走进青禾市南塘街道，塘边议事亭里坐满了人。青禾市政协把议事亭建到群众家门口，加装电梯、停车划线等",
)  # fmt: skip
REST = Part(
    2, 2, "2", None, "1", "", "", "民生事项已有87件办成。南塘街道的加装电梯，就是在塘边议事亭里谈成的。"
)
OTHER = Part(3, 2, "2", None, "1", "", "", "会议强调，要提高认识，加强领导，狠抓落实，确保取得实效。")
FLOOD = Part(
    4, 1, "1", "2", None, "云岭县政协视察防汛", "云岭县政协视察防汛", "委员们先后来到青龙水库、城东排涝站。"
)


def parse(text: str) -> PageRecord:
    config = Config(gazetteer.load(), IssueInfo(), date(2024, 6, 1))
    return parse_page(text.encode(), "page.txt", config)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("（下转第2版）", "2"),
        ("(上接第０１版)", "1"),
        ("下转第二版", "2"),
        ("（紧接第十一版）", "11"),
        ("（下转A03版）", "A3"),
        ("（下转本版）", None),
        ("（下转第2、3版）", "2"),
        ("(下转第２、３版)", "2"),
        ("（下转第二版和第三版）", "2"),
        ("（上接第1、2版）", "2"),
        ("（上接A1-A3版）", "A3"),
    ],
)
def test_a_jump_line_names_a_page(line: str, number: str | None) -> None:
    assert number_named(line) == number


def test_page_numbers_compare() -> None:
    assert {plain_number(n) for n in ("2", "02", "第2版", "２", "二")} == {"2"}
    assert plain_number("") == ""


def test_the_record_says_where_an_article_goes_on_and_where_it_comes_from() -> None:
    first, second = parse(first_page()), parse(second_page())
    begun, flood = (a.text for a in first.articles)
    parking, rest = (a.text for a in second.articles)
    assert (begun.title, begun.continues_on, begun.continued_from) == (TITLE, "2", None)
    assert (rest.title, rest.continues_on, rest.continued_from) == (None, None, "1")
    assert flood.continues_on is parking.continues_on is parking.continued_from is None
    for record, text, quote in ((first, begun, "（下转第2版）"), (second, rest, "（上接第1版）")):
        (evidence,) = (e for e in text.evidence if e.rule == "jump_line")
        assert record.text[evidence.start : evidence.end] == evidence.quote == quote
    assert as_json(first)["articles"][0]["continues_on"] == "2"
    assert as_json(second)["articles"][1]["continued_from"] == "1"


def test_a_text_from_another_page_is_not_the_end_of_the_article_before_it() -> None:
    parking, rest = parse(second_page()).articles
    assert "停车" in parking.text.body[-1].text and rest.text.body[0].text.startswith("民生事项")


def test_a_short_headline_over_the_rest_is_its_headline() -> None:
    assert parse(second_page(SHORT)).articles[1].text.title == SHORT


def test_within_one_text_nothing_stays_open() -> None:
    whole = parse(first_page() + "\n" + second_page())
    begun = whole.articles[0].text
    assert begun.continues_on is begun.continued_from is None
    assert "等民生事项已有87件" in "".join(p.text for p in begun.body)


def test_the_rest_is_found_among_others() -> None:
    for parts in ([FLOOD, OTHER, REST, START], [START, REST, FLOOD, OTHER]):
        assert (1, 2) in {(j.earlier, j.later) for j in match(parts).joins}


def test_page_numbers_must_fit() -> None:
    for wrong in (replace(REST, page="3"), replace(REST, source="4"), replace(REST, sheet=1)):
        matching = match([START, wrong])
        assert matching.joins == ()
        assert all(w.startswith(MARK) for key in (1, 2) for w in matching.warnings[key])


def test_without_page_numbers_headline_and_text_must_say_more() -> None:
    bare = replace(REST, page="")
    assert match([replace(START, page=""), bare]).joins == ()
    titled = replace(bare, title=SHORT, headline=SHORT)
    assert [j.later for j in match([START, titled]).joins] == [2]


def test_another_headline_speaks_against_it() -> None:
    titled = replace(REST, title="提案办理见实效", headline="提案办理见实效")
    plain, other = (match([START, rest, FLOOD]) for rest in (REST, titled))
    assert plain.joins and (not other.joins or other.joins[0].score < plain.joins[0].score)


def test_two_alike_stay_apart_and_both_sides_say_so() -> None:
    twin = replace(REST, key=5, sheet=3)
    matching = match([START, REST, twin])
    assert matching.joins == ()
    assert set(matching.warnings) == {1, 2, 5}
    assert "民生事项" in matching.warnings[1][0] and TITLE in matching.warnings[2][0]


def test_an_article_may_run_over_three_pages() -> None:
    middle = replace(REST, to="3")
    last = Part(6, 3, "3", None, "2", SHORT, SHORT, "下一步，青禾市政协将把塘边议事亭延伸到产业园区。")
    assert {(j.earlier, j.later) for j in match([last, middle, START]).joins} == {(1, 2), (2, 6)}


def test_what_is_missing_is_said() -> None:
    assert "本期尚未找到下文" in match([START]).warnings[1][0]
    assert "本期尚未找到上文" in match([REST]).warnings[2][0]
    assert match([]).joins == ()
