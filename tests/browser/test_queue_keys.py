"""The review queue by keys: from one article to the next, not while typing, and nothing typed is lost on the way."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles import services
from articles.ingest.record import PageRecord
from articles.models import Review
from tests.articles.conftest import parse
from tests.browser.conftest import emptied, following, whoosh
from tests.support.records import page_record

__all__ = ["emptied", "following", "parse", "whoosh"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_keys_go_on_and_what_was_typed_is_saved_when_it_is_found_right(
    desk: Page, live_server: LiveServer, parse: Callable[[PageRecord], bytes]
) -> None:
    record = page_record(titles=("甲", "乙", "丙"))
    first, second, third = services.accept_upload(parse(record), record.name).articles
    expect(desk.locator("#desk-main")).to_be_visible()
    desk.goto(live_server.url + "/admin/articles/article/queue/")
    desk.locator("button[value=first]").click()
    expect(desk).to_have_url(re.compile(f"/{first.pk}/change/"))
    expect(desk.locator(".desk-at-work kbd").first).to_be_visible()
    desk.keyboard.press("n")
    expect(desk).to_have_url(re.compile(f"/{second.pk}/change/"))
    expect(desk.locator(".desk-at-work kbd").first).to_be_visible()
    desk.wait_for_load_state("load")
    desk.locator("#id_kicker").press_sequentially("nv")
    expect(desk.locator("#id_kicker")).to_have_value("nv")
    desk.locator("#id_kicker").blur()
    desk.keyboard.press("v")
    expect(desk).to_have_url(re.compile(f"/{third.pk}/change/"))
    second.refresh_from_db()
    assert second.kicker == "nv" and Review.objects.exclude(checked_at=None).get().article == second
