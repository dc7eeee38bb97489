"""What the page does with a search besides finding: says what it read, narrows, leads on and keeps within bounds."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Metric, Region
from search.engines.base import Engine
from search.forms import LONG, both
from search.query import parse
from search.query.ast import all_of

pytestmark = pytest.mark.usefixtures("shelf")


@pytest.fixture
def shelf(whoosh: Engine, make_article: Callable[..., Article]) -> list[Article]:
    """Three articles: two regions, two years, one figure."""
    city, other = (Region.objects.one_a_code().get(code=code) for code in ("510100", "360000"))
    text = "协商议事，第一段。\n协商在第二段，臺灣。"
    articles = [
        make_article("协商办理提案", text, region=city, date="2023-05-01"),
        make_article("协商的平台", text, region=other, date="2024-05-01"),
        make_article("民主监督", "监督。", region=other, date="2024"),
    ]
    Metric.objects.create(article=articles[0], subject="提案办复率", value="95.4", unit="%", quote="95.4%")
    return articles


def page(client: Client, q: str = "", **more: str) -> str:
    return unescape(client.get("/search/", {"q": q, **more}).content.decode())


def said(html: str) -> str:
    """The sentence above the hits."""
    summary = re.search(r'class="search-summary".*?</p>', html, re.S)
    assert summary
    return " ".join(re.sub("<[^>]+>|<p", "", "<p " + summary[0]).split())


def test_what_could_not_be_read_is_said_and_a_query_without_mistakes_offered(client: Client) -> None:
    html = page(client, "日期:昨天 AND (协商 地区:")
    assert "字段“地区”后没有内容" in html and "“昨天”不是日期" in html and "括号不成对" in html
    offered = re.search(r'class="notes search-notices">.*?href="(.*?)"', html, re.S)
    assert offered and parse_qs(urlsplit(offered[1]).query)["q"] == ["昨天 协商"]
    assert "search-notices" not in page(client, "协商 昨天")


def test_letter_for_letter_is_a_switch_and_is_said(client: Client) -> None:
    assert said(page(client, "台湾")).startswith("共 2 篇")
    html = page(client, "台湾", verbatim="1")
    assert said(html).startswith("共 0 篇") and "逐字" in said(html)[:40]
    assert re.search(r'name="verbatim" value="1" checked', html)


def test_a_figure_that_was_asked_for_is_shown(client: Client) -> None:
    html = page(client, "指标:办复率>=90%")
    assert "共 1 篇" in said(html) and "提案办复率 95.4%" in html
    assert 'class="hit-figures"' not in page(client, "协商 -指标:办复率<90%")


def test_the_passage_with_the_figure_is_shown(whoosh: Engine, client: Client, make_article) -> None:  # type: ignore[no-untyped-def]
    article = make_article(
        "年终", "开篇的话。\n提案很多，提案办复率达到95.4%，居全省前列。\n走访 300\n件提案。"
    )
    for subject, value, quote in (
        ("提案办复率", "95.4", "提案办复率\n达到95.4%"),
        ("走访", "300", "走访300"),
    ):
        Metric.objects.create(article=article, subject=subject, value=value, unit="%", quote=quote)
    marked = "提案很多，<mark>提案办复率达到95.4%</mark>，居全省前列。"
    for query in ("指标:办复率>=95.2%", "指标:办复率=95.4% 提案", "提案 -指标:办复率<95.2%"):
        html = page(client, query + " 年终")
        assert ("<mark>提案办复率达到95.4%</mark>" in html) == ("-" not in query), query
    (hit,) = client.get("/search.json", {"q": "指标:办复率>95.2% 题:年终"}).json()["hits"]
    assert hit["snippet"] == marked
    html = client.get(hit["url"], {"q": "指标:办复率>95.2%"}).content.decode()
    assert '<mark class="in-hit" id="hit-1" tabindex="-1">提案办复率达到95.4%</mark>' in html
    assert "hit-2" not in html
    html = client.get("/search/", {"q": "指标:办复率>95.2% 提案"}).content.decode()
    (more,) = re.findall(r'hx-get="(/search/passages/[^"]*)"', html)
    assert "件<mark>提案</mark>" in client.get(unescape(more)).content.decode()


def test_several_values_at_once_and_each_can_go(client: Client) -> None:
    html = page(client, "", region="510000", year="2023")
    chips = re.findall(r'class="chip" href="(.*?)"', html)
    assert sorted(parse_qs(urlsplit(chip).query).popitem() for chip in chips) == [
        ("region", ["510000"]),
        ("year", ["2023"]),
    ]
    two = client.get("/search.json", {"region": ["510000", "360000"], "q": "协商"}).json()
    assert two["total"] == 2


def test_a_choice_is_said_as_chinese_is_written(client: Client) -> None:
    html = page(client, "协商", year="2023", **{"from": "2020-01-01"})
    chips = re.findall(r'class="chip"[^>]*>(.*?)<span', html)
    assert chips == ["年份：2023", "日期：2020-01-01 起"]
    assert "日期：2024-12-31 止" in page(client, "协商", to="2024")


def test_where_nothing_is_ranked_the_newest_come_first_and_that_is_said(client: Client) -> None:
    for asked, orders in (("", ["最新在前"]), ("日期:2020..", ["最新在前"]), ("协商", ["相关度"])):
        html = page(client, asked)
        tools = re.search(r'<nav class="search-sort".*?</nav>', html, re.S)
        assert tools and re.findall(r'aria-current="true">(.*?)</a>', tools[0]) == orders
        assert ("相关度" in tools[0]) is (asked == "协商")


def test_no_hits_leave_nothing_empty_beside_them(client: Client) -> None:
    html = page(client, "没有的词儿", year="2023")
    assert "year-bars" not in html and "to-hits" not in html and 'class="chip"' in html


def test_what_turns_writing_around_is_not_repeated(client: Client) -> None:
    html = page(client, "\u202e协商\u2069")
    assert said(html).startswith("共 ") and "\u202e" not in html


def test_a_search_in_the_results_wants_both(client: Client) -> None:
    response = client.get("/search/", {"q": "协商 OR 监督", "within": "提案 OR 平台", "year": "2024"})
    assert response.status_code == 302
    asked = parse_qs(urlsplit(response["Location"]).query)
    assert asked == {"q": ["(协商 OR 监督) (提案 OR 平台)"], "year": ["2024"]}


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("协商", "监督", "协商 监督"),
        ("", "监督", "监督"),
        ("协商 OR 提案", "监督", "(协商 OR 提案) (监督)"),
        ("TI='协商'", "监督", "TI='协商' 监督"),
        ("“监督", "TI='协商'", '"监督" 题名:"协商"'),
        ("“协商", "监督", '"协商" 监督'),
        ("协商)", "(监督", "协商 监督"),
    ],
)
def test_both(one: str, other: str, asked: str) -> None:
    assert both(one, other) == asked
    assert parse(asked) == all_of([parse(one), parse(other)])


def test_a_hit_leads_to_its_marks_and_back_to_the_same_results(client: Client) -> None:
    html = page(client, "协商", year="2023", sort="newest")
    link = re.search(r'class="hit-title"><a href="(.*?)"', html)
    assert link and "year=2023" in link[1]
    article = client.get(link[1]).content.decode()
    assert 'id="hit-1"' in article
    assert f'href="/search/{urlsplit(link[1])._replace(path="").geturl()}"'.replace("&", "&amp;") in article


def test_further_passages_on_demand(client: Client) -> None:
    html = page(client, "协商")
    link = re.search(r'hx-get="(.*?)"', html)
    assert link and "还有 1 段" in html
    assert "<mark>协商</mark>在第二段" in client.get(link[1]).content.decode()


def test_a_search_can_be_cited(client: Client) -> None:
    html = page(client, "协商", year="2024")
    quotation = re.search(r'<pre id="quotation">(.*?)</pre>', html, re.S)
    assert quotation
    for line in ("检索式：协商", "年份：2024", "命中：1 篇", f"检索日期：{timezone.localdate()}"):
        assert line in quotation[1]
    assert re.search(r"语料版本：已发布文章 3 篇，最后变动第 \d+ 号", quotation[1])
    assert "网址：http://testserver/search/?q=" in quotation[1]


@pytest.mark.parametrize(
    "q",
    [
        "协" * 10_000,
        "协商 OR " * 1_250,
        "协商 提案 " * 1_600,
        "(" * 6_000,
        '"' * 10_000,
        "* " * 3_000,
        "&" * 10_000,
    ],
)
def test_a_monstrous_query_is_answered_by_a_page_of_bounded_size(
    client: Client, q: str, make_article: Callable[..., Article]
) -> None:
    for number in range(30):
        make_article(f"协商提案{number}", "协商提案。" * 40, date="2024")
    response = client.get("/search/", {"q": q, "year": "2024"})
    assert response.status_code == 200
    assert len(response.content) < 200_000


def test_a_long_query_says_why_there_is_nothing_to_choose(
    client: Client, make_article: Callable[..., Article]
) -> None:
    for number in range(30):
        make_article(f"提案{number}", date="2024")
    query = "协商 OR " * 200 + "提案"
    assert len(query) > LONG
    html = page(client, query, year="2024")
    assert "检索式过长" in html and 'class="chip"' in html and "year-bars" not in html
    assert '<button name="page" value="2">' in html and not re.search(r'href="[^"]*q=', html)
    assert 'class="hits" start="21"' in page(client, query, year="2024", page="2")
    assert "检索式过长" not in page(client, "协商")
    assert "检索式过长" in page(client, "没有的词 " * 200)


def test_what_lies_too_deep_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.views.results.DEEPEST", 2)
    assert "可逐页翻看前 2 篇" in page(client)


def test_zero_hits_name_the_word_and_offer_ways_out(client: Client) -> None:
    html = page(client, "协商 提按 -月球")
    assert "没有文章含有<strong>提按</strong>" in html
    assert re.search(r"去掉\s*<s>提按</s>", html)
    assert ">提案</a>" in html
    assert "没有文章含有<strong>“月球背面”</strong>" in page(client, '协商 "月球背面"')
    unclosed = page(client, "“提案协商 AND")
    assert ">提案协商</a>" in unclosed
