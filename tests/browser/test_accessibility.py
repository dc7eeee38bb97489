"""Every type of page by the rules of axe-core: in light, dark and high contrast, both languages, desk and phone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from search import index
from tests.support.pages import PAGES
from tests.support.shelf import Shelf, fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = Path(__file__).resolve().parents[2] / "test-results" / "pages"
"""Where every page is kept as it looked, for a person to look through."""
DESK, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
# What colours and widths can change; everything else stays as it was when the page was opened.
LOOKS = {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]}


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at: by every rule that axe has (WCAG 2.2 AA and good practice), or by LOOKS."""

    size: ViewportSize
    scheme: Literal["light", "dark"]
    more_contrast: bool = False
    every_rule: bool = False

    @property
    def options(self) -> dict[str, Any]:
        rules = {"rules": {"target-size": {"enabled": True}}} if self.every_rule else {"runOnly": LOOKS}
        return {"resultTypes": ["violations"], **rules}

    def __str__(self) -> str:
        return f"{self.size['width']} {self.scheme}{' more contrast' if self.more_contrast else ''}"


# Words differ with the language, colours do not: what has been seen in one need not be seen in the other.
VISITS = {
    "zh-hans": (
        Look(DESK, "light", every_rule=True),
        Look(DESK, "dark"),
        Look(PHONE, "dark", more_contrast=True),
    ),
    "en": (
        Look(PHONE, "dark", every_rule=True),
        Look(PHONE, "light"),
        Look(DESK, "light", more_contrast=True),
    ),
}


@pytest.fixture
def shelf(emptied: None, whoosh: object) -> Shelf:
    filled = fill(copies=3)
    index.rebuild()
    return filled


@pytest.mark.parametrize("language", VISITS)
def test_axe_finds_nothing_on_any_page(
    shelf: Shelf, context: BrowserContext, live_server: LiveServer, language: str
) -> None:
    """Nor does the browser have anything to say: no page asks for what its policy forbids."""
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    found: dict[str, list[str]] = {}
    for kind in PAGES:
        answer = page.goto(live_server.url + kind.address(shelf))
        assert answer is not None and answer.status == kind.status, kind.name
        page.evaluate(AXE_SCRIPT)
        faults: list[str] = []
        for look in VISITS[language]:
            faults += seen(page, look)
            page.screenshot(path=PICTURES / f"{kind.name}, {language}, {look}.jpeg", quality=70)
        # the browser itself remarks on an answer that is an error
        faults += [words for words in said if f"status of {kind.status}" not in words]
        said.clear()
        if faults:
            found[kind.name] = faults
    assert found == {}


def seen(page: Page, look: Look) -> Iterator[str]:
    page.set_viewport_size(look.size)
    page.emulate_media(color_scheme=look.scheme, contrast="more" if look.more_contrast else "no-preference")
    for rule in page.evaluate("(options) => axe.run(options)", look.options)["violations"]:
        for node in rule["nodes"]:
            yield f"{look}: {rule['id']}: {node['html'][:200]}"


@pytest.mark.parametrize("size", ["normal", "large"])
def test_no_page_is_wider_than_a_phone(
    shelf: Shelf, page: Page, context: BrowserContext, live_server: LiveServer, size: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    context.add_cookies([{"name": "archive_size", "value": size, "url": live_server.url}])
    for kind in PAGES:
        if kind.status == 200:
            page.goto(live_server.url + kind.address(shelf))
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, kind.name


def test_high_contrast_can_be_chosen(
    shelf: Shelf, page: Page, context: BrowserContext, live_server: LiveServer
) -> None:
    page.goto(live_server.url)
    page.get_by_role("button", name="高对比度").click()
    black_on_white = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert black_on_white == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    page.get_by_role("button", name="标准对比度").click()
    assert page.evaluate("getComputedStyle(document.body).color") != "rgb(0, 0, 0)"
