"""The upload form in a real browser: what was chosen stays chosen until it is uploaded."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Upload
from tests.articles.test_upload import PAGE
from tests.browser.test_admin_upload import chosen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_refused_form_keeps_its_files(desk: Page, complaints: list[str]) -> None:
    desk.get_by_role("link", name="上传版面").first.click()
    desk.locator("[name=files]").set_input_files([chosen("1.txt", PAGE), chosen("空.txt", "")])
    desk.locator("[name=files]").set_input_files([chosen("2.txt", f"{PAGE}另一句。")])
    lines = desk.locator("#chosen li")
    expect(lines).to_have_count(3)
    expect(lines.nth(1)).to_contain_text("0 B · 空文件")
    expect(desk.locator("#sent")).to_contain_text("共 3 个文件")
    desk.get_by_role("button", name="移去 空.txt").click()
    expect(lines).to_have_count(2)
    desk.locator("[name=publication]").fill("人民政协报")
    desk.locator("[name=date]").fill("2024-13-45")
    desk.get_by_role("button", name="上传", exact=True).click()
    expect(desk.locator(".errors")).to_contain_text("2024-13-45")
    expect(lines).to_have_count(2)
    expect(desk.locator("[name=publication]")).to_have_value("人民政协报")
    assert not Upload.objects.exists()
    assert "422" in complaints.pop()
    desk.locator("[name=date]").fill("２０２４年７月１６日 星期二")
    desk.get_by_role("button", name="上传", exact=True).click()
    expect(desk.get_by_role("heading", name="上传结果")).to_be_visible()
    upload = Upload.objects.get()
    assert upload.date == "2024-07-16"
    assert sorted(upload.files.values_list("name", flat=True)) == ["1.txt", "2.txt"]


def test_a_login_that_ended_loses_no_files(desk: Page) -> None:
    desk.get_by_role("link", name="上传版面").first.click()
    desk.locator("[name=files]").set_input_files([chosen("1.txt", PAGE)])
    kept = desk.context.cookies()
    desk.context.clear_cookies(name="sessionid")
    desk.get_by_role("button", name="上传", exact=True).click()
    expect(desk.get_by_role("alert").filter(has_text="登录已")).to_be_visible()
    desk.context.add_cookies([cookie for cookie in kept if cookie["name"] == "sessionid"])  # type: ignore[typeddict-item,misc]
    desk.get_by_role("button", name="上传", exact=True).click()
    expect(desk.get_by_role("heading", name="上传结果")).to_be_visible()
    assert list(Upload.objects.get().files.values_list("name", flat=True)) == ["1.txt"]


def test_files_stay_chosen_where_the_connection_breaks(desk: Page, complaints: list[str]) -> None:
    desk.get_by_role("link", name="上传版面").first.click()
    desk.locator("[name=files]").set_input_files([chosen("1.txt", PAGE)])
    desk.route(
        "**/upload/new/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    desk.get_by_role("button", name="上传", exact=True).click()
    expect(desk.get_by_role("alert").filter(has_text="连接中断")).to_be_visible()
    assert "ERR_FAILED" in complaints.pop()
    desk.unroute("**/upload/new/")
    desk.get_by_role("button", name="上传", exact=True).click()
    expect(desk.get_by_role("heading", name="上传结果")).to_be_visible()
