"""Two people at one record that is no article: what one of them saved is not overwritten without a word."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import services
from articles.ingest.record import PageRecord
from articles.models import Author, Issue, Mechanism, Page, Publication, Region
from articles.roles import EDITOR, MANAGER
from tests.support.records import page_record

pytestmark = pytest.mark.django_db
Parse = Callable[[PageRecord], bytes]

# A record, what the other person changes of it, what this person changes as well, and a field that only this one does.
CASES: dict[type, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    Author: ({"name": "张叁", "note": "县政协委员"}, {"name": "章三"}, {"aliases": "老张"}),
    Mechanism: (
        {"name": "有事来协商平台", "family": "有事来"},
        {"name": "有事好协商"},
        {"aliases": "来协商"},
    ),
    Publication: ({"name": "四川政协报", "rhythm": "daily"}, {"name": "巴蜀政协报"}, {"region": "成都"}),
    Issue: ({"number": "1001", "date": "2024-08-01"}, {"number": "1002"}, {"publication": "别的报"}),
    Page: ({"number": "11"}, {"number": "12"}, {"issue": ""}),
    User: ({"last_name": "王", "email": "w@example.org"}, {"last_name": "汪"}, {"first_name": "五"}),
}


@pytest.fixture
def other() -> Client:
    user = User.objects.create_user("王五", is_staff=True)
    user.groups.add(Group.objects.get(name=MANAGER.name))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(params=CASES, ids=lambda model: model.__name__)
def record(request: pytest.FixtureRequest, parse: Parse) -> Any:
    services.accept_upload(parse(page := page_record()), page.name)
    if request.param is User:
        row = User.objects.create_user("李四", is_staff=True)
        row.groups.add(Group.objects.get(name=EDITOR.name))
        return row
    return request.param.objects.first()


def change(record: Any) -> str:
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_change", args=[record.pk])


def form_of(client: Client, record: Any) -> dict[str, Any]:
    """What a browser would send back for the record's page as it stands."""
    form = client.get(change(record)).context["adminform"].form
    values = {bound.html_name: bound.value() for bound in form if not bound.field.disabled}
    return {
        name: [getattr(v, "pk", v) for v in value] if isinstance(value, list) else value
        for name, value in values.items()
        if value not in (None, False)
    }


def stored(record: Any) -> dict[str, str]:
    """The record's fields as the database holds them, in words."""
    found = type(record).objects.get(pk=record.pk)
    return {field.name: str(getattr(found, field.name)) for field in found._meta.concrete_fields}


def alone(record: Any) -> dict[str, Any]:
    """The change that only this person makes, with the keys of what it names."""
    values = dict(CASES[type(record)][2])
    if "region" in values:
        values["region"] = Region.objects.get(full_name="四川省成都市", until=None).pk
    if "publication" in values:
        values["publication"] = Publication.objects.create(name=values["publication"]).pk
    return values


def test_what_only_the_other_changed_is_kept_and_said(
    record: Any, other: Client, admin_client: Client
) -> None:
    theirs, mine = CASES[type(record)][0], alone(record)
    data, before = form_of(admin_client, record), stored(record)
    assert other.post(change(record), form_of(other, record) | theirs).status_code == 302
    said = admin_client.post(change(record), data | mine, follow=True)
    assert said.redirect_chain
    now = stored(record)
    assert {name: now[name] for name in theirs} == theirs
    assert all(now[name] != before[name] for name in mine)
    (line,) = [str(m) for m in said.context["messages"] if "已保留" in str(m)]
    for name in theirs:
        assert str(record._meta.get_field(name).verbose_name) in line


def test_what_both_changed_is_an_error_that_names_both(
    record: Any, other: Client, admin_client: Client
) -> None:
    theirs, mine, _alone = CASES[type(record)]
    data = form_of(admin_client, record)
    other.post(change(record), form_of(other, record) | theirs)
    between = stored(record)
    (field,) = mine
    form = admin_client.post(change(record), data | mine).context["adminform"].form
    (said,) = form.errors[field]
    assert "王五" in said and theirs[field] in said and mine[field] in said
    assert form[field].value() == mine[field] and stored(record) == between

    # Saving once more is meant so, and undoes nothing else of the other's.
    again = {name: form[name].value() for name in data if name in form.fields}
    again = {name: value for name, value in again.items() if value is not None}
    assert admin_client.post(change(record), again).status_code == 302
    now = stored(record)
    assert now[field] == mine[field]
    assert {name: now[name] for name in theirs if name != field} == {
        name: value for name, value in theirs.items() if name != field
    }


def test_roles_that_somebody_else_gave_stay(admin_client: Client, other: Client) -> None:
    user = User.objects.create_user("李四", is_staff=True)
    data = form_of(admin_client, user)
    user.groups.set(Group.objects.all())
    assert admin_client.post(change(user), data | {"first_name": "四"}).status_code == 302
    user.refresh_from_db()
    assert user.groups.count() == Group.objects.count() and user.first_name == "四"


def test_the_row_is_held_while_it_is_saved(record: Any, admin_client: Client) -> None:
    with CaptureQueriesContext(connection) as looked:
        data = form_of(admin_client, record)
    with CaptureQueriesContext(connection) as saved:
        admin_client.post(change(record), data)
    held = f'FOR NO KEY UPDATE OF "{record._meta.db_table}"'
    assert any(held in query["sql"] for query in saved) and not any("FOR NO KEY" in q["sql"] for q in looked)


def test_who_may_only_look_at_an_author_sees_no_version(parse: Parse, client: Client) -> None:
    services.accept_upload(parse(page := page_record()), page.name)
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_author"))
    client.force_login(user)
    page = client.get(change(Author.objects.get())).text
    assert "张三" in page and "field-version" not in page
