"""Every list can be narrowed by every facet but its own."""

import pytest
from django.test import Client

from articles.catalogue.cards import FACETS
from articles.models import Article
from tests.support.shelf import Shelf
from tests.support.told import Said, tell

LISTS = {
    "/articles.json": "",
    "/regions.json": "region",
    "/levels.json": "level",
    "/genres.json": "genre",
    "/columns.json": "column",
    "/themes.json": "theme",
    "/mechanisms.json": "mechanism",
    "/publications.json": "publication",
    "/authors.json": "author",
    "/issues.json": "",
    "/metrics.json": "",
    "/metrics/figures.json": "",
}
NOBODYS = {"region": "710000", "year": "1999"}


def held(client: Client, address: str, **query: str) -> int:
    """How much a list holds: entries, or the articles of those that stay without any."""
    answer = client.get(address, query).json()
    if address in ("/regions.json", "/levels.json", "/genres.json", "/themes.json"):
        return sum(entry["articles"] for entry in answer["results"])
    return int(answer["total"])


@pytest.mark.parametrize("address", LISTS)
def test_what_nobody_has_leaves_nothing(shelf: Shelf, client: Client, address: str) -> None:
    everything = held(client, address)
    assert everything
    for facet in FACETS:
        left = held(client, address, **{facet: NOBODYS.get(facet, "nobodys")})
        assert left == (everything if facet == LISTS[address] else 0), facet


@pytest.mark.django_db
def test_contradictions_are_narrowed_by_the_articles_that_print_them(client: Client) -> None:
    def said(first: int, second: int) -> Said:
        text = f"目前，全市委员联络站{first}个，委员之家{second}个。"
        counts = ((f"委员联络站{first}个", first), (f"委员之家{second}个", second))
        return Said(text, tuple((quote, n, "个", quote[: -len(f"{n}个")]) for quote, n in counts))

    tell("甲文", said(42, 211))
    second = tell("乙文", said(211, 42), day="2024-05-12")
    Article.objects.filter(pk=second.pk).update(column="实践探索")
    address = "/metrics/contradictions.json"
    assert held(client, address) == 1
    assert held(client, address, column="实践探索", year="2024") == 1
    for facet in FACETS:
        assert held(client, address, **{facet: NOBODYS.get(facet, "nobodys")}) == 0, facet
    page = client.get("/metrics/contradictions/", {"column": "实践探索"}).content.decode()
    assert '<option value="实践探索" selected>' in page


def test_a_place_is_entered_with_the_filters_in_use(shelf: Shelf, client: Client) -> None:
    page = client.get("/regions/", {"theme": "consultation", "order": "count"}).content.decode()
    assert 'href="/regions/510000/?theme=consultation"' in page
    assert "取消" in page and 'name="theme" value="consultation"' in page


def test_a_form_of_menus_offers_what_the_other_filters_leave(shelf: Shelf, client: Client) -> None:
    mechanism = shelf.chengdu.mentions.get().mechanism
    answer = client.get("/metrics/", {"mechanism": mechanism.public_id, "region": "510000"})
    menus = {menu.name: menu for menu in answer.context["menus"]}
    assert menus["mechanism"].chosen == mechanism.public_id
    assert (mechanism.public_id, mechanism.name) in menus["mechanism"].choices
    assert menus["publication"].choices == [("人民政协报", "人民政协报")]
    assert answer.context["further"] and not client.get("/metrics/").context["further"]
