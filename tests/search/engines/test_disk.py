"""What every engine with files must survive: kills, damage, a second writer. Asserted on each of them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from search.engines import ENGINES, folders
from search.engines.base import Busy, Document, NoIndex, OtherVersion, Request, SearchUnavailable
from search.query import parse
from tests.search.engines.contract import DOCUMENTS, ids

ROOT = Path(__file__).resolve().parents[3]
ON_DISK = {"whoosh": ("*.toc", "*.trm", "*.text.col", "*.card.col", "*.pst"),
           "tantivy": ("meta.json", "*.term", "*.idx", "*.pos", "*.fast", "*.store")}  # fmt: skip
"""Engines with files, and which of these a search reads."""
COMMIT = {"whoosh": "search.engines.whoosh.Writer.commit", "tantivy": "search.engines.tantivy._changed"}
PART_KEPT = {
    "whoosh": ("search.engines.whoosh.BATCH", 5),
    "tantivy": ("search.engines.tantivy.KEEP_EVERY", 0.0),
}
FEW = 30
MANY = [Document(str(n), f"协商{n}", ("协商在线，会客厅",)) for n in range(1, 121)]


def made(name, folder):
    (entry,) = (entry for entry in ENGINES if entry.name == name)
    return entry.make(folder, lambda: ())


@pytest.fixture(params=sorted(ON_DISK))
def engine(request, tmp_path):
    engine = made(request.param, tmp_path / "index")
    yield engine
    engine.close()


def held(engine):
    return [path for path in engine.folder.glob("index-*") if path.is_dir()]


def test_every_engine_with_files_is_tested_here():
    assert {entry.name for entry in ENGINES} - {"scan"} == set(ON_DISK)


def test_no_index_is_not_no_hits(engine):
    with pytest.raises(NoIndex):
        engine.search(Request())
    with pytest.raises(NoIndex):
        engine.apply([DOCUMENTS[0]])


def test_an_index_of_another_version_says_so_and_is_replaced(engine):
    engine.rebuild(DOCUMENTS)
    (engine.folders.current() / "written_by.json").write_text(json.dumps({"analyser": "0", "schema": "0"}))
    with pytest.raises(OtherVersion):
        engine.search(Request())
    engine.rebuild(DOCUMENTS)
    assert len(ids(engine, "")) == 5


def test_an_index_cut_with_another_dictionary_still_answers(engine):
    engine.rebuild(DOCUMENTS)
    assert not engine.outdated()
    note = engine.folders.current() / "written_by.json"
    note.write_text(json.dumps(json.loads(note.read_text()) | {"dictionary": "0"}))
    assert engine.outdated()
    assert len(ids(engine, "")) == 5
    assert "jieba" in json.loads(note.read_text())["cutter"]


# -- damage


def damage(file, harm):
    match harm:
        case "cut":
            os.truncate(file, file.stat().st_size // 3)
        case "gone":
            file.unlink()
        case "nonsense":
            file.write_bytes(b"\x07" * file.stat().st_size)


PATTERNS = [(name, pattern) for name, patterns in ON_DISK.items() for pattern in patterns]


@pytest.mark.parametrize("harm", ["cut", "gone", "nonsense"])
@pytest.mark.parametrize(("name", "pattern"), PATTERNS)
def test_a_damaged_index_says_so_opened_or_not_and_a_rebuild_mends_it(tmp_path, name, pattern, harm):
    engine = made(name, tmp_path / "index")
    engine.rebuild(MANY)
    assert engine.search(Request(parse("协商"))).total == len(MANY)  # is open now
    for file in list(engine.folders.current().glob(pattern)):
        damage(file, harm)
    asked = Request(parse("协商在线"), facets=("year",), sort="newest")
    for reader in (engine, made(name, engine.folder)):
        with pytest.raises(SearchUnavailable) as error:
            reader.search(asked)
        assert "reindex" in error.value.remedy
    engine.rebuild(MANY)
    assert engine.search(asked).total == len(MANY)
    engine.close()


def test_a_deleted_folder_says_so_and_a_rebuild_mends_it(engine):
    engine.rebuild(DOCUMENTS)
    assert len(ids(engine, "")) == 5
    shutil.rmtree(engine.folder)
    with pytest.raises(NoIndex):
        engine.search(Request())
    engine.rebuild(DOCUMENTS)
    assert len(ids(engine, "")) == 5


# -- rebuilding


def test_a_failed_rebuild_leaves_the_old_index_and_nothing_else(engine):
    engine.rebuild(DOCUMENTS)

    def broken():
        yield DOCUMENTS[0]
        raise OSError("disk")

    with pytest.raises(OSError):
        engine.rebuild(broken())
    assert len(ids(engine, "")) == 5
    assert len(held(engine)) == 1


def stopped_after(number):
    yield from MANY[:number]
    raise KeyboardInterrupt


def test_a_stopped_rebuild_goes_on_where_it_was(engine, monkeypatch):
    monkeypatch.setattr(*PART_KEPT[engine.name])
    engine.rebuild(DOCUMENTS)
    with pytest.raises(KeyboardInterrupt):
        engine.rebuild(stopped_after(20))
    assert len(ids(engine, "")) == 5
    assert len(held(engine)) == 2
    written = []
    add = type(engine).add
    monkeypatch.setattr(
        type(engine),
        "add",
        lambda self, folder, rows: add(self, folder, (written.append(d) or d for d in rows)),
    )
    changed = replace(MANY[3], title="改过")
    now = [*MANY[:3], changed, *MANY[5:FEW]]  # one changed since, one gone
    assert engine.rebuild(now) == len(now)
    assert len(written) == FEW - 20
    assert list(engine.digests()) == [(d.id, d.digest) for d in now]
    assert ids(engine, "改过") == [changed.id]
    assert len(held(engine)) == 1


def test_what_was_begun_otherwise_or_damaged_is_begun_anew(engine, monkeypatch):
    monkeypatch.setattr(*PART_KEPT[engine.name])
    for harm in ("building.json", *ON_DISK[engine.name][:2]):
        with pytest.raises(KeyboardInterrupt):
            engine.rebuild(stopped_after(10))
        (begun,) = (path for path in held(engine) if (path / "building.json").exists())
        for file in list(begun.glob(harm)):
            file.write_bytes(b"{}")
        assert engine.rebuild(MANY[:15]) == 15
        assert len(ids(engine, "")) == 15
        assert len(held(engine)) == 1


# -- processes

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
