"""A wrong split mended at the workbench, by keyboard alone."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from tests.articles.ingest.pages import FISH, SAND, TEA
from tests.articles.test_split import TEXT, taken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_split_is_mended_by_keyboard(emptied: None, page: Page, live_server: LiveServer) -> None:
    sheet = taken(publish=False)
    get_user_model().objects.create_superuser("editor", password="a-long-pass-phrase")
    page.goto(f"{live_server.url}/admin/articles/page/{sheet.pk}/split/")
    page.locator("[name=username]").fill("editor")
    page.locator("[name=password]").fill("a-long-pass-phrase")
    page.get_by_role("button", name="登录").click()

    def line(words: str) -> str:
        return f"#tick-{TEXT.index(words)}"

    steps, cards = page.locator(".bench-apply"), page.locator(".bench-card")
    expect(cards).to_have_count(3)
    page.locator(line(SAND.paragraphs[0])).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(line(SAND.paragraphs[1]))).to_be_focused()
    page.keyboard.press("s")
    expect(cards).to_have_count(4)
    expect(steps).to_contain_text("已改 1 步")
    expect(page.locator(line(SAND.paragraphs[1]))).to_be_focused()

    # The first words of the line become its title: a selection made by keys.
    for _ in range(6):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("t")
    expect(steps).to_contain_text("已改 2 步")
    expect(cards.nth(2).locator("h2")).to_have_text("4 治沙要靠科学")

    # Merged, undone, redone, undone: keys pressed while the archive still answers are not lost.
    page.locator(line(FISH.title)).focus()
    page.keyboard.press("m")
    expect(cards).to_have_count(3)
    page.keyboard.press("z")
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+z")
    expect(page.locator("[name=version]")).to_have_value("6")
    expect(cards).to_have_count(4)
    page.locator(line(TEA.paragraphs[2])).focus()
    page.keyboard.press("2")
    expect(page.locator(f"#at-{TEXT.index(TEA.paragraphs[2])} .bench-what b")).to_have_text("2")
    expect(page.locator(".bench-balance")).to_contain_text("一字不漏")

    page.get_by_role("button", name="生效").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bench-said")).to_contain_text("已生效")
    titles = Article.objects.order_by("position").values_list("title", flat=True)
    assert list(titles) == [TEA.title, SAND.title, "治沙要靠科学", FISH.title]
    assert TEA.paragraphs[2] in Article.objects.get(title=SAND.title).text

    page.locator(".bench-verdict button").first.focus()
    page.keyboard.press("v")
    expect(page.locator(".bench-verdict button").first).to_have_attribute("aria-pressed", "true")
