"""The private server, started and stopped for real: about a second each."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from archive import postgres
from archive.postgres import PostgresError, PrivateServer
from tests.sandbox import SANDBOX


@pytest.fixture(scope="module")
def server() -> Iterator[PrivateServer]:
    """A server of this module's own; tests may stop and kill it but leave it startable."""
    made = PrivateServer(Path(tempfile.mkdtemp(dir=SANDBOX)), durable=False)
    yield made
    made.stop()
    shutil.rmtree(made.var)


def ask(server: PrivateServer, query: str) -> str:
    with psycopg.connect(server.url()) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return str(row[0])


def postmaster(server: PrivateServer) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


def test_it_starts_once_answers_on_a_socket_only_and_stops(server: PrivateServer) -> None:
    assert server.state() == "down"
    assert server.ensure() is True
    assert server.ensure() is False
    assert ask(server, "SHOW listen_addresses") == ""
    assert ask(server, "SHOW unix_socket_permissions") == "0700"
    assert ask(server, "SELECT current_database()") == "archive"
    assert ask(server, "SHOW server_encoding") == "UTF8"
    assert int(ask(server, "SHOW server_version_num")) >= 140000
    assert server.data.stat().st_mode & 0o077 == 0
    assert server.stop() is True
    assert server.stop() is False
    assert server.state() == "down"


def test_it_never_runs_as_root(server: PrivateServer) -> None:
    server.ensure()
    uid = Path(f"/proc/{postmaster(server)}").stat().st_uid
    assert uid == server.data.stat().st_uid
    assert uid != 0


def test_records_survive_a_restart(server: PrivateServer) -> None:
    server.ensure()
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT '政协' AS word")
    server.stop()
    server.ensure()
    assert ask(server, "SELECT word FROM kept") == "政协"


def test_several_processes_may_start_it_at_once(folder: Path) -> None:
    environment = {**os.environ, "ARCHIVE_VAR": str(folder / "var")}
    command = [sys.executable, "-m", "archive.postgres"]
    starts = [
        subprocess.Popen([*command, "start"], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    try:
        said = sorted(start.communicate(timeout=120)[0].strip() for start in starts)
        assert said == ["already running", "already running", "started"]
        assert subprocess.run([*command, "status"], env=environment, capture_output=True).returncode == 0
    finally:
        subprocess.run([*command, "stop"], env=environment, check=True, capture_output=True)
    assert subprocess.run([*command, "status"], env=environment, capture_output=True).returncode == 1


def test_it_starts_again_after_kill_9(server: PrivateServer) -> None:
    server.ensure()
    os.kill(postmaster(server), signal.SIGKILL)
    assert server.ensure() is True
    assert ask(server, "SELECT 1") == "1"


def test_a_process_number_that_something_else_has_now_is_no_server(server: PrivateServer) -> None:
    server.ensure()
    server.stop()
    # PostgreSQL itself takes a live process of its own account for the server that once had the number.
    account = server.data.stat().st_uid
    identity = {"user": account} if os.geteuid() == 0 else {}
    with subprocess.Popen(["sleep", "60"], **identity) as other:  # type: ignore[call-overload]
        lines = [str(other.pid), str(server.data), "1700000000", "5432", str(server.data), "", "0 0", "ready"]
        (server.data / "postmaster.pid").write_text("\n".join(lines) + "\n")
        try:
            assert server.ensure() is True
        finally:
            other.kill()


def test_a_half_made_data_folder_is_made_anew(folder: Path) -> None:
    (folder / "postgres.new" / "base").mkdir(parents=True)
    server = PrivateServer(folder, durable=False)
    try:
        assert server.ensure() is True
        server.reset()
    finally:
        server.stop()
    assert not server.data.exists()


def test_a_long_path_moves_the_socket_to_a_short_one(folder: Path) -> None:
    server = PrivateServer(folder / ("long" * 30), durable=False)
    assert len(str(server.socket_dir / postgres.SOCKET)) <= postgres.SOCKET_PATH_BYTES
    try:
        server.ensure()
        assert ask(server, "SELECT 1") == "1"
    finally:
        server.reset()
    assert not server.socket_dir.exists()


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PostgresError, match=r"^PostgreSQL cannot use .* set ARCHIVE_VAR to one that is\.$"):
        PrivateServer(tmp_path / "file" / "var").ensure()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("initdb: error: could not write: No space left on device", "is full"),
        ("FATAL:  could not create lock file: Permission denied", "Make that folder writable"),
        ("LOG:  starting\nFATAL:  out of memory\nLOG:  done", "FATAL:  out of memory"),
    ],
)
def test_what_postgresql_says_becomes_one_sentence(tmp_path: Path, said: str, sentence: str) -> None:
    reason = str(PrivateServer(tmp_path)._reason(said))
    assert sentence in reason
    assert "\n" not in reason


def test_data_of_another_version_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(PostgresError, match=r"was made by PostgreSQL 9\.6"):
        PrivateServer(tmp_path).ensure()
    assert (tmp_path / "postgres" / "PG_VERSION").exists()


def test_url_needs_no_server(tmp_path: Path) -> None:
    environment = {**os.environ, "ARCHIVE_VAR": str(tmp_path)}
    shown = subprocess.run(
        [sys.executable, "-m", "archive.postgres", "url"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == PrivateServer(tmp_path).url()
    assert list(tmp_path.iterdir()) == []
