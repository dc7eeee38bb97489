"""The desk's lists: the bar of actions covers no row, a tablet shows the table, a telephone compact cards."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles import services
from tests.articles.test_desk_values import UNTITLED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def top_and_bottom(one: Locator) -> tuple[float, float]:
    box = one.bounding_box()
    assert box is not None
    return box["y"], box["y"] + box["height"]


def test_the_last_row_is_never_under_the_bar(desk: Page, live_server: LiveServer) -> None:
    for width, height in ((1366, 850), (390, 844)):
        desk.set_viewport_size({"width": width, "height": height})
        desk.goto(live_server.url + reverse("admin:articles_theme_changelist"))
        desk.locator(".action-select").first.check()
        bar = desk.locator("#changelist-actions")
        expect(bar).to_be_visible()
        desk.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        assert top_and_bottom(desk.locator(".data-row").last)[1] <= top_and_bottom(bar)[0]
        desk.locator(".action-select").last.check(timeout=5000)


def test_tablets_show_the_table_and_telephones_compact_cards(desk: Page, live_server: LiveServer) -> None:
    article = services.accept_upload(UNTITLED.encode(), "page.txt").articles[0]
    services.correct(article, {"level": ""})
    desk.set_viewport_size({"width": 800, "height": 900})
    desk.goto(live_server.url + reverse("admin:articles_article_changelist"))
    row = desk.locator(f".data-row:has([value='{article.pk}'])")
    assert row.evaluate("row => getComputedStyle(row).display") == "table-row"
    desk.set_viewport_size({"width": 390, "height": 844})
    top, bottom = top_and_bottom(row)
    assert bottom - top < 150
    headline, ticked = row.locator("th"), row.locator(".action-select")
    assert int(headline.evaluate("one => getComputedStyle(one).fontWeight")) >= 600
    box = ticked.bounding_box()
    assert box and min(box["width"], box["height"]) >= 24
    expect(row.locator(".field-level")).to_be_hidden()
    expect(row.locator(".field-state_label")).to_be_visible()
