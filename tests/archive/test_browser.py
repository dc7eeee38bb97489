import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer


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
