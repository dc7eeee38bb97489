"""kill -9 in the middle of an ingest, of the command, the web process or the worker: every source is whole or absent, and
what was begun is completed, once."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from articles import services
from articles.models import Article, Block, IngestRun, Page, Source, Upload, UploadFile
from articles.models.upload import UNDER_WAY
from tests.articles.test_upload import PAGE

PAGES = 200
PROGRAM = """
import os, sys
import tests.settings, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.core.management import call_command
call_command("ingest", sys.argv[2])
"""

WEB = """
import dataclasses, os, sys
import tests.settings
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
settings.ENV = dataclasses.replace(settings.ENV, port=int(sys.argv[2]))
from archive import serve
serve.main()
"""

WORKER = """
import sys, threading
import tests.settings, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
django.setup()
from archive.worker import work
work(threading.Event())
"""


def pages() -> Iterator[tuple[str, str]]:
    """Names and texts of pages that differ in a number."""
    for i in range(PAGES):
        yield f"{i:03}.txt", PAGE.replace("36次", f"{i + 100}次")


def kill_in_the_middle(process: subprocess.Popen[bytes]) -> int:
    """Kills the process when a tenth is stored; returns how many sources there are then."""
    deadline = time.monotonic() + 60
    while Source.objects.count() < PAGES // 10 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    assert process.wait(60) == -signal.SIGKILL, "it ended before it could be killed"
    while others() and time.monotonic() < deadline:  # PostgreSQL finishes what it was told before the kill
        time.sleep(0.02)
    stored = Source.objects.count()
    assert 0 < stored < PAGES
    return stored


def others() -> int:
    """How many sessions besides ours are at work in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        return int(cursor.fetchone()[0])


def articles_of_each(stored: int) -> int:
    """How many articles every source has; fails for one that is not whole."""
    assert Page.objects.count() == stored
    for page in Page.objects.prefetch_related("blocks", "articles__bylines"):
        covered = "".join(page.text[b.start : b.end] for b in page.blocks.all())
        assert sorted("".join(covered.split())) == sorted("".join(page.text.split()))
        assert all(article.text for article in page.articles.all())
    whole = {page.articles.count() for page in Page.objects.all()}
    assert len(whole) == 1 and 0 not in whole
    return whole.pop()


@pytest.mark.django_db(transaction=True)
def test_a_killed_ingest_leaves_whole_sources(emptied: None, tmp_path: Path, root: Path) -> None:
    for name, text in pages():
        (tmp_path / name).write_text(text, "utf-8")
    command = [sys.executable, "-c", PROGRAM, str(connection.settings_dict["NAME"]), str(tmp_path)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(root)}

    with subprocess.Popen(command, env=environment, cwd=root, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:  # fmt: skip
        stored = kill_in_the_middle(process)
    whole = articles_of_each(stored)

    subprocess.run(command, env=environment, cwd=root, check=True, capture_output=True, timeout=120)
    assert Source.objects.count() == PAGES == Page.objects.count()
    assert Article.objects.count() == PAGES * whole
    assert Block.objects.filter(page=None).count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_upload_is_whole_or_absent_when_the_web_process_is_killed_under_it(
    emptied: None, admin_client: Client, root: Path
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-c", WEB, str(connection.settings_dict["NAME"]), str(port)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(root)}
    token = "t" * 32
    cookies = f"sessionid={admin_client.cookies['sessionid'].value}; csrftoken={token}"
    sent = [SimpleUploadedFile(name, text.encode(), "text/plain") for name, text in pages()]
    body = encode_multipart(BOUNDARY, {"files": sent, "csrfmiddlewaretoken": token})
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{reverse('admin:articles_upload')}",
        data=body,
        headers={"Cookie": cookies, "Content-Type": MULTIPART_CONTENT},
    )

    with subprocess.Popen(command, env=environment, cwd=root, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:  # fmt: skip
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            time.sleep(0.05)
        uploading = threading.Thread(target=answered, args=[request])
        uploading.start()
        while not others() and not Upload.objects.exists() and time.monotonic() < deadline:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL
        while others() and time.monotonic() < deadline:
            time.sleep(0.02)
        uploading.join(60)
    assert UploadFile.objects.count() == PAGES * Upload.objects.count()
    assert not Source.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_left_is_taken_in_once(emptied: None, settings: Any, root: Path) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    files = [SimpleUploadedFile(name, text.encode()) for name, text in pages()]
    upload = services.begin_upload(files, services.Said(), None)
    command = [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"])]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(root)}

    def worker() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, env=environment, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    with worker() as first:
        stored = kill_in_the_middle(first)
    whole = articles_of_each(stored)
    with worker() as second:
        deadline = time.monotonic() + 120
        interrupted = False
        while upload.files.filter(status__in=UNDER_WAY).exists():
            assert time.monotonic() < deadline and second.poll() is None
            if not interrupted and Source.objects.count() > PAGES // 2:  # a database that goes away
                interrupted = True
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
            time.sleep(0.05)
        second.kill()
        second.wait(60)
    assert interrupted
    assert set(upload.files.values_list("status", flat=True)) == {"done"}
    assert Source.objects.count() == PAGES == IngestRun.objects.filter(status="stored").count()
    assert Article.objects.count() == PAGES * whole
    assert max(upload.files.values_list("attempts", flat=True)) <= 3


def answered(request: urllib.request.Request) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):  # the server dies under it
        urllib.request.urlopen(request, timeout=60).close()
