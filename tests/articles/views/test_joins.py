from articles.views.joins import anchor, joins, runs_within


def entry(text: str, *runs: list[int]) -> dict[str, object]:
    return {"kind": "paragraph", "text": text, "runs": list(runs)}


PAGE = "甲乙丙\n丁\n\n戊己【别的文章】庚辛"


def test_paragraphs_that_follow_one_another_and_lines_of_one_are_no_join() -> None:
    assert joins([entry("甲乙丙丁", [0, 0, 3], [3, 4, 1]), entry("戊己", [0, 7, 2])], PAGE) == {}


def test_other_matter_between_two_stretches_is_counted() -> None:
    (found,) = joins([entry("戊己庚辛", [0, 7, 2], [2, 15, 2])], PAGE)[0]
    assert (found.at, found.apart, found.anchor) == (2, 6, "s=15-17")
    (found,) = joins([entry("戊己", [0, 7, 2]), entry("庚辛", [0, 15, 2])], PAGE, part=2)[1]
    assert (found.at, found.apart, found.anchor) == (0, 6, "s=2:15-17")


def test_an_empty_line_inside_a_paragraph_and_a_step_back_are_joins_with_nothing_between() -> None:
    assert [j.apart for j in joins([entry("丁戊", [0, 4, 1], [1, 7, 1])], PAGE)[0]] == [0]
    assert [j.apart for j in joins([entry("戊甲", [0, 7, 1], [1, 0, 1])], PAGE)[0]] == [0]


def test_text_that_no_page_holds_joins_nothing() -> None:
    assert joins([entry("新写的"), entry("甲乙", [0, 0, 2])], PAGE) == {}
    assert joins([entry("甲乙", [0, 0, 2]), entry("新写的")], "") == {}


def test_a_title_over_two_lines_knows_its_places() -> None:
    assert runs_within("甲乙丙 丁", PAGE, 0, 5) == [[0, 0, 3], [4, 4, 1]]
    assert runs_within("甲丁", PAGE, 0, 5) == [[0, 0, 1], [1, 4, 1]]
    assert runs_within("甲己", PAGE, 0, 5) == []


def test_addresses_name_the_part_where_there_are_several() -> None:
    assert (anchor(1, 12, 30), anchor(2, 12, 30)) == ("s=12-30", "s=2:12-30")
