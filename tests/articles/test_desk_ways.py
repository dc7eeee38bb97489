"""Ways between the desk's pages, and from the reading site to the desk."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import services
from articles.admin.bench import bench_address
from articles.ingest.record import IssueInfo
from articles.models import Page
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
    assert "在编辑后台打开本文" not in client.get("/articles/").text


def test_whoever_may_not_do_something_is_led_back_to_the_desk(client: Client) -> None:
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    answer = client.get(reverse("status"))
    assert answer.status_code == 403 and "返回工作台" in answer.text and ">登录<" not in answer.text
