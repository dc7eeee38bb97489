"""Filters, order, paging, and the JSON twins of lists."""

import pytest
from django.test import Client

from tests.support.shelf import Shelf, fill


def found(client: Client, **query: str | int) -> list[str]:
    answer = client.get("/articles.json", query).json()
    assert answer["total"] == len(answer["results"])
    return sorted(row["headline"] for row in answer["results"])


ALL = ["“第1篇甲：用好“有事来协商”平台……”", "加强协商平台建设", "又一篇", "沙县的实践"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, sorted(ALL)),
        ({"region": "510000"}, sorted(ALL[:3])),
        ({"region": "510100"}, sorted(ALL[:3])),
        ({"region": "510600"}, sorted(ALL[:3])),  # a further region
        ({"region": "350405"}, ["沙县的实践"]),
        ({"region": "35"}, ["沙县的实践"]),
        ({"level": "区县级"}, ["沙县的实践"]),
        ({"theme": "consultation", "column": "实践探索"}, ["沙县的实践"]),
        ({"genre": "署名文章", "publication": "人民政协报", "year": "2024"}, sorted(ALL)),
        ({"year": "1999"}, []),
        ({"theme": "no-such-theme"}, []),
        ({"region": "\0", "unknown": "1"}, sorted(ALL)),
    ],
)
def test_each_filter_narrows(shelf: Shelf, client: Client, query: dict[str, str], titles: list[str]) -> None:
    assert found(client, **query) == titles


def test_mechanism_and_author_narrow(shelf: Shelf, client: Client) -> None:
    mention, byline = shelf.chengdu.mentions.get(), shelf.chengdu.bylines.get()
    assert len(found(client, mechanism=mention.mechanism.public_id)) == 4
    shelf.sha.mentions.update(origin="rejected")
    assert len(found(client, mechanism=mention.mechanism.public_id)) == 3
    assert len(found(client, author=byline.author.public_id)) == 4


def test_the_rail_counts_what_each_choice_would_leave(shelf: Shelf, client: Client) -> None:
    facets = {f.name: f for f in client.get("/articles/", {"region": "350000"}).context["facets"]}
    assert [(choice.value, choice.count) for choice in facets["level"].choices] == [("区县级", 1)]
    assert [(c.value, c.count) for c in facets["region"].choices if not c.depth] == [
        ("510000", 3),
        ("350000", 1),
    ]


def test_what_stands_closed_is_sent_to_who_opens_it(shelf: Shelf, client: Client) -> None:
    box = '<input type="checkbox" name="genre"'
    closed = client.get("/articles/", {"sort": "title"}).content.decode()
    assert box not in closed
    assert 'href="?sort=title&amp;open=genre#f-genre"' in closed  # without a script
    assert 'hx-get="?sort=title&amp;open=genre"' in closed and 'hx-select="#choices-genre"' in closed
    opened = client.get("/articles/", {"sort": "title", "open": "genre"}).content.decode()
    assert box in opened and 'id="choices-genre"' in opened
    assert 'name="open"' not in opened and 'name="sort"' in opened  # what the form sends along
    assert box in client.get("/articles/", {"genre": "署名文章"}).content.decode()
    assert '<select name="genre">' not in client.get("/metrics/").content.decode()


def test_every_count_in_the_rail_is_the_count_of_its_list(shelf: Shelf, client: Client) -> None:
    for facet in client.get("/articles/").context["facets"]:
        assert facet.choices, facet.name
        for choice in facet.choices:
            found = client.get("/articles.json", {facet.name: choice.value}).json()["total"]
            assert found == choice.count, (facet.name, choice.value)


def test_the_list_says_how_many_and_sorted_how(shelf: Shelf, client: Client) -> None:
    assert "共 4 篇，按日期由近到远" in client.get("/articles/").content.decode()
    page = client.get("/articles/", {"year": "1999"}).content.decode()
    assert "共 0 篇" in page and "取消全部条件" in page and "取消年份：1999" in page


def test_a_row_says_why_it_stands_in_the_list_of_another_place(shelf: Shelf, client: Client) -> None:
    rows = client.get("/regions/510600/").content.decode()
    assert "四川省 › 成都市" in rows and "<span>兼及德阳市</span>" in rows
    assert "兼及" not in client.get("/regions/350000/").content.decode()


def test_order(db: None, client: Client) -> None:
    fill(copies=1)
    dates = {
        sort: [row["date"] for row in client.get("/articles.json", {"sort": sort}).json()["results"]]
        for sort in ("newest", "oldest", "nonsense")
    }
    assert dates["newest"] == dates["nonsense"] == sorted(dates["newest"], reverse=True)
    assert dates["oldest"] == sorted(dates["oldest"])


def test_pages_hold_every_article_once(db: None, client: Client) -> None:
    fill(copies=12)
    first = client.get("/articles.json").json()
    assert (first["total"], first["pages"], first["page_size"]) == (28, 2, 20)
    second = client.get("/articles.json", {"page": 2}).json()
    ids = [row["id"] for row in first["results"] + second["results"]]
    assert len(set(ids)) == 28
    assert len(client.get("/articles.json", {"page_size": 100}).json()["results"]) == 28
    assert 'href="?page=2"' in client.get("/articles/").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "3", "x", "9" * 30, "\0"])
def test_a_page_that_is_not_there_is_not_found(shelf: Shelf, client: Client, page: str) -> None:
    assert client.get("/articles/", {"page": page}).status_code == 404


def test_every_list_has_a_json_twin(shelf: Shelf, client: Client) -> None:
    for path in ("articles", "regions", "themes", "mechanisms", "issues", "metrics", "regions/510000"):
        response = client.get(f"/{path}.json")
        assert response["Content-Type"] == "application/json; charset=utf-8"
        assert {"total", "results"} <= response.json().keys(), path
        assert f"/{path}.json" in client.get(f"/{path}/").content.decode(), path
    assert "人民政协报" in client.get("/issues.json").content.decode()  # not escaped


def test_an_article_as_json(shelf: Shelf, client: Client) -> None:
    answer = client.get(f"/a/{shelf.chengdu.public_id}.json").json()
    assert answer["region"] == {
        "code": "510100", "name": "成都市", "full_name": "四川省成都市", "level": "地市级"
    }  # fmt: skip
    assert answer["source"]["page"] == "3" and answer["authors"][0]["role"] == "成都市政协主席"
    (metric,) = answer["metrics"]
    assert (metric["value"], metric["unit"], metric["qualifier"]) == (300, "次", "余")
    text = shelf.chengdu.page.text
    for row in [metric, *answer["mechanisms"], *answer["evidence"]]:
        assert text[row["start"] : row["end"]] == row["quote"]


def test_metrics_narrow_and_sort(shelf: Shelf, client: Client) -> None:
    shelf.sha.metrics.update(value=5, unit="件", kind="plan")
    assert [m["value"] for m in client.get("/metrics.json?sort=largest").json()["results"]] == [
        300,
        300,
        300,
        5,
    ]
    assert client.get("/metrics.json?sort=smallest").json()["results"][0]["value"] == 5
    for query in ("unit=件", "kind=plan", "region=350000", "theme=consultation&unit=件", "q=走访&unit=件"):
        answer = client.get(f"/metrics.json?{query}").json()
        assert answer["total"] == 1, query
        assert answer["results"][0]["sentence"] == "全年走访300余次，成效明显。"
    assert client.get("/metrics.json?q=没有").json()["total"] == 0


def test_mechanisms_narrow_by_name_and_kind(shelf: Shelf, client: Client) -> None:
    assert client.get("/mechanisms.json?q=来协商").json()["results"][0]["articles"] == 4
    assert client.get("/mechanisms.json?q=无此").json()["total"] == 0
    assert client.get("/mechanisms.json?kind=平台").json()["total"] == 1
    assert client.get("/mechanisms.json?kind=品牌").json()["total"] == 0
