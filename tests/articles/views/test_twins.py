"""The JSON of lists and articles: gone through by cursors, tagged, with errors that programs can read."""

import time
from typing import Any

import pytest
from django.test import Client

from articles.models import Article, Metric
from articles.remembered import State
from tests.support.records import page_record
from tests.support.shelf import Shelf, fill, store

LISTS = (
    *("articles", "metrics", "metrics/figures", "mechanisms", "authors", "issues", "publications", "columns"),
    *("regions/510000", "themes/consultation", "levels"),
)


def quiet() -> None:
    while not State.now().quiet:  # the server's own housekeeping
        time.sleep(0.02)


def through(client: Client, address: str, **query: Any) -> list[dict[str, Any]]:
    """Everything that following `next` from the first answer on gives."""
    answer = client.get(address, query).json()
    found = list(answer["results"])
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        assert answer["page"] is None and answer["results"]
        found += answer["results"]
    return found


@pytest.mark.parametrize("name", LISTS)
def test_following_next_gives_the_whole_list_once(db: None, client: Client, name: str) -> None:
    fill(copies=1)
    whole = client.get(f"/{name}.json", {"page_size": 100}).json()
    assert whole["next"] is None
    assert through(client, f"/{name}.json", page_size=2) == whole["results"]


@pytest.mark.parametrize("sort", ["newest", "oldest", "title", "region", "added"])
def test_in_every_order_of_articles(db: None, client: Client, sort: str) -> None:
    fill(copies=3)
    whole = client.get("/articles.json", {"page_size": 100, "sort": sort}).json()["results"]
    assert through(client, "/articles.json", page_size=3, sort=sort) == whole and len(whole) == 10


@pytest.mark.parametrize("sort", ["newest", "oldest", "largest", "smallest", "place", "pinyin", "subject"])
def test_in_every_order_of_metrics(db: None, client: Client, sort: str) -> None:
    shelf = fill(copies=3)
    Metric.objects.filter(article=shelf.sha).update(start=None, end=None, value=7)
    Article.objects.filter(pk=shelf.further.pk).update(region=None)
    whole = client.get("/metrics.json", {"page_size": 100, "sort": sort}).json()["results"]
    assert through(client, "/metrics.json", page_size=2, sort=sort) == whole and len(whole) == 10


def test_what_is_added_or_withdrawn_meanwhile_moves_nothing(db: None, client: Client) -> None:
    fill(copies=3)
    query = {"sort": "added", "page_size": 4}
    before = [
        row["id"] for row in client.get("/articles.json", {**query, "page_size": 100}).json()["results"]
    ]
    first = client.get("/articles.json", query).json()
    store(page_record("new.txt", ("新到的文章", "又一篇新到的文章"), "戊"))
    Article.objects.filter(public_id=before[3]).update(
        state="withdrawn"
    )  # the very one that the cursor names
    second = client.get(first["next"]).json()
    assert [row["id"] for row in second["results"]] == before[4:8]
    numbered = client.get("/articles.json", {**query, "page": 2}).json()["results"]
    assert [row["id"] for row in numbered] != before[4:8]  # which is what cursors are for


def test_pages_after_a_numbered_one_follow_by_cursor(db: None, client: Client) -> None:
    fill(copies=3)
    whole = client.get("/articles.json", {"page_size": 100}).json()["results"]
    second = client.get("/articles.json", {"page_size": 4, "page": 2, "genre": "署名文章"}).json()
    assert second["page"] == 2 and "page=" not in second["next"].replace("page_size=", "")
    assert "genre=" in second["next"] and second["next"].startswith("http://testserver/articles.json?")
    assert client.get(second["next"]).json()["results"] == whole[8:]


@pytest.mark.parametrize("cursor", ["x", "bm9uZQ:x", "0", "‘", "a" * 9000])
def test_a_cursor_that_nobody_gave_out_is_refused(shelf: Shelf, client: Client, cursor: str) -> None:
    answer = client.get("/articles.json", {"cursor": cursor})
    assert answer.status_code == 400 and answer.json()["error"]
    assert client.get("/articles/", {"cursor": cursor}).status_code == 200


def test_a_cursor_belongs_to_its_list_and_its_order(shelf: Shelf, client: Client) -> None:
    cursor = client.get("/articles.json", {"page_size": 1}).json()["next"].partition("cursor=")[2]
    assert client.get(f"/articles.json?cursor={cursor}").status_code == 200
    assert client.get(f"/articles.json?cursor={cursor}&region=510000").status_code == 200
    assert client.get(f"/articles.json?cursor={cursor}&sort=title").status_code == 400
    assert client.get(f"/metrics.json?cursor={cursor}").status_code == 400
    assert client.get(f"/themes/consultation.json?cursor={cursor}").status_code == 400


@pytest.mark.parametrize("address", ["/a/b2c3d4f5g6.json", "/articles.json?page=99", "/regions/999999.json"])
def test_what_is_not_there_is_said_in_json(shelf: Shelf, client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json; charset=utf-8")
    assert answer.json()["error"]


@pytest.mark.django_db(transaction=True)
def test_whoever_has_an_answer_need_not_get_it_again(
    emptied: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = fill()
    quiet()
    addresses = [f"/a/{shelf.sha.public_id}.json", "/articles.json?page_size=9", "/regions/350000.json"]
    tags = {}
    for address in addresses:
        first, again = client.get(address), client.get(address)
        tags[address] = first["ETag"]
        assert first["ETag"] == again["ETag"] and not first["ETag"].startswith("W/")
        assert first.content == again.content
        for _time in range(2):  # reckoned the first time, remembered the second
            same = client.get(address, headers={"If-None-Match": f'"other", {first["ETag"]}'})
            assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert len(set(tags.values())) == len(addresses)
    monkeypatch.setattr("articles.article_page.find", None)  # an answer in the same state asks nobody
    assert client.get(addresses[0], headers={"If-None-Match": tags[addresses[0]]}).status_code == 304
    monkeypatch.undo()
    Article.objects.filter(pk=shelf.sha.pk).update(title="另一个标题")
    quiet()
    for address in addresses:
        changed = client.get(address, headers={"If-None-Match": tags[address]})
        assert changed.status_code == 200 and changed["ETag"] != tags[address]
        assert "另一个标题" in changed.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("emptied", "whoosh")
def test_the_description_is_not_made_anew_for_who_has_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet()
    has = {"If-None-Match": client.get("/api/openapi.json")["ETag"]}
    assert client.get("/api/openapi.json", headers=has).status_code == 304
    monkeypatch.setattr("articles.views.api.pages.document", None)
    assert client.get("/api/openapi.json", headers=has).status_code == 304


def test_languages_have_their_own_tags_where_they_differ(shelf: Shelf, client: Client) -> None:
    chinese = client.get("/search/suggest.json", {"q": "成都"})
    assert "Cookie" in chinese["Vary"] and chinese["Cache-Control"] == "no-cache"


@pytest.mark.usefixtures("whoosh")
def test_a_search_is_the_same_answer_however_long_it_took(shelf: Shelf, client: Client) -> None:
    first = client.get("/search.json", {"q": "协商"})
    assert first["ETag"].startswith("W/")
    again = client.get("/search.json", {"q": "协商"}, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert client.get("/search.json", {"q": "平台"})["ETag"] != first["ETag"]


def test_no_other_site_may_read_unless_it_is_named(shelf: Shelf, client: Client, settings: Any) -> None:
    theirs, others = {"Origin": "https://a.example"}, {"Origin": "https://b.example"}
    for address in ("/articles.json", "/search/suggest.json", "/articles.csl.json"):
        answer = client.get(address, headers=theirs)
        assert not [name for name in answer.headers if name.startswith("Access-Control")]
    settings.CORS_ORIGINS = ("https://a.example",)
    assert client.get("/articles.json", headers=theirs)["Access-Control-Allow-Origin"] == "https://a.example"
    assert "Origin" in client.get("/articles.json", headers=others)["Vary"]
    assert "Access-Control-Allow-Origin" not in client.get("/articles.json", headers=others).headers
    assert "Access-Control-Allow-Origin" not in client.get("/articles/", headers=theirs).headers
    asking = {
        **theirs,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    first = client.options("/articles.json", headers=asking)
    assert (first.status_code, first["Access-Control-Allow-Headers"]) == (204, "If-None-Match")
    settings.CORS_ORIGINS = ("*",)
    everyone = client.get("/articles.json", headers=others)
    assert everyone["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in everyone.headers
