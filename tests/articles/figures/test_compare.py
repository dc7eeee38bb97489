"""Which figures of made-up articles disagree; most pairs of different numbers do not."""

from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from articles.figures.bounds import bounds
from articles.figures.compare import DIFFER, LEAST, SWAPPED, WITHIN, Contradiction, contradictions, possible
from articles.figures.figure import Figure
from articles.figures.names import subject_key
from articles.figures.setting import read

numbers = count(1)
STATION, ROOM = "委员工作站", "委员工作室"


def figure(
    article: int,
    before: str,
    words: str,
    after: str = "。",
    *,
    subject: str = STATION,
    value: str = "",
    unit: str = "个",
    qualifier: str = "",
    day: str = "",
    lead: str = "",
    **more: Any,
) -> Figure:
    digits = value or "".join(c for c in words if c.isdigit() or c == ".")
    return Figure(
        id=next(numbers),
        article=article,
        region=more.pop("region", "230300"),
        subject=subject,
        key=subject_key(subject),
        unit=unit,
        kind=more.pop("kind", "result"),
        value=Decimal(digits),
        bounds=bounds(Decimal(digits), None, qualifier, unit, words),
        hedged=bool(qualifier),
        day=day,
        sentence=before + words + after,
        setting=read(lead, before, words, after, subject=subject, day=day),
        **more,
    )


def one(*figures: Figure) -> Contradiction | None:
    found = contradictions(figures)
    assert len(found) < 2
    return found[0] if found else None


A = {"day": "2024-05-10"}
B = {"day": "2024-05-20"}


def test_two_numbers_of_one_thing_at_one_time_disagree() -> None:
    found = one(
        figure(1, "目前，全市已", "建成委员工作站130个", **A), figure(2, "全市", "建成委员工作站119个", **B)
    )
    assert found and found.kind == DIFFER and found.certainty >= 0.8
    assert {"together", "stock", "total"} <= set(found.reasons)
    assert [f.article for f in found.figures] == [1, 2]


def test_numbers_exchanged_between_two_articles() -> None:
    said = "目前，全市委员工作室19个，委员工作站130个。", "两级政协已建成委员工作站19个、委员工作室130个。"
    four = [
        replace(figure(1, "目前，全市", "委员工作室19个", subject=ROOM), sentence=said[0]),
        replace(figure(1, "目前，全市委员工作室19个，", "委员工作站130个"), sentence=said[0]),
        replace(figure(2, "两级政协已", "建成委员工作站19个"), sentence=said[1]),
        replace(
            figure(2, "两级政协已建成委员工作站19个、", "委员工作室130个", subject=ROOM), sentence=said[1]
        ),
    ]
    found = one(*four)
    assert found and found.kind == SWAPPED and found.certainty >= 0.9
    assert {f.id for f in found.figures} == {f.id for f in four}
    assert one(*(replace(f, issue=7) for f in four)).certainty > found.certainty  # type: ignore[union-attr]
    # of two years: what was exchanged is no longer one thing
    years = [
        replace(f, setting=replace(f.setting, period=read("", f"{2020 + f.article}年", "", "").period))
        for f in four
    ]
    assert one(*years) is None


SAME = "目前，全市", "建成委员工作站130个"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(figure(1, *SAME, **A), figure(2, *SAME, **B), id="the same"),
        pytest.param(
            figure(1, *SAME, **A),
            figure(2, "全市", "建成委员工作站130余个", qualifier="余", **B),
            id="about the same",
        ),
        pytest.param(
            figure(1, *SAME, **A), figure(2, "全市", "建成委员工作站19个", day="2021-03-01"), id="years apart"
        ),
        pytest.param(
            figure(1, "2022年，全市", "建成委员工作站19个", value="19", **A),
            figure(2, "2023年，全市", "建成委员工作站130个", value="130", **B),
            id="of different years",
        ),
        pytest.param(
            figure(1, "去年，全市", "建成委员工作站19个", **A),
            figure(2, "今年以来，全市", "建成委员工作站130个", **B),
            id="last year and this",
        ),
        pytest.param(
            figure(1, "全市", "建成委员工作站119个", day="2024-01-10"),
            figure(2, *SAME, day="2024-05-20"),
            id="grown since",
        ),
        pytest.param(
            figure(1, *SAME, **A), figure(2, "城关镇", "建成委员工作站3个", **B), id="a town of the place"
        ),
        pytest.param(
            figure(1, *SAME, **A), figure(2, "市本级", "建成委员工作站3个", **B), id="the city alone"
        ),
        pytest.param(
            figure(1, *SAME, region="230301", **A), figure(2, "全市", "建成委员工作站9个", **B), id="places"
        ),
        pytest.param(
            figure(1, *SAME, **A), figure(2, "其中，", "建成委员工作站45个", **B), id="part and whole"
        ),
        pytest.param(
            figure(1, *SAME, **A),
            figure(2, "全市", "建成委员工作站45个", of=Decimal(130), **B),
            id="of a total",
        ),
        pytest.param(figure(1, *SAME, **A), figure(2, "每个乡镇", "建成委员工作站2个", **B), id="a share"),
        pytest.param(
            figure(1, *SAME, **A),
            figure(2, "全市委员工作站由", "19个", "增加到130个。", value="19", **B),
            id="before and after",
        ),
        pytest.param(
            figure(1, *SAME, **A),
            figure(2, "力争", "建成委员工作站200个", kind="plan", **B),
            id="plan and result",
        ),
        pytest.param(
            figure(1, *SAME, **A), figure(2, "全市", "建成委员工作站19家", unit="家", **B), id="another unit"
        ),
        pytest.param(
            figure(1, *SAME, **A),
            figure(2, "全市", "建成委员工作站(室)63个", subject="委员工作站(室)", **B),
            id="definitions",
        ),
        pytest.param(
            figure(1, "组织", "5名委员", subject="委员", unit="名", **A),
            figure(2, "邀请", "87名委员", subject="委员", unit="名", **B),
            id="some of many",
        ),
        pytest.param(
            figure(1, "", "走访企业86家", subject="走访企业", unit="家", **A),
            figure(2, "开展“百企行”活动，", "走访企业418家", subject="走访企业", unit="家", **B),
            id="two campaigns",
        ),
        pytest.param(
            figure(1, "“金小圆桌”平台共", "解决问题275个", subject="解决问题", **A),
            figure(2, "“茶香议事亭”平台共", "解决问题1914个", subject="解决问题", **B),
            id="two platforms",
        ),
        pytest.param(
            figure(1, "十三届二次会议共", "收到提案903件", subject="提案", unit="件", **A),
            figure(2, "十三届三次会议共", "收到提案812件", subject="提案", unit="件", **B),
            id="two sessions",
        ),
        pytest.param(
            figure(1, *SAME, **A), figure(1, "全市", "建成委员工作站130个", **A), id="one article, the same"
        ),
        pytest.param(
            figure(1, "", "走访群众30次", subject="走访群众", unit="次", **A),
            figure(1, "又", "走访群众12次", subject="走访群众", unit="次", **A),
            id="one article, twice",
        ),
    ],
)
def test_what_is_no_contradiction(first: Figure, second: Figure) -> None:
    assert contradictions([first, second]) == []
    assert contradictions([second, first]) == []


def test_the_same_period_brings_articles_together() -> None:
    found = one(
        figure(
            1, "2023年，全省共", "征集提案1194件", value="1194", subject="提案", unit="件", day="2024-01-20"
        ),
        figure(2, "去年全省共", "征集提案1149件", subject="提案", unit="件", day="2024-06-01"),
    )
    assert found and "same period" in found.reasons


def test_one_statement_with_two_numbers() -> None:
    said = {"subject": "走访企业", "unit": "家"}
    found = one(
        figure(1, "委员们带着问题清单", "走访企业86家", **said, **A),
        figure(2, "委员们带着问题清单", "走访企业68家", **said, **B),
    )
    assert found and "same words" in found.reasons


def test_doubts_lower_the_certainty() -> None:
    plain = one(figure(1, *SAME, **A), figure(2, "全市", "建成委员工作站119个", **B))
    hedged = one(figure(1, *SAME, **A), figure(2, "全市", "建成委员工作站110余个", qualifier="余", **B))
    far = one(figure(1, *SAME, **A), figure(2, "全市", "建成委员工作站9个", **B))
    undated = one(figure(1, *SAME), figure(2, "全市", "建成委员工作站119个"))
    assert plain
    for doubtful in (hedged, far, undated):
        assert doubtful and LEAST <= doubtful.certainty < plain.certainty


def test_an_article_against_itself() -> None:
    found = one(figure(1, *SAME, **A), figure(1, "目前，全市", "委员工作站119个", **A))
    assert found and found.kind == WITHIN
    assert "one article" in found.reasons


def test_who_knows_both_numbers_does_not_disagree() -> None:
    assert (
        one(
            figure(1, "全市委员工作站由", "19个", "增加到130个。", **A),
            figure(1, "增加到", "130个委员工作站", **A),
            figure(2, "全市", "建成委员工作站19个", **B),
        )
        is None
    )


def test_three_articles_make_one_case() -> None:
    found = one(
        figure(1, *SAME, **A),
        figure(2, "全市", "建成委员工作站119个", **B),
        figure(3, "全市", "建成委员工作站130个", **B),
    )
    assert found and len(found.figures) == 3


def test_small_numbers_may_be_exchanged_by_chance() -> None:
    four = [
        figure(1, "邀请", "5名委员", subject="委员", unit="名", **A),
        figure(1, "邀请", "3名专家", subject="专家", unit="名", **A),
        figure(2, "邀请", "3名委员", subject="委员", unit="名", **B),
        figure(2, "邀请", "5名专家", subject="专家", unit="名", **B),
    ]
    found = one(*four)
    assert found is None or found.certainty < 0.5


def test_only_what_is_ruled_out_is_looked_at_closer() -> None:
    a, b, c = figure(1, *SAME), figure(2, "", "119个"), figure(3, *SAME)
    assert {f.id for f in possible([a, b, c])} == {a.id, b.id, c.id}
    assert possible([a, c]) == []


def test_one_article_is_compared_with_others_but_not_they_with_each_other() -> None:
    ours, other, third = figure(1, *SAME), figure(2, "", "119个"), figure(3, "", "150个")
    again = figure(4, *SAME)
    assert {f.id for f in possible([ours, other, third, again], about=1)} == {ours.id, other.id, third.id}
    assert {f.id for f in possible([ours, other, again], about=4)} == {other.id, again.id}


def test_a_long_comparison_rests_between_its_steps() -> None:
    rests: list[int] = []
    several = [figure(n, "全市", f"建成委员工作站{n + 100}个", **A) for n in range(1, 5)]
    possible(several, rest=lambda: rests.append(1))
    assert len(rests) == 6  # once a pair
