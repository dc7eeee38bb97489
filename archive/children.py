"""Child processes that cannot outlive `make up`, and the file that says who is running.

Each child asks the kernel to end it when its parent dies (Linux); elsewhere, and after a kill -9 of
everything at once, the next start finds the strays in the file and ends them.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import psutil

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 10
LONGEST_PAUSE = 60.0


class AlreadyRunning(Exception):
    """Another `make up` works in the same var/; `pid` is its process, `port` where it serves."""

    def __init__(self, pid: int, port: int) -> None:
        super().__init__(f"process {pid} on port {port}")
        self.pid, self.port = pid, port


class Register:
    """The file var/up.json. It is replaced as a whole: who reads it at any moment finds it complete."""

    def __init__(self, path: Path, port: int) -> None:
        self._path, self._port = path, port

    def write(self, children: Sequence[int]) -> None:
        """Records this process and `children`, each with its start time: numbers are reused."""
        rows = [[pid, _started(pid)] for pid in (os.getpid(), *children)]
        beside = self._path.with_suffix(".new")
        beside.write_text(json.dumps({"port": self._port, "processes": rows}), "utf-8")
        beside.replace(self._path)


@contextlib.contextmanager
def registered(path: Path, port: int) -> Iterator[Register]:
    """Holds the register for the length of the block; ends strays of a killed run first.

    Raises AlreadyRunning, or OSError where the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("a") as lock:
        try:
            # The kernel drops the lock with its process, however that ends.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other, rows = _read(path)
            raise AlreadyRunning(rows[0][0] if rows else 0, other) from None
        end(living(path))
        register = Register(path, port)
        register.write([])
        try:
            yield register
        finally:
            path.unlink(missing_ok=True)


def living(path: Path) -> list[psutil.Process]:
    """The processes in the register that still run, the supervisor first."""
    found = []
    for pid, started in _read(path)[1]:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            if pid != os.getpid() and abs(process.create_time() - started) < 1:
                found.append(process)
    return found


def end(processes: Sequence[psutil.Process], grace: float = GRACE_SECONDS) -> None:
    """Asks the processes to end, waits, and kills those that did not."""
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    for process in psutil.wait_procs(processes, timeout=grace)[1]:
        with contextlib.suppress(psutil.Error):
            process.kill()


def spawn(arguments: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    """Starts `python ARGUMENTS` in `folder`, in its own session: Ctrl-C reaches the supervisor only."""
    parent = os.getpid()
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: _die_with(parent),
    )


class Kept:
    """A process that is started again after it ended, ever later while it ends soon after."""

    def __init__(self, arguments: Sequence[str], folder: Path) -> None:
        self._start = partial(spawn, arguments, folder)
        self.process = self._start()
        self._started, self._pause, self._again = time.monotonic(), 1.0, 0.0

    def look(self) -> float | None:
        """The pause in seconds, once, when it has ended; 0 when it was started again just now; else None."""
        now = time.monotonic()
        if self._again and now >= self._again:
            self.process = self._start()
            self._started, self._again = now, 0.0
            return 0.0
        if self._again or self.process.poll() is None:
            return None
        lived_long = now - self._started > LONGEST_PAUSE
        self._pause = 1.0 if lived_long else min(self._pause * 2, LONGEST_PAUSE)
        self._again = now + self._pause
        return self._pause

    @property
    def crashed(self) -> bool:
        """Whether it ended by a signal that nobody sends who wants it to stop: a mapped file that was cut under it,
        no memory left."""
        status = self.process.poll()
        return status is not None and status < 0 and status != -signal.SIGTERM


def _die_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)


def _read(path: Path) -> tuple[int, list[tuple[int, float]]]:
    """The port and the (process number, start time) of each."""
    try:
        held = json.loads(path.read_text("utf-8"))
        return int(held["port"]), [(int(pid), float(started)) for pid, started in held["processes"]]
    except (OSError, ValueError, TypeError, KeyError):  # absent, or written by a hand
        return 0, []


def _started(pid: int) -> float:
    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return 0.0
