"""From a page text on an editor's disk to an article that a reader finds: the desk in a real browser."""

import pytest
from playwright.sync_api import Browser, FilePayload, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Source, State
from tests.articles.test_upload import PAGE
from tests.browser.conftest import until_indexed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OTHER = "人民政协报　2024年5月17日　星期五　第3版\n\n" + PAGE.replace("36次", "48次")
PHONE = ViewportSize(width=390, height=844)


def chosen(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def send(desk: Page, *files: FilePayload, **fields: str) -> None:
    desk.get_by_role("link", name="上传版面").first.click()
    desk.locator("[name=files]").set_input_files(files)
    for name, value in fields.items():
        desk.locator(f"[name={name}]").fill(value)
    desk.get_by_role("button", name="上传", exact=True).click()
    expect(desk.get_by_role("heading", name="上传结果")).to_be_visible()


def test_two_pages_become_articles_that_a_reader_finds(
    desk: Page, browser: Browser, live_server: LiveServer
) -> None:
    issue = {"publication": "人民政协报", "date": "2024-07-16", "number": "9137"}
    files = (chosen("第2版.txt", PAGE), chosen("第3版.txt", OTHER))
    send(desk, *files, **issue)
    results = desk.locator(".desk-file")
    expect(results).to_have_count(2)
    expect(results.nth(0)).to_contain_text("第2版.txt")
    expect(results.nth(0)).to_contain_text("草稿")
    expect(results.nth(1)).to_contain_text("2024年5月17日")  # the page names another issue than the editor
    result = desk.url

    results.nth(1).get_by_role("link", name="本文件的日志").click()
    expect(desk.locator(".desk-log .desk-warning")).to_contain_text("2024-05-17")
    expect(desk.locator(".desk-log")).to_contain_text(" ms")

    reader = browser.new_context(locale="zh-CN").new_page()
    reader.goto(live_server.url + "/search/?q=新拟的标题")
    expect(reader.locator("body")).to_contain_text("没有")

    desk.goto(result)
    results.nth(0).get_by_role("link", name="搭建协商平台").click()
    address = desk.url
    desk.locator("[name=title]").fill("新拟的标题")
    desk.get_by_role("button", name="保存并发布").click()
    expect(desk.locator("body")).to_contain_text("1 篇文章：已发布。")
    article = Article.objects.published().get()
    assert (article.title, article.machine["title"]) == ("新拟的标题", "搭建协商平台 服务基层治理")

    until_indexed()  # by the follower: nobody searches meanwhile
    reader.goto(live_server.url + "/search/?q=新拟的标题")
    reader.get_by_role("link", name="新拟的标题").click()
    expect(reader.locator("h1")).to_have_text("新拟的标题")
    expect(reader.locator(".text")).to_contain_text("协商活动36次")
    draft = Article.objects.get(state=State.DRAFT)
    answer = reader.goto(live_server.url + draft.get_absolute_url())
    assert answer is not None and answer.status == 404
    reader.context.close()

    desk.goto(address)
    expect(desk.locator("[name=title]")).to_have_value("新拟的标题")
    send(desk, chosen("另存.txt", PAGE))
    expect(results).to_have_count(1)
    expect(results).to_contain_text("已以 第2版.txt 为名")
    expect(results).to_contain_text("未作任何改动")
    assert Source.objects.count() == 2


def test_the_desk_fits_a_phone(desk: Page, live_server: LiveServer) -> None:
    send(desk, chosen("第2版.txt", PAGE), chosen("空.txt", ""), publication="人民政协报")
    article = Article.objects.get()
    desk.set_viewport_size(PHONE)
    addresses = [
        desk.url, "/admin/", "/admin/articles/ingestrun/upload/", "/admin/articles/ingestrun/",
        "/admin/articles/article/", f"/admin/articles/article/{article.pk}/change/",
    ]  # fmt: skip
    for address in addresses:
        desk.goto(address if "://" in address else live_server.url + address)
        assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
