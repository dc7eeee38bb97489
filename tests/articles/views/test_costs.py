"""What the pages that everybody opens ask of the database."""

import re
import time

import pytest
from django.test import Client

from articles.remembered import State
from tests.support.shelf import fill

WARM = 12  # statements for a page whose counts are remembered, however many filters it offers


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
    while not State.now().quiet:  # the server's own housekeeping
        time.sleep(0.05)
    first = without_token(client.get(address).content)
    with django_assert_max_num_queries(WARM) as asked:
        assert without_token(client.get(address).content) == first
    assert not any("GROUP BY" in query["sql"] and "genre" in query["sql"] for query in asked.captured_queries)
