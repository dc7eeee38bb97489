"""Themes of made-up articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.gazetteer import load
from articles.ingest.fields.themes import read
from articles.ingest.passage import squash

from .making import article


@pytest.mark.parametrize(
    ("title", "text", "theme"),
    [
        ("让提案办出实效", "全年收到提案300件，立案260件，办复率100%。重点提案由主席督办。", "提案工作"),
        ("民主监督进河湖", "开展民主监督，组成监督小组，专项监督发现问题20个，督促整改。", "民主监督"),
        ("商出和谐小区", "街道社区里，议事会化解邻里纠纷，居民协商物业难题，基层治理有了新路。", "基层治理"),
        ("三地政协携手", "跨区域联动履职，推动都市圈一体化协同发展，三地政协召开联席会议。", "区域协同"),
        ("为企业纾困", "围绕营商环境走访民营企业，帮助融资，招商引资取得进展，产业发展提速。", "经济发展"),
        ("留住乡愁", "征编文史资料，抢救口述史料，建成文史馆。", "文史宣传"),
        (
            "论协商民主的内涵",
            "深刻领悟其理论逻辑和科学内涵，马克思主义的精神实质，具有重要意义。",
            "理论研究",
        ),
        ("掌上履职", "上线数字政协小程序，运用大数据，委员在线提交建议，智慧政协初见成效。", "数字政协"),
    ],
)
def test_the_cues_of_a_theme_bring_it_first(title: str, text: str, theme: str) -> None:
    assert read(*article(text, title=title))[0].name == theme


def test_at_most_three_themes_best_first_of_the_sixteen() -> None:
    text = "协商提案监督基层治理社区民生养老企业产业制度机制界别群众凝聚共识文史数字政协培训。"
    found = read(*article(text * 3, title="协商议政"))
    assert 1 <= len(found) <= 3
    assert [t.score for t in found] == sorted((t.score for t in found), reverse=True)
    assert {t.name for t in found} <= {t.name for t in load().themes}


def test_themes_as_strong_as_the_first_are_named_and_weak_ones_not() -> None:
    even = "协商议政搭平台，基层治理进社区，邻里纠纷有人管，专题协商促落实。"
    weak = "协商议政搭平台，专题协商促落实，界别协商、对口协商、双周协商有计划。非遗一项。"
    assert {t.name for t in read(*article(even))} == {"协商议政", "基层治理"}
    assert [t.name for t in read(*article(weak))] == ["协商议政"]


def test_a_theme_is_proved_by_words_of_the_page() -> None:
    text, context = article("全年收到提案300件，提案办理到位。")
    for theme in read(text, context):
        assert theme.evidence
        for e in theme.evidence:
            assert context.page[e.start : e.end] == e.quote


def test_an_article_about_nothing_of_ours_has_no_theme() -> None:
    assert read(*article("春风又绿江南岸。")) == ()


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    made, context = article(*text.split("\n"))
    for theme in read(made, context):
        for e in theme.evidence:
            assert squash(context.page[e.start : e.end]) == squash(e.quote)
