"""A wrong split mended at the workbench: by keyboard alone, and by the mouse as hands use it."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from tests.articles.ingest.pages import FISH, SAND, TEA
from tests.articles.test_split import TEXT, taken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bench(emptied: None, page: Page, live_server: LiveServer) -> Page:
    """The workbench of a page with three articles, none of them published."""
    sheet = taken(publish=False)
    get_user_model().objects.create_superuser("editor", password="a-long-pass-phrase")
    page.goto(f"{live_server.url}/admin/articles/page/{sheet.pk}/split/")
    page.locator("[name=username]").fill("editor")
    page.locator("[name=password]").fill("a-long-pass-phrase")
    page.get_by_role("button", name="登录").click()
    return page


def line(words: str) -> str:
    return f"#tick-{TEXT.index(words)}"


def press(page: Page, words: str) -> None:
    """A click on a line's box as a hand does it: the button goes down where the box is, and up a little later."""
    page.locator(line(words)).scroll_into_view_if_needed()
    down(page, words)
    page.mouse.up()


def down(page: Page, words: str) -> None:
    box = page.locator(line(words)).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()


def do(page: Page, what: str, version: int) -> None:
    page.locator(f".bench-bar [name=do][value={what}]").click()
    expect(page.locator("[name=version]")).to_have_value(str(version))


def test_every_press_of_the_mouse_ticks_the_line_that_it_was_on(bench: Page) -> None:
    bench.set_viewport_size({"width": 1280, "height": 768})
    press(bench, SAND.paragraphs[0])
    for version, what in enumerate(("move", "undo", "redo"), 1):
        do(bench, what, version)
        expect(bench.locator(line(SAND.paragraphs[0]))).to_be_focused()
        below = (SAND.paragraphs[1], FISH.title, FISH.paragraphs[0])
        for words in below:
            press(bench, words)
            expect(bench.locator(line(words))).to_be_checked()
        for words in below:
            press(bench, words)
            expect(bench.locator(line(words))).not_to_be_checked()
        press(bench, SAND.paragraphs[0])


def test_a_line_that_is_pressed_while_the_page_is_drawn_anew_is_ticked(bench: Page) -> None:
    press(bench, SAND.paragraphs[0])
    bench.locator(line(FISH.title)).scroll_into_view_if_needed()
    bench.locator(line(SAND.paragraphs[0])).focus()
    bench.evaluate("addEventListener('htmx:beforeRequest', () => document.querySelector('#tick-0').click())")
    down(bench, FISH.title)
    bench.keyboard.press("1")
    expect(bench.locator("[name=version]")).to_have_value("1")
    bench.mouse.up()
    expect(bench.locator(line(FISH.title))).to_be_checked()
    expect(bench.locator("#tick-0")).to_be_checked()
    expect(bench.locator(line(SAND.paragraphs[0]))).not_to_be_checked()


def test_the_button_that_merges_names_the_article_right_above(bench: Page) -> None:
    """Though that one is a headline and nothing more."""
    merge = bench.locator("[name=do][value=merge]")
    for words in (SAND.byline, *SAND.paragraphs, SAND.note):
        press(bench, words)
    do(bench, "new", 1)
    wide = merge.bounding_box()
    press(bench, FISH.title)
    expect(merge).to_contain_text(f"并入第 4 篇《{SAND.paragraphs[0][:6]}")
    press(bench, FISH.title)
    press(bench, SAND.paragraphs[1])
    expect(merge).to_contain_text(f"并入第 2 篇《{SAND.title}》")
    assert wide == merge.bounding_box()
    do(bench, "merge", 2)
    cards = bench.locator(".bench-card h2")
    expect(cards).to_have_text([f"1 {TEA.title}", f"2 {SAND.title}", f"3 {FISH.title}"])
    bench.locator(line(TEA.title)).focus()
    expect(merge).to_contain_text("并入上面一篇")


def test_keys_take_words_apply_and_leave_the_focus_where_it_was(bench: Page) -> None:
    """The lines are one stop of the Tab key; words are typed and marked; what is applied is applied from the line."""
    version, keys = bench.locator("[name=version]"), bench.keyboard
    bench.locator(line(SAND.paragraphs[0])).focus()
    keys.press("Tab")
    assert bench.evaluate("document.activeElement.closest('.bench-records') !== null")
    keys.press("Shift+Tab")
    chosen = bench.locator(line(SAND.paragraphs[1]))
    keys.press("ArrowDown")
    expect(chosen).to_be_focused()
    keys.press("s")
    expect(version).to_have_value("1")
    keys.press("e")
    keys.type("没有这些字")
    keys.press("Enter")
    expect(bench.locator(".bench-said")).to_contain_text("所选各行中没有这些字")
    bench.locator("[name=words]").fill("治沙 要靠科学")
    keys.press("Enter")
    expect(chosen).to_be_focused()
    keys.press("t")
    expect(version).to_have_value("2")
    expect(bench.locator(".bench-card h2").nth(2)).to_have_text("4 治沙要靠科学")
    expect(chosen).to_be_focused()
    keys.press("Control+Enter")
    expect(bench.locator(".bench-said")).to_contain_text("已生效")
    expect(chosen).to_be_focused()
    assert Article.objects.filter(title="治沙要靠科学").exists()
    keys.press("End")
    expect(bench.locator(".bench-line input").last).to_be_focused()


def test_the_legend_stays_folded_and_the_record_stands_beside_its_line(bench: Page) -> None:
    bench.set_viewport_size({"width": 1280, "height": 500})
    legend = bench.locator("#bench-legend")
    expect(legend).to_contain_text("⤷")
    legend.locator("summary").click()
    bench.reload()
    expect(legend).to_be_visible()
    expect(legend).not_to_have_attribute("open", "")

    def beside(words: str, number: int) -> None:
        """The title of the line's article stands at the top of the pane."""
        expect(bench.locator(f"{line(words)}")).to_be_focused()
        edge = "Math.round(document.querySelector('{}').getBoundingClientRect().top)"
        assert bench.evaluate(edge.format(f"#article-{number}")) == bench.evaluate(
            edge.format(".bench-records")
        )

    bench.locator(line(FISH.title)).focus()
    press(bench, SAND.paragraphs[0])
    beside(SAND.paragraphs[0], 2)
    do(bench, "move", 1)
    beside(SAND.paragraphs[0], 1)


def test_a_split_is_mended_by_keyboard(bench: Page) -> None:
    page = bench
    steps, cards = page.locator(".bench-apply"), page.locator(".bench-card")
    expect(cards).to_have_count(3)
    page.locator(line(SAND.paragraphs[0])).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(line(SAND.paragraphs[1]))).to_be_focused()
    page.keyboard.press("s")
    expect(cards).to_have_count(4)
    expect(steps).to_contain_text("已改 1 步")
    expect(page.locator(line(SAND.paragraphs[1]))).to_be_focused()

    # The first words of the line become its title: a selection made by keys.
    for _ in range(6):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("t")
    expect(steps).to_contain_text("已改 2 步")
    expect(cards.nth(2).locator("h2")).to_have_text("4 治沙要靠科学")

    # Merged, undone, redone, undone: keys pressed while the archive still answers are not lost.
    page.locator(line(FISH.title)).focus()
    page.keyboard.press("m")
    expect(cards).to_have_count(3)
    page.keyboard.press("z")
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+z")
    expect(page.locator("[name=version]")).to_have_value("6")
    expect(cards).to_have_count(4)
    page.locator(line(TEA.paragraphs[2])).focus()
    page.keyboard.press("2")
    expect(page.locator(f"#at-{TEXT.index(TEA.paragraphs[2])} .bench-what b")).to_have_text("2")
    expect(page.locator(".bench-balance")).to_contain_text("一字不漏")

    page.get_by_role("button", name="生效").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bench-said")).to_contain_text("已生效")
    titles = Article.objects.order_by("position").values_list("title", flat=True)
    assert list(titles) == [TEA.title, SAND.title, "治沙要靠科学", FISH.title]
    assert TEA.paragraphs[2] in Article.objects.get(title=SAND.title).text

    page.locator(".bench-verdict button").first.focus()
    page.keyboard.press("v")
    expect(page.locator(".bench-verdict button").first).to_have_attribute("aria-pressed", "true")


def test_a_login_that_ended_stops_one_step_and_no_other(
    bench: Page, complaints: list[str], live_server: LiveServer
) -> None:
    bench.locator(line(SAND.paragraphs[0])).focus()
    bench.context.clear_cookies()
    bench.keyboard.press("h")
    said = bench.locator(".bench-said")
    expect(said).to_contain_text("登录已失效，这一步没有执行")
    assert all("403" in complaint for complaint in complaints)
    complaints.clear()
    with bench.context.expect_page() as opened:
        said.get_by_role("link").click()
    other = opened.value
    other.locator("[name=username]").fill("editor")
    other.locator("[name=password]").fill("a-long-pass-phrase")
    other.get_by_role("button", name="登录").click()
    expect(other.locator("#desk-main")).to_be_visible()
    other.close()
    bench.locator(line(SAND.paragraphs[0])).focus()
    bench.keyboard.press("h")
    expect(bench.locator("[name=version]")).to_have_value("1")
