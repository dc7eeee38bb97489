"""What every engine with files must survive of other processes: kills, a second writer, threads. Asserted on each."""

import signal
import subprocess
import sys
import threading

import pytest

from search.engines import folders
from search.engines.base import Busy, Document, SearchUnavailable
from tests.search.engines.contract import DOCUMENTS, ids
from tests.search.engines.on_disk import COMMIT, FEW, MANY, ON_DISK, ROOT, held, made


@pytest.fixture(params=sorted(ON_DISK))
def engine(request, tmp_path):
    engine = made(request.param, tmp_path / "index")
    yield engine
    engine.close()


OTHER_PROCESS = """
import sys, time
from pathlib import Path
from search.engines import ENGINES, whoosh, tantivy
from search.engines.base import Document

name, folder, task = sys.argv[1:]
whoosh.BATCH, tantivy.KEEP_EVERY = 5, 0.0
(entry,) = (entry for entry in ENGINES if entry.name == name)
engine = entry.make(Path(folder), lambda: ())
many = [Document(str(n), f"协商{n}", ("协商在线，会客厅",)) for n in range(1, 31)]

def said(word):
    print(word, flush=True)

def slowly():
    for document in many:
        yield document
        if document.id == "20":
            said("begun")
            time.sleep(60)

if task == "rebuild":
    engine.rebuild(slowly())
elif task == "hold":
    with engine.folders.writing():
        said("begun")
        time.sleep(60)
else:
    for n in range(1000, 100000):
        engine.apply([Document(str(n), "新来的", ("一同写成",)), Document(str(n + 500000), "新来的", ("一同写成",))])
        if n == 1000 + int(task):
            said("begun")
"""


def started(engine, task):
    """Another process at that task, when it has said that it has begun."""
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS, engine.name, str(engine.folder), task],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stdout.readline().strip() == "begun"
    return process


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    process.stdout.close()


def test_a_killed_rebuild_is_resumed(engine):
    engine.rebuild(DOCUMENTS)
    kill(started(engine, "rebuild"))
    assert len(ids(engine, "")) == 5
    assert engine.rebuild(MANY[:FEW]) == FEW
    assert list(engine.digests()) == [(d.id, d.digest) for d in MANY[:FEW]]
    assert len(held(engine)) == 1


@pytest.mark.parametrize("changes", ["0", "9"])
def test_killed_between_small_changes_it_holds_all_of_each(engine, changes):
    engine.rebuild(DOCUMENTS)
    kill(started(engine, changes))
    found = {int(id) for id in ids(engine, "一同写成")}
    assert len(found) >= 2 * (int(changes) + 1)
    assert {n + 500_000 for n in found if n < 500_000} == {n for n in found if n >= 500_000}
    engine.apply([Document("6", "写在后面", ("还能写",))])
    assert ids(engine, "还能写") == ["6"]


def test_a_second_writer_waits_and_a_dead_one_holds_nobody_up(engine, monkeypatch):
    engine.rebuild(DOCUMENTS)
    holding = started(engine, "hold")
    assert engine.busy()
    monkeypatch.setattr(folders, "PATIENCE", 0.1)
    with pytest.raises(Busy):
        engine.apply([Document("6", "新来的", ("协商",))])
    assert len(ids(engine, "")) == 5
    kill(holding)
    assert not engine.busy()
    engine.apply([Document("6", "新来的", ("协商",))])
    assert len(ids(engine, "")) == 6


def test_two_writers_at_once_lose_nothing(engine):
    engine.rebuild(DOCUMENTS)
    other = made(engine.name, engine.folder)
    failed = []

    def write(writer, first):
        try:
            for n in range(first, first + 8):
                writer.apply([Document(str(n), "新来的", ("两人同时写",))])
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=args) for args in ((engine, 100), (other, 200))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert sorted(map(int, ids(engine, "两人同时写"))) == [*range(100, 108), *range(200, 208)]
    other.close()


def test_another_opening_sees_what_one_writes(engine):
    engine.rebuild(DOCUMENTS)
    reader = made(engine.name, engine.folder)
    assert len(ids(reader, "")) == 5
    engine.apply([Document("6", "新来的", ("协商",))])
    assert len(ids(reader, "")) == 6
    engine.rebuild(DOCUMENTS[:2])
    assert len(ids(reader, "")) == 2
    reader.close()


def test_a_failed_apply_changes_nothing_and_frees_the_lock(engine, monkeypatch):
    engine.rebuild(DOCUMENTS)

    def full(*args, **kwargs):
        raise OSError("disk")

    with monkeypatch.context() as broken:
        broken.setattr(COMMIT[engine.name], full)
        with pytest.raises((OSError, SearchUnavailable)):
            engine.apply([], ["1"])
    assert len(ids(engine, "")) == 5
    engine.apply([], ["1"])
    assert len(ids(engine, "")) == 4


def test_threads_search_while_the_index_changes(engine):
    engine.rebuild(DOCUMENTS)
    wrong: list[object] = []

    def look():
        for _ in range(60):
            try:
                if len(ids(engine, '"会客厅"')) < 2:
                    wrong.append("lost a hit")
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(10):
        engine.apply([Document(str(50 + n), "会客厅", ("会客厅",))])
    for thread in threads:
        thread.join()
    assert not wrong
