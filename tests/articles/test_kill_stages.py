"""kill -9 at each stage of taking a file in, and a database that goes away in the middle: every file is whole, once."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from articles.models import Article, IngestRun, Page, RunStatus, Source, UploadFile
from tests.articles.test_kill import articles_of_each

STAGES = (
    "articles.services.uploads.accept_upload",  # claimed
    "articles.services.intake.parse_pages",  # found to be new
    "articles.ingest.pipeline._parse",  # read
    "articles.services.intake.store_page",  # parsed
    "articles.services.intake.join_issue",  # written, not committed
    "articles.services.resemblances.recognise",  # joined with its issue, not committed
    "articles.services.runs.RunLog.save",  # about to be logged
    "articles.services.uploads._finish",  # committed, and nobody told
)
PACKED = ("articles.services.uploads.members", "articles.services.uploads._finish")
CUT = ("articles.services.intake.parse_pages", "articles.services.intake.join_issue")

# A worker is a child of a process that has everything loaded already: a second each instead of five.
PROGRAM = """
import json, os, signal, sys, threading, time
import tests.settings, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
django.setup()
import psycopg
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.utils.module_loading import import_string
from archive.worker import work
from articles import services
from articles.ingest.config import Config
from articles.ingest.pipeline import parse_page
from articles.models.upload import UNDER_WAY
from tests.articles.test_upload import PAGE
from tests.support.files import packed

stages, cut, package = json.loads(sys.argv[2])
parse_page(PAGE.encode(), "warm", Config(services.vocabularies()))


def fork(at, stop_there):
    connections.close_all()
    if pid := os.fork():
        return pid
    signal.alarm(90)
    if at:
        where, _dot, name = at.rpartition(".")
        owner = import_string(where) if where.endswith("RunLog") else sys.modules[where]
        real = getattr(owner, name)
        def reached(*args, **options):
            setattr(owner, name, real)
            stop_there()
            return real(*args, **options)
        setattr(owner, name, reached)
    work(threading.Event())


def finished(upload):
    deadline = time.monotonic() + 90
    while upload.files.filter(status__in=UNDER_WAY).exists():
        assert time.monotonic() < deadline, "it does not finish"
        time.sleep(0.05)


def end(pid):
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def drop(n, name="page.txt"):
    text = PAGE.replace("36次", f"{n + 100}次").encode()
    data = packed((f"{n}a.txt", text), (f"{n}b.txt", text + b"\\n2")) if package else text
    return services.begin_upload([SimpleUploadedFile(f"{n}.{'zip' if package else 'txt'}", data)], services.Said(), None)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


for n, stage in enumerate(stages):
    upload = drop(n)
    _pid, status = os.waitpid(fork(stage, die), 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, stage
    assert upload.files.filter(status__in=UNDER_WAY).exists(), stage
    worker = fork("", None)
    finished(upload)
    end(worker)

for n, stage in enumerate(cut, len(stages)):
    upload = drop(n)
    here, there = os.pipe(), os.pipe()
    def wait():
        os.write(here[1], b"!")
        os.read(there[0], 1)
    worker = fork(stage, wait)
    os.read(here[0], 1)
    params = connection.get_connection_params()
    for ours in ("cursor_factory", "context"):
        params.pop(ours, None)
    connections.close_all()
    with psycopg.connect(**params | {"dbname": "postgres"}, autocommit=True) as server:
        name = psycopg.sql.Identifier(sys.argv[1])
        server.execute(psycopg.sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        try:
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [sys.argv[1]])
            os.write(there[1], b"!")
            time.sleep(1.5)  # how long it is away; the worker asks in vain meanwhile
        finally:
            server.execute(psycopg.sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))
    finished(upload)
    end(worker)
"""


def run(root: Path, stages: Any, cut: Any = (), package: bool = False) -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(root)}
    name = str(connection.settings_dict["NAME"])
    connection.close()  # the database is going to be taken away from everybody
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, name, json.dumps([stages, cut, package])],
        env=environment, cwd=root, capture_output=True, text=True, timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


def all_is_whole(files: int) -> None:
    assert Source.objects.count() == Page.objects.count() == files
    assert IngestRun.objects.filter(status=RunStatus.STORED).count() == files
    assert Article.objects.count() == files * articles_of_each(files)
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()
    assert set(UploadFile.objects.values_list("status", flat=True)) == {"done"}
    assert not UploadFile.objects.filter(content__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_stage_a_file_is_taken_in_once(emptied: None, root: Path) -> None:
    run(root, STAGES, CUT)
    all_is_whole(len(STAGES) + len(CUT))
    attempts = list(UploadFile.objects.order_by("pk").values_list("attempts", flat=True))
    assert attempts[: len(STAGES)] == [2] * len(STAGES) and max(attempts) <= 2


@pytest.mark.django_db(transaction=True)
def test_killed_over_a_package_its_files_are_taken_in_once(emptied: None, root: Path) -> None:
    run(root, PACKED, package=True)
    all_is_whole(2 * len(PACKED))
    assert UploadFile.objects.count() == 3 * len(PACKED)
