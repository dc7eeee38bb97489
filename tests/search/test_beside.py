"""Columns, authors and issues: a search is narrowed by whatever a list of articles is narrowed by."""

import csv
import io
import re
from html import unescape

import pytest

from articles.models import Author, Byline, Issue, Page, Publication, Region, Source
from articles.views.filters import FILTERS
from search import beside, facets
from search.query import parse


@pytest.fixture
def shelf(whoosh, make_article):
    """Five articles: two columns, two authors of one name, one issue."""
    paper = Publication.objects.create(name="人民政协报")
    issue = Issue.objects.create(publication=paper, date="2024-07-16", number="9137")
    page = Page.objects.create(
        issue=issue, number="3", source=Source.objects.create(sha256="a" * 64, size=1), text=""
    )
    elsewhere = Region.objects.one_a_code().get(code="510100")
    one, namesake = (Author.objects.create(name="张利", region=region) for region in (None, elsewhere))
    articles = [
        make_article("协商一", "协商。", column="主席论坛", page=page),
        make_article("协商二", "协商。", column="主席论坛", date="2023-05-01"),
        make_article("协商三", "协商。", column="研究笔记", date="2022-05-01"),
        make_article("监督四", "监督。", column="研究笔记", date="2021-05-01"),
        make_article("监督五", "监督。", date="2020-05-01"),
    ]
    for position, (article, author) in enumerate([(0, one), (2, one), (1, namesake)]):
        Byline.objects.create(article=articles[article], author=author, position=position)
    return {"column": "主席论坛", "author": one.public_id, "issue": issue.public_id}


def titles(client, **query):
    answer = client.get("/search.json", {"sort": "newest", **query}).json()
    return [hit["title"] for hit in answer["hits"]], answer


def test_search_and_lists_are_narrowed_by_the_same():
    assert {entry.name for entry in FILTERS} == {facet.name for facet in facets.FILTERS}


def test_each_narrows_and_so_do_several_at_once(shelf, client):
    assert titles(client, column="主席论坛")[0] == ["协商一", "协商二"]
    assert titles(client, author=shelf["author"])[0] == ["协商一", "协商三"]
    found, answer = titles(client, issue=shelf["issue"])
    assert found == ["协商一"] and answer["filters"] == {"issue": [shelf["issue"]]}
    assert titles(client, q="协商", column=["主席论坛", "研究笔记"])[0] == ["协商一", "协商二", "协商三"]
    assert titles(client, column="研究笔记", author=shelf["author"])[0] == ["协商三"]
    assert titles(client, column="研究笔记", year="2021")[0] == ["监督四"]


@pytest.mark.parametrize("name", sorted(beside.NAMES))
def test_what_nobody_knows_finds_nothing(shelf, client, name):
    for value in ("没有的", "0", "x" * 500, "\0"):
        assert titles(client, q="协商", **{name: value})[1]["total"] == 0
    html = unescape(client.get("/search/", {"q": "协商", name: "没有的"}).content.decode())
    assert "共 <" in html and "没有的" in html


def test_a_list_finds_as_many_as_a_search(shelf, client):
    for name, value in shelf.items():
        listed = client.get("/articles.json", {name: value}).json()
        assert listed["total"] == titles(client, **{name: value})[1]["total"]


def test_the_page_says_what_is_chosen_and_offers_to_give_it_up(shelf, client):
    html = unescape(client.get("/search/", {"q": "协商", **shelf}).content.decode())
    chips = re.findall(r'class="chip" href="(.*?)"[^>]*>(.*?)<span', html)
    assert [said for _, said in chips] == [
        "栏目：主席论坛", "作者：张利", "期：人民政协报 · 2024-07-16 · 第 9137 期",
    ]  # fmt: skip
    for (href, _), name in zip(chips, shelf, strict=True):
        assert f"{name}=" not in href and all(f"{other}=" in href for other in shelf if other != name)
    assert 'type="hidden" name="column" value="主席论坛"' in html


def test_columns_and_authors_are_counted_beside_a_few_hits(shelf, client, monkeypatch):
    html = unescape(client.get("/search/", {"q": "协商", "column": "主席论坛"}).content.decode())
    panel = re.search(r'id="facet-column".*?</section>', html, re.S)
    assert panel and re.findall(r'class="num count">(\d+)', panel[0]) == ["2", "1"]
    assert 'id="facet-author"' in html and 'id="facet-issue"' not in html
    monkeypatch.setattr(beside, "MOST", 2)
    assert 'id="facet-column"' not in client.get("/search/", {"q": "协商"}).content.decode()


def test_to_take_away_is_what_is_narrowed_to(shelf, client):
    def taken(**query):
        content = b"".join(client.get("/search.csv", {"sort": "newest", **query}).streaming_content)
        return [row["标题"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]

    assert taken(column="主席论坛") == ["协商一", "协商二"]
    assert taken(q="协商", **{"from": "2023", "to": "2023"}) == ["协商二"]
    assert taken(q="協商", verbatim="1") == []
    feed = client.get("/search.atom", {"column": "研究笔记", "to": "2022"}).content.decode()
    assert "协商三" in feed and "协商一" not in feed and "栏目：研究笔记 · 日期：2022-12-31 止" in feed


def test_what_is_chosen_beside_a_query_is_no_part_of_it(shelf):
    node = beside.asked(parse("协商"), {"column": ("主席论坛",)}).query
    assert len(node.parts[1].keys) == 2
    assert beside.asked(parse("协商"), {"year": ("2024",)}).query == parse("协商")
