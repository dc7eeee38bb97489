"""Which issue a page goes into: what somebody said, what its masthead prints, and one click where the two differ."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse

from articles import services
from articles.ingest.record import IssueInfo
from articles.models import Action, Article, Issue, Page, Publication
from articles.past import versions
from articles.review_reading import Asked
from tests.articles.test_split import make_user
from tests.articles.test_upload import PAGE
from tests.articles.test_upload_page import page_of
from tests.articles.test_uploads import drop, queue
from tests.support.tasks import work_off

__all__ = ["make_user", "queue"]
pytestmark = pytest.mark.django_db
HEAD = (
    "黔山政协报\n2026年11月18日 星期三 第1版 要闻\n国内统一连续出版物号 CN 52-9999 总第 2318 期 今日 6 版\n\n"
)
PRINTED = HEAD + PAGE
WORDS = "《黔山政协报》2026年11月18日 第2318期"


@pytest.fixture
def sample() -> Issue:
    return Issue.objects.create(publication=Publication.objects.create(name="样例版面"), number="1")


def sent(text: str, **said: Any) -> Any:
    upload = drop(("01版.txt", text.encode()), **said)
    work_off()
    return upload


def place(client: Client, upload: Any, do: str, **more: Any) -> Any:
    return client.post(
        reverse("admin:articles_upload_place", args=[upload.public_id]), {"do": do, **more}, follow=True
    )


def test_a_chosen_issue_wins_with_its_empty_parts_and_what_is_printed_is_warned_of(
    admin_client: Client, sample: Issue
) -> None:
    upload = sent(PRINTED, chosen=sample, issue=IssueInfo("样例版面", None, "1"))
    page = Page.objects.get()
    assert page.issue == sample and Issue.objects.count() == 1 and page.number == "1"
    shown = page_of(admin_client, upload)
    said = f"报头印的是{WORDS}，与所选的《样例版面》第1期不同，请核对。"
    assert said in shown and f"归入{WORDS}" in shown
    assert "归入：" in shown and reverse("admin:articles_page_change", args=[page.pk]) in shown
    article = Article.objects.to_review(Asked(doubt="page")).get()
    assert said in admin_client.get(reverse("admin:articles_queue")).text
    assert article.doubt_page == 1


def test_typed_parts_win_and_the_masthead_fills_in_the_others() -> None:
    sent(PRINTED, issue=IssueInfo("黔山政协报", None, None))
    page = Page.objects.get()
    assert str(page.issue) == "黔山政协报 · 2026-11-18 · 第2318期" and not page.issue_doubted


def test_what_is_no_contradiction_is_not_warned_of(admin_client: Client) -> None:
    upload = sent(
        PRINTED.replace("总第 2318 期", "第43期 总第 2318 期"),
        issue=IssueInfo("黔山政协报", "2026-11", "2318"),
    )
    assert not Page.objects.get().issue_doubted and "报头印的是" not in page_of(admin_client, upload)


def test_a_publication_that_the_archive_has_is_known_by_its_masthead() -> None:
    Publication.objects.create(name="黔山政协报")
    sent(PRINTED)
    assert str(Page.objects.get().issue) == "黔山政协报 · 2026-11-18 · 第2318期"


def test_an_unknown_publication_is_offered_and_not_made_unasked(admin_client: Client) -> None:
    upload = sent(PRINTED)
    page = Page.objects.get()
    assert page.issue is None and page.issue_doubted and not Publication.objects.exists()
    shown = page_of(admin_client, upload)
    assert f"报头印的是{WORDS}，文库中还没有这份报刊" in shown
    place(admin_client, upload, "printed", source=page.source_id)
    page.refresh_from_db()
    assert str(page.issue) == "黔山政协报 · 2026-11-18 · 第2318期" and not page.issue_doubted


def test_one_click_moves_the_page_dates_follow_and_it_is_undone(admin_client: Client, sample: Issue) -> None:
    sample.date = "2024-01-05"
    sample.save()
    upload = sent(PRINTED, chosen=sample, issue=IssueInfo("样例版面", "2024-01-05", "1"))
    page, article = Page.objects.get(), Article.objects.get()
    assert article.date == "2024-01-05"
    answer = place(admin_client, upload, "printed", source=page.source_id)
    page.refresh_from_db()
    article.refresh_from_db()
    printed = page.issue
    assert str(printed) == "黔山政协报 · 2026-11-18 · 第2318期" and article.date == "2026-11-18"
    assert "请核对" not in answer.text and "查看、撤销" in answer.text
    assert any("第2318期" in version.reason for version in versions(article))
    action = Action.objects.get()
    told = admin_client.get(reverse("admin:articles_action_page", args=[action.public_id])).text
    assert "样例版面" in told and "黔山政协报" in told and "2026-11-18" in told

    admin_client.post(reverse("admin:articles_action_page", args=[action.public_id]), {"do": "undo"})
    page.refresh_from_db()
    article.refresh_from_db()
    assert page.issue == sample and page.issue_doubted and article.date == "2024-01-05"
    services.undo(Action.objects.latest("pk"))
    page.refresh_from_db()
    assert page.issue == printed and not page.issue_doubted


def test_an_undo_gives_back_dates_that_an_issue_without_one_left_to_the_page(
    admin_client: Client, sample: Issue
) -> None:
    upload = sent(PRINTED, chosen=sample, issue=IssueInfo("样例版面", None, "1"))
    was = Article.objects.get().date
    place(admin_client, upload, "printed")
    assert Article.objects.get().date == was == "2026-11-18"
    services.undo(Action.objects.get())
    assert Article.objects.get().date == was and Page.objects.get().issue == sample


def test_a_page_that_is_right_where_it_is_is_warned_of_no_more(admin_client: Client, sample: Issue) -> None:
    upload = sent(PRINTED, chosen=sample, issue=IssueInfo("样例版面", None, "1"))
    answer = place(admin_client, upload, "keep")
    page = Page.objects.get()
    assert page.issue == sample and not page.issue_doubted and "请核对" not in answer.text
    assert Article.objects.to_review().get().doubt_page == 0
    services.undo(Action.objects.get())
    assert Article.objects.to_review().get().doubt_page == 1


def test_an_undo_leaves_what_somebody_moved_since(admin_client: Client, sample: Issue) -> None:
    upload = sent(PRINTED, chosen=sample, issue=IssueInfo("样例版面", None, "1"))
    place(admin_client, upload, "printed")
    other = Issue.objects.create(publication=sample.publication, number="2")
    Page.objects.update(issue=other)
    with pytest.raises(services.Refused):
        services.undo(Action.objects.get())
    assert Page.objects.get().issue == other


def test_who_may_not_correct_pages_moves_none(
    client: Client, sample: Issue, make_user: Callable[..., AbstractUser]
) -> None:
    upload = sent(PRINTED, chosen=sample, issue=IssueInfo("样例版面", None, "1"))
    client.force_login(make_user("view_upload", "view_page"))
    assert f"归入{WORDS}" not in page_of(client, upload)
    place(client, upload, "printed")
    assert Page.objects.get().issue == sample and not Action.objects.exists()


def test_the_same_file_sent_for_another_issue_says_where_it_is_and_is_moved(
    admin_client: Client, sample: Issue
) -> None:
    sent(PRINTED, chosen=sample, issue=IssueInfo("样例版面", None, "1"))
    again = sent(PRINTED, issue=IssueInfo("黔山政协报", "2026-11-18", "2318"))
    shown = page_of(admin_client, again)
    assert "已有的一份在：" in shown and f"issue__id__exact={sample.pk}" in shown and ">第1版<" in shown
    assert f"本次上传填写的是{WORDS}，与已有的一份所在的期不同。" in shown
    answer = place(admin_client, again, "asked", source=Page.objects.get().source_id)
    assert str(Page.objects.get().issue) == "黔山政协报 · 2026-11-18 · 第2318期"
    assert "与已有的一份所在的期不同" not in answer.text and Action.objects.count() == 1
    same = page_of(admin_client, sent(PRINTED, issue=IssueInfo("黔山政协报", "2026-11-18", "2318")))
    assert "已有的一份在：" in same and "不同。" not in same


def test_a_page_that_a_person_edits_is_beyond_doubt(admin_client: Client, sample: Issue) -> None:
    sent(PRINTED, chosen=sample, issue=IssueInfo("样例版面", None, "1"))
    page = Page.objects.get()
    address = reverse("admin:articles_page_change", args=[page.pk])
    admin_client.post(address, {"issue": sample.pk, "number": "1"})
    page.refresh_from_db()
    assert not page.issue_doubted
