"""A form of the desk that is not taken comes back: nothing that was typed is lost, and nothing of it is stored."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError
from django.test import Client
from django.urls import reverse
from psycopg.errors import DiskFull

from articles import services
from articles.ingest.record import PageRecord
from articles.models import Article, Author, Publication
from articles.roles import EDITOR
from tests.articles.test_admin import change, form_of
from tests.support.records import page_record

pytestmark = pytest.mark.django_db
Parse = Callable[[PageRecord], bytes]
HERE = {"origin": "http://testserver"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def article(parse: Parse) -> Article:
    return services.accept_upload(parse(record := page_record()), record.name).articles[0]


@pytest.fixture
def desk() -> Client:
    """An editor whose browser checks what comes from other sites."""
    user = User.objects.create_user("李四", password="kept-password-1", is_staff=True)
    user.groups.add(Group.objects.get(name=EDITOR.name))
    client = Client(enforce_csrf_checks=True, headers=HERE)
    client.force_login(user)
    return client


def held(page: str) -> dict[str, list[str]]:
    """The fields that a page holds for sending them again."""
    found: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(page):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def sent(client: Client, address: str) -> dict[str, Any]:
    """The form at an address with its token, as a browser sends it."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(address).text)
    assert token
    return {"csrfmiddlewaretoken": token[1]}


def test_typed_text_survives_the_end_of_a_login(article: Article, desk: Client) -> None:
    data = form_of(desk, article) | sent(desk, change(article)) | {"title": "我改的<标题>", "_continue": "1"}
    Session.objects.all().delete()
    page = desk.post(change(article), data)
    assert page.status_code == 403 and "登录已失效" in page.text and "我改的&lt;标题&gt;" in page.text
    assert held(page.text)["title"] == ["我改的<标题>"] and held(page.text)["_continue"] == ["1"]
    login = reverse("admin:login")
    opened = desk.post(
        login, {**sent(desk, login), "username": "李四", "password": "kept-password-1"}, follow=True
    )
    assert opened.status_code == 200
    # Its token is older than the login: one look more, and it is sent.
    again = desk.post(change(article), held(page.text))
    assert again.status_code == 403 and "已重新登录" in again.text
    assert desk.post(change(article), held(again.text)).status_code == 302
    article.refresh_from_db()
    assert article.title == "我改的<标题>"


def test_what_another_site_sends_is_not_made_ready_to_be_sent(article: Article, desk: Client) -> None:
    data = form_of(desk, article) | {"title": "别处来的标题"}
    for origin in ("https://elsewhere.example", "null", ""):
        page = desk.post(change(article), data, headers={"origin": origin})
        assert page.status_code == 403 and "别处来的标题" not in page.text
    Session.objects.all().delete()
    outside = Client(headers={"origin": "https://elsewhere.example"})
    assert outside.post(change(article), data).status_code == 302


def test_typed_text_survives_the_loss_of_a_right(article: Article, desk: Client) -> None:
    data = form_of(desk, article) | sent(desk, change(article)) | {"title": "没有权限的标题"}
    User.objects.get(username="李四").groups.clear()
    page = desk.post(change(article), data)
    assert page.status_code == 403 and "无权" in page.text
    assert held(page.text)["title"] == ["没有权限的标题"]


def test_typed_text_survives_its_record(admin_user: User) -> None:
    client = Client(headers=HERE)
    client.force_login(admin_user)
    author = Author.objects.create(name="张三")
    address = reverse("admin:articles_author_change", args=[author.pk])
    author.delete()
    page = client.post(address, {"name": "张三丰", "aliases": "三丰"})
    assert page.status_code == 404 and held(page.text)["name"] == ["张三丰"]


def test_typed_text_survives_a_fault_and_a_full_disk(
    article: Article, admin_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(headers=HERE, raise_request_exception=False)
    client.force_login(admin_user)
    data = form_of(client, article) | {"title": "满盘的标题"}

    def break_down(*_: Any, **__: Any) -> Any:
        raise DataError("no") from DiskFull("no space") if full else KeyError("no")

    for full, status in ((True, 507), (False, 500)):
        monkeypatch.setattr(services, "correct", break_down)
        page = client.post(change(article), data)
        assert page.status_code == status
        assert "满盘的标题" in page.text
        assert ("磁盘已满" in page.text) is full and ('id="article_form"' in page.text) is full


def test_two_of_one_name_at_the_same_moment_are_a_matter_of_the_form(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one is saved after the form was found good and before it is saved."""
    save = Publication.save

    def late(self: Publication, *args: Any, **more: Any) -> None:
        monkeypatch.setattr(Publication, "save", save)
        Publication.objects.bulk_create([Publication(name=self.name)])
        save(self, *args, **more)

    monkeypatch.setattr(Publication, "save", late)
    page = admin_client.post(reverse("admin:articles_publication_add"), {"name": "新报", "rhythm": ""})
    assert page.status_code == 422
    form = page.context["adminform"].form
    assert form["name"].value() == "新报" and form.errors


def test_passwords_are_never_given_back(admin_user: User) -> None:
    client = Client(headers=HERE)
    page = client.post(
        reverse("admin:auth_user_add"),
        {"username": "赵六", "password1": "geheim-123", "password2": "geheim-123"},
    )
    assert page.status_code == 403 and "赵六" in page.text and "geheim" not in page.text


def test_a_program_is_told_in_a_sentence(article: Article, desk: Client) -> None:
    address = reverse("admin:articles_bench_do", args=[article.page_id])
    Session.objects.all().delete()
    answer = desk.post(address, {"do": "title"}, headers={"hx-request": "true", **HERE})
    assert answer.status_code == 403 and answer["Content-Type"].startswith("text/plain")
    assert "登录" in answer.text and "<" not in answer.text


def test_the_desk_says_whether_it_would_take_a_form(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    found = desk.get(reverse("standing")).json()
    assert (found["said"], found["login"]) == ("", "") and found["token"]
    monkeypatch.setattr("archive.room.is_short", lambda wanted=0: wanted > 1000)
    assert "磁盘" in desk.get(reverse("standing"), {"bytes": "9000"}).json()["said"]
    assert desk.get(reverse("standing"), {"bytes": "x"}).json()["said"] == ""
    Session.objects.all().delete()
    found = desk.get(reverse("standing")).json()
    assert "登录" in found["said"] and found["login"] == reverse("admin:login")


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_what_was_chosen_on_the_workbench_survives_its_refusal(
    article: Article, admin_client: Client, headers: dict[str, str]
) -> None:
    address = reverse("admin:articles_bench_do", args=[article.page_id])
    span = re.findall(r'name="span" value="([^"]+)"', admin_client.get(address, follow=True).text)[1]
    data = {"do": "title", "span": span, "words": "版面上没有的话", "role": "kicker", "article": "0"}
    answer = admin_client.post(address, data, headers=headers)
    assert answer.status_code == (200 if headers else 422)
    assert answer.context["refused"] in answer.text
    assert 'value="版面上没有的话"' in answer.text
    assert f'value="{span}" checked' in answer.text
    assert re.search(r'<option value="kicker"[^>]* selected>', answer.text)
    assert re.search(r'<option value="0" selected>', answer.text)


def test_an_upload_that_finds_the_disk_full_keeps_what_was_said_of_it(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise DataError("no") from DiskFull("no space")

    monkeypatch.setattr(services, "begin_upload", full)
    file = SimpleUploadedFile("1.txt", "版面".encode())
    sent = {"files": file, "publication": "新报", "date": "2024-07-16", "number": "7"}
    page = admin_client.post(reverse("admin:articles_upload"), sent)
    assert page.status_code == 507 and "磁盘已满" in str(page.context["form"].errors["files"])
    assert [page.context["form"][n].value() for n in ("publication", "date", "number")] == [
        "新报",
        "2024-07-16",
        "7",
    ]


def test_a_value_that_the_service_finds_wrong_is_told_at_its_field(
    article: Article, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = form_of(admin_client, article)
    monkeypatch.setattr("articles.forms.check_date", lambda _date: None)
    monkeypatch.setattr(
        "articles.services.editorial.check_date",
        lambda _d: (_ for _ in ()).throw(ValidationError({"date": ["not so"]})),
    )
    page = admin_client.post(change(article), data | {"title": "我的标题", "date": "2024"})
    form = page.context["adminform"].form
    assert (page.status_code, form.errors["date"], form["title"].value()) == (422, ["not so"], "我的标题")


FORMS = {
    "author": {"name": "张三丰", "aliases": "三丰"},
    "mechanism": {"name": "院坝协商", "kind": "平台", "family": "协商", "aliases": "坝坝会"},
    "publication": {"name": "新报", "rhythm": ""},
}


@pytest.mark.parametrize("model", FORMS)
def test_every_form_of_a_record_keeps_what_was_typed(
    model: str, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise services.Refused("so nicht")

    monkeypatch.setattr(f"articles.models.{model.capitalize()}.save", refuse)
    page = admin_client.post(reverse(f"admin:articles_{model}_add"), FORMS[model])
    form = page.context["adminform"].form
    assert (page.status_code, form.non_field_errors()) == (422, ["so nicht"])
    assert all(form[name].value() == value for name, value in FORMS[model].items())


def test_the_form_of_a_page_keeps_where_it_was_to_belong(
    article: Article, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise services.Refused("so nicht")

    monkeypatch.setattr("articles.services.moving.page_moved", refuse)
    address = reverse("admin:articles_page_change", args=[article.page_id])
    page = admin_client.post(address, {"issue": "", "number": "12"})
    form = page.context["adminform"].form
    assert (page.status_code, form.non_field_errors(), form["number"].value()) == (422, ["so nicht"], "12")
    article.page.refresh_from_db()  # type: ignore[union-attr]
    assert article.page and article.page.number == "3"
