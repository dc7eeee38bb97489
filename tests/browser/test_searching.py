"""Searching in a real browser: by keyboard, with an input method, without script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from search import index, suggest
from search.engines.base import Engine
from tests.support.shelf import Shelf, fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shelf(emptied: None, whoosh: Engine) -> Iterator[Shelf]:
    filled = fill(copies=2)
    index.freshen()
    suggest.forget()
    suggest.warm()
    index.warm()
    expect.set_options(timeout=20_000)
    yield filled
    expect.set_options(timeout=5_000)
    suggest.forget()


def test_by_keyboard_from_suggestion_to_the_next_hit(
    shelf: Shelf, page: Page, live_server: LiveServer
) -> None:
    page.goto(live_server.url + "/search/")
    page.locator("#q").focus()
    page.keyboard.type("chengdu")
    option = page.get_by_role("option", name="成都市")
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator(".search-summary")).to_contain_text("地区在 成都市 之内")
    expect(page.locator("#q")).to_have_value("地区:成都市")

    page.locator("#q").fill("平台")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=%E5%B9%B3%E5%8F%B0"))
    hits = page.locator(".hit")
    everything = hits.count()
    paper = page.locator("#filters").get_by_role("link", name="人民政协报")
    paper.press("Enter")
    chip = page.locator(".chip").filter(has_text="人民政协报")
    expect(chip).to_be_visible()
    assert 0 < hits.count() < everything
    expect(paper).to_be_focused()
    chip.press("Enter")
    expect(chip).to_have_count(0)
    expect(hits).to_have_count(everything)
    expect(page.locator(".search-summary")).to_be_focused()
    paper.press("Enter")
    expect(chip).to_be_visible()

    page.get_by_role("link", name="加强协商平台建设").press("Enter")
    steps = page.locator("[data-at]")
    expect(steps).to_contain_text(re.compile(r"^– / \d+$"))
    page.keyboard.press("Alt+ArrowDown")
    expect(steps).to_contain_text(re.compile(r"^1 / "))
    page.keyboard.press("Alt+ArrowDown")
    expect(steps).to_contain_text(re.compile(r"^2 / "))
    expect(page.locator("#hit-2")).to_be_focused()
    expect(page.locator("#hit-2")).to_be_in_viewport()
    page.get_by_role("button", name="上一处").press("Enter")
    expect(steps).to_contain_text(re.compile(r"^1 / "))
    page.get_by_role("link", name="返回检索结果").press("Enter")
    expect(chip).to_be_visible()


def test_an_input_method_is_left_alone(shelf: Shelf, page: Page, live_server: LiveServer) -> None:
    """Letters that are being composed ask for nothing and send nothing; the word that comes of them does."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "suggest?" in request.url else None)
    page.goto(live_server.url + "/search/")
    page.locator("#q").focus()
    method = page.context.new_cdp_session(page)
    for letters in ("c", "ch", "chengdu"):
        method.send("Input.imeSetComposition", {"text": letters, "selectionStart": 9, "selectionEnd": 9})
    expect(page.locator("#q")).to_have_value("chengdu")
    method.send("Input.insertText", {"text": "成都"})
    expect(page.get_by_role("option", name="成都市")).to_be_visible()
    assert [url.rpartition("=")[2] for url in asked] == ["%E6%88%90%E9%83%BD"]
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.locator("#q")).to_have_value("成都")
    page.keyboard.press("Enter")
    expect(page.locator(".search-summary")).to_contain_text("含 成都")


def test_a_link_to_a_broken_search_leads_to_the_page_that_says_so(
    shelf: Shelf, whoosh: Engine, context: BrowserContext, live_server: LiveServer
) -> None:
    page = context.new_page()
    page.goto(live_server.url + "/search/?q=平台")
    (whoosh.folder / "CURRENT").unlink()  # type: ignore[attr-defined]
    page.locator("#filters").get_by_role("link", name="人民政协报").click()
    expect(page.get_by_role("alert")).to_contain_text("python manage.py reindex")


def test_searching_without_script(shelf: Shelf, browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/search/")
    page.locator("#q").fill("平台")
    page.locator("#q").press("Enter")
    page.locator(".year-bars").get_by_role("link", name=re.compile("^2024")).click()
    expect(page.locator(".chip")).to_have_count(1)
    page.get_by_label("在结果中检索").fill("协商")
    page.get_by_label("在结果中检索").press("Enter")
    expect(page.locator("#q")).to_have_value("平台 协商")
    expect(page.locator(".chip")).to_have_count(1)
    page.get_by_label("逐字精确").check()
    page.locator("#q").press("Enter")
    expect(page.locator(".search-summary")).to_contain_text("逐字精确")
    page.locator(".hit-title a").first.click()
    page.locator(".hits-list").get_by_role("link", name="2", exact=True).click()
    expect(page.locator("mark:target")).to_be_in_viewport()
    context.close()


def test_links_to_take_away_are_as_high_as_a_finger_is_broad(
    shelf: Shelf, page: Page, live_server: LiveServer
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + "/search/?q=")
    links = page.locator(".take-away a")
    boxes = [box for box in (link.bounding_box() for link in links.all()) if box]
    assert len(boxes) >= 9
    assert all(box["height"] >= 44 and box["width"] >= 44 for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_is_exchanged_carries_no_style_that_the_policy_forbids(
    shelf: Shelf, page: Page, live_server: LiveServer
) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(live_server.url + "/search/?q=")
    page.evaluate("for (const top of ['1px', '']) document.querySelector('#search').style.top = top")
    page.locator("#filters").get_by_role("link", name="人民政协报").press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator("#search")).not_to_have_class(re.compile("htmx-"))
    assert refused == []
