"""The reading site in a real browser: without script, by keyboard, on a phone, in the dark, on paper."""

import re
from io import BytesIO

import pdfplumber
import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.support.shelf import Shelf, fill
from tests.support.told import count, tell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shelf(emptied: None) -> Shelf:
    return fill(copies=12)


def test_everything_works_without_script(shelf: Shelf, browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_role("link", name="四川省：", exact=False).click()
    expect(page.locator("h1")).to_have_text("四川省")
    page.get_by_role("link", name="加强协商平台建设").first.click()
    mark = page.locator(".text .ev").first
    plain = mark.evaluate("e => getComputedStyle(e).backgroundColor")
    page.get_by_label("标出各项依据").check()
    assert mark.evaluate("e => getComputedStyle(e).backgroundColor") != plain
    page.locator(".metric-table a.where").first.click()
    assert page.locator(":target").text_content() == "走访300余次"
    page.get_by_role("button", name="大字版").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(live_server.url + "/articles/")
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile(r"page=2"))
    context.close()


def test_filters_change_the_list_in_place(shelf: Shelf, page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + "/articles/")
    page.evaluate("window.same = true")
    page.get_by_role("group", name="地区").get_by_label("福建省").check()
    expect(page.get_by_role("status")).to_contain_text("共 1 篇")
    expect(page).to_have_url(re.compile(r"region=350000"))
    assert page.evaluate("window.same") is True
    page.get_by_role("link", name="取消地区：福建省").click()
    expect(page.get_by_role("status")).to_contain_text("共 28 篇")
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text("共 1 篇")
    page.get_by_role("link", name="沙县的实践").click()
    expect(page.locator("h1")).to_have_text("沙县的实践")


def test_the_keyboard_reaches_the_content(shelf: Shelf, page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#front-q")).to_be_focused()
    outline = page.locator("#front-q").evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"


def test_enter_while_composing_does_not_search(shelf: Shelf, page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)
    page.locator("#front-q").focus()
    sent = page.evaluate(
        """() => {
          const box = document.activeElement;
          let sent = 0;
          box.form.addEventListener("submit", (e) => { sent += 1; e.preventDefault(); });
          const press = (more) => box.dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more }));
          const composing = press({ isComposing: true }), late = press({ keyCode: 229 }), plain = press({});
          return { composing, late, plain };
        }"""
    )
    assert sent == {
        "composing": False,
        "late": False,
        "plain": True,
    }  # False: the browser's own sending is off


def test_a_list_is_narrowed_while_typing(shelf: Shelf, page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + "/mechanisms/")
    page.get_by_role("group", name="地区").get_by_label("四川省").check()
    expect(page).to_have_url(re.compile(r"region=510000"))
    name = page.get_by_label("名称包含")
    name.press_sequentially("无此")
    expect(page.get_by_role("status")).to_contain_text("共 0 项机制")
    name.fill("来协商")
    expect(page.locator(".mechanisms li").first).to_be_visible()
    expect(name).to_be_focused()
    expect(page.get_by_role("link", name="四川省")).to_be_visible()  # what was narrowed before stays narrowed


def test_on_paper_only_the_article_is_left(shelf: Shelf, page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + shelf.chengdu.get_absolute_url())
    page.emulate_media(media="print")
    expect(page.locator(".text")).to_be_visible()
    expect(page.locator("#citation")).to_be_visible()
    for hidden in (".sections", ".tools", ".related", ".turn", ".colophon"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_a_plot_does_not_shrink_its_page_on_paper(emptied: None, page: Page, live_server: LiveServer) -> None:
    for region, n in (("510100", 120), ("350400", 80)):
        tell(region, count(f"建成议事厅{n}个。", f"建成议事厅{n}个", n, "个", "议事厅"), region=region)
    page.goto(live_server.url + "/metrics/figure/?subject=议事厅&unit=个")
    page.locator(".plot canvas").wait_for()
    with pdfplumber.open(BytesIO(page.pdf(format="A4"))) as pdf:
        assert max(char["size"] for char in pdf.pages[0].chars) > 16  # points; the heading's
