"""`manage.py up` as its users meet it: processes that are started, asked, interrupted and killed."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from archive import children, preparation
from archive.postgres import PrivateServer
from tests.articles.test_upload import PAGE

DROPPED = 40
PATIENCE = 180.0  # a bound for a busy machine, not a promise


class Up:
    """One `make up`, its output collected while it runs."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port, self.lines = var, port, list[str]()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            env=environment(var, port),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def ready(self) -> "Up":
        until(lambda: f"http://127.0.0.1:{self.port}/" in self.text or self.process.poll() is not None)
        assert self.process.poll() is None, self.text
        return self

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def children(self) -> list[int]:
        return [pid for pid, _ in json.loads((self.var / "up.json").read_text())["processes"]][1:]


def environment(var: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "ARCHIVE_VAR": str(var),
        "PORT": str(port),
    }


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.05)


def refused(var: Path, port: int) -> str:
    """What `up` says when it does not start."""
    done = subprocess.run(
        [sys.executable, "manage.py", "up"],
        env=environment(var, port),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def gone(pid: int) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    return True


def health(site: Up) -> dict[str, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{site.port}/healthz") as answer:
        return dict(json.load(answer))


def serves(site: Up) -> bool:
    try:
        return health(site)["database"] != ""
    except OSError:
        return False


def restart_under_uploads(site: Up) -> None:
    """The database is restarted while the worker takes files in: each of them is taken in, once."""
    program = f"""
from django.core.files.uploadedfile import SimpleUploadedFile
from articles import services
texts = [{PAGE!r}.replace("36次", f"{{n}}次") for n in range(100, {100 + DROPPED})]
services.begin_upload([SimpleUploadedFile(f"{{n}}.txt", t.encode()) for n, t in enumerate(texts)], services.Said(), None)
"""
    shell = [sys.executable, "manage.py", "shell", "-v", "0", "-c", program]
    server = PrivateServer(site.var)
    before = asked(server, "SELECT count(*) FROM articles_source")
    subprocess.run(shell, env=environment(site.var, site.port), check=True, capture_output=True)
    until(lambda: asked(server, "SELECT count(*) FROM articles_source") > before + 3)
    server.stop()
    server.ensure()
    until(
        lambda: (
            not asked(
                server, "SELECT count(*) FROM articles_uploadfile WHERE status IN ('waiting', 'working')"
            )
        )
    )
    assert asked(server, "SELECT count(*) FROM articles_uploadfile WHERE status = 'done'") == DROPPED
    assert asked(server, "SELECT count(*) FROM articles_source") == before + DROPPED
    assert (
        asked(server, "SELECT count(*) FROM articles_ingestrun WHERE status = 'stored'") == before + DROPPED
    )
    until(lambda: health(site)["status"] == "ok")


def asked(server: PrivateServer, query: str) -> int:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    return int(row[0]) if row else 0


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def site(folder: Path, port: int) -> Iterator[Up]:
    """A site of its own; whatever a test leaves of it is stopped."""
    up = Up(folder, port)
    yield up
    subprocess.run(
        [sys.executable, "manage.py", "down"], env=environment(folder, port), check=True, capture_output=True
    )
    if up.process.poll() is None:
        up.process.kill()
    up.process.wait(PATIENCE)


def test_from_nothing_to_a_site_through_every_kill(site: Up) -> None:
    site.ready()
    until(lambda: health(site)["worker"] == "ok")
    assert health(site)["status"] == "ok"
    second = refused(site.var, site.port + 1)
    assert str(site.process.pid) in second and f":{site.port}/" in second  # it names the first
    # Each step is one line, with its duration; the application's log stays out of them.
    assert [" s  " in line for line in site.lines] == [True] * len(preparation.STEPS) + [False], site.text

    web, worker = site.children()
    os.kill(worker, signal.SIGKILL)
    until(lambda: site.children()[1] != worker)
    assert site.children()[0] == web

    os.kill(site.process.pid, signal.SIGKILL)
    site.process.wait(PATIENCE)
    until(lambda: all(gone(pid) for pid in site.children()))

    again = Up(site.var, site.port).ready()
    web, worker = again.children()
    os.kill(web, signal.SIGBUS)  # as when a file that it has mapped is cut
    until(lambda: again.children()[0] != web)
    assert again.children()[1] == worker
    until(lambda: serves(again))
    web = again.children()[0]
    os.kill(web, signal.SIGTERM)  # somebody wants it to stop
    assert again.process.wait(PATIENCE) == 1
    assert gone(worker)
    assert PrivateServer(site.var).state() == "down"

    last = Up(site.var, site.port).ready()
    web, worker = last.children()
    assert "Traceback" not in site.text + again.text + last.text
    restart_under_uploads(last)  # whose faults are told at length
    assert last.end(signal.SIGINT) == 0
    assert gone(web) and gone(worker)
    assert PrivateServer(site.var).state() == "down"


def test_a_port_in_use_is_one_sentence_and_starts_nothing(folder: Path, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert f"PORT={port + 1}" in refused(folder, port)
    assert PrivateServer(folder).state() == "down"


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that even root may not write to")
def test_a_folder_that_cannot_be_written_is_one_sentence(port: int) -> None:
    said = refused(Path("/sys/archive"), port)
    assert "ARCHIVE_VAR" in said
    assert len(said.splitlines()) == 1


def test_a_wrong_setting_is_one_sentence(folder: Path) -> None:
    assert refused(folder, 0).startswith("PORT='0' cannot be used")


def test_a_full_disk_is_known_from_the_system_and_from_postgresql() -> None:
    import errno

    import psycopg
    from django.db import OperationalError

    django_error = OperationalError("could not extend file")
    django_error.__cause__ = psycopg.errors.DiskFull("could not extend file")
    assert preparation.is_full_disk(OSError(errno.ENOSPC, "No space left on device"))
    assert preparation.is_full_disk(django_error)
    assert not preparation.is_full_disk(OSError(errno.ENOENT, "No such file"))


def test_a_reused_process_number_is_not_taken_for_ours(tmp_path: Path) -> None:
    register = tmp_path / "up.json"
    register.write_text(json.dumps({"port": 8000, "processes": [[os.getppid(), 1.0]]}))
    assert children.living(register) == []
    register.write_text("[[12")  # a hand was in it
    assert children.living(register) == []


def test_who_reads_the_register_while_it_is_written_finds_it_complete(tmp_path: Path) -> None:
    path, over = tmp_path / "up.json", threading.Event()
    with children.registered(path, 8000) as register:

        def write() -> None:
            while not over.is_set():
                register.write([os.getppid()])

        writer = threading.Thread(target=write)
        writer.start()
        try:
            assert {json.loads(path.read_text())["port"] for _ in range(2000)} == {8000}
        finally:
            over.set()
            writer.join()
    assert not path.exists()
