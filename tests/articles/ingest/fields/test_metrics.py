"""Metrics of whole paragraphs: value, qualifier, subject, totals, links and where on the page they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ingest.config import Config, Context
from articles.ingest.fields.metrics import read
from articles.ingest.passage import Passage, Run, squash
from articles.ingest.record import METRIC_KINDS, QUALIFIERS, ArticleText, Metric


def metrics(*paragraphs: str) -> tuple[Metric, ...]:
    page = "\n".join(paragraphs)
    body, at = [], 0
    for text in paragraphs:
        body.append(Passage("paragraph", text, (Run(0, at, len(text)),)))
        at += len(text) + 1
    return read(ArticleText(tuple(body)), Context(page, Config(None)))  # type: ignore[arg-type]


def values(text: str) -> list[tuple[float, str]]:
    return [(m.value, m.unit) for m in metrics(text)]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("去年以来，县政协共走访界别群众1200余人次。", "界别群众"),
        ("累计举办书画展30余场，反响热烈。", "书画展"),
        ("两级政协反映社情民意信息305条。", "社情民意信息"),
        ("为企业协调8000余万元贷款，缓解了压力。", "贷款"),
        ("建起21个协商议事室开展活动。", "协商议事室"),
        ("每季度举办一次做好团结工作的座谈会。", "座谈会"),
        ("引进人才200余名，兑现补贴30万元。", "人才"),
        ("5名县政协委员和县水利局、县林业局负责人围坐一圈。", "县政协委员"),
        ("推动4名经验丰富的委员成立工作室。", "委员"),
        ("收集62家企业的诉求，逐一办理。", "企业"),
        ("开设电视栏目《商量》，已播出70多期。", "《商量》"),
        ("创办“清流讲坛”，每年举办4期，深受欢迎。", "“清流讲坛”"),
        ("坚持开门办案，办复率95.4%。", "办复率"),
        ("书记、区长先后16次作出批示。", "书记、区长作出批示"),
        ("在全县建成联络站(室)85个，覆盖各乡镇。", "联络站(室)"),
        ("群众满意率由82%提高到97%。", "群众满意率"),
        ("协商意见3个工作日内送达承办部门。", "协商意见送达承办部门"),
        ("实行“七天内答复、一个月内办结”的要求。", "办结"),
        ("委员工作室由最初的8个增加到现在的56个。", "委员工作室"),
        ("集体提案20件，占15%。", "集体提案占比"),
        ("组织形式多样的联系群众活动30场。", "联系群众活动"),
        ("明确“铸牢共识”等10个方面凝聚共识重点。", "方面凝聚共识重点"),
        ("在12个乡镇、186个村实现全覆盖。", "村"),
        ("一年来，对接界别群众1700余人。", "界别群众"),
        ("提出完善设施等针对性建议24条。", "完善设施等针对性建议"),
        ("一年来，为民办实事120余件。", "为民办实事"),
        ("已完成985件提案的接收、审查和交办工作。", "提案"),
        ("8位委员紧紧围绕专题发言。", "委员"),
        ("近日，19位政协委员来到果园基地座谈。", "政协委员"),
        ("在已成立的3个委员工作室的基础上，新建一批。", "委员工作室"),
        ("授予100个委员工作室为全市示范工作室。", "委员工作室"),
        ("现场有25名议事会成员（含7名市政协委员）参加。", "议事会成员"),
        ("现场有25名议事会成员（含7名市政协委员）参加。", "市政协委员"),
        ("带动723户农户户均增收8600元。", "农户"),
        ("122项（条）履职成果转化为决策。", "履职成果"),
        ("答复审核率为100%，面办率为97.1%。", "面办率"),
        ("收到建议153条，部门办结146条，办结率95%。", "部门办结率"),
        ("会上，5个民主监督小组对被监督单位进行点评。", "民主监督小组"),
        ("15名在港省政协委员集中收看会议直播。", "在港省政协委员"),
        ("长期雇佣当地群众11人时，委员们点头称赞。", "当地群众"),
    ],
)
def test_subject_is_the_nearest_noun_phrase(text: str, subject: str) -> None:
    assert subject in {m.subject for m in metrics(text)}


@pytest.mark.parametrize(
    "text",
    [
        "2024年7月16日，第十四届全国政协第三次会议召开。",
        "十届一次全会以来，突出三个方面、抓好六个载体。",
        "深化“1158”工作法，形成“三个一”品牌和“1+4”模式。",
        "搭建一个平台，形成一批成果，开展一系列活动。",
        "这是10个月内的第3个阶段，也是全国第三个。",
        "《关于办好10件实事的意见》印发。",
        "五年来、三十年来，始终如一。",
        "让每一名委员都成为宣传委员。",
        "政协成立75周年，5A级景区开放。",
        "咨询电话12345，邮编610000。",
        "推进三级联动，构建五位一体格局。",
    ],
)
def test_what_is_no_metric(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("每名委员每年联系群众不少于40人次。", "norm"),
        ("要求每季度开展2次调研。", "norm"),
        ("力争三年内建成200个委员工作站。", "plan"),
        ("去年举办培训班12期。", "result"),
        ("平均每场参加37人。", "result"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert [m.kind for m in metrics(text)] == [kind]


def test_part_and_total() -> None:
    found = metrics("共征集提案1194件，经审查立案1006件，其中集体提案200件、委员提案806件。")
    assert [(m.value, m.of) for m in found] == [(1194, None), (1006, 1194), (200, 1006), (806, 1006)]
    assert found[1].subject == "立案提案"


def test_before_and_after_are_linked_across_paragraphs() -> None:
    found = metrics("开展协商12次。", "满意率由82%提高到97%。")
    assert [(m.value, m.link, m.link_kind) for m in found] == [
        (12, None, None),
        (82, 2, "before"),
        (97, 1, "after"),
    ]
    assert found[1].subject == found[2].subject


def test_the_state_after_a_change_is_quoted_from_a_whole_word() -> None:
    before, after = metrics("建议办理时间由21天缩短到9天。")
    assert (before.value, before.link_kind, after.value, after.link_kind) == (21, "before", 9, "after")
    assert (before.quote, after.quote) == ("建议办理时间由21天", "缩短到9天")
    assert "time saved" not in after.rule


def test_a_range_with_the_unit_twice_is_one_metric() -> None:
    (found,) = metrics("每次人数控制在15人至30人。")
    assert (found.value, found.value_max, found.unit) == (15, 30, "人")


def test_a_letter_read_for_a_digit_is_mended() -> None:
    assert values("每半年召开l次推进会。") == [(1, "次")]


def test_full_width_digits_and_spaces() -> None:
    assert values("惠及１ ４３７户，满意率９８．６％。") == [(1437, "户"), (98.6, "%")]


def test_quotes_come_from_the_page() -> None:
    page = "举办培\n\n训班12期\n照片说明\n次，受到欢迎。建成工作室3\n\n0个。"
    first, second = "举办培训班12期次，受到欢迎。", "建成工作室30个。"
    runs = (Run(0, 0, 3), Run(3, 5, 5), Run(8, 16, 7))
    assert "".join(page[r.start : r.start + r.length] for r in runs) == first
    at = page.index("建成")
    body = (
        Passage("paragraph", first, runs),
        Passage("paragraph", second, (Run(0, at, 6), Run(6, at + 8, 3))),
    )
    found = read(ArticleText(body), Context(page, Config(None)))  # type: ignore[arg-type]
    assert [m.value for m in found] == [12, 30]
    for metric in found:
        assert squash(page[metric.start : metric.end]) == squash(metric.quote)
        assert "照片" not in metric.quote


def test_every_metric_names_its_rules() -> None:
    (found,) = metrics("超过90%的议题来自群众。")
    assert (found.rule, found.qualifier, found.value) == ("percent; over", "超", 90)


TEXT = st.text(
    alphabet="天日内办结分加增长提高占其余一二两三百千万亿余多近约超每年个件次人%0123456789.,，。、；（）“”《》由从到至的其中立案委员",
    max_size=120,
)


@given(TEXT)
def test_any_text_gives_sound_metrics(text: str) -> None:
    for metric in metrics(text):
        assert squash(text[metric.start : metric.end]) == squash(metric.quote) != ""
        assert metric.kind in METRIC_KINDS
        assert metric.qualifier is None or metric.qualifier in QUALIFIERS
        assert metric.subject
        assert metric.value_max is None or metric.value_max > metric.value
