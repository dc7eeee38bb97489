"""The status page: for managers, with what is missing, waiting, broken or dead, and what to do about it."""

import html
import re
import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive import heartbeat
from articles import ledger
from articles.ledger import Standing
from articles.models import Article, Heartbeat, Issue, Page, Publication, Resemblance, Source

pytestmark = pytest.mark.django_db


def page(issue: Issue, number: str, state: str = "published", text: str = "政协") -> Page:
    count = Source.objects.count()
    source = Source.objects.create(name=f"{count}.txt", sha256=f"{count:064x}", content=b"", size=0)
    made = Page.objects.create(source=source, issue=issue, number=number, text=text)
    shown = timezone.now() if state == "published" else None
    Article.objects.create(page=made, title="题", text=text, genre="消息", state=state, published_at=shown)
    return made


@pytest.fixture
def paper() -> Publication:
    """Three of four issues of a week: one complete, one to review, one missing, one with a page that came twice."""
    paper = Publication.objects.create(name="某某政协报")
    one, two, four = (
        Issue.objects.create(publication=paper, date=f"2024-07-{day}", number=number)
        for day, number in (("15", "101"), ("16", "102"), ("18", "104"))
    )
    page(one, "1")
    page(two, "1", "draft")
    page(four, "2")
    page(four, "2")
    return paper


def test_each_issue_stands_on_its_day(paper: Publication) -> None:
    (shelf,) = ledger.shelves(timezone.localdate())
    assert shelf.publication == paper and shelf.inferred and shelf.rhythm == "daily"
    (month,) = shelf.months
    assert month.name == "2024-07"
    assert [(e.day, e.number, e.standing) for e in month.entries] == [
        (15, "101", Standing.RECEIVED),
        (16, "102", Standing.UNREVIEWED),
        (17, "103", Standing.MISSING),
        (18, "104", Standing.DUPLICATED),
    ]
    assert month.entries[1].waiting == month.entries[1].waiting_pages == 1


def test_a_rhythm_that_was_set_wins(paper: Publication) -> None:
    paper.rhythm = "irregular"
    paper.save()
    Issue.objects.update(number="")
    (shelf,) = ledger.shelves(timezone.localdate())
    assert not shelf.inferred and not shelf.due and Standing.MISSING not in shelf.counts


def test_an_issue_whose_pages_went_is_missing_again_and_doubles_nothing(paper: Publication) -> None:
    empty = Issue.objects.create(publication=paper, date="2024-07-15", number="101a")
    gone = page(Issue.objects.create(publication=paper, date="2024-07-17", number="103"), "1")
    gone.source.trashed_at = timezone.now()
    gone.source.save()
    (shelf,) = ledger.shelves(timezone.localdate())
    said = [(e.day, e.key, e.standing) for e in shelf.months[0].entries if e.day in (15, 17)]
    assert said[-1] == (17, 0, Standing.MISSING)
    assert {(key == empty.pk, standing) for day, key, standing in said if day == 15} == {
        (True, Standing.EMPTY),
        (False, Standing.RECEIVED),
    }


def test_two_issues_that_say_they_are_the_same_are_doubled(paper: Publication) -> None:
    page(Issue.objects.create(publication=paper, date="2024-07-15", number="101a"), "1")
    (shelf,) = ledger.shelves(timezone.localdate())
    assert [e.standing for e in shelf.months[0].entries if e.day == 15] == [Standing.DUPLICATED] * 2


def test_what_came_twice_and_waits_for_a_person_counts_as_both(
    paper: Publication, admin_client: Client
) -> None:
    page(Issue.objects.get(number="104"), "3", "draft")
    (shelf,) = ledger.shelves(timezone.localdate())
    assert (shelf.counts[Standing.DUPLICATED], shelf.counts[Standing.UNREVIEWED]) == (1, 2)
    assert "status-duplicated status-waits" in admin_client.get(reverse("status")).text


def test_the_calendar_asks_few_questions(paper: Publication, django_assert_max_num_queries: Any) -> None:
    for n in range(5):
        Publication.objects.create(name=f"报{n}")
    with django_assert_max_num_queries(5):
        ledger.shelves(timezone.localdate())


def test_the_page_shows_it_all(admin_client: Client, paper: Publication) -> None:
    call_command("reindex")
    dead = admin_client.get(reverse("status")).text
    assert (
        "某某政协报" in dead
        and "重复 1" in dead
        and "缺期 1" in dead
        and "第 103 期" in dead
        and "后台进程没有运行" in dead
    )
    heartbeat.sign(7, timezone.now())
    alive = admin_client.get(reverse("status")).text
    assert "后台进程没有运行" not in alive and "正常" in alive


def test_a_missing_issue_leads_to_the_form_that_knows_it(admin_client: Client, paper: Publication) -> None:
    address = re.search(r'status-missing" href="([^"]+)"', admin_client.get(reverse("status")).text)
    assert address is not None
    form = admin_client.get(html.unescape(address[1])).context["form"]
    named = {name: form[name].value() for name in ("publication", "date", "number")}
    assert named == {"publication": "某某政协报", "date": "2024-07-17", "number": "103"}


def test_a_broken_index_is_named_with_the_remedy(admin_client: Client, settings: Any, tmp_path: Any) -> None:
    settings.HAYSTACK_CONNECTIONS = {
        "default": {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(tmp_path / "x")}
    }
    answer = admin_client.get(reverse("status"))
    assert answer.status_code == 200 and "reindex" in answer.text


@pytest.mark.parametrize(("role", "status"), [("编辑", 403), ("审核", 403), ("管理员", 200)])
def test_it_is_for_managers(client: Client, role: str, status: int) -> None:
    user = User.objects.create_user("u", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    assert client.get(reverse("status")).status_code == status
    assert (reverse("status") in client.get(reverse("admin:index")).text) == (status == 200)


def test_silence_is_death() -> None:
    heartbeat.sign(1, timezone.now())
    assert heartbeat.state() == "ok"
    Heartbeat.objects.update(seen_at=timezone.now() - 2 * heartbeat.SILENCE)
    assert "manage.py work" in heartbeat.state() and heartbeat.alive() == []
    Heartbeat.objects.update(seen_at=timezone.now() - timedelta(days=2))
    heartbeat.sign(2, timezone.now())
    assert Heartbeat.objects.get().worker == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_ends_in_order_takes_its_row_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "BEAT_SECONDS", 0.01)
    stop, seen = threading.Event(), threading.Event()
    sign = heartbeat.sign

    def signed(*arguments: Any) -> None:
        sign(*arguments)
        seen.set()

    monkeypatch.setattr(heartbeat, "sign", signed)
    thread = threading.Thread(target=heartbeat.beat, args=(stop, 9))
    thread.start()
    assert seen.wait(60) and Heartbeat.objects.get().worker == 9
    stop.set()
    thread.join(60)
    assert not Heartbeat.objects.exists()


def test_nobody_waits_for_the_next_issue_of_an_old_publication(paper: Publication) -> None:
    (soon,) = ledger.shelves(date(2024, 8, 18))
    (late,) = ledger.shelves(date(2026, 7, 18))
    assert soon.due == 31 and late.due == 0


def test_a_page_came_twice_where_nearly_all_of_it_is_there(paper: Publication) -> None:
    one, other = (Page.objects.get(issue__number=number) for number in ("101", "102"))
    pair = Resemblance.objects.create(page=other, other_page=one, share=0.45)

    def standing() -> Standing:
        return ledger.shelves(timezone.localdate())[0].months[0].entries[1].standing

    assert standing() == Standing.UNREVIEWED
    Resemblance.objects.filter(pk=pair.pk).update(share=0.95)
    assert standing() == Standing.DUPLICATED
    Resemblance.objects.filter(pk=pair.pk).update(kept_at=timezone.now())
    assert standing() == Standing.UNREVIEWED
