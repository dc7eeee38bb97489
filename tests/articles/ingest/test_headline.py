"""Neighbouring lines seen as headlines."""

from collections.abc import Sequence

from articles.gazetteer import Gazetteer
from articles.ingest.blocks import split_blocks
from articles.ingest.headline import HeadlineGroup, readings
from articles.ingest.label import Labelled, label_blocks


def items(page: str, words: Gazetteer) -> Sequence[Labelled]:
    return label_blocks(split_blocks(page), words)


def first(page: str, words: Gazetteer) -> tuple[HeadlineGroup, ...]:
    return readings(items(page, words), 0)[0].groups


def lines(part: Sequence[Labelled]) -> list[str]:
    return [x.text for x in part]


def test_column_headline_subtitle_and_byline_are_one(words: Gazetteer) -> None:
    (group,) = first("主席论坛\n\n让一片茶叶带富一方茶农\n——安溪县政协协商记\n\n□ 林小茶", words)
    assert lines(group.columns) == ["主席论坛"]
    assert lines(group.shorts) == ["让一片茶叶带富一方茶农"]
    assert lines(group.subtitles) == ["——安溪县政协协商记"]
    assert lines(group.bylines) == ["□ 林小茶"]
    assert group.has_title and not group.is_bare and not group.is_byline_only


def test_each_byline_ends_a_headline(words: Gazetteer) -> None:
    groups = first("让一片茶叶带富一方茶农\n\n□ 林小茶\n\n守护沙海边的那抹绿\n\n□ 何沙洲", words)
    assert [(lines(g.shorts), lines(g.bylines)) for g in groups] == [
        (["让一片茶叶带富一方茶农"], ["□ 林小茶"]),
        (["守护沙海边的那抹绿"], ["□ 何沙洲"]),
    ]


def test_bylines_may_come_first(words: Gazetteer) -> None:
    groups = first("□ 林小茶\n\n让一片茶叶带富一方茶农\n\n□ 何沙洲\n\n守护沙海边的那抹绿", words)
    assert sum(len(g.bylines) for g in groups) == 2 and sum(len(g.shorts) for g in groups) == 2


def test_lines_together_have_several_readings(words: Gazetteer) -> None:
    found = readings(items("让一片茶叶带富一方茶农\n\n敦煌市政协守护沙海边的绿", words), 0)
    assert {len(r.groups) for r in found} == {1, 2}
    assert [r.prior for r in found] == sorted((r.prior for r in found), reverse=True)


def test_in_long_files_there_is_one_reading(words: Gazetteer) -> None:
    page = "让一片茶叶带富一方茶农\n\n敦煌市政协守护沙海边的绿"
    assert len(readings(items(page, words), 0, plain=True)) == 1


def test_a_short_line_under_a_headline_line_is_no_column(words: Gazetteer) -> None:
    (group,) = first("安溪县政协聚焦茶产业协商\n一片茶叶\n带富一方茶农人家\n\n□ 林小茶", words)
    assert group.columns == () and len(group.shorts) == 3


def test_marks_and_numbers(words: Gazetteer) -> None:
    (group,) = first("## 一、把准方向谋协商", words)
    assert group.mark == 2 and group.is_numbered and group.is_bare
