"""An article is passed as right: with what was changed on its page, once more where it has no headline, by whom it may be."""

from collections.abc import Callable

import pytest
from django.test import Client

from articles import services
from articles.ingest.record import PageRecord
from articles.models import Article, IngestEvent, IngestRun, Review
from articles.roles import EDITOR, REVIEWER
from tests.articles.test_admin import change, form_of
from tests.articles.test_queue import doubt, somebody, step
from tests.support.records import page_record

pytestmark = pytest.mark.django_db
SAVE_RIGHT = {"articles_article_save_and_find_right": ""}


@pytest.fixture
def taken(parse: Callable[[PageRecord], bytes]) -> list[Article]:
    record = page_record(titles=("甲", "乙", "丙"))
    return services.accept_upload(parse(record), record.name).articles


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(somebody("小陈", EDITOR))
    return client


def right() -> set[int]:
    return set(Review.objects.exclude(checked_at=None).values_list("article", flat=True))


def test_one_button_saves_passes_and_goes_on(taken: list[Article], desk: Client) -> None:
    address = step(desk, "open", taken[0]).url
    answer = desk.post(address, form_of(desk, taken[0]) | {"title": "改过"} | SAVE_RIGHT)
    assert answer.url.startswith(change(taken[1])) and right() == {taken[0].pk}
    taken[0].refresh_from_db()
    assert taken[0].title == "改过"
    said = [str(m) for m in desk.get(answer.url).context["messages"]]
    assert said == ["您的改动已保存。", "“改过”已核对无误。"]
    assert "save_and_find_right" not in desk.get(change(taken[0])).text


def test_without_a_headline_it_is_asked_once_more(taken: list[Article], desk: Client) -> None:
    doubt(taken[0], title="")
    address = step(desk, "open", taken[0]).url
    query = address.partition("?")[2]
    held = step(desk, "right", taken[0], query)
    assert held.url.startswith(change(taken[0])) and right() == set()
    asked = desk.get(held.url)
    assert "本文没有标题" in asked.text and "缺标题" in asked.text
    held = desk.post(address, form_of(desk, taken[0]) | {"kicker": "引题"} | SAVE_RIGHT)
    taken[0].refresh_from_db()
    assert taken[0].kicker == "引题" and right() == set() and "untitled=1" in held.url
    passed = step(desk, "right", taken[0], held.url.partition("?")[2])
    assert (
        right() == {taken[0].pk} and passed.url.startswith(change(taken[1])) and "untitled" not in passed.url
    )
    assert '<span class="desk-doubt">' not in desk.get(change(taken[0])).text


def test_saving_what_is_public_says_who_sees_it(taken: list[Article], desk: Client) -> None:
    assert "读者随即可见" not in desk.get(change(taken[0])).text
    services.publish(taken[:1])
    assert "本文已公开：保存后读者随即可见。" in desk.get(change(taken[0])).text
    said = desk.post(change(taken[0]), form_of(desk, taken[0]) | {"title": "改过"}, follow=True)
    assert "本文已公开，您的改动读者随即可见。" in [str(m) for m in said.context["messages"]]


def test_an_editor_is_told_who_publishes(taken: list[Article], desk: Client) -> None:
    assert "发布由“审核”人员进行" in desk.get(change(taken[0])).text
    services.send_to_review(taken[:1])
    assert "已送审" in desk.get(change(taken[0])).text
    desk.force_login(somebody("审核王", REVIEWER))
    assert "“审核”人员" not in desk.get(change(taken[0])).text


def test_a_warning_of_the_page_names_its_line(taken: list[Article], desk: Client) -> None:
    page = taken[0].page
    line = next(line for line in page.text.splitlines() if line.strip())
    number, at = page.text.splitlines().index(line) + 1, page.text.index(line)
    run = IngestRun.objects.get()
    for words in (line[:4], "此处没有的话"):
        message = f"未能归入任何文章：“{words}…”，请核对。"
        IngestEvent.objects.create(run=run, level="warning", stage="store", message=message)
    told = desk.get(change(taken[0])).text
    assert f"本版第 {number} 行：" in told and f'split/#text-{at}"' in told and "本版：" in told
