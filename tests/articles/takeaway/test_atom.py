from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import feedparser

from articles.takeaway.atom import NEVER, Entry, Feed, write

NOON = datetime(2024, 7, 16, 12, tzinfo=UTC)
ENTRY = Entry(
    "/a/1/", "https://a.example/a/1/", "“甲”<b>&\x0b", NOON, NOON, "摘要", ("张三", "李四"), ("提案工作",)
)
OTHER = replace(
    ENTRY, name="/a/2/", updated=(NOON + timedelta(hours=1)).astimezone(timezone(timedelta(hours=8)))
)
FEED = Feed(
    "/articles/?",
    "文章",
    "https://a.example/articles/",
    "https://a.example/articles.atom",
    "文库",
    (ENTRY, OTHER),
)


def test_a_feed() -> None:
    found = feedparser.parse(write(FEED))
    assert not found.bozo and found.version == "atom10"
    assert found.feed.updated == "2024-07-16T13:00:00Z" and found.feed.author == "文库"
    links = {link.rel: link.href for link in found.feed.links}
    assert links == {"self": FEED.here, "alternate": FEED.url}
    first = found.entries[0]
    assert (first.title, first.link, first.summary) == ("“甲”<b>&", ENTRY.url, "摘要")
    assert [author.name for author in first.authors] == ["张三", "李四"]
    assert [tag.term for tag in first.tags] == ["提案工作"]


def test_ids_stay_under_another_host_and_are_each_their_own() -> None:
    moved = replace(FEED, url="https://b.example/articles/", here="https://b.example/articles.atom")
    ids = [entry.id for entry in feedparser.parse(write(FEED)).entries]
    assert ids == [entry.id for entry in feedparser.parse(write(moved)).entries]
    assert len({*ids, feedparser.parse(write(FEED)).feed.id}) == 3
    assert all(one.startswith("urn:uuid:") for one in ids)


def test_a_feed_of_nothing_says_always_the_same() -> None:
    empty = replace(FEED, entries=())
    assert empty.updated == NEVER and write(empty) == write(empty)
    assert not feedparser.parse(write(empty)).bozo
