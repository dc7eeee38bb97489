"""Which article of the archive goes on as which: told before it takes effect, and changed by whoever knows better."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Page, State
from articles.services import Refused, split
from articles.services.choices import CONTINUE, LEAD
from articles.services.heirs import Plan, plan
from tests.articles.ingest.pages import FISH, SAND
from tests.articles.test_split import apply, do, taken

pytestmark = pytest.mark.django_db


def planned(page: Page) -> Plan:
    return plan(split.standing(page))


def say(page: Page, kind: str, number: int | None, article: Article | None) -> Plan:
    split.say(page, split.standing(page).version, kind, number, article.pk if article else None, None)
    return planned(page)


def misplaced() -> tuple[Page, Article, Article, Article]:
    """The title of the second article given to the third, whose own becomes a heading; its text given to the first."""
    page = taken()
    tea, sand, fish = page.articles.order_by("position")
    for words in (SAND.byline, *SAND.paragraphs, SAND.note):
        do(page, "move", words, article=1)
    do(page, "move", SAND.title, article=3)
    do(page, "headline", SAND.title, role="title")
    return page, tea, sand, fish


def test_an_article_goes_where_its_title_goes_though_its_text_went_elsewhere() -> None:
    page, tea, sand, fish = misplaced()
    found = planned(page)
    assert found.rows == {1: tea, 3: sand} and list(found.gone) == [(fish, 3)]
    apply(page, publish=True)
    fish.refresh_from_db()
    sand.refresh_from_db()
    assert fish.moved_to == sand and sand.title == SAND.title and FISH.paragraphs[0] in sand.text


def test_an_address_leads_where_the_title_stands_even_if_another_article_goes_on_there() -> None:
    page, _tea, sand, fish = misplaced()
    found = say(page, CONTINUE, 3, fish)
    assert found.rows[3] == fish and list(found.gone) == [(sand, 3)]


def test_where_the_title_stays_and_most_of_the_text_goes_the_article_stays_with_its_title() -> None:
    page = taken()
    sand = page.articles.get(title=SAND.title)
    do(page, "split", SAND.paragraphs[0])
    found = planned(page)
    assert found.rows[2] == sand and found.rows[4] is None


def test_whoever_knows_better_says_so_and_can_take_it_back() -> None:
    page = taken()
    sand, fish = page.articles.get(title=SAND.title), page.articles.get(title=FISH.title)
    do(page, "split", SAND.paragraphs[1])
    assert planned(page).rows[4] is None
    found = say(page, CONTINUE, 4, sand)
    assert (found.rows[4], found.rows[2]) == (sand, None)
    split.undo_step(page, split.standing(page).version, None)
    assert planned(page).rows[4] is None
    do(page, "merge", FISH.title)
    assert planned(page).rows[4] == fish  # whose title it has now
    assert list(say(page, CONTINUE, 4, None).gone) == [(fish, 4)]
    assert list(say(page, LEAD, 1, fish).gone) == [(fish, 1)]
    assert list(say(page, LEAD, None, fish).gone) == [(fish, None)]
    apply(page)
    fish.refresh_from_db()
    assert (fish.state, fish.moved_to) == (State.WITHDRAWN, None)


def test_what_is_not_on_the_page_cannot_be_said() -> None:
    page = taken()
    do(page, "split", SAND.paragraphs[1])
    for number, key in ((9, page.articles.earliest("pk").pk), (4, 0)):
        with pytest.raises(Refused):
            split.say(page, 1, CONTINUE, number, key, None)


def test_the_workbench_tells_what_goes_on_as_what_and_has_it_changed(admin_client: Client) -> None:
    page, tea, sand, fish = misplaced()
    bench, form = (
        reverse(f"admin:{name}", args=[page.pk]) for name in ("articles_bench", "articles_bench_do")
    )
    shown = admin_client.get(bench).text
    assert f"《{SAND.title}》成为第 3 篇，地址不变" in shown
    assert f"《{FISH.title}》不再单独成篇，地址转到" in shown and f'name="lead:{fish.pk}"' in shown
    version = split.standing(page).version
    sent = {"do": "continue:3", "continue:3": fish.pk, "version": version}
    shown = admin_client.post(form, sent, HTTP_HX_REQUEST="true").text
    assert f"《{SAND.title}》不再单独成篇，地址转到" in shown and "desk-error" not in shown
    sent = {"do": f"lead:{sand.pk}", f"lead:{sand.pk}": 1, "version": version + 1}
    admin_client.post(form, sent, HTTP_HX_REQUEST="true")
    assert list(planned(page).gone) == [(sand, 1)] and planned(page).rows[1] == tea
    shown = admin_client.post(form, {"do": "lead:x", "version": version + 2}, HTTP_HX_REQUEST="true").text
    assert "desk-error" in shown
