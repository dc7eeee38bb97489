"""What an article is found by besides its words: the names of its places, people and practices, and its figures."""

from collections.abc import Callable

import pytest

from articles.models import (
    Article,
    Author,
    Byline,
    Mechanism,
    MechanismKind,
    MechanismMention,
    Metric,
    Origin,
    Region,
)
from search import naming, say, services
from search.engines.base import Engine
from search.query import parse


def place(code: str) -> Region:
    return Region.objects.one_a_code().get(code=code)


@pytest.fixture
def one(whoosh: Engine, make_article: Callable[..., Article]) -> Article:
    """One article with something in every field, another with nothing."""
    article = make_article("推进协商", "正文", region=place("350405"), level="区县级", column="实践探索")
    mechanism = Mechanism.objects.create(name="测试议事厅", kind=MechanismKind.PLATFORM, aliases=["测议厅"])
    MechanismMention.objects.create(
        article=article, mechanism=mechanism, name="测试的议事厅", kind=mechanism.kind
    )
    Byline.objects.create(
        article=article, author=Author.objects.create(name="测试员甲"), body="福建省沙县区政协"
    )
    Metric.objects.create(article=article, subject="提案办复率", value="95.4", unit="%", quote="95.4%")
    Metric.objects.create(article=article, subject="走访", value=300, value_max=500, unit="位")
    Metric.objects.create(article=article, subject="会议", value=9, unit="次", origin=Origin.REJECTED)
    make_article("别的文章", "正文")
    return article


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("地区:沙县区", 1), ("地区:沙县", 1), ("地区:三明", 1), ("地区:福建省", 1), ("地区:浙江", 0),
        ("DQ='福建' AND JB='区县级'", 1),
        ("机制:测试议事厅", 1), ("机制:测议厅", 1), ("机制:测试的议事厅", 1), ("机制:无此", 0),
        ("栏目:实践", 1), ("机构:沙县区政协", 1), ("AF='沙县区政协'", 0), ("作者:测试员", 1), ("第一作者:测试员甲", 1),
        ("指标:办复率>=90%", 1), ("指标：办复率≥95.4％", 1), ("指标:办复率>=96%", 0), ("指标:办复率", 1),
        ("指标:走访>400人", 1), ("指标:走访>500人", 0), ("指标:走访>400次", 0), ("指标:会议", 0),
        ("ZB='办复率>90%'", 1),
    ],
)  # fmt: skip
def test_fields_of_real_articles(one: Article, query: str, found: int) -> None:
    assert services.search(query).result.total == found


def test_a_figure_that_changes_is_found_anew(one: Article) -> None:
    assert services.search("指标:办复率<90%").result.total == 0
    Metric.objects.filter(article=one, unit="%").update(value="89")
    assert services.search("指标:办复率<90%").result.total == 1


def test_pages_and_papers() -> None:
    """By the names of a paper, and whichever way the page's number is printed."""
    given = naming.names(
        places=(),
        mechanisms=(),
        columns=("",),
        pages=("03", "12"),
        organisations=(),
        publication="人民政协报",
    )
    assert given["page"] == ("3", "12")
    assert given["publication"][0] == "人民政协报" and "column" not in given


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("题名:协商 地区:浙江", "题名含 协商，且地区在 浙江省 之内"),
        ("-地区:沙县", "地区不在 沙县区 之内"),
        ("地区:鼓楼区", "地区在 鼓楼区 之内"),
        ("地区:无此地 OR 地区:四川", "地区在 无此地 或 四川省 之内"),
    ],
)
def test_a_place_is_said_back_by_its_name_where_only_one_is_called_so(query: str, said: str) -> None:
    assert say.read_as(parse(query)) == said


def test_former_names_are_of_the_same_level() -> None:
    assert "沙县" in naming.former("350405")
    assert {"南汇区", "川沙县"} <= set(naming.former("310115"))
    assert "沙县" not in naming.former("350404"), "some townships are not the county"
    assert naming.former("999999") == ()
