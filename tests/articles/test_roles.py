"""Who may do what at the desk: each role may do what it may, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from articles import services
from articles.ingest.record import PageRecord
from articles.models import Article, State
from articles.roles import EDITOR, MANAGER, REVIEWER, ROLES, ensure_roles
from tests.support.records import page_record

pytestmark = pytest.mark.django_db
Parse = Callable[[PageRecord], bytes]
PASSWORD = "有事好商量-2024"


@pytest.fixture
def desk(parse: Parse) -> Callable[..., tuple[Client, Article]]:
    """(browser of somebody in a role, a draft)."""

    def log_in(role: Any = None) -> tuple[Client, Article]:
        user = User.objects.create_user("somebody", password=PASSWORD, is_staff=True)
        if role:
            user.groups.add(Group.objects.get(name=role.name))
        client = Client()
        client.force_login(user)
        record = page_record()
        return client, services.accept_upload(parse(record), record.name).articles[0]

    return log_in


def act(client: Client, action: str, article: Article) -> State:
    """The article's state after a bulk action on it."""
    data = {"action": action, "_selected_action": [article.pk]}
    assert client.post(reverse("admin:articles_article_changelist"), data).status_code in (200, 302, 403)
    article.refresh_from_db()
    return State(article.state)


PAGES = {
    "admin:articles_upload": (EDITOR, REVIEWER, MANAGER),
    "admin:articles_article_changelist": (EDITOR, REVIEWER, MANAGER),
    "admin:articles_mechanism_add": (REVIEWER, MANAGER),
    "admin:auth_user_changelist": (MANAGER,),
    "admin:auth_user_add": (MANAGER,),
    "admin:auth_group_add": (),
    "admin:axes_accessattempt_changelist": (MANAGER,),
}


@pytest.mark.parametrize("role", [None, *ROLES], ids=lambda r: r.name if r else "nobody")
def test_each_role_opens_its_pages_and_no_others(role: Any, desk: Any) -> None:
    client, _ = desk(role)
    for name, allowed in PAGES.items():
        assert (client.get(reverse(name)).status_code == 200) == (role in allowed), name


@pytest.mark.parametrize(
    ("role", "action", "state"),
    [
        (EDITOR, "publish", State.DRAFT),
        (EDITOR, "send_to_review", State.IN_REVIEW),
        (REVIEWER, "publish", State.PUBLISHED),
        (MANAGER, "publish", State.PUBLISHED),
        (None, "publish", State.DRAFT),
        (None, "send_to_review", State.DRAFT),
    ],
)
def test_who_may_publish(role: Any, action: str, state: State, desk: Any) -> None:
    assert act(*[(c := desk(role))[0], action, c[1]]) == state


@pytest.mark.parametrize(("role", "state"), [(EDITOR, State.PUBLISHED), (REVIEWER, State.WITHDRAWN)])
def test_who_may_withdraw(role: Any, state: State, desk: Any) -> None:
    client, article = desk(role)
    services.publish([article])
    assert act(client, "withdraw", article) == state


def test_an_editor_cannot_publish_by_uploading(desk: Any) -> None:
    client, _ = desk(EDITOR)
    assert "publish" not in client.get(reverse("admin:articles_upload")).context["form"].fields


def test_a_manager_cannot_make_superusers_nor_touch_them(desk: Any) -> None:
    client, _ = desk(MANAGER)
    root = User.objects.create_superuser("root", password=PASSWORD)
    assert client.post(reverse("admin:auth_user_delete", args=[root.pk]), {"post": "yes"}).status_code == 403
    other = User.objects.create_user("other", password=PASSWORD)
    url = reverse("admin:auth_user_change", args=[other.pk])
    data = {"username": "other", "is_superuser": "on", "is_active": "on", "user_permissions": [1],
            "groups": [Group.objects.get(name="编辑").pk], "date_joined_0": "2024-01-01",
            "date_joined_1": "00:00:00"}  # fmt: skip
    assert client.post(url, data).status_code == 302
    other.refresh_from_db()
    assert not other.is_superuser and not other.user_permissions.exists()
    assert other.is_staff and other.has_perm("articles.change_article")


def test_roles_are_brought_back_to_what_they_are() -> None:
    group = Group.objects.get(name=EDITOR.name)
    group.permissions.clear()
    ensure_roles()
    codes = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all()}
    assert codes == EDITOR.permissions < REVIEWER.permissions < MANAGER.permissions


def test_every_permission_of_a_role_exists() -> None:
    for role in ROLES:
        assert Group.objects.get(name=role.name).permissions.count() == len(role.permissions)


def test_the_login_is_bounded_and_a_right_password_is_not_tried_then(client: Client) -> None:
    User.objects.create_superuser("root", password=PASSWORD)
    url = reverse("admin:login")
    for left in (4, 3, 2, 1):
        answer = client.post(url, {"username": "root", "password": "wrong"})
        (said,) = answer.context["form"].non_field_errors()
        assert f"还可再试 {left} 次" in said and answer.text.count("errornote") == 1
    answer = client.post(url, {"username": "root", "password": "wrong"})
    assert answer.status_code == 429 and "密码" in answer.text
    assert "“root”" in answer.text and f'href="{url}"' in answer.text
    assert client.post(url, {"username": "root", "password": PASSWORD}).status_code == 429
    somebody = {"username": "other", "password": "wrong"}
    answer = client.post(url, somebody)  # another account is not concerned
    assert answer.status_code == 200 and "还可再试 4 次" in answer.text
    empty = client.post(url, {"username": "", "password": ""})
    assert "errornote" not in empty.text and "必填" in empty.text and "还可再试" not in empty.text


def test_roles_and_lists_of_words_are_in_the_readers_language(client: Client) -> None:
    user = User.objects.create_superuser("root", password=PASSWORD)
    user.groups.set(Group.objects.all())
    client.force_login(user)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("admin:auth_group_changelist")).text
    assert "reviewer" in page and "审核" not in page
    group = Group.objects.get(name="审核")
    page = client.get(reverse("admin:auth_group_change", args=[group.pk])).text
    assert "article: " in page and "、" not in page
    page = client.get(reverse("admin:auth_user_change", args=[user.pk])).text
    assert "A reviewer" not in page and "a reviewer publishes" in page and "审核" not in page


def test_an_account_gets_its_role_when_it_is_made_and_loses_the_desk_with_it(desk: Any) -> None:
    client, _ = desk(MANAGER)
    form = client.get(reverse("admin:auth_user_add")).text
    assert 'type="checkbox" name="groups"' in form.replace("\n", " ") and "usable_password" not in form
    group = Group.objects.get(name="编辑").pk
    sent = {"username": "new", "password1": PASSWORD, "password2": PASSWORD, "groups": [group]}
    assert client.post(reverse("admin:auth_user_add"), sent).status_code == 302
    new = User.objects.get(username="new")
    assert new.is_staff and new.has_perm("articles.change_article")
    url = reverse("admin:auth_user_change", args=[new.pk])
    page = client.get(url).text
    for word in ("user_permissions", "Can add", "Raw passwords", "Choose"):
        assert word not in page
    assert client.post(url, {"username": "new", "is_active": "on"}).status_code == 302
    new.refresh_from_db()
    assert not new.is_staff and new.check_password(PASSWORD)


def test_a_role_says_in_words_what_it_may(admin_client: Client) -> None:
    group = Group.objects.get(name="审核")
    page = admin_client.get(reverse("admin:auth_group_change", args=[group.pk])).text
    assert "文章：" in page and "发布" in page and "Can " not in page


def test_whoever_has_no_role_is_told_so(client: Client) -> None:
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    assert "还没有角色" in client.get(reverse("admin:index")).text
