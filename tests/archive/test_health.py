import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from archive.heartbeat import sign


@pytest.mark.django_db
def test_a_working_site_is_200(client: Client) -> None:
    call_command("reindex")
    sign(1, timezone.now())
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "index": "ok", "worker": "ok", "disk": "ok"}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_dead_worker_is_said_and_readers_are_served(client: Client) -> None:
    call_command("reindex")
    answer = client.get("/healthz")
    assert answer.status_code == 200 and answer.json()["status"] == "degraded"
    assert "manage.py work" in answer.json()["worker"]


@pytest.mark.django_db
def test_a_disk_that_fills_up_is_said_before_it_is_full(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("reindex")
    sign(1, timezone.now())
    monkeypatch.setattr("archive.room.is_short", lambda: True)
    answer = client.get("/healthz")
    assert answer.status_code == 200 and answer.json()["status"] == "degraded"
    assert "200 MB" in answer.json()["disk"]


@pytest.mark.django_db
def test_a_missing_index_is_503_with_the_remedy(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    from django.conf import settings

    monkeypatch.setitem(settings.HAYSTACK_CONNECTIONS["default"], "PATH", f"{tmp_path}/none")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "reindex" in answer.json()["index"]


@pytest.mark.django_db
def test_a_silent_database_is_503_and_tells_strangers_nothing_more(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError("password authentication failed for user archive at 10.0.0.7")

    monkeypatch.setattr(connection, "cursor", fail)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "the database does not answer"
    assert "10.0.0.7" not in answer.content.decode()
