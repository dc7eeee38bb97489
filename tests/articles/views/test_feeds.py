"""What machines ask for by fixed names."""

from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from articles.models import Article
from articles.views import feeds
from tests.support.shelf import Shelf

pytestmark = pytest.mark.django_db

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def locations(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/xml; charset=utf-8"
    return [loc.text or "" for loc in ElementTree.fromstring(answer.content).iterfind(".//s:loc", SITEMAP)]


def test_the_sitemap_leads_to_every_published_article(
    shelf: Shelf, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "SHELF", 2)
    of_lists, *shelves = locations(client, "/sitemap.xml")
    found = [loc for page in shelves for loc in locations(client, page)]
    published = [a.get_absolute_url() for a in Article.objects.published().order_by("pk")]
    assert len(shelves) >= 2 and found == [f"http://testserver{address}" for address in published]
    for address in locations(client, of_lists):
        assert client.get(address).status_code == 200


def test_the_sitemap_of_lists_leads_to_pages_that_are_there(shelf: Shelf, client: Client) -> None:
    found = locations(client, "/sitemap-lists.xml")
    paths = [address.removeprefix("http://testserver") for address in found]
    assert {"/", "/browse/", "/authors/", "/regions/510100/", "/themes/consultation/"} <= set(paths)
    assert any(path.startswith("/mechanisms/") and len(path) > 15 for path in paths)
    assert len(set(paths)) == len(paths)
    assert [path for path in paths if client.get(path).status_code != 200] == []


def test_pages_of_the_sitemap_say_when_articles_changed(shelf: Shelf, client: Client) -> None:
    (address,) = locations(client, "/sitemap.xml")[1:]
    root = ElementTree.fromstring(client.get(address).content)
    dates = [mod.text for mod in root.iterfind(".//s:lastmod", SITEMAP)]
    assert dates == [
        a.updated_at.isoformat(timespec="seconds") for a in Article.objects.published().order_by("pk")
    ]
    assert client.get("/sitemap-999999.xml").status_code == 404
    assert client.get("/sitemap-99999999999999999999.xml").status_code == 404


def test_robots_by_setting(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    settings.ROBOTS = False
    assert client.get("/robots.txt").content.decode().split("\n")[:2] == ["User-agent: *", "Disallow: /"]
    settings.ROBOTS = True
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text and "Disallow: /\n" not in text


def test_browsers_learn_how_to_search(client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'rel="search" type="application/opensearchdescription+xml"' in page
    answer = client.get("/opensearch.xml")
    root = ElementTree.fromstring(answer.content)
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    names = [child.tag.rpartition("}")[2] for child in root]
    assert {"ShortName", "Description", "Url"} <= set(names)
    assert len(root.findtext("o:ShortName", "", space)) <= 16
    templates = {url.get("type"): url.get("template") or "" for url in root.iterfind("o:Url", space)}
    for media_type in ("text/html", "application/json"):
        address = templates[media_type].replace("{searchTerms}", "协商").removeprefix("http://testserver")
        assert client.get(address).status_code in (200, 503)


def test_a_list_can_be_followed(shelf: Shelf, client: Client) -> None:
    page = client.get("/articles/", {"region": "510000", "page": 1}).content.decode()
    assert 'type="application/atom+xml" title="Atom 订阅" href="/articles.atom?region=510000"' in page
    answer = client.get("/articles.atom", {"region": "510000"})
    found = feedparser.parse(answer.content)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8" and not found.bozo
    assert found.feed.title == "文章 · 地区：四川省 · 政协实践文库"
    links = {link.rel: link.href for link in found.feed.links}
    assert links == {
        "self": "http://testserver/articles.atom?region=510000",
        "alternate": "http://testserver/articles/?region=510000",
    }
    addresses = {entry.link for entry in found.entries}
    assert f"http://testserver{shelf.chengdu.get_absolute_url()}" in addresses
    assert f"http://testserver{shelf.draft.get_absolute_url()}" not in addresses
    assert found.feed.updated_parsed == max(entry.updated_parsed for entry in found.entries)


def test_what_was_added_last_comes_first_whatever_the_order_of_the_list(shelf: Shelf, client: Client) -> None:
    Article.objects.filter(pk=shelf.sha.pk).update(published_at="2099-01-01T00:00Z", date="1990-01-01")
    for query in ({}, {"sort": "newest"}, {"sort": "oldest"}):
        first, *_others = feedparser.parse(client.get("/articles.atom", query).content).entries
        assert first.title == "沙县的实践" and first.updated == "2099-01-01T00:00:00Z"


def test_whoever_has_a_feed_need_not_get_it_again(shelf: Shelf, client: Client) -> None:
    first = client.get("/themes/consultation.atom")
    again = client.get("/themes/consultation.atom", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get("/themes/consultation.atom", headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304
    shelf.sha.title = "另一个标题"
    shelf.sha.save()
    changed = client.get("/themes/consultation.atom", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and "另一个标题" in changed.content.decode()


@pytest.mark.parametrize("name", ["regions", "themes", "mechanisms", "metrics", "issues"])
def test_lists_of_other_things_have_no_feed(shelf: Shelf, client: Client, name: str) -> None:
    assert client.get(f"/{name}.atom").status_code == 404
    assert "application/atom+xml" not in client.get(f"/{name}/").content.decode()
