"""Real pages in a real browser: a window that fails its test on any complaint of the page."""

import time
from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from articles.models import ArticleChange
from tests.articles.conftest import emptied
from tests.search.conftest import following, whoosh

__all__ = ["emptied", "following", "whoosh"]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield made
    made.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the page complained of. A test that provokes some takes them away."""
    return []


@pytest.fixture
def page(context: BrowserContext, complaints: list[str]) -> Iterator[Page]:
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield opened
    assert complaints == []


@pytest.fixture
def desk(emptied: None, following: None, page: Page, live_server: LiveServer) -> Page:
    """The desk's first page, an editor logged in by hand."""
    get_user_model().objects.create_superuser("editor", password="a-long-pass-phrase")
    page.goto(live_server.url + "/admin/")
    page.get_by_label("用户名").fill("editor")
    page.locator("[name=password]").fill("a-long-pass-phrase")
    page.get_by_role("button", name="登录").click()
    return page


def until_indexed() -> None:
    deadline = time.monotonic() + 60
    while ArticleChange.objects.exists():
        assert time.monotonic() < deadline, "the follower does nothing"
        time.sleep(0.05)
