from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import RequestFactory
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from archive.errors import at_fault


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_admin_opens_in_a_real_browser_without_a_policy_violation(
    browser: Browser, live_server: LiveServer
) -> None:
    page = browser.new_page(locale="en-GB")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "Policy" in message.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/admin/")
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    assert page.locator("input[name=username]").is_visible()
    page.close()
    assert complaints == []


@pytest.mark.browser
def test_a_fault_is_told_in_the_sites_look_without_any_file(browser: Browser) -> None:
    """The page holds its own style, which the policy of all others would forbid."""
    answer = at_fault(RequestFactory().get("/"))
    page = browser.new_page(color_scheme="light")
    page.route(
        "**/broken",
        lambda route: route.fulfill(status=500, headers=dict(answer.headers), body=answer.content),
    )
    page.goto("http://archive.test/broken")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 248, 241)"
    assert page.get_by_role("heading", name="这一页出错了").is_visible()
    page.evaluate(AXE_SCRIPT)
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        faults = page.evaluate("axe.run()")["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in faults] == [], scheme
    page.close()
