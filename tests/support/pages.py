"""Every type of page that readers see, once: for tests that visit all of them.

A new page is one entry. `address` is asked with a filled shelf (`tests.support.shelf.fill`) in the database.
"""

from collections.abc import Callable
from dataclasses import dataclass

from articles.models import Tombstone
from articles.views import addresses
from tests.support.shelf import Shelf


@dataclass(frozen=True, slots=True)
class PageType:
    """`name` is fit for a file's name; `status` is what the server answers."""

    name: str
    address: Callable[[Shelf], str]
    status: int = 200


def _article(shelf: Shelf) -> str:
    return str(shelf.chengdu.get_absolute_url())


def _figure(shelf: Shelf) -> str:
    metric = shelf.chengdu.metrics.get()
    return addresses.figure(metric.subject_key, metric.unit, metric.kind)


def _withdrawn(shelf: Shelf) -> str:
    """An article that was published once and deleted for good."""
    stone, _new = Tombstone.objects.get_or_create(public_id="g4h5j6k7m8", title="已撤下的文章")
    return f"/a/{stone.public_id}/"


PAGES: tuple[PageType, ...] = (
    PageType("front", lambda shelf: "/"),
    PageType("browse", lambda shelf: "/browse/"),
    PageType("articles", lambda shelf: "/articles/?region=510000"),
    PageType("articles-none", lambda shelf: "/articles/?column=nowhere"),
    PageType("article", _article),
    PageType("article-as-received", lambda shelf: f"{_article(shelf)}?view=page"),
    PageType("article-untitled", lambda shelf: shelf.untitled.get_absolute_url()),
    PageType("regions", lambda shelf: "/regions/"),
    PageType("region", lambda shelf: "/regions/510000/"),
    PageType("region-former", lambda shelf: "/regions/350427/"),
    PageType("themes", lambda shelf: "/themes/"),
    PageType("theme", lambda shelf: "/themes/consultation/"),
    PageType("mechanisms", lambda shelf: "/mechanisms/"),
    PageType("mechanism", lambda shelf: shelf.chengdu.mentions.get().mechanism.get_absolute_url()),
    PageType("authors", lambda shelf: "/authors/"),
    PageType("author", lambda shelf: shelf.chengdu.bylines.get().author.get_absolute_url()),
    PageType("levels", lambda shelf: "/levels/"),
    PageType("genres", lambda shelf: "/genres/"),
    PageType("columns", lambda shelf: "/columns/"),
    PageType("publications", lambda shelf: "/publications/"),
    PageType("publication", lambda shelf: shelf.chengdu.page.issue.publication.get_absolute_url()),
    PageType("issues", lambda shelf: "/issues/"),
    PageType("issue", lambda shelf: shelf.chengdu.page.issue.get_absolute_url()),
    PageType("metrics", lambda shelf: "/metrics/"),
    PageType("figures", lambda shelf: "/metrics/figures/"),
    PageType("figure", _figure),
    PageType("contradictions", lambda shelf: "/metrics/contradictions/"),
    PageType("basket", lambda shelf: f"/basket/?ids={shelf.chengdu.public_id}"),
    PageType("search", lambda shelf: "/search/"),
    PageType("search-help", lambda shelf: "/search/help/"),
    PageType("search-found", lambda shelf: "/search/?q=有事来协商"),
    PageType("search-nothing", lambda shelf: "/search/?q=无此一词也"),
    PageType("data", lambda shelf: "/api/"),
    PageType("metrics-narrowed", lambda shelf: "/metrics/?genre=署名文章"),
    PageType("missing", lambda shelf: "/nowhere", 404),
    PageType("withdrawn", _withdrawn, 410),
)
