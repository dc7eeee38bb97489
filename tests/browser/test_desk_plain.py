"""The desk without scripts: its plain forms do the work."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from tests.articles.ingest.pages import FISH, SAND, TEA
from tests.articles.test_split import TEXT, taken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_split_is_mended_without_scripts(emptied: None, browser: Browser, live_server: LiveServer) -> None:
    sheet = taken(publish=False)
    get_user_model().objects.create_superuser("editor", password="a-long-pass-phrase")
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/articles/page/{sheet.pk}/split/")
    page.locator("[name=username]").fill("editor")
    page.locator("[name=password]").fill("a-long-pass-phrase")
    page.get_by_role("button", name="登录").click()

    page.locator(f"#tick-{TEXT.index(FISH.title)}").check()
    page.get_by_role("button", name="并入上面一篇").click()
    expect(page.locator(".bench-apply")).to_contain_text("已改 1 步")
    page.get_by_role("button", name="生效").click()
    expect(page.get_by_text("已生效")).to_be_visible()
    standing = Article.objects.order_by("position")
    assert [a.title for a in standing if not a.moved_to] == [TEA.title, SAND.title]

    page.goto(f"{live_server.url}/admin/articles/article/")
    page.get_by_role("link", name=TEA.title).click()
    expect(page.get_by_role("button", name="保存", exact=True)).to_be_visible()
    context.close()
