import pytest
from django.db import connection
from django.test import Client


@pytest.mark.django_db
def test_tests_run_on_postgresql_in_their_own_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_setting('fsync')")
        name, fsync = cursor.fetchone()
    assert name.startswith("test_archive")
    assert fsync == "off"


@pytest.mark.django_db
def test_a_browser_that_prefers_english_still_gets_chinese_until_it_chooses(client: Client) -> None:
    answer = client.get("/admin/login/", headers={"accept-language": "en"})
    assert answer.headers["Content-Language"] == "zh-hans"
    client.post("/i18n/setlang/", {"language": "en"})
    assert client.get("/admin/login/").headers["Content-Language"] == "en"


def directives(client: Client, address: str) -> dict[str, str]:
    policy = client.get(address).headers["Content-Security-Policy"]
    return dict(part.split(" ", 1) for part in policy.split("; "))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/healthz", "/nowhere", "/search/", "/articles.json"])
def test_pages_may_load_from_this_site_only(client: Client, address: str) -> None:
    said = directives(client, address)
    assert {name for name, value in said.items() if value == "'none'"} == {
        "default-src", "frame-ancestors", "base-uri",
    }  # fmt: skip
    assert said["script-src"] == said["style-src"] == said["form-action"] == "'self'"
    assert not any("unsafe" in value or "*" in value for value in said.values())


@pytest.mark.django_db
def test_the_desk_may_do_what_its_theme_needs_and_no_more(client: Client) -> None:
    said, public = directives(client, "/admin/login/"), directives(client, "/")
    assert {name for name in said if said[name] != public[name]} == {"script-src", "style-src"}
    assert said["script-src"] == "'self' 'unsafe-eval'"
