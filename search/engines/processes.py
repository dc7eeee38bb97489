"""Work on many things in several processes, in their order and with few of them in memory.

The processes read from one pipe and write to another, and end when the pipe to them does: nobody has to stop
them, not even when the one that started them was killed. They are programs of their own, not copies of it, so
they have none of its connections and locks and do not care how it was started.
"""

import os
import pickle
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from itertools import islice
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from typing import Any, TypeVar

from search.engines.base import SearchUnavailable

CHUNK = 64
"""Things that go to a process at once."""
ALONE = 2_000
"""So many are done here first: to start processes and load a dictionary in each takes longer."""
MOST = 4
"""Processes; the one who reads what they made keeps no more of them busy."""
PATIENCE = 10.0
"""Seconds in which a process must end that has nothing more to do."""

_ROOT = Path(__file__).resolve().parents[2]

A = TypeVar("A")
B = TypeVar("B")


class Ended(SearchUnavailable):
    """A process ended in the middle of its work."""

    def __init__(self, code: int) -> None:
        super().__init__(
            f"A process that prepared articles for the search index was ended (exit code {code})."
        )


def spread(work: Callable[[list[A]], list[B]], things: Iterable[A]) -> Generator[B]:
    """What `work`, a function of some module, makes of chunks of the things, in their order. Raises what it
    raises, and Ended; close it when not all of it is read."""
    rest = iter(things)
    for thing in islice(rest, ALONE):
        yield from work([thing])
    chunks = iter(lambda: list(islice(rest, CHUNK)), [])
    first = next(chunks, None)
    if first is None:
        return
    number = min(MOST, processors())
    if number < 2:
        yield from work(first)
        for chunk in chunks:
            yield from work(chunk)
        return
    workers = [_Worker(work) for _ in range(number)]
    try:
        yield from _passed_round(workers, first, chunks)
    finally:
        for worker in workers:
            worker.end()


def processors() -> int:
    """Those that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def _passed_round(workers: list["_Worker"], first: list[Any], chunks: Iterator[list[Any]]) -> Iterator[Any]:
    """Each has one chunk at most: two sides that both wait to write would wait for ever."""
    idle, busy = deque(workers), deque[_Worker]()
    waiting: list[Any] | None = first
    while busy or waiting:
        while idle and waiting:
            worker = idle.popleft()
            worker.give(waiting)
            busy.append(worker)
            waiting = next(chunks, None)
        worker = busy.popleft()
        made = worker.made()
        if waiting:  # before anybody looks at what was made
            worker.give(waiting)
            busy.append(worker)
            waiting = next(chunks, None)
        else:
            idle.append(worker)
        yield from made


class _Worker:
    def __init__(self, work: Callable[..., Any]) -> None:
        command = [sys.executable, "-m", __name__, work.__module__, work.__name__]
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        # In a group of its own: Ctrl-C is for the one who started it.
        self.process = Popen(
            command, stdin=PIPE, stdout=PIPE, env={**os.environ, "PYTHONPATH": path}, process_group=0
        )
        assert self.process.stdin and self.process.stdout
        self.to, self.of = self.process.stdin, self.process.stdout

    def give(self, chunk: list[Any]) -> None:
        try:
            pickle.dump(chunk, self.to, pickle.HIGHEST_PROTOCOL)
            self.to.flush()
        except OSError as error:
            raise Ended(self.process.wait()) from error

    def made(self) -> list[Any]:
        try:
            found = pickle.load(self.of)  # what a process of ours wrote
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise Ended(self.process.wait()) from error
        if isinstance(found, BaseException):
            raise found
        return list(found)

    def end(self) -> None:
        with suppress(OSError):
            self.to.close()
        self.of.close()
        try:
            self.process.wait(PATIENCE)
        except TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _serve(module: str, name: str) -> None:
    """Works until the pipe to this process ends, or the one from it."""
    work = getattr(import_module(module), name)
    to, of = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anybody prints is no answer
    with suppress(EOFError, OSError):
        while True:
            chunk = pickle.load(to)
            try:
                made = work(chunk)
            except Exception as error:
                made = error
            pickle.dump(made, of, pickle.HIGHEST_PROTOCOL)
            of.flush()
    os._exit(0)  # without a last attempt to write what nobody reads


if __name__ == "__main__":
    _serve(*sys.argv[1:])
