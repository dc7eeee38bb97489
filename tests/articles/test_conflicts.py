"""Two people at one article: nothing is overwritten without a word, and nothing that was typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from articles import services
from articles.ingest.record import PageRecord
from articles.models import Article, Origin, Theme
from articles.roles import EDITOR
from tests.articles.test_admin import change, form_of
from tests.support.records import page_record

pytestmark = pytest.mark.django_db
Parse = Callable[[PageRecord], bytes]


@pytest.fixture
def article(parse: Parse) -> Article:
    return services.accept_upload(parse(record := page_record()), record.name).articles[0]


@pytest.fixture
def other() -> User:
    user = User.objects.create_user("王五", is_staff=True)
    user.groups.add(Group.objects.get(name=EDITOR.name))
    return user


def test_fields_that_only_one_of_two_changed_are_both_kept(
    article: Article, other: User, admin_client: Client
) -> None:
    data = form_of(admin_client, article)
    theme = Theme.objects.get(name="民主监督")
    services.correct(article, {"title": "别人的标题", "themes": [theme]}, other)
    said = admin_client.post(change(article), data | {"level": "省级"}, follow=True).text
    article.refresh_from_db()
    assert (article.title, article.level) == ("别人的标题", "省级")
    assert [t.name for t in article.themes.all()] == ["民主监督"] and "主题" in said


def test_a_field_that_both_changed_is_an_error_with_both_values(
    article: Article, other: User, admin_client: Client
) -> None:
    data = form_of(admin_client, article)
    services.correct(article, {"title": "别人的标题"}, other)
    page = admin_client.post(change(article), data | {"title": "我的标题", "column": "我的栏目"})
    form = page.context["adminform"].form
    said = form.errors["title"][0]
    assert "王五" in said and "别人的标题" in said and "我的标题" in said
    assert (form["title"].value(), form["column"].value()) == ("我的标题", "我的栏目")
    article.refresh_from_db()
    assert (article.title, article.column) == ("别人的标题", "主席论坛")
    again = data | {"title": "我的标题", "column": "我的栏目", "version": form["version"].value()}
    assert admin_client.post(change(article), again).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.column) == ("我的标题", "我的栏目")


def test_saving_again_after_a_conflict_undoes_nothing_that_was_not_said(
    article: Article, other: User, admin_client: Client
) -> None:
    data = form_of(admin_client, article)
    theme = Theme.objects.get(name="民主监督")
    services.correct(article, {"title": "别人的标题", "level": "省级", "themes": [theme]}, other)
    page = admin_client.post(change(article), data | {"title": "我的标题"})
    form = page.context["adminform"].form
    (said,) = form.non_field_errors()
    assert "层级" in said and "主题" in said and "标题" not in said
    assert (form["level"].value(), form["themes"].value()) == ("省级", [str(theme.pk)])
    again = data | {name: form[name].value() for name in ("title", "level", "themes", "version")}
    assert admin_client.post(change(article), again).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.level) == ("我的标题", "省级")
    assert list(article.themes.all()) == [theme]


def test_the_same_change_by_both_is_no_conflict(article: Article, other: User, admin_client: Client) -> None:
    data = form_of(admin_client, article)
    services.correct(article, {"title": "同一标题"}, other)
    assert admin_client.post(change(article), data | {"title": "同一标题"}).status_code == 302


def test_a_long_body_is_quoted_where_it_differs(article: Article, other: User, admin_client: Client) -> None:
    data = form_of(admin_client, article)
    long = "开头。" * 100
    services.correct(article, {"body": data["body_text"] + long + "甲"}, other)
    page = admin_client.post(change(article), data | {"body_text": data["body_text"] + long + "乙"})
    said = page.context["adminform"].form.errors["body_text"][0]
    assert "甲" in said and "乙" in said and len(said) < 400


def test_a_figure_that_both_changed_is_an_error_and_one_of_theirs_stays_theirs(
    article: Article, other: User, admin_client: Client
) -> None:
    data: dict[str, Any] = form_of(admin_client, article)
    metric = article.metrics.get()
    metric.value = 310
    metric.save()
    page = admin_client.post(change(article), data | {"metrics-0-value": "350"})
    errors = next(
        f.formset.errors for f in page.context["inline_admin_formsets"] if f.formset.prefix == "metrics"
    )
    assert "310" in errors[0]["value"][0] and "350" in errors[0]["value"][0]
    assert admin_client.post(change(article), data | {"column": "别的栏目"}).status_code == 302
    metric.refresh_from_db()
    assert (metric.value, metric.origin) == (310, Origin.MACHINE)


def test_who_may_only_look_sees_no_version(article: Article, client: Client) -> None:
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(user)
    page = client.get(change(article)).text
    assert "加强协商平台建设" in page and "field-version" not in page
