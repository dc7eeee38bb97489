"""Atom feeds (RFC 4287)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from articles.takeaway.reference import plain

MEDIA_TYPE = "application/atom+xml"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries changed last; it must say something, and always the same."""

_NAMESPACE = "http://www.w3.org/2005/Atom"
_OURS = uuid5(NAMESPACE_URL, "urn:cppcc-practice-archive")


@dataclass(frozen=True, slots=True)
class Entry:
    """`name`: what the entry is called for ever, an address without host. Times are aware."""

    name: str
    url: str
    title: str
    published: datetime
    updated: datetime
    summary: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """`name` as of entries; `url` is the page that it follows, `here` its own address."""

    name: str
    title: str
    url: str
    here: str
    publisher: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=NEVER)


def write(feed: Feed) -> bytes:
    """The feed as UTF-8. Ids stay the same under another host name."""
    ElementTree.register_namespace("", _NAMESPACE)
    root = _element("feed")
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "zh-CN")
    _common(root, feed.name, feed.title, feed.updated)
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=feed.here)
    _add(root, "link", rel="alternate", type="text/html", href=feed.url)
    _add(_add(root, "author"), "name", feed.publisher)
    for entry in feed.entries:
        one = _add(root, "entry")
        _common(one, entry.name, entry.title, entry.updated)
        _add(one, "published", _time(entry.published))
        _add(one, "link", rel="alternate", type="text/html", href=entry.url)
        for name in entry.authors:
            _add(_add(one, "author"), "name", name)
        for term in entry.categories:
            _add(one, "category", term=term)
        if entry.summary:
            _add(one, "summary", entry.summary, type="text")
    ElementTree.indent(root, "")
    return ElementTree.tostring(root, "utf-8", xml_declaration=True)


def _common(parent: ElementTree.Element, name: str, title: str, updated: datetime) -> None:
    _add(parent, "id", uuid5(_OURS, name).urn)
    _add(parent, "title", title, type="text")
    _add(parent, "updated", _time(updated))


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _element(tag: str) -> ElementTree.Element:
    return ElementTree.Element(f"{{{_NAMESPACE}}}{tag}")


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{_NAMESPACE}}}{tag}")
    child.text = plain(text) or None
    for name, value in attributes.items():
        child.set(name, plain(value))
    return child
