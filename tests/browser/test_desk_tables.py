"""What hangs on an article is seen whole beside the side bar, and names stand on the desk as they are written."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles import services
from tests.articles.ingest.pages import FISH
from tests.articles.test_desk_values import UNTITLED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDER = """() => [...document.querySelectorAll('[data-inline-type=tabular] table')].filter(t => t.offsetParent)
    .map(table => [...function* () { for (let e = table.parentElement; e; e = e.parentElement) yield e }()]
    .some(box => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== 'visible'))"""


def test_the_tables_of_an_article_need_no_scrolling_sideways(desk: Page, live_server: LiveServer) -> None:
    article = services.accept_upload(UNTITLED.encode(), "page.txt").articles[0]
    assert article.metrics.exists()
    desk.goto(live_server.url + reverse("admin:articles_article_change", args=[article.pk]))
    for tab in ("署名", "提及的机制", "指标"):
        desk.get_by_role("link", name=tab, exact=True).click()
        expect(desk.locator("[data-inline-type=tabular]:visible")).to_have_count(1)
        assert desk.evaluate(WIDER) == [False], tab
    chosen = desk.locator("select[name='metrics-0-qualifier'] option").first
    assert chosen.inner_text() == "–"


def test_a_file_is_called_what_it_is_called(desk: Page, live_server: LiveServer) -> None:
    source = services.accept_upload(FISH.whole.encode(), "fish.txt").source
    desk.goto(live_server.url + reverse("admin:articles_source_change", args=[source.pk]))
    expect(desk.locator(".desk-crumb").last).to_have_text("fish.txt")
