"""Type size, colours and language: chosen by a small form, kept in cookies, no script needed."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_large_type_and_colours_stay_chosen(client: Client) -> None:
    response = client.post("/preferences/", {"size": "large", "next": "/themes/"})
    assert response.headers["Location"] == "/themes/"
    client.post("/preferences/", {"scheme": "dark", "next": "/themes/"})
    page = client.get("/themes/").content.decode()
    assert 'data-size="large" data-scheme="dark"' in page
    assert "标准字号" in page


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_it_goes_nowhere_else(client: Client, to: str) -> None:
    assert client.post("/preferences/", {"size": "large", "next": to}).headers["Location"] == "/"


def test_what_is_unknown_is_not_kept(client: Client) -> None:
    response = client.post("/preferences/", {"size": "huge", "scheme": "<b>"})
    assert not response.cookies
    client.cookies["archive_size"] = '"><script>'
    assert 'data-size="normal"' in client.get("/themes/").content.decode()


def test_only_a_form_of_this_site_may_choose() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/preferences/", {"size": "large"})
    assert response.status_code == 403 and "打开太久" in response.content.decode()
    assert strict.get("/preferences/").status_code == 405


def test_the_language_is_chosen_by_a_form(client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": "/themes/"})
    page = client.get("/themes/").content.decode()
    assert "Skip to the content" in page and "中文" in page


def test_an_error_page_needs_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("articles.views.home.tile_map", fail)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500 and "这一页出错了" in response.content.decode()
