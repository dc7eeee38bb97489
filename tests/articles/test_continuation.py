"""Articles that go on on another page: joined in any order, kept apart in doubt, one article for readers."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import catalogue, services
from articles.ingest.continuation import MARK
from articles.models import Article, ArticleChange, EventLevel, Issue, Joined, Metric
from tests.support.jumps import ISSUE, SHORT, TITLE, first_page, rival_page, second_page

pytestmark = pytest.mark.django_db


def take(*texts: str, publish: bool = True) -> list[services.Outcome]:
    return [
        services.accept_upload(text.encode(), f"{n}.txt", ISSUE, publish=publish)
        for n, text in enumerate(texts)
    ]


def ends() -> tuple[Article, Article]:
    """The article of page 1 and the text of page 2 that says it comes from there."""
    return (
        Article.objects.get(title=TITLE, page__number="1"),
        Article.objects.get(evidence__field="continued_from", page__number="2", text__contains="民生事项"),
    )


def doubts(article: Article) -> list[str]:
    article.refresh_from_db()
    return [w for w in article.warnings if w.startswith(MARK)]


def text_of(client: Client, address: str) -> str:
    """The text of an article's page, without the marks in it."""
    page = client.get(address, follow=True).content.decode()
    body = page[page.index('<div class="text"') : page.index("<aside")]
    return re.sub(r"<[^>]*>", "", body)


# Joining


@pytest.mark.parametrize("texts", [(first_page(), second_page()), (second_page(), first_page())])
def test_the_parts_are_joined_in_either_order_of_upload(texts: Sequence[str]) -> None:
    alone, both = take(*texts)
    first, later = ends()
    assert (later.continued_from, later.part, later.joined_by) == (first, 2, Joined.MACHINE)
    assert (first.continued_from, first.part, first.joined_by) == (None, 1, "")
    assert doubts(first) == doubts(later) == []
    assert "headline" in later.machine["joined"] or "likeness" in later.machine["joined"]
    assert alone.run.events.filter(level=EventLevel.WARNING, message__startswith=MARK).count() == 1
    assert both.run.events.filter(article=later, message__contains=TITLE, stage="store").exists()
    kept = {a.pk: a for outcome in (alone, both) for a in outcome.articles}
    assert kept[later.pk].continued_from_id is None or kept[later.pk].continued_from_id == first.pk


def test_joining_again_changes_nothing() -> None:
    take(first_page(), second_page())
    _first, later = ends()
    ArticleChange.objects.all().delete()
    assert services.join_issue(later.page) == [] and not ArticleChange.objects.exists()
    take(first_page())
    assert Article.objects.filter(continued_from__isnull=False).count() == 1


def test_two_that_fit_stay_apart_and_all_say_so() -> None:
    take(first_page(), second_page(), second_page(came_from="一").replace("定期", "按月"))
    first = Article.objects.get(title=TITLE)
    assert not Article.objects.filter(continued_from__isnull=False).exists()
    assert "未接续" in doubts(first)[0]
    others = Article.objects.filter(evidence__field="continued_from")
    assert others.count() == 2 and all(TITLE in doubts(other)[0] for other in others)


def test_a_page_that_comes_later_may_settle_nothing_or_all() -> None:
    take(first_page(), rival_page(), second_page(SHORT))
    first = Article.objects.get(title=TITLE, page__number="1")
    later = Article.objects.get(title=SHORT)
    assert later.continued_from == first
    rival = Article.objects.get(text__startswith="会议强调")
    assert rival.continued_from is None and "尚未找到上文" in doubts(rival)[0]


def test_another_issue_is_another_matter() -> None:
    take(first_page())
    services.accept_upload(second_page().encode(), "b.txt", replace(ISSUE, publication="北浦政协报"))
    first, later = ends()
    assert later.continued_from is None and doubts(first) and doubts(later)


def test_deleting_a_page_leaves_the_other_part_open_again() -> None:
    take(first_page(), second_page(), publish=False)
    first, later = ends()
    services.trash_sources([first.page.source])
    services.erase_sources([first.page.source])
    later.refresh_from_db()
    assert (later.continued_from, later.part) == (None, 1) and "尚未找到上文" in doubts(later)[0]
    take(first_page())
    assert ends()[1].continued_from == Article.objects.get(title=TITLE)


def test_withdrawing_an_article_withdraws_its_parts() -> None:
    take(first_page(), second_page())
    first, later = ends()
    assert services.withdraw([first]) == [first]
    later.refresh_from_db()
    assert later.state == "withdrawn" and later.continued_from == first
    services.publish([first, later])
    services.withdraw([later])
    first.refresh_from_db()
    assert first.state == "published"


# What people say


def test_what_people_say_of_parts_stays(django_user_model: Any) -> None:
    user = django_user_model.objects.create_user("editor")
    take(first_page(), second_page())
    first, later = ends()
    services.take_apart(later, user)
    later.refresh_from_db()
    assert (later.continued_from, later.part, later.joined_by) == (None, 1, Joined.APART)
    assert "尚未找到下文" in doubts(first)[0]
    services.join_issue(first.page)
    later.refresh_from_db()
    assert later.continued_from is None
    services.join(later, first, user)
    later.refresh_from_db()
    assert (later.continued_from, later.part, later.joined_by) == (first, 2, Joined.PERSON)
    assert doubts(first) == doubts(later) == [] and services.join_issue(first.page) == []
    assert [h.history_user for h in later.history.all()][:2] == [user, user]
    assert later.history.last().continued_from_id == first.pk
    with pytest.raises(services.Refused):
        services.join(first, later, user)


# Reading


def test_readers_meet_one_article(client: Client) -> None:
    take(first_page(), second_page())
    first, later = ends()
    assert first in Article.objects.published() and later not in Article.objects.published()
    assert client.get("/articles.json").json()["total"] == 3
    issue = Issue.objects.get()
    assert client.get(f"/issues/{issue.public_id}.json").json()["total"] == 3
    assert catalogue.current().select().counts("issue") == {issue.public_id: 3}
    for address in (first.get_absolute_url(), later.get_absolute_url()):
        page = text_of(client, address)
        assert "（下转" not in page and "（上接" not in page
        assert page.index("议事亭里谈成的") < page.index("（转第 2 版）") < page.index("民生事项已有")
        data = client.get(f"{address.removesuffix('/')}.json", follow=True).json()
        assert data["id"] == first.public_id and data["pages"] == ["1", "2"]
        assert {entry["part"] for entry in data["body"]} == {m["part"] for m in data["metrics"]} == {1, 2}


def test_what_the_later_part_names_is_the_articles(client: Client) -> None:
    take(first_page(), second_page())
    first, later = ends()
    mention = later.mentions.select_related("mechanism").first()
    assert mention is not None
    named = mention.mechanism
    everything = catalogue.current().select()
    assert everything.counts("mechanism")[named.public_id] == 1
    assert catalogue.current().select(("mechanism", (named.public_id,))).keys("newest") == [first.pk]
    for shared in first.mentions.filter(mechanism__in=later.mentions.values("mechanism")):
        assert everything.counts("mechanism")[shared.mechanism.public_id] == 1
    page = client.get(named.get_absolute_url()).content.decode()
    assert first.title in page
    table = client.get("/metrics/?q=满意").content.decode()
    assert first.get_absolute_url() in table and TITLE in table
    assert Metric.objects.for_readers().filter(article=later).exists()


def test_a_part_whose_first_is_not_published_stands_alone(client: Client) -> None:
    take(first_page(), publish=False)
    take(second_page())
    first, later = ends()
    assert later.continued_from == first and later in Article.objects.published()
    page = text_of(client, later.get_absolute_url())
    assert "民生事项已有" in page and "坐满了人" not in page and "（上接第 1 版）" in page
    assert client.get(first.get_absolute_url()).status_code == 404
    services.publish([first])
    assert later not in Article.objects.published()


def test_a_first_part_alone_says_where_it_goes_on(client: Client) -> None:
    take(first_page())
    page = text_of(client, Article.objects.get(title=TITLE).get_absolute_url())
    assert page.rindex("议事亭里谈成的") < page.index("（下转第 2 版）")


def test_the_feed_names_the_first_part() -> None:
    take(first_page(), second_page())
    first, later = ends()

    def concerned() -> set[int | None]:
        keys = set(ArticleChange.objects.values_list("article_id", flat=True))
        ArticleChange.objects.all().delete()
        return keys

    concerned()
    Article.objects.filter(pk=later.pk).update(text="别的话")
    assert concerned() == {first.pk, later.pk}
    later.mentions.all().delete()
    assert first.pk in concerned()
    Article.objects.filter(pk=later.pk).update(continued_from=None)
    assert concerned() == {first.pk, later.pk}
    Article.objects.filter(pk=later.pk).update(continued_from=first, part=2)
    assert concerned() == {first.pk, later.pk}
    Article.objects.filter(pk=first.pk).update(state="withdrawn")
    assert concerned() == {first.pk, later.pk}


# The desk


def test_the_desk_shows_the_parts(admin_client: Client) -> None:
    take(first_page(), second_page())
    first, later = ends()
    for one, other in ((first, later), (later, first)):
        page = admin_client.get(reverse("admin:articles_article_change", args=[one.pk])).content.decode()
        assert reverse("admin:articles_article_change", args=[other.pk]) in page


def test_the_desk_joins_and_takes_apart(admin_client: Client) -> None:
    take(first_page(), second_page())
    first, later = ends()
    address = reverse("admin:articles_article_changelist")
    admin_client.post(address, {"action": "take_apart", "_selected_action": [later.pk]})
    later.refresh_from_db()
    assert (later.continued_from, later.joined_by) == (None, Joined.APART)
    admin_client.post(address, {"action": "join_parts", "_selected_action": [later.pk, first.pk]})
    later.refresh_from_db()
    assert (later.continued_from, later.part, later.joined_by) == (first, 2, Joined.PERSON)


def test_a_page_put_into_its_issue_on_the_desk_joins_its_parts(admin_client: Client) -> None:
    take(first_page())
    services.accept_upload(second_page().encode(), "b.txt", replace(ISSUE, publication="北浦政协报"))
    first, later = ends()
    assert first.page and later.page and later.continued_from is None
    address = reverse("admin:articles_page_change", args=[later.page_id])
    admin_client.post(address, {"issue": first.page.issue_id, "number": "2"})
    later.refresh_from_db()
    assert later.continued_from == first
    admin_client.post(address, {"issue": first.page.issue_id, "number": "4"})
    later.refresh_from_db()
    assert later.continued_from is None and doubts(first)


def test_publishing_an_article_publishes_the_parts_that_wait_for_it() -> None:
    take(first_page(), second_page())
    first, later = ends()
    services.withdraw([first])
    Article.objects.update(state="draft")
    services.act([first.pk], services.Changes(state="published"))
    later.refresh_from_db()
    assert later.state == "published" and later.continued_from == first
