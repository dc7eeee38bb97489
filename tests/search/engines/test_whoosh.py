import json
import threading

import pytest

from search.engines.base import Document, NoIndex, OtherVersion, Request, SearchUnavailable
from search.engines.whoosh import Whoosh
from search.query import parse
from tests.search.engines.contract import *  # noqa: F403
from tests.search.engines.contract import DOCUMENTS, ids


@pytest.fixture
def engine(tmp_path):
    whoosh = Whoosh(tmp_path / "index")
    yield whoosh
    whoosh.close()


def test_no_index_is_not_no_hits(engine):
    with pytest.raises(NoIndex):
        engine.search(Request())
    with pytest.raises(NoIndex):
        engine.apply([DOCUMENTS[0]])


def test_an_index_of_another_version_says_so(engine):
    engine.rebuild(DOCUMENTS)
    (engine.folders.current() / "written_by.json").write_text(json.dumps({"analyser": "0", "schema": "0"}))
    with pytest.raises(OtherVersion):
        engine.search(Request())


@pytest.mark.parametrize("pattern", ["*.toc", "*.trm", "*.text.col", "*.card.col", "*.pst"])
@pytest.mark.parametrize("harm", ["cut", "gone", "nonsense"])
def test_a_damaged_index_says_so(engine, pattern, harm):
    many = [Document(str(n), f"协商{n}", ("协商在线，会客厅",)) for n in range(300)]
    engine.rebuild(many)
    for file in engine.folders.current().glob(pattern):
        match harm:
            case "cut":
                file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])
            case "gone":
                file.unlink()
            case "nonsense":
                file.write_bytes(b"\x07" * file.stat().st_size)
    with pytest.raises(SearchUnavailable):
        engine.search(Request(parse("协商"), facets=("year",)))


def test_another_process_sees_what_one_writes(engine):
    engine.rebuild(DOCUMENTS)
    reader = Whoosh(engine.folder)
    assert len(ids(reader, "")) == 5
    engine.apply([Document("6", "新来的", ("协商",))])
    assert len(ids(reader, "")) == 6
    engine.rebuild(DOCUMENTS[:2])
    assert len(ids(reader, "")) == 2
    reader.close()


def test_unchanged_segments_stay_open(engine):
    engine.rebuild(DOCUMENTS)
    before = engine.snapshot()
    assert engine.snapshot() is before
    engine.apply([Document("6", "新来的", ("协商",))])
    assert engine.snapshot().segments[0] is before.segments[0]


def test_segments_are_merged_before_they_are_many(engine):
    engine.rebuild(DOCUMENTS)
    for n in range(30):
        engine.apply([Document(str(100 + n), f"第{n}篇", ("协商",))])
    assert len(engine.snapshot().segments) < 12
    assert len(ids(engine, "协商")) == 32


def test_a_failed_rebuild_leaves_the_old_index(engine):
    engine.rebuild(DOCUMENTS)

    def broken():
        yield DOCUMENTS[0]
        raise OSError("disk")

    with pytest.raises(OSError):
        engine.rebuild(broken())
    assert len(ids(engine, "")) == 5
    assert len(list(engine.folder.glob("index-*"))) == 1


def test_a_failed_apply_changes_nothing_and_frees_the_lock(engine, monkeypatch):
    engine.rebuild(DOCUMENTS)
    with monkeypatch.context() as broken:
        broken.setattr(
            "search.engines.whoosh.Writer.commit", lambda *a, **k: (_ for _ in ()).throw(OSError("disk"))
        )
        with pytest.raises(OSError):
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
