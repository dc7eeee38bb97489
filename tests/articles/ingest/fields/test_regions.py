"""Regions and levels of made-up articles: what decides, what stays open, and what the evidence says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.gazetteer import load
from articles.ingest.config import Config, Context
from articles.ingest.fields.regions import parse_role, read, region_of_role
from articles.ingest.passage import Passage, Run, squash
from articles.ingest.record import ArticleText, Author, IssueInfo, Place


def reading(
    *paragraphs: str,
    title: str | None = None,
    roles: tuple[str, ...] = (),
    issue: IssueInfo | None = None,
    around: str = "",
) -> tuple[Place, str]:
    """The place read from an article of these paragraphs, and the page text it stood on."""
    page, pieces, body = around + "\n", [], []
    for kind, texts in (
        ("title", [title] if title else []),
        ("paragraph", paragraphs),
        ("author_note", roles),
    ):
        for text in texts:
            passage = Passage(kind, text, (Run(0, len(page), len(text)),) if text else ())
            (body if kind == "paragraph" else pieces).append(passage)
            page += text + "\n"
    authors = tuple(Author(f"作者{i}", "作者", role) for i, role in enumerate(roles))
    article = ArticleText(tuple(body), tuple(pieces), title=title, authors=authors)
    return read(article, Context(page, Config(load(), issue or IssueInfo()))), page


def place(*paragraphs: str, **more: object) -> tuple[str | None, str | None]:
    found, _ = reading(*paragraphs, **more)  # type: ignore[arg-type]
    return found.primary, found.level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12月13日，安徽省怀宁县政协组织委员赴企业调研。", ("340822", "区县级")),
        ("在内蒙古喀喇沁旗政协的协商会上，牧民说出心里话。旗政协随后跟进。", ("150428", "区县级")),
        ("恩施州政协召开主席会议，州政协主席出席。", ("422800", "地市级")),
        ("浙江省景宁县政协搭建议事平台。县政协主席介绍情况。", ("331127", "区县级")),
        ("湖北省仙桃市政协推行“委员夜话”。市政协还组织回访。", ("429004", "区县级")),
        ("新疆石河子市政协委员走进连队。", ("659001", "区县级")),
        ("成都市政协召开双月协商会。", ("510100", "地市级")),
        ("上海市杨浦区政协走访企业，区政协委员提出建议。", ("310110", "区县级")),
        ("政协天水市委员会召开常委会会议。", ("620500", "地市级")),
        ("四川省政协召开务虚会，成都市政协主席、自贡市政协主席先后发言。省政协将跟进。", ("510000", "省级")),
        ("江苏海安市曲塘镇政协工委举行议事会。镇政协工委成立三年来议题不断。", ("320685", "乡镇街道")),
        ("近日，山东省政协在济南召开专题协商会。省政协主席出席，省政协委员发言。", ("370000", "省级")),
        ("全国政协围绕民生改善召开双周协商座谈会，全国政协调研组此前赴云南、贵州调研。", (None, "全国")),
    ],
)
def test_the_committee_reported_decides(text: str, expected: tuple[str | None, str]) -> None:
    assert place(text) == expected


def test_the_authors_office_decides_where_the_text_names_nobody() -> None:
    text = "团结奋斗是我们的优良传统，要凝聚起磅礴力量。"
    assert place(text, roles=("巴南区政协副主席、民进巴南区委会主委",)) == ("500113", "区县级")
    assert place(text, roles=("重庆市政协办公厅机关党办",)) == ("500000", "省级")
    assert place(text, roles=("全国政协委员、成都市政协主席",)) == ("510100", "地市级")


def test_an_unnamed_committee_is_the_local_one() -> None:
    text = "主题教育期间，市政协坚持以学增智。市政协机关带头。"
    assert place(text, roles=("重庆市政协办公厅",)) == ("500000", "省级")
    assert place("市政协近日到鹰潭国际陆港调研。市政协主席参加。") == ("360600", "地市级")
    assert place("省政协调研组近日在泉州调研，省政协主席带队，省政协将形成报告。") == ("350000", "省级")


def test_the_theme_of_the_title_goes_before_an_authors_office() -> None:
    found, _ = reading(
        "川渝两地政协围绕毗邻地区发展履职。川渝两省市政协召开联席会议。",
        "川渝两地政协还将联合协商。",
        title="关于政协联动推动川渝毗邻地区发展的思考",
        roles=("开州区政协主席",),
    )
    assert (found.primary, found.level) == ("500000", "省级")
    assert set(found.also) == {"510000", "500154"}


def test_partners_named_together_are_further_places() -> None:
    found, _ = reading(
        "成都市政协加强与德阳、眉山、资阳三市政协协同。",
        "成都市政协与德阳、眉山、资阳三市政协联合视察。四川省政协转报了建议。",
        roles=("成都市政协主席",),
    )
    assert found.primary == "510100"
    assert set(found.also) == {"510600", "511400", "512000"}


def test_speakers_of_lower_committees_are_not_further_places() -> None:
    found, _ = reading(
        "四川省政协召开会议。", "成都市政协主席表示要用好平台。自贡市政协主席建议整合力量。省政协将统筹。"
    )
    assert (found.primary, found.also) == ("510000", ())


def test_authors_of_several_regions() -> None:
    found, _ = reading("两地政协携手同行。", roles=("泉州市政协办公室", "宁夏固原市政协研究室"))
    assert {found.primary, *found.also} == {"350500", "640400"}


def test_a_namesake_is_decided_by_the_city_beside_it() -> None:
    found, _ = reading("新华区政协开展“板凳会商”。平顶山市民点赞，区政协跟进。")
    assert found.primary == "410402"
    assert any("平顶山市新华区" in w for w in found.warnings)
    assert found.evidence[0].confidence < 0.95


def test_a_namesake_is_decided_by_the_papers_province() -> None:
    text = "西湖区政协办好“圆桌会”，区政协主席参加。"
    assert reading(text, issue=IssueInfo(publication="联谊报"))[0].primary == "330106"
    assert reading(text, issue=IssueInfo(publication="江西政协报"))[0].primary == "360103"
    assert reading(text, issue=IssueInfo(publication="江西日报"))[0].primary == "360103"


def test_a_namesake_is_decided_by_its_page_only_where_the_page_is_of_one_province() -> None:
    text = "鼓楼区政协办好茶叙，区政协主席参加。"
    one = "信阳市政协近日。郑州市政协召开。濮阳市政协认为。"
    mixed = "信阳市政协近日。南京市政协召开。福州市政协认为。"
    assert reading(text, around=one)[0].primary == "410204"
    assert reading(text, around=mixed)[0].primary is None


@pytest.mark.parametrize("name", ["和平区", "新华区", "鼓楼区", "城关区", "朝阳区", "西湖区"])
def test_an_undecidable_namesake_stays_open_and_says_so(name: str) -> None:
    found, page = reading(f"{name}政协组织委员走进社区，{name}政协主席参加。")
    assert found.primary is None and found.also == ()
    assert len(found.candidates) > 1
    assert all(load().regions[c].name == name for c in found.candidates)
    assert found.level == "区县级"
    assert name in found.warnings[0]
    assert page[found.evidence[0].start : found.evidence[0].end] == name


def test_years_of_validity() -> None:
    text = "沙县政协走进企业，县政协主席参加。"
    assert reading(text, issue=IssueInfo(date="2019-05-06"))[0].primary == "350427"
    assert reading(text, issue=IssueInfo(date="2023"))[0].primary == "350405"
    assert reading("2018年以来，" + text)[0].primary == "350427"


def test_no_place_at_all_is_said() -> None:
    found, _ = reading("县政协组织委员走进社区。县政协主席参加。")
    assert (found.primary, found.level) == (None, "区县级")
    assert found.warnings
    assert reading("")[0].primary is None


@pytest.mark.parametrize(
    ("role", "offices", "body", "region"),
    [
        ("全国政协委员、成都市政协主席", ("全国政协委员", "主席"), "成都市政协", "510100"),
        ("开州区政协主席、党组书记", ("主席", "党组书记"), "开州区政协", "500154"),
        ("巴南区政协副主席、民进巴南区委会主委", ("副主席", "民进巴南区委会主委"), "巴南区政协", "500113"),
        ("重庆市政协办公厅机关党办", (), "重庆市政协办公厅机关党办", "500000"),
        ("长兴县政协提案委主任", ("提案委主任",), "长兴县政协", "330522"),
        ("政协天水市委员会主席", ("主席",), "政协天水市委员会", "620500"),
        ("濮阳市政协委员、市中医医院护理部主任", ("委员", "市中医医院护理部主任"), "濮阳市政协", "410900"),
        (
            "广西壮族自治区政协委员，桂林市政协副主席",
            ("广西壮族自治区政协委员", "副主席"),
            "桂林市政协",
            "450300",
        ),
        ("州委党校副教授", ("副教授",), "州委党校", None),
        ("", (), None, None),
    ],
)
def test_roles(role: str, offices: tuple[str, ...], body: str | None, region: str | None) -> None:
    found = parse_role(role, load())
    assert (found.offices, found.body, found.region) == (offices, body, region)
    assert region_of_role(role, load()) == region


def test_an_ambiguous_role_keeps_its_candidates() -> None:
    found = parse_role("鼓楼区政协主席", load())
    assert found.region is None
    assert "320106" in found.candidates


@pytest.mark.parametrize("role", ["主席（" * 30_000, "政协" * 20_000 + "主席、" * 20_000, "（" * 100_000])
def test_hostile_roles_end(role: str) -> None:
    assert parse_role(role, load()).region is None


@pytest.mark.parametrize(
    "text", ["南京市政协。" + "，区政协" * 20_000, "鼓楼区政协、" * 10_000, "川渝政协" * 10_000]
)
def test_hostile_texts_end(text: str) -> None:
    found, _ = reading(text)
    assert found.level


PIECES = st.lists(
    st.sampled_from(["成都市", "政协", "、", "与", "鼓楼区", "县政协", "川渝", "两地",
         "全国政协", "镇政协工委", "。", "德阳", "2019年"])
    | st.text(max_size=5)
).map("".join)  # fmt: skip


@given(PIECES, PIECES, PIECES)
def test_any_article_gives_known_codes_and_true_evidence(title: str, text: str, role: str) -> None:
    found, page = reading(text, title=title or None, roles=(role,))
    codes = {found.primary, *found.also, *found.candidates} - {None}
    assert codes <= set(load().regions)
    assert found.primary not in found.also
    assert not (found.primary and found.candidates)
    for evidence in found.evidence:
        assert squash(page[evidence.start : evidence.end]) == squash(evidence.quote) != ""
        assert 0 < evidence.confidence <= 1
