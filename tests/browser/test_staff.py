"""What a member of staff does in an hour: finds what a county does, trusts a figure, compares, collects, cites, prints."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.support.shelf import Shelf, fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shelf(emptied: None) -> Shelf:
    return fill(copies=2)


def test_from_the_map_to_the_printer(
    shelf: Shelf, page: Page, live_server: LiveServer, tmp_path: Path
) -> None:
    page.goto(live_server.url)
    page.get_by_role("link", name="福建省：", exact=False).click()
    page.locator(".inside").get_by_role("link", name="三明市").click()
    page.locator(".inside").get_by_role("link", name="沙县区").click()
    expect(page.locator("h1")).to_have_text("沙县区")
    expect(page.get_by_role("navigation", name="所在位置")).to_contain_text("三明市")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV", exact=True).click()
    taken.value.save_as(tmp_path / "list.csv")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["标题"] for row in csv.DictReader(file)] == ["沙县的实践"]

    page.get_by_role("link", name="沙县的实践").first.click()
    page.locator(".metric-table a.where").first.click()
    expect(page.locator(":target")).to_have_text("走访300余次")
    page.get_by_role("button", name="加入资料夹").first.click()
    expect(page.get_by_role("link", name=re.compile("资料夹 1"))).to_be_visible()
    expect(page.locator("#citation")).to_contain_text("沙县的实践[N]")

    page.goto(live_server.url + "/metrics/")
    page.get_by_role("link", name="走访").first.click()
    expect(page.locator("h1")).to_contain_text("走访")

    page.get_by_role("link", name=re.compile("资料夹")).first.click()
    expect(page.locator("main")).to_contain_text("沙县的实践")
    with page.expect_download() as briefing:
        page.get_by_role("link", name="Word 简报").click()
    assert briefing.value.suggested_filename.endswith(".docx")
    briefing.value.save_as(tmp_path / "briefing.docx")
    assert (tmp_path / "briefing.docx").read_bytes().startswith(b"PK")

    page.goto(live_server.url + shelf.sha.get_absolute_url())
    printed = page.pdf(path=tmp_path / "article.pdf")
    assert printed.startswith(b"%PDF") and 1 <= printed.count(b"/Type /Page\n") <= 2
