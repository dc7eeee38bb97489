"""What the pages that everybody opens ask of the database."""

import random
import re
import time

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from articles.benchmark.pages import PAGES, QUERIES
from articles.catalogue import current
from articles.models import Article
from articles.reading import rows_of
from articles.remembered import State
from articles.views import serial
from tests.support.shelf import fill

WARM = 12  # statements for a page whose counts are remembered, however many filters it offers


def wait_until_quiet() -> None:
    while not State.now().quiet:  # the server's own housekeeping
        time.sleep(0.05)


def without_token(page: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", page)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/", "/articles/", "/articles/?region=510000&year=2024&page=1"])
def test_a_page_is_counted_once(
    emptied: None,
    client: Client,
    address: str,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    fill(copies=3)
    wait_until_quiet()
    first = without_token(client.get(address).content)
    with django_assert_max_num_queries(WARM) as asked:
        assert without_token(client.get(address).content) == first
    assert not any("GROUP BY" in query["sql"] and "genre" in query["sql"] for query in asked.captured_queries)


@pytest.mark.django_db(transaction=True)
def test_no_page_asks_more_than_ten_times(emptied: None, client: Client) -> None:
    """Every type of page that `manage.py benchmark pages` measures, asked for the second time."""
    fill(copies=3)
    wait_until_quiet()
    asked = {}
    for page in PAGES:
        address = page.address(random.Random(page.name))
        assert client.get(address).status_code == 200, address  # loads what a process loads once
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        asked[page.name] = len(captured)
    assert {name: n for name, n in asked.items() if n > QUERIES} == {}


@pytest.mark.django_db(transaction=True)
def test_rows_of_a_list_hold_all_that_is_shown_of_them(
    emptied: None,
    rf: RequestFactory,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    fill(copies=2)
    keys = current().select().keys("newest", 0, 20)
    with django_assert_num_queries(3):
        rows = rows_of(keys)
        shown = [render_to_string("partials/article_row.html", {"article": row}) for row in rows]
        sent = [serial.article(row, rf.get("/")) for row in rows]
    assert [row.pk for row in rows] == keys
    assert all(f'href="/a/{row["id"]}/"' in html for row, html in zip(sent, shown, strict=True))
    assert any(
        f"<span>{theme}</span>" in html
        for row, html in zip(sent, shown, strict=True)
        for theme in row["themes"]
    )
    assert any(row["authors"] for row in sent)
    full = Article.objects.shown().for_list().in_bulk(keys)
    assert sent == [serial.article(full[key], rf.get("/")) for key in keys]
