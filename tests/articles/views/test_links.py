"""Every link on the reading site, followed: none leads nowhere, and no anchor points at nothing."""

from collections import Counter, deque
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

from search import index
from tests.support.shelf import Shelf, fill

ORIGIN = "http://testserver"
OF_A_KIND = 1
"""Addresses followed of one kind: the next would show the same."""
ELSEWHERE = ("/admin/", "/static/")


@pytest.fixture
def shelf(db: None, whoosh: object) -> Shelf:
    filled = fill(copies=12)
    index.rebuild()
    return filled


def test_no_link_leads_nowhere(shelf: Shelf, client: Client) -> None:
    broken, ids, pointed = [], {}, set()
    met: Counter[tuple[str, ...]] = Counter()
    waiting, known = deque([("/", "")]), {"/"}
    while waiting:
        address, linked_on = waiting.popleft()
        answer = client.get(address, follow=True)
        if answer.status_code != 200:
            broken.append((address, answer.status_code, linked_on))
            continue
        if not answer["Content-Type"].startswith("text/html"):
            b"".join(answer) if answer.streaming else answer.content
            continue
        page = html.fromstring(answer.content)
        ids[address] = set(page.xpath("//@id"))
        for link in page.xpath("//a/@href | //link/@href"):
            target, fragment = urldefrag(urljoin(ORIGIN + address, link))
            if not target.startswith(ORIGIN) or urlsplit(target).path.startswith(ELSEWHERE):
                continue
            target = target.removeprefix(ORIGIN)
            if fragment:
                pointed.add((target, fragment, address))
            if target not in known and met[kind(target)] < OF_A_KIND:
                met[kind(target)] += 1
                known.add(target)
                waiting.append((target, address))
    assert broken == []
    assert {(to, part, on) for to, part, on in pointed if to in ids and part not in ids[to]} == set()
    assert len(ids) > 30


def kind(address: str) -> tuple[str, ...]:
    """The view behind an address and the parameter that it is asked with; files are alike whatever is asked, and there
    is no end to combinations."""
    parts = urlsplit(address)
    try:
        view = resolve(parts.path).view_name
    except Resolver404:
        return (parts.path,)
    names = sorted(parse_qs(parts.query))
    return (
        (view,) if not parts.path.endswith("/") else (view, *names) if len(names) < 2 else (view, "several")
    )
