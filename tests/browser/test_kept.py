"""A form that would not be taken stays in the window, with a sentence of what is in the way, and is sent when it is gone."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Author
from tests.browser.conftest import emptied, following, whoosh

__all__ = ["emptied", "following", "whoosh"]
pytestmark = pytest.mark.django_db(transaction=True)


def log_in(page: Page, server: LiveServer) -> None:
    page.goto(server.url + "/admin/login/")
    page.get_by_label("用户名").fill("editor")
    page.locator("[name=password]").fill("a-long-pass-phrase")
    page.get_by_role("button", name="登录").click()
    expect(page.locator("#desk-main")).to_be_visible()


def test_a_form_outlives_the_login_in_its_window(desk: Page, live_server: LiveServer) -> None:
    desk.goto(live_server.url + "/admin/articles/author/add/")
    desk.locator("[name=name]").fill("张三丰")
    desk.context.clear_cookies()
    desk.locator("[name=_continue]").click()
    said = desk.locator(".desk-refused")
    expect(said).to_contain_text("登录已失效")
    expect(said).to_be_focused()
    expect(desk.locator("[name=name]")).to_have_value("张三丰")
    log_in(other := desk.context.new_page(), live_server)
    other.close()
    desk.locator("[name=_continue]").click()
    expect(desk).to_have_url(re.compile(r"/admin/articles/author/\d+/change/"))
    assert Author.objects.get().name == "张三丰"


def test_chosen_files_stay_chosen_while_there_is_no_room(
    desk: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.goto(live_server.url + "/admin/articles/upload/new/")
    desk.set_input_files("[name=files]", {"name": "1.txt", "mimeType": "text/plain", "buffer": b"page"})
    desk.locator("[name=publication]").fill("新报")
    monkeypatch.setattr("archive.room.is_short", lambda wanted=0: wanted > 0)
    desk.get_by_role("button", name="上传", exact=True).click()
    expect(desk.locator(".desk-refused")).to_contain_text("磁盘已满")
    expect(desk.locator("[name=publication]")).to_have_value("新报")
    assert desk.evaluate("document.querySelector('[name=files]').files.length") == 1
