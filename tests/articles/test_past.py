"""The history of an article: who changed what, when, from what to what, and the way back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from articles import services
from articles.ingest.record import PageRecord
from articles.models import Article, Author, Byline, Metric, Theme
from articles.past import versions
from tests.support.records import page_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(parse: Callable[[PageRecord], bytes]) -> Article:
    record = page_record()
    return services.accept_upload(parse(record), record.name).articles[0]


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user("wang", is_staff=True)
    user.groups.add(Group.objects.get(name="编辑"))
    return user


def lines(article: Article) -> list[tuple[str, str, str]]:
    return [(c.name, c.before, c.after) for version in versions(article) for c in version.changes]


def test_an_untouched_article_has_no_history(admin_client: Client, article: Article) -> None:
    assert versions(article) == []
    page = admin_client.get(reverse("admin:articles_article_history", args=[article.pk])).text
    assert "没有人修改过" in page


def test_each_change_is_told_with_both_values(article: Article, editor: User) -> None:
    theme = Theme.objects.exclude(pk__in=article.themes.all()).first()
    before = "、".join(sorted(t.name for t in article.themes.all()))
    services.correct(article, {"title": "别的", "themes": [theme]}, editor)
    services.publish([article], editor)
    told = lines(article)
    assert ("主题", before, theme.name) in told
    assert ("状态", "草稿", "已发布") in told
    assert [c[1:] for c in told if c[2] == "别的"] == [("加强协商平台建设", "别的")]
    first = versions(article)[-1]
    assert first.reason and not first.changes
    assert {version.who for version in versions(article)} == {"wang", ""}


def test_a_changed_text_is_told_by_its_changed_paragraphs(article: Article, editor: User) -> None:
    services.correct(article, {"body": "新的一段。\n" + article.body[0]["text"]}, editor)
    (change,) = versions(article)[0].changes
    assert change.field == "body" and any(p.text == "新的一段。" for line in change.lines for p in line.right)


def test_a_field_goes_back_and_the_rest_stays(admin_client: Client, article: Article, editor: User) -> None:
    services.correct(article, {"title": "别的", "column": "新栏目"}, editor)
    version = versions(article)[0]
    url = reverse("admin:articles_article_restore", args=[article.pk])
    answer = admin_client.post(url, {"version": version.before, "field": "title"}, follow=True)
    article.refresh_from_db()
    assert (article.title, article.column) == ("加强协商平台建设", "新栏目")
    assert article.evidence.get(field="title").origin == "machine"
    assert versions(article)[0].who == "admin" and versions(article)[0].reason in answer.text


def test_a_whole_version_goes_back_with_what_hangs_on_it(article: Article, editor: User) -> None:
    body, bylines = article.body, set(article.bylines.values_list("author__name", "role"))
    metric = Metric.objects.filter(article=article).first()
    services.remember([article])
    services.correct(article, {"title": "别的", "body": "只剩一段。"}, editor)
    article.bylines.first().delete()
    Byline.objects.create(article=article, author=Author.objects.create(name="后来者"))
    if metric:
        metric.subject = "别的指标"
        metric.save()
    first = article.history.earliest("history_date")
    services.restore(article, first, editor)
    article.refresh_from_db()
    assert (article.title, article.body) == ("加强协商平台建设", body)
    assert set(article.bylines.values_list("author__name", "role")) == bylines
    assert not metric or Metric.objects.get(pk=metric.pk).subject != "别的指标"
    assert services.restore(article, first, editor) == []
    assert article.state == "draft"


def test_what_is_no_longer_there_does_not_come_back(article: Article, editor: User) -> None:
    author = Author.objects.create(name="将被删除")
    byline = Byline.objects.create(article=article, author=author)
    services.correct(article, {"title": "别的"}, editor)
    version = article.history.latest("history_date", "history_id")
    byline.delete()
    author.delete()
    services.restore(article, version, editor)
    assert not article.bylines.filter(author__name="将被删除").exists()


@pytest.mark.parametrize(("role", "status"), [("编辑", 302), (None, 403)])
def test_restoring_needs_the_right_to_change(
    client: Client, article: Article, editor: User, role: str | None, status: int
) -> None:
    services.correct(article, {"title": "别的"}, editor)
    user = editor if role else User.objects.create_user("guest", is_staff=True)
    client.force_login(user)
    data = {"version": versions(article)[0].before, "field": "title"}
    url = reverse("admin:articles_article_restore", args=[article.pk])
    assert client.get(url).status_code == 403
    assert client.post(url, data).status_code == status


def test_only_versions_of_the_article_and_fields_of_it(
    admin_client: Client, article: Article, editor: User
) -> None:
    other = Article.objects.exclude(pk=article.pk).first()
    services.correct(other, {"title": "别的"}, editor)
    key = other.history.first().history_id
    url = reverse("admin:articles_article_restore", args=[article.pk])
    for data in ({"version": key}, {"version": "x"}, {"version": "999999999"}):
        assert admin_client.post(url, data).status_code == 404
    services.correct(article, {"title": "又一个"}, editor)
    own: Any = article.history.first().history_id
    assert admin_client.post(url, {"version": own, "field": "state"}).status_code == 404
    with pytest.raises(services.Refused):
        services.restore(article, other.history.first(), editor)
