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


@pytest.mark.django_db
def test_pages_may_load_from_this_site_only(client: Client) -> None:
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
