"""What the pages that everybody opens ask of the database."""

import random
import re
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.benchmark.pages import PAGES, QUERIES
from articles.remembered import State
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
