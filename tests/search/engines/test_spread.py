"""Articles are folded and cut in several processes: in order, and none of them outlives the one who started it."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

from search.engines import processes
from search.engines.base import SearchUnavailable
from search.engines.processes import spread
from search.engines.tantivy import Tantivy
from tests.search.engines.on_disk import MANY, ROOT, held


@pytest.fixture(autouse=True)
def several(monkeypatch):
    monkeypatch.setattr(processes, "ALONE", 0)
    monkeypatch.setattr(processes, "CHUNK", 5)
    monkeypatch.setattr(processes, "processors", lambda: 2)


def doubled(numbers):
    print("what is printed is no answer")
    if 66 in numbers:
        raise ValueError("66")
    if -1 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return [(2 * number, os.getpid()) for number in numbers]


def ours():
    return psutil.Process().children()


def test_what_several_processes_make_comes_in_order():
    before = set(ours())
    made = list(spread(doubled, range(23)))
    assert [number for number, _ in made] == list(range(0, 46, 2))
    assert len({process for _, process in made} - {os.getpid()}) == 2
    assert set(ours()) == before


def test_few_are_done_here(monkeypatch):
    monkeypatch.setattr(processes, "ALONE", 20)
    assert {process for _, process in spread(doubled, range(20))} == {os.getpid()}


@pytest.mark.parametrize(("number", "error"), [(66, ValueError), (-1, SearchUnavailable)])
def test_what_goes_wrong_in_one_is_raised_and_ends_all(number, error):
    before = set(ours())
    with pytest.raises(error):
        list(spread(doubled, [*range(40), number, *range(40)]))
    assert set(ours()) == before


def test_who_stops_reading_ends_all():
    before = set(ours())
    made = spread(doubled, range(1000))
    next(made)
    made.close()
    assert set(ours()) == before


KILLED = """
import sys, time
from pathlib import Path
from search.engines import processes, tantivy
from tests.search.engines.on_disk import MANY

processes.ALONE, processes.CHUNK, processes.processors = 0, 5, lambda: 2
tantivy.KEEP_EVERY = 0.0

def slowly():
    for document in MANY:
        yield document
        if document.id == "30":
            print("begun", flush=True)
            time.sleep(60)

tantivy.Tantivy(Path(sys.argv[1])).rebuild(slowly())
"""


def test_killed_with_its_processes_at_work_a_rebuild_is_resumed_and_nobody_is_left(tmp_path):
    killed = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path / "index")], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert killed.stdout and killed.stdout.readline().strip() == "begun"
    helpers = psutil.Process(killed.pid).children()
    assert len(helpers) == 2
    killed.send_signal(signal.SIGKILL)
    killed.wait(20)
    killed.stdout.close()
    _, alive = psutil.wait_procs(helpers, timeout=30)
    assert not alive
    engine = Tantivy(tmp_path / "index")
    (begun,) = held(engine)
    assert 0 < len(engine.held(begun)) < len(MANY)
    assert engine.rebuild(MANY) == len(MANY)
    assert list(engine.digests()) == [(document.id, document.digest) for document in MANY]
    assert held(engine) == [begun]
    engine.close()
