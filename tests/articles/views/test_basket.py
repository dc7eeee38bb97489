"""Setting articles aside: without JavaScript, without an account."""

import re

import pytest
from django.test import Client

from articles.basket import COOKIE, MOST, Basket
from articles.models import Article
from articles.models.ids import new_public_id
from tests.support.shelf import Shelf, fill

pytestmark = pytest.mark.django_db


def put(client: Client, *articles: Article) -> None:
    for article in articles:
        client.post("/basket/", {"add": article.public_id})


def kept(client: Client) -> tuple[str, ...]:
    return Basket.read({name: morsel.value for name, morsel in client.cookies.items()}).ids


def titles(page: str) -> list[str]:
    """Of the articles picked out, in their order."""
    picked = page.split('<ol class="rows picked">')[1].split("</ol>")[0]
    return re.findall(r'<h3 class="row-title"><a href="[^"]*">([^<]*)', picked)


def test_an_article_is_put_in_and_taken_out(shelf: Shelf, client: Client) -> None:
    page = client.get("/articles/").content.decode()
    assert re.search(
        rf'<button class="aside-button" form="basket" name="add" value="{shelf.sha.public_id}"', page
    )
    answer = client.post("/basket/", {"add": shelf.sha.public_id, "next": "/articles/?page=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/articles/?page=1")
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    page = client.get("/articles/").content.decode()
    assert f'name="remove" value="{shelf.sha.public_id}"' in page
    assert re.search(r'资料夹 <span class="count">1<', page)
    client.post("/basket/", {"remove": shelf.sha.public_id})
    assert kept(client) == () and "资料夹是空的" in client.get("/basket/").content.decode()


def test_the_article_itself_has_the_button(shelf: Shelf, client: Client) -> None:
    page = client.get(shelf.chengdu.get_absolute_url()).content.decode()
    assert f'name="add" value="{shelf.chengdu.public_id}"' in page and '<form id="basket"' in page


def test_a_form_of_another_site_changes_nothing(shelf: Shelf) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/basket/", {"add": shelf.sha.public_id}).status_code == 403
    answer = Client().post("/basket/", {"add": shelf.sha.public_id, "next": "https://evil.example/"})
    assert answer["Location"] == "/basket/"


def test_with_htmx_the_button_and_the_count_come_back(shelf: Shelf, client: Client) -> None:
    answer = client.post("/basket/", {"add": shelf.sha.public_id}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200 and page.startswith("<button")
    assert f'name="remove" value="{shelf.sha.public_id}"' in page and 'hx-swap-oob="true"' in page
    assert kept(client) == (shelf.sha.public_id,)


def test_their_order_can_be_changed_and_all_be_taken_out(shelf: Shelf, client: Client) -> None:
    put(client, shelf.chengdu, shelf.sha, shelf.further)
    client.post("/basket/", {"up": shelf.further.public_id})
    client.post("/basket/", {"down": shelf.chengdu.public_id})
    assert titles(client.get("/basket/").content.decode()) == ["又一篇", "加强协商平台建设", "沙县的实践"]
    client.post("/basket/", {"clear": "1"})
    assert kept(client) == ()


def test_drafts_and_nonsense_are_not_put_in(shelf: Shelf, client: Client) -> None:
    put(client, shelf.draft)
    client.post("/basket/", {"add": "no id"})
    client.post("/basket/", {})
    assert kept(client) == ()


def test_withdrawn_articles_drop_out_with_a_sentence(shelf: Shelf, client: Client) -> None:
    put(client, shelf.chengdu, shelf.sha)
    Article.objects.filter(pk=shelf.sha.pk).update(state="withdrawn")
    page = client.get("/basket/").content.decode()
    assert "有 1 篇文章已撤回，不再列入。" in page and titles(page) == ["加强协商平台建设"]
    assert kept(client) == (shelf.chengdu.public_id,)
    assert "已撤回" not in client.get("/basket/").content.decode()


def test_a_later_part_stands_for_its_article(shelf: Shelf, client: Client) -> None:
    put(client, shelf.sha, shelf.chengdu)
    Article.objects.filter(pk=shelf.sha.pk).update(continued_from=shelf.chengdu, part=2, joined_by="person")
    assert titles(client.get("/basket/").content.decode()) == ["加强协商平台建设"]


def test_a_full_folder_says_so(shelf: Shelf, client: Client) -> None:
    client.cookies[COOKIE] = Basket.of(new_public_id() for _ in range(MOST)).cookie
    client.post("/basket/", {"add": shelf.sha.public_id})
    assert shelf.sha.public_id not in kept(client)
    assert "资料夹已满（最多 200 篇）" in client.get("/articles/").content.decode()
    answer = client.post("/basket/", {"add": shelf.sha.public_id}, headers={"HX-Request": "true"})
    assert "资料夹已满" in answer.content.decode() and 'name="add"' in answer.content.decode()


def test_the_address_shows_others_the_same_articles(shelf: Shelf, client: Client) -> None:
    put(client, shelf.sha, shelf.chengdu)
    page = client.get("/basket/").content.decode()
    address = re.search(r'id="address">http://testserver([^<]*)<', page)[1]  # type: ignore[index]
    other = Client()
    page = other.get(address).content.decode()
    assert titles(page) == ["沙县的实践", "加强协商平台建设"] and "他人选出的文章" in page
    assert kept(other) == () and 'name="up"' not in page
    taken = re.search(r'name="take" value="([^"]*)"', page)[1]  # type: ignore[index]
    other.post("/basket/", {"take": taken})
    assert kept(other) == (shelf.sha.public_id, shelf.chengdu.public_id)


def test_all_forms_of_what_is_inside(shelf: Shelf, client: Client) -> None:
    put(client, shelf.sha, shelf.chengdu)
    page = client.get("/basket/").content.decode()
    ids = shelf.sha.public_id + shelf.chengdu.public_id
    for ending in ("csv", "xlsx", "table.json", "txt", "ris", "bib", "csl.json", "docx"):
        assert f'href="/basket.{ending}?ids={ids}"' in page
    text = Client().get("/basket.txt", {"ids": ids})
    assert b"".join(text.streaming_content).decode() == (  # type: ignore[attr-defined]
        "[1] 张三. 沙县的实践[N]. 人民政协报，2024-07-16（10）.\n"
        "[2] 张三. 加强协商平台建设[N]. 人民政协报，2024-07-16（3）.\n"
    )
    assert [row["id"] for row in client.get("/basket.json").json()["results"]] == [
        shelf.sha.public_id,
        shelf.chengdu.public_id,
    ]
    assert client.get("/basket.atom").status_code == 404


def test_it_costs_few_statements(client: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    put(client, *(fill(copies=4), Article.objects.shown())[1])
    with django_assert_max_num_queries(10):
        client.get("/basket/")
