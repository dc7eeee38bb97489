"""The buttons that end the work on an article: each only where it can do something, and one message for what it did."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from articles import services
from articles.ingest.record import PageRecord
from articles.models import Action, Article, State
from tests.articles.test_admin import change, form_of
from tests.support.records import page_record

pytestmark = pytest.mark.django_db
BUTTON = re.compile(r'name="articles_article_save_and_([a-z_]+)"')


@pytest.fixture
def article(parse: Callable[[PageRecord], bytes]) -> Article:
    record = page_record()
    return services.accept_upload(parse(record), record.name).articles[0]


def login(client: Client, role: str) -> Client:
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


def press(client: Client, article: Article, button: str, **values: str) -> list[tuple[str, str]]:
    """(level, words) of what is said after the press."""
    sent = form_of(client, article) | values | {f"articles_article_save_and_{button}": ""}
    answer = client.post(change(article), sent, follow=True)
    return [(said.level_tag, re.sub("<[^>]*>", "", str(said))) for said in answer.context["messages"]]


def test_each_state_has_its_own_buttons(article: Article, client: Client) -> None:
    desk = login(client, "审核")
    found = {}
    for state in State.values:
        Article.objects.filter(pk=article.pk).update(state=state, published_at="2024-07-16T00:00Z")
        found[state] = BUTTON.findall(desk.get(change(article)).text)
    assert found == {
        "draft": ["publish", "find_right"], "in_review": ["publish", "find_right"],
        "published": ["withdraw", "find_right"], "withdrawn": ["publish", "find_right"],
        "trashed": ["take_back"],
    }  # fmt: skip


def test_whoever_may_not_publish_sends_to_review(article: Article, client: Client) -> None:
    desk = login(client, "编辑")
    assert BUTTON.findall(desk.get(change(article)).text) == ["send", "find_right"]
    assert press(desk, article, "send", title="定稿") == [
        ("info", "您的改动已保存。"),
        ("success", "1 篇文章：审核中。 查看或撤销"),
    ]
    article.refresh_from_db()
    assert (article.title, article.state) == ("定稿", State.IN_REVIEW)
    assert BUTTON.findall(desk.get(change(article)).text) == ["find_right"]


def test_what_was_published_is_said_once_and_can_be_undone(article: Article, client: Client) -> None:
    desk = login(client, "审核")
    assert press(desk, article, "publish") == [("success", "1 篇文章：已发布。 查看或撤销 · 在站点上查看")]
    services.undo(Action.objects.latest("pk"), None)
    article.refresh_from_db()
    assert article.state == State.DRAFT


def test_an_article_comes_out_of_the_trash_from_its_own_page(article: Article, client: Client) -> None:
    services.trash([article])
    desk = login(client, "审核")
    assert 'value="right"' not in desk.get(change(article)).text
    ((level, words),) = press(desk, article, "take_back")
    assert level == "success" and "已从回收站恢复" in words
    article.refresh_from_db()
    assert article.state == State.DRAFT


def test_a_refusal_stands_alone(article: Article, client: Client) -> None:
    """The page was open while somebody put the article into the trash."""
    desk = login(client, "审核")
    sent = form_of(desk, article) | {"articles_article_save_and_publish": ""}
    services.trash([article])
    sent |= {k: v for k, v in form_of(desk, article).items() if k == "version"}
    answer = desk.post(change(article), sent, follow=True)
    assert [(s.level_tag, str(s)) for s in answer.context["messages"]] == [
        ("warning", "1 篇文章保持原状：文章在回收站中，请先取出。")
    ]
