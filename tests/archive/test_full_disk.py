"""A full disk under the web, the worker and the index: one clear sentence, nothing lost, nothing half done."""

import errno
import threading
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from archive.postgres import NoRoom
from archive.preparation import is_full_disk
from archive.room import is_short
from archive.worker import wait_for_room
from articles import services
from articles.models import Article, ArticleChange, IngestRun, Source, Upload, UploadFile
from articles.services import uploads
from search import index
from search.follow import catch_up
from tests.articles.test_upload import PAGE

pytestmark = pytest.mark.django_db


def no_room(*_: Any, **__: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def database_has_no_room(*_: Any, **__: Any) -> Any:
    raise OperationalError("could not extend file") from psycopg.errors.DiskFull("could not extend file")


@pytest.fixture
def desk(admin_client: Client) -> Client:
    admin_client.raise_request_exception = False
    return admin_client


def drop(desk: Client, data: bytes) -> Any:
    return desk.post(reverse("admin:articles_upload"), {"files": [SimpleUploadedFile("a.txt", data)]})


def room(monkeypatch: pytest.MonkeyPatch, *free: int) -> None:
    """Lets the disk have so many MB free, the last of them from then on."""
    left = list(free)

    def disk_usage(_path: object) -> SimpleNamespace:
        return SimpleNamespace(free=(left.pop(0) if len(left) > 1 else left[0]) * 1024 * 1024)

    monkeypatch.setattr("archive.room.shutil.disk_usage", disk_usage)


def test_files_are_refused_before_the_disk_is_full(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    room(monkeypatch, 199)
    answer = drop(desk, PAGE.encode())
    assert answer.status_code == 507 and "磁盘已满" in answer.text
    assert not Upload.objects.exists()


def test_a_large_file_needs_more_room(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    room(monkeypatch, 201)
    assert drop(desk, b"x" * 1024 * 1024).status_code == 507
    assert drop(desk, PAGE.encode()).status_code == 302


def test_who_sends_no_files_is_let_in(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    room(monkeypatch, 0)
    form = urlencode({"username": "nobody", "password": "none"})
    sent = client.post(reverse("admin:login"), form, "application/x-www-form-urlencoded")
    assert sent.status_code == 200


def test_the_worker_waits_for_room(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    room(monkeypatch, 10, 10, 10, 500)
    wait_for_room(threading.Event())
    assert "200 MB" in caplog.text and not is_short()


def test_a_worker_that_waits_for_room_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    room(monkeypatch, 10)
    stop = threading.Event()
    stop.set()
    wait_for_room(stop)


def test_a_server_that_cannot_start_is_an_error_of_the_database(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that whoever waits for the database to come back waits for this, too."""

    class Full:
        def state(self) -> str:
            return "down"

        def ensure(self) -> bool:
            raise NoRoom("The disk is full.")

    def gone(*_: Any) -> Any:
        raise psycopg.OperationalError("connection refused")

    settings.PRIVATE_POSTGRES = Full()
    monkeypatch.setattr("django.db.backends.postgresql.base.DatabaseWrapper.get_new_connection", gone)
    with pytest.raises(OperationalError, match="The disk is full") as failed:
        connection.copy().ensure_connection()
    assert is_full_disk(failed.value)


def test_an_upload_that_finds_no_room_says_so(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UploadFile, "save", database_has_no_room)
    answer = drop(desk, PAGE.encode())
    assert answer.status_code == 507 and "磁盘已满" in answer.text
    assert not Upload.objects.exists()


def test_so_does_one_whose_bytes_cannot_even_be_kept_while_they_arrive(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = "django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk"
    monkeypatch.setattr(handler, no_room)
    answer = drop(desk, b"x" * 3 * 1024 * 1024)
    assert answer.status_code == 507 and "磁盘已满" in answer.text
    assert not Upload.objects.exists()


def test_another_fault_is_no_full_disk(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UploadFile, "save", lambda *_, **__: 1 / 0)
    answer = drop(desk, PAGE.encode())
    assert answer.status_code == 500 and "磁盘" not in answer.text


def test_the_worker_tries_again_until_there_is_room(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    upload = services.begin_upload([SimpleUploadedFile("a.txt", PAGE.encode())], services.Said(), None)
    file = upload.files.get()
    with monkeypatch.context() as full:
        full.setattr("articles.services.intake.store_page", database_has_no_room)
        for _ in range(2 * uploads.MOST_ATTEMPTS):
            with pytest.raises(services.IngestFailed):
                uploads.take_in.call(file.pk)
    file.refresh_from_db()
    assert file.status == "working" and file.content and not Source.objects.exists()
    assert uploads.take_in.call(file.pk) == "done"
    assert Source.objects.count() == IngestRun.objects.filter(status="stored").count() == 1


def test_the_index_takes_up_what_it_had_no_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("reindex")
    services.accept_upload(PAGE.encode(), "a.txt", publish=True)
    assert Article.objects.published().exists()
    with monkeypatch.context() as full:
        full.setattr(index.engine(), "apply", no_room)
        with pytest.raises(OSError, match="No space"):
            catch_up()
    assert ArticleChange.objects.exists()
    assert catch_up() and not ArticleChange.objects.exists() and not index.compare()
