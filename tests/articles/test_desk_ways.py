"""Ways between the desk's pages, and from the reading site to the desk."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import gazetteer, services
from articles.admin.bench import bench_address
from articles.ingest.record import IssueInfo
from articles.models import Issue, Page, Publication, Source, Theme, ThemeWord
from tests.articles.ingest.pages import FISH, SAND, TEA

pytestmark = pytest.mark.django_db


def page(number: str, text: str) -> Page:
    issue = IssueInfo("人民政协报", "2024-07-16", "9137", number)
    taken = services.accept_upload(text.encode(), f"{number}.txt", issue, batch="k7k7k7k7k7", publish=True)
    return taken.source.pages.get()


def test_from_a_page_one_goes_on_to_the_next_and_to_what_came_with_it(admin_client: Client) -> None:
    two, ten, three = page("2", TEA.whole), page("10", SAND.whole), page("3", FISH.whole)
    ways = admin_client.get(bench_address(three.pk)).context["ways"]
    batch = reverse("admin:articles_batch", args=["k7k7k7k7k7"])
    assert [address for _words, address in ways] == [bench_address(two.pk), bench_address(ten.pk), batch]
    assert admin_client.get(batch).status_code == 200
    assert len(admin_client.get(bench_address(two.pk)).context["ways"]) == 2


def test_an_operation_without_a_line_says_what_to_do(admin_client: Client) -> None:
    sheet = page("2", TEA.whole)
    answer = admin_client.post(f"{bench_address(sheet.pk)}do/", {"do": "split", "version": "0"}, follow=True)
    assert "请先在左侧点选或勾选" in answer.text


def test_a_published_article_leads_to_its_record_at_the_desk(client: Client) -> None:
    article = page("2", TEA.whole).articles.get()
    shown = client.get(article.get_absolute_url()).text
    assert reverse("admin:articles_article_change", args=[article.pk]) in shown
    assert "在工作台打开本文" not in client.get("/articles/").text


def test_whoever_may_not_do_something_is_led_back_to_the_desk(client: Client) -> None:
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    answer = client.get(reverse("status"))
    assert answer.status_code == 403 and "返回工作台" in answer.text and ">登录<" not in answer.text


def test_a_theme_added_by_mistake_can_go_once_nothing_is_left_of_it(admin_client: Client) -> None:
    theme = Theme.objects.create(name="某新主题", slug="some-new-theme")
    word = ThemeWord.objects.create(theme=theme, word="某个新词", weight=5)
    address = reverse("admin:articles_theme_delete", args=[theme.pk])
    assert admin_client.post(address, {"post": "yes"}).status_code == 403
    word.delete()
    assert admin_client.post(address, {"post": "yes"}).status_code == 302
    assert not Theme.objects.filter(pk=theme.pk).exists()
    ours = Theme.objects.first()
    assert ours is not None
    assert (
        admin_client.post(reverse("admin:articles_theme_delete", args=[ours.pk]), {"post": "yes"}).status_code
        == 403
    )
    shown = admin_client.get(reverse("admin:articles_theme_change", args=[ours.pk])).text
    assert next(iter(gazetteer.load().themes[0].cues)) in shown


def test_an_issue_is_deleted_only_when_empty_and_says_so(admin_client: Client) -> None:
    paper = Publication.objects.create(name="某报")
    issue = Issue.objects.create(publication=paper, date="2026-11-16")
    source = Source.objects.create(name="a.txt", sha256="0" * 64, size=1, content=b"a")
    page = Page.objects.create(source=source, issue=issue, text="a", ordinal=1)
    delete = reverse("admin:articles_issue_delete", args=[issue.pk])
    assert admin_client.post(delete, {"post": "yes"}).status_code == 403
    assert (
        "请先把各版改归别的期"
        in admin_client.get(reverse("admin:articles_issue_change", args=[issue.pk])).text
    )
    again = {"publication": issue.publication_id, "date": "2026年11月16日", "number": ""}
    assert "这一期已经有了" in admin_client.post(reverse("admin:articles_issue_add"), again).text
    numbered = again | {"number": "第４３期"}
    assert admin_client.post(reverse("admin:articles_issue_add"), numbered).status_code == 302
    assert Issue.objects.filter(number="43", date="2026-11-16").exists()
    page.delete()
    assert admin_client.post(delete, {"post": "yes"}).status_code == 302


def test_a_locked_account_is_released_in_one_step(admin_client: Client) -> None:
    attempt = AccessAttempt.objects.create(username="某人", ip_address="10.0.0.9", failures_since_start=5)
    listed = reverse("admin:axes_accessattempt_changelist")
    page = admin_client.get(listed).text
    assert (
        "已锁定" in page
        and "解除锁定" in page
        and "access attempt" not in page.lower().replace("accessattempt", "")
    )
    sent = {"action": "release", "_selected_action": [attempt.pk]}
    assert "可以重新登录：某人。" in admin_client.post(listed, sent, follow=True).text
    assert not AccessAttempt.objects.exists()
