"""What stands on the desk is said as editors say it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import services
from articles.models import Article
from tests.articles.test_admin import Parse, change, take
from tests.support.records import page_record

pytestmark = pytest.mark.django_db


def test_nothing_on_an_article_s_tabs_is_said_in_the_parser_s_own_words(
    parse: Parse, admin_client: Client
) -> None:
    take(parse, page_record())
    article = Article.objects.filter(region__isnull=False).first()
    assert article is not None
    article.evidence.create(
        field="primary_region", value=article.region.code, quote="某地", rule="region.lead-committee",
        confidence=0.95, start=0, end=2,
    )  # fmt: skip
    article.evidence.create(
        field="dates", value="2024", quote="今年", rule="this year", confidence=0.9, start=0, end=2
    )
    article.metrics.create(
        subject="提案", value=5, unit="件", kind="result", rule="number and unit; at least", quote="5件",
        confidence=0.9, start=0, end=2,
    )  # fmt: skip
    services.correct(article, {"title": "另一题"}, None)
    shown = admin_client.get(change(article)).content.decode()
    assert "见于开头" in shown and str(article.region.full_name) in shown and "95 %" in shown
    assert "数字加单位 · 至少" in shown and "“今年”" in shown
    assert f"标题：{article.machine['title']}" in shown
    for raw in ("region.lead", "this year", "number and unit", "primary_region", "title:"):
        assert raw not in shown


def test_the_admin_s_own_sentences_are_good_chinese(client: Client, admin_client: Client) -> None:
    wrong = client.post("/admin/login/", {"username": "editor", "password": "wrong"}).text
    assert "用户名或密码不正确" in wrong and "工作人员账户" not in wrong
    front = admin_client.get("/admin/").text
    assert "退出登录" in front and "工作台首页" in front
    listed = admin_client.get("/admin/articles/article/").text
    assert "按状态" in listed and "以 状态" not in listed


def test_a_password_that_is_too_short_is_refused_in_chinese(client: Client) -> None:
    client.force_login(User.objects.create_superuser("somebody", password="a-long-pass-phrase"))
    sent = {"old_password": "a-long-pass-phrase", "new_password1": "kurz", "new_password2": "kurz"}
    page = client.post(reverse("admin:password_change"), sent).text
    assert "密码太短，至少要有 10 个字符。" in page and "too short" not in page


def test_a_list_says_how_many_with_a_measure_word_and_how_to_see_the_rest(
    parse: Parse, admin_client: Client
) -> None:
    services.accept_upload(parse(record := page_record(titles=("甲", "乙"))), record.name)
    articles, regions = (reverse(f"admin:articles_{name}_changelist") for name in ("article", "region"))
    page = admin_client.get(articles, {"state__exact": "draft"}).text
    assert "2 篇" in page and "清除搜索与筛选" in page and "2 文章" not in " ".join(page.split())
    assert "清除搜索与筛选" not in admin_client.get(articles).text
    found = admin_client.get(regions, {"q": "鼓楼区"}).text
    assert "清除搜索与筛选" in found and " 条" in found
    second = admin_client.get(regions, {"p": 2}).text
    assert '<span class="desk-here" aria-current="page">2</span>' in second
