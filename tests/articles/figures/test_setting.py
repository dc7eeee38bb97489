"""What the words round a figure say: of which time, of which part, by what measure."""

import pytest

from articles.figures.setting import Period, Setting, read


def setting(before: str, words: str, after: str = "。", lead: str = "", day: str = "2024-07-16") -> Setting:
    return read(lead, before, words, after, subject="委员工作站", day=day)


@pytest.mark.parametrize(
    ("before", "lead", "day", "period"),
    [
        ("", "", "2024-07-16", Period()),
        ("目前，", "2023年以来，成效明显。", "2024-07-16", Period()),
        ("2023年，", "", "2024-07-16", Period("2023")),
        ("2023年上半年，", "", "2024-07-16", Period("2023-上半年")),
        ("去年，", "", "2024-07-16", Period("2023")),
        ("去年以来，", "", "2024-07-16", Period("2023", True)),
        ("去年，", "", "", Period("去年")),
        ("今年以来，", "", "2024-07-16", Period("2024", True)),
        ("2024年，", "", "2024-07-16", Period("2024", True)),
        ("一季度，", "", "2024-07-16", Period("2024-一季度")),
        ("五年来，", "", "2024-07-16", Period("五年来", True)),
        ("2021年至2023年，", "", "2024-07-16", Period("2021–2023")),
        ("", "去年，全市行动起来。", "2024-07-16", Period("2023")),
        ("十三届二次会议期间，", "", "2024-07-16", Period("十三届二次会议")),
        ("按照《办法（2019年修订）》，", "", "2024-07-16", Period()),
    ],
)
def test_the_period(before: str, lead: str, day: str, period: Period) -> None:
    assert setting(before, "建成委员工作站19个", lead=lead, day=day).period == period


@pytest.mark.parametrize(
    ("before", "words", "after", "changed"),
    [
        ("", "整改率由82%", "提高到97%。", True),
        ("信访件由2021年的22件", "减少到去年的4件", "。", False),
        ("办复率", "提高了21个百分点", "。", True),
        ("同比", "增长52%", "。", True),
        ("办复率", "提高到95%", "。", False),
        ("", "建成委员工作站19个", "。", False),
    ],
)
def test_steps_are_no_levels(before: str, words: str, after: str, changed: bool) -> None:
    assert setting(before, words, after).change is changed


@pytest.mark.parametrize(
    ("before", "words", "scope"),
    [
        ("目前，全市", "委员工作站19个", ""),
        ("城关镇", "建成委员工作站3个", "城关镇"),
        ("在城关镇，", "建成委员工作站3个", "城关镇"),
        ("全县14个乡镇", "建成委员工作站3个", ""),
        ("市本级", "建成委员工作站3个", "本级"),
    ],
)
def test_the_part_of_the_place(before: str, words: str, scope: str) -> None:
    assert setting(before, words).scope == scope


def test_other_places_are_asked_for() -> None:
    found = read(
        "", "密山市", "建成委员工作站12个", "。", places=lambda text: ["230382"] if "密山" in text else []
    )
    assert found.scope == "230382"


def test_the_rest() -> None:
    assert setting("每个乡镇", "建成委员工作站3个").per == "每个"
    assert setting("建成委员工作站130个，其中", "乡镇级104个").part
    assert setting("先后有", "5个委员工作站", "被评为省级示范站。").part
    assert setting("两级政协", "建成委员工作站3个").levels
    found = setting("目前，全市共", "建成委员工作站3个")
    assert found.stock and found.total
    assert not setting("中共党员", "参加活动").total
    assert setting("“小圆桌”和“议事亭”平台", "收集意见12条").names == {"小圆桌", "议事亭"}
    assert read("", "全年共征集到", "提案1194件", "。", subject="提案").verb == "集到"
    assert read("", "", "收集意见建议562条", "。", subject="意见建议").verb == "收集"
