"""Accounts at the desk: what was done under a name stays under it, and nobody is locked out by a tick too few."""

from collections.abc import Callable

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from articles import services
from articles.ingest.record import PageRecord
from articles.models import Article
from tests.support.records import page_record

pytestmark = pytest.mark.django_db
Parse = Callable[[PageRecord], bytes]


def account(name: str, *roles: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def article(parse: Parse) -> Article:
    record = page_record()
    return services.accept_upload(parse(record), record.name).articles[0]


def save(client: Client, user: User, roles: list[str], **more: str) -> str:
    """What the page says after an account was saved with these roles, `is_active` and `is_superuser` as in `more`."""
    groups = list(Group.objects.filter(name__in=roles).values_list("pk", flat=True))
    data = {"username": user.username, "groups": groups, **more}
    return client.post(reverse("admin:auth_user_change", args=[user.pk]), data, follow=True).text


def test_an_account_that_did_something_is_switched_off_not_deleted(article: Article) -> None:
    manager, editor = account("管理", "管理员"), account("小陈", "编辑")
    services.correct(article, {"kicker": "新引题"}, editor)
    client = at_desk(manager)
    page = client.get(reverse("admin:auth_user_change", args=[editor.pk])).text
    assert "此账号不能删除" in page and "/delete/" not in page
    answer = client.post(reverse("admin:auth_user_delete", args=[editor.pk]), {"post": "yes"}, follow=True)
    assert "停用账号" in answer.text and User.objects.filter(pk=editor.pk).exists()
    assert "小陈" in client.get(reverse("admin:articles_article_history", args=[article.pk])).text
    with pytest.raises(services.Refused, match="停用"):
        services.remove_account(editor, manager)
    save(client, editor, ["编辑"])
    editor.refresh_from_db()
    assert not editor.is_active
    assert "小陈" in client.get(reverse("admin:articles_article_history", args=[article.pk])).text


def test_every_record_that_names_an_account_counts(article: Article) -> None:
    user = account("小陈")
    assert not services.has_traces(user)
    services.claim(article, user)
    assert services.traces(user) == 1
    other = account("老周")
    LogEntry.objects.log_actions(other.pk, [article], DELETION)
    assert services.has_traces(other)


def test_an_account_with_nothing_behind_it_can_be_deleted() -> None:
    manager, unused = account("管理", "管理员"), account("多余", "编辑")
    client = at_desk(manager)
    url = reverse("admin:auth_user_delete", args=[unused.pk])
    page = client.get(url).text
    assert "删除账号“多余”？" in page and "User_groups" not in page
    assert client.post(url, {"post": "yes"}).status_code == 302
    assert not User.objects.filter(username="多余").exists()
    assert "delete_selected" not in client.get(reverse("admin:auth_user_changelist")).text


def test_nobody_locks_themselves_out() -> None:
    manager = account("管理", "管理员", "审核")
    client = at_desk(manager)
    assert "不能取消自己的角色" in save(client, manager, ["审核"], is_active="on")
    assert "不能停用自己的账号" in save(client, manager, ["管理员", "审核"])
    answer = client.post(reverse("admin:auth_user_delete", args=[manager.pk]), {"post": "yes"}, follow=True)
    assert "不能删除自己的账号" in answer.text
    manager.refresh_from_db()
    assert manager.is_active and manager.groups.count() == 2
    save(client, manager, ["管理员", "审核", "编辑"], is_active="on")
    assert manager.groups.count() == 3


def test_the_last_who_looks_after_accounts_stays() -> None:
    last = account("管理", "管理员")
    for change in ({"active": False}, {"groups": ()}):
        with pytest.raises(services.Refused, match="最后一个"):
            services.check_keepers(
                last, **{"active": True, "superuser": False, "groups": last.groups.all(), **change}
            )
    second = account("管理二", "管理员")
    services.check_keepers(last, active=False, superuser=False, groups=())
    assert "最后" not in save(at_desk(second), last, ["编辑"], is_active="on")
    assert [group.name for group in last.groups.all()] == ["编辑"]


def test_the_list_says_who_is_a_superuser_and_a_missing_role_is_warned_of(admin_client: Client) -> None:
    assert "超级用户" in admin_client.get(reverse("admin:auth_user_changelist")).text
    assert "没有角色" in save(admin_client, account("新人", "编辑"), [], is_active="on")


def test_what_a_deleted_account_did_is_not_taken_for_the_machines(article: Article) -> None:
    manager, gone = account("管理", "管理员"), account("离任")
    services.correct(article, {"kicker": "新引题"}, gone)
    history = reverse("admin:articles_article_history", args=[article.pk])
    people = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=manager, content_type=people, object_id=gone.pk, object_repr="离任", action_flag=DELETION
    )
    Article.history.filter(history_user=gone).update(history_user=None)
    assert "后来被删除的账号（离任）" in at_desk(manager).get(history).text
    LogEntry.objects.update(change_message="[]")  # as deletions are logged of accounts that did nothing
    assert "后来被删除的账号" not in at_desk(manager).get(history).text
