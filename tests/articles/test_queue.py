"""The review queue: what comes first, who is at what, and the way from one article to the next."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import services
from articles.ingest.record import PageRecord
from articles.models import Article, IngestEvent, IngestRun, Region, Review
from articles.review_reading import DOUBTS, Asked, count_doubts
from articles.roles import EDITOR, REVIEWER
from articles.services import Changes
from tests.articles.test_admin import change, form_of
from tests.support.records import page_record

pytestmark = pytest.mark.django_db
Parse = Callable[[PageRecord], bytes]
QUEUE, STEP = "admin:articles_queue", "admin:articles_queue_step"


@pytest.fixture
def taken(parse: Parse) -> list[Article]:
    record = page_record(titles=("甲", "乙", "丙", "丁"))
    return services.accept_upload(parse(record), record.name).articles


def somebody(name: str, role: Any = EDITOR) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=role.name))
    return user


def queue(**asked: Any) -> list[str]:
    return [article.title for article in Article.objects.to_review(Asked(**asked))]


def doubt(article: Article, **values: Any) -> None:
    Article.objects.filter(pk=article.pk).update(**values)


def test_the_most_doubtful_comes_first(taken: list[Article]) -> None:
    doubt(taken[1], warnings=["“走访”数字不符，请核对。"])
    doubt(taken[2], warnings=["“办复”数字不符，请核对。", "别的"], region=None, region_candidates=["320106"])
    taken[3].metrics.update(confidence=0.3)
    assert queue() == ["丙", "乙", "丁", "甲"]
    assert queue(doubt="place") == ["丙"] and queue(doubt="unsure") == ["丁"]
    kinds = Article.objects.to_review().warning_kinds()
    assert kinds == [("…数字不符，请核对。", 2), ("别的", 1)]
    assert queue(warning="…数字不符，请核对。") == ["丙", "乙"] and queue(warning="没有的") == []
    assert queue(issue=taken[0].page.issue_id) == queue() and queue(publication=10**9) == []
    services.publish(taken[:2])
    assert queue() == ["丙", "乙", "丁"]  # published without a doubt: nobody is needed


def test_a_doubt_about_the_page_and_a_missing_title_count(taken: list[Article]) -> None:
    plain = Article.objects.to_review().get(pk=taken[0].pk).score
    run = IngestRun.objects.get()
    IngestEvent.objects.create(run=run, level="warning", stage="store", message="未能归入任何文章")
    doubt(taken[0], title="")
    row = Article.objects.to_review().get(pk=taken[0].pk)
    weights = {d.name: d.weight for d in DOUBTS}
    assert row.score == plain + weights["page"] + weights["untitled"]


def test_doubts_are_kept_as_they_are_counted_whatever_writes(taken: list[Article]) -> None:
    def kept() -> list[tuple[int, ...]]:
        rows = Article.objects.doubted().order_by("pk")
        return list(rows.values_list("pk", *(f"doubt_{doubt.name}" for doubt in DOUBTS)))

    assert kept() == list(Article.objects.all().counted())
    first, second, third = taken[:3]
    run, page = IngestRun.objects.get(), first.page
    changes: list[Callable[[], Any]] = [
        lambda: doubt(first, title="", warnings=["甲", "乙"]),
        lambda: doubt(second, region=None, region_candidates=["320106"]),
        lambda: third.metrics.update(confidence=0.1),
        lambda: third.metrics.all().delete(),
        lambda: third.evidence.create(field="title", value="丙", confidence=0.2, quote="丙"),
        lambda: third.evidence.update(article=second),
        lambda: second.mentions.update(confidence=0.3),
        lambda: run.events.create(level="warning", stage="store", message="未能归入任何文章"),
        lambda: IngestRun.objects.update(source=None),
        lambda: services.trash([first]),
    ]
    seen = [kept()]
    for change_something in changes:
        change_something()
        seen.append(kept())
        assert seen[-1] == list(Article.objects.all().counted())
    assert all(before != after for before, after in pairwise(seen[:-1])) and page.articles.count() == 4
    assert [row.score for row in Article.objects.doubted().order_by("pk")][:2] == [3 + 2 * 2, 3 + 2]
    assert count_doubts() == 0


def test_a_claim_is_seen_respected_taken_over_with_a_note_and_expires(
    taken: list[Article], settings: Any
) -> None:
    one, two = somebody("甲员"), somebody("乙员")
    services.claim(taken[0], one)
    with pytest.raises(services.Refused, match="甲员"):
        services.claim(taken[0], two)
    assert "甲" not in {a.title for a in Article.objects.to_review(Asked(free=True), two)}
    assert "甲" in {a.title for a in Article.objects.to_review(Asked(free=True), one)}
    review = services.claim(taken[0], two, "你在开会，我先改")
    assert (review.claimed_by, review.taken_from, review.note) == (two, one, "你在开会，我先改")
    services.release(taken[0], one)  # no longer theirs to give back
    assert Review.objects.get().claimed_by == two
    Review.objects.update(claimed_at=timezone.now() - settings.CLAIM_EXPIRES - timedelta(seconds=1))
    assert not Review.objects.get().held
    assert services.claim(taken[0], one).taken_from is None


def test_what_was_found_right_leaves_the_queue_and_can_be_put_back(taken: list[Article]) -> None:
    one = somebody("甲员")
    services.claim(taken[0], one)
    review = services.find_right(taken[0], one)
    assert (review.checked_by, review.held) == (one, False)
    assert "甲" not in queue() and queue(checked=True) == ["甲"]
    services.put_back(taken[0])
    assert "甲" in queue()


def test_nobody_finds_right_what_somebody_else_is_at(taken: list[Article], client: Client) -> None:
    services.claim(taken[0], somebody("甲员"))
    client.force_login(somebody("乙员"))
    assert 'value="right"' not in client.get(change(taken[0])).text
    answer = client.post(
        reverse("admin:articles_queue_step"), {"do": "right", "article": taken[0].pk}, follow=True
    )
    assert "甲员" in answer.text and Review.objects.get().checked_at is None
    services.claim(taken[0], User.objects.get(username="乙员"), "你在开会，我先改")
    step(client, "right", taken[0], "")
    assert Review.objects.get().checked_by == User.objects.get(username="乙员")


def test_a_bulk_change_leaves_what_somebody_else_is_at(taken: list[Article]) -> None:
    one, two = somebody("甲员"), somebody("乙员", REVIEWER)
    services.claim(taken[0], one)
    keys = [a.pk for a in taken]
    action = services.propose(keys, two)
    services.ask(action, Changes(state="published"))
    assert services.foresee(action, two).blocked == {"claimed": keys[:1]}
    services.carry_out(action, two)
    assert Article.objects.published().count() == 3
    assert action.items.get(why="claimed").key == keys[0]


# At the desk


def step(client: Client, do: str, article: Article | None = None, query: str = "queue=1", **said: str) -> Any:
    data = {"do": do, **({"article": str(article.pk)} if article else {}), **said}
    return client.post(f"{reverse(STEP)}?{query}", data)


def test_from_one_article_to_the_next(taken: list[Article], client: Client) -> None:
    one, two = somebody("甲员"), somebody("乙员")
    services.claim(taken[1], two)
    client.force_login(one)
    plain = Article.objects.doubted().get(pk=taken[0].pk).score
    first = step(client, "first")
    assert first.url == f"{change(taken[0])}?queue=1&score={plain}"
    page = client.get(first.url).text
    assert "1 / 4" in page and 'name="do" value="next"' in page
    assert Review.objects.get(article=taken[0]).claimed_by == one
    second = step(client, "next", taken[0], f"queue=1&score={plain}")
    assert second.url == f"{change(taken[2])}?queue=1&score={plain}"  # the second one is another's
    assert Review.objects.get(article=taken[0]).claimed_by is None
    right = step(client, "right", taken[2], f"queue=1&score={plain}")
    assert right.url == f"{change(taken[3])}?queue=1&score={plain}"
    assert (
        step(client, "previous", taken[3], f"queue=1&score={plain}").url
        == f"{change(taken[0])}?queue=1&score={plain}"
    )
    assert step(client, "previous", taken[0]).url.startswith(reverse(QUEUE))


def test_the_way_on_starts_where_an_article_stood(taken: list[Article], client: Client) -> None:
    client.force_login(somebody("甲员"))
    for n, article in enumerate(taken[:3]):
        doubt(article, warnings=["不符"] * (3 - n))
    address = step(client, "open", taken[0]).url
    doubt(taken[0], warnings=[])  # mended, it stands last now
    answer = client.post(address, form_of(client, taken[0]) | {"title": "改过"})
    assert answer.url.startswith(f"{change(taken[1])}?")


def test_saving_goes_on_to_the_next(taken: list[Article], client: Client) -> None:
    client.force_login(somebody("甲员"))
    address = step(client, "open", taken[0]).url
    answer = client.post(address, form_of(client, taken[0]) | {"title": "改过"})
    plain = Article.objects.doubted().get(pk=taken[1].pk).score
    assert answer.url == f"{change(taken[1])}?queue=1&score={plain}"
    taken[0].refresh_from_db()
    assert taken[0].title == "改过"


def test_anothers_claim_is_shown_and_taken_over(taken: list[Article], client: Client) -> None:
    services.claim(taken[0], somebody("甲员"))
    client.force_login(somebody("乙员"))
    assert "甲员" in client.get(reverse(QUEUE)).text
    assert 'value="claim"' in client.get(change(taken[0])).text
    step(client, "claim", taken[0], "")
    assert Review.objects.get().claimed_by.username == "甲员"
    step(client, "claim", taken[0], "", note="急用")
    page = client.get(change(taken[0])).text
    assert Review.objects.get().claimed_by.username == "乙员" and "急用" in page


def test_the_queue_is_filtered_and_says_when_it_is_empty(taken: list[Article], client: Client) -> None:
    client.force_login(somebody("甲员"))
    doubt(taken[2], region=None, region_candidates=[Region.objects.first().code])
    page = client.get(reverse(QUEUE), {"doubt": "place", "issue": "x", "p": "9"}).text
    assert "丙" in page and ">甲<" not in page
    assert "没有符合" in client.get(reverse(QUEUE), {"publication": "999"}).text


def test_who_may_not_correct_has_no_queue(taken: list[Article], client: Client) -> None:
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert client.get(reverse(QUEUE)).status_code == 403
    assert step(client, "claim", taken[0]).status_code == 403


def test_the_queue_takes_as_many_queries_for_many_as_for_few(
    taken: list[Article], client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(somebody("甲员"))
    with django_assert_max_num_queries(20):
        client.get(reverse(QUEUE))


def test_the_queue_says_how_it_counts(taken: list[Article], admin_client: Client) -> None:
    doubt(taken[1], warnings=["“走访”数字不符，请核对。"])
    shown = admin_client.get(reverse(QUEUE)).text
    first = Article.objects.to_review()[0].score
    assert f">{first} 分<" in shown and "疑点怎样计分" in shown
    assert all(f"最多 {one.at_most} 分" in shown for one in DOUBTS if one.most > 1)
