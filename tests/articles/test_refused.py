"""What the desk refuses: which permission is missing and who has it, and what a form that is too old is told."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user("小陈", is_staff=True)
    user.groups.add(Group.objects.get(name="编辑"))
    other = User.objects.create_user("审核王", is_staff=True)
    other.groups.add(Group.objects.get(name="审核"))
    return user


def refused(client: Client, name: str) -> str:
    answer = client.get(reverse(name))
    assert answer.status_code == 403
    return answer.text


def test_the_page_says_which_permission_is_missing_and_who_has_it(client: Client, editor: User) -> None:
    client.force_login(editor)
    page = refused(client, "admin:articles_mechanism_add")
    assert "缺少这项权限" in page and " · 机制" in page and "审核王" in page and "打开太久" not in page
    assert "nav-sidebar" in page  # the desk's look
    assert "用户" in refused(client, "admin:auth_user_changelist")
    assert "管理员" in refused(client, "status")
    assert "只有超级用户" in refused(client, "admin:auth_group_add")


def test_a_page_that_was_open_too_long_is_no_matter_of_permissions(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    answer = client.post(reverse("admin:articles_queue_step"), {"do": "next"})
    assert answer.status_code == 403
    assert "打开太久" in answer.text and "缺少" not in answer.text and "nav-sidebar" in answer.text
    client.logout()
    outside = client.post(reverse("set_language"), {"language": "en"})
    assert outside.status_code == 403 and "打开太久" in outside.text and "nav-sidebar" not in outside.text
