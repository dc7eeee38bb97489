"""Regions through the years, and place names found in text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.gazetteer import RegionIndex, load
from articles.gazetteer.files import VOCABULARY, rows
from articles.gazetteer.region_rows import COLUMNS

PIECES = st.lists(
    st.sampled_from(
        ["江西省", "南昌市", "政协", "和", "县", "市", "区", "川", "渝", "两地", "鼓楼区",
         "济南市", "中区", "\n", "。", "长治", "京", "沙"]
    )
    | st.text(max_size=4)
)  # fmt: skip


@pytest.fixture(scope="module")
def regions() -> RegionIndex:
    return load().regions


def found(regions: RegionIndex, text: str, on: date | int | None = None) -> list[tuple[str, tuple[str, ...]]]:
    return [(m.text, m.candidates) for m in regions.find(text, on)]


def test_every_code_of_the_table_is_a_region(regions: RegionIndex) -> None:
    codes = {row[0] for _, row in rows(VOCABULARY / "areacodes.csv", COLUMNS)}
    assert set(regions) == codes
    assert len(regions) == len(codes) > 6000
    assert all(regions[c].pinyin for c in regions)


def test_parents_lead_to_a_province(regions: RegionIndex) -> None:
    for code, region in regions.items():
        path = regions.path(code)
        assert path[-1] is region
        assert path[0].level == "省级" and path[0].parent is None
        assert [r.code for r in path[1:]] == [c for c in [r.code for r in path][1:] if regions[c].parent]


@pytest.mark.parametrize(
    ("code", "name", "level", "parent"),
    [
        ("510100", "成都市", "地市级", "510000"),
        ("370112", "历城区", "区县级", "370100"),
        ("500154", "开州区", "区县级", "500000"),
        ("310115", "浦东新区", "区县级", "310000"),
        ("429004", "仙桃市", "区县级", "420000"),
        ("469001", "五指山市", "区县级", "460000"),
        ("659001", "石河子市", "区县级", "650000"),
        ("433101", "吉首市", "区县级", "433100"),
        ("150428", "喀喇沁旗", "区县级", "150400"),
    ],
)
def test_levels_and_parents(regions: RegionIndex, code: str, name: str, level: str, parent: str) -> None:
    region = regions[code]
    assert (region.name, region.level, region.parent) == (name, level, parent)


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("320500", ["苏州"]),
        ("522600", ["黔东南", "黔东南州"]),
        ("422800", ["恩施", "恩施州"]),
        ("331127", ["景宁", "景宁县"]),
        ("622900", ["临夏", "临夏州"]),
        ("150000", ["内蒙古", "内蒙"]),
        ("450000", ["广西"]),
        ("450328", ["龙胜", "龙胜县"]),
        ("622926", ["东乡", "东乡县"]),
        ("350427", []),
        ("653000", ["克孜勒苏", "克孜勒苏州", "克州"]),
    ],
)
def test_short_names(regions: RegionIndex, code: str, short: list[str]) -> None:
    assert list(regions[code].short_names) == short


def test_a_place_renamed_is_one_place(regions: RegionIndex) -> None:
    assert regions.resolve("沙县", 2019) == ("350427",)
    assert regions.resolve("沙县区", 2022) == ("350405",)
    assert regions.resolve("沙县", date(2023, 5, 1)) == ("350405",)
    assert regions.current("350427") == regions.current("350405") == ("350405",)
    assert "350427" in regions["350405"].predecessors
    assert regions.current("512122") == ("500117",)  # 合川 was a county of 四川, then of its 重庆市
    assert regions.current("652100") == ("650400",)  # 吐鲁番地区 became 吐鲁番市


def test_a_code_given_to_another_place_is_no_heir(regions: RegionIndex) -> None:
    assert regions.current("512301") == (
        "500102",
    )  # 涪陵市: by way of 枳城区 and 李渡区, whose codes are 眉山's today
    assert "512301" not in regions["511402"].predecessors
    assert "512301" in regions["500102"].predecessors
    assert regions["511402"].former_names == () and regions["511402"].since == 2000
    assert regions["430204"].former_names == ()  # 石峰区; 南区 had the code until that very year
    assert regions["420600"].former_names == (("襄樊市", 1981, 2010),)


def test_a_prefecture_became_what_took_over_its_counties(regions: RegionIndex) -> None:
    assert regions.current("132400") == ("130600",)  # 保定地区: to 保定市, which had stood beside it
    assert regions.current("142200")[:1] == regions.current("140900")[:1]  # 忻县地区, renamed
    assert set(regions.current("132700")) == {"130200", "130300"}  # 唐山地区: to 唐山 and 秦皇岛
    assert set(regions.current("341400")) == {"340100", "340200", "340500"}  # 巢湖市, divided


def test_former_names_of_one_code(regions: RegionIndex) -> None:
    assert regions["420600"].former_names == (("襄樊市", 1981, 2010),)
    assert regions.resolve("襄樊市") == ("420600",)


def test_a_bare_name_means_the_highest_bearer(regions: RegionIndex) -> None:
    assert regions.resolve("吉林") == ("220000",)
    assert regions.resolve("海南") == ("460000",)
    assert regions.resolve("朝阳区", within="110000") == ("110105",)
    assert regions.resolve("鼓楼区") == ("320106", "320302", "350102", "410204")
    assert regions.resolve("无此地") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江西省南昌市政协", [("江西省南昌市", ("360100",))]),
        ("济南市历城区政协", [("济南市历城区", ("370112",))]),
        ("湖南省永州市蓝山县政协", [("湖南省永州市蓝山县", ("431127",))]),
        ("重庆合川、潼南", [("重庆合川", ("500117",)), ("潼南", ("500152",))]),
        ("四川广安邻水县", [("四川广安邻水县", ("511623",))]),
        ("南京市鼓楼区", [("南京市鼓楼区", ("320106",))]),
        ("鼓楼区政协", [("鼓楼区", ("320106", "320302", "350102", "410204"))]),
        ("济南市中区", [("济南市中区", ("370103",))]),
        ("吉林省吉林市", [("吉林省吉林市", ("220200",))]),
        ("乌海市海南区", [("乌海市海南区", ("150303",))]),
        ("德阳、眉山、资阳", [("德阳", ("510600",)), ("眉山", ("511400",)), ("资阳", ("512000",))]),
        ("川渝两地", [("川", ("510000",)), ("渝", ("500000",))]),
        ("沪苏浙皖", [("沪", ("310000",)), ("苏", ("320000",)), ("浙", ("330000",)), ("皖", ("340000",))]),
        ("京蒙协作", [("京", ("110000",)), ("蒙", ("150000",))]),
        ("在沙县调研", [("沙县", ("350427",))]),
        ("安徽和县", [("安徽和县", ("340523",))]),
        ("合川政协", [("合川", ("500117",))]),
        ("晋城市城区", [("晋城市城区", ("140502",))]),
        ("西安市新城区", [("西安市新城区", ("610102",))]),
    ],
)
def test_finding(regions: RegionIndex, text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert found(regions, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "市和县政协", "长治久安", "新华社", "和平发展", "各位来宾", "孙中山先生", "日照时间", "建成都市圈",
        "越南通过",
        "中心城区",
        "老城区和新区", "文明城市", "川流不息", "沪上", "投资兴业", "确定西部",
        "开发区", "民主监督", "公安机关", "提高安全",
        "重大理论", "繁荣昌盛", "医保定点", "沿海城市", "隆重庆祝",
        "亚运城市", "均衡水平", "召开远程协商", "在巴中国人", "港澳台侨委员会",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_places(regions: RegionIndex, text: str) -> None:
    assert found(regions, text) == []


def test_the_chain_holds_the_path_as_written(regions: RegionIndex) -> None:
    mention = regions.find("湖南省永州市蓝山县")[0]
    assert mention.chain == ("430000", "431100", "431127")
    assert mention.code == "431127"


def test_the_year_picks_among_codes(regions: RegionIndex) -> None:
    assert found(regions, "沙县政协", 2019) == [("沙县", ("350427",))]
    assert found(regions, "沙县政协", 2023) == [("沙县", ("350405",))]


@given(PIECES)
def test_spans_are_true_and_apart_on_any_text(pieces: list[str]) -> None:
    regions = load().regions
    text = "".join(pieces)
    end = 0
    for mention in regions.find(text):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.candidates and all(c in regions for c in mention.candidates)
        assert all(regions.contains(mention.chain[0], c) for c in mention.candidates if mention.chain)
        end = mention.end


@given(st.integers(2012, 2040))
def test_a_full_path_is_one_mention(year: int) -> None:
    regions = load().regions
    for code in ("510100", "370112", "522600", "331127", "150428", "440300"):
        mentions = regions.find(regions.full_name(code), year)
        assert len(mentions) == 1
        assert code in {c for m in mentions[0].candidates for c in (m, *regions.current(m))}


def test_hostile_lengths_stay_linear(regions: RegionIndex) -> None:
    for text in ("川" * 200_000, "口" * 200_000, "京津" * 50_000, "沙" * 100_000, "（" * 100_000):
        assert regions.find(text) == []
    assert len(regions.find("南京市" * 20_000)) == 20_000
