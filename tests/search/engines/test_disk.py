"""What every engine with files must survive on its disk: damage and rebuilds cut short. Asserted on each."""

import json
import shutil
from dataclasses import replace

import pytest

from search.engines import ENGINES
from search.engines.base import NoIndex, OtherVersion, Request, SearchUnavailable
from search.query import parse
from tests.search.engines.contract import DOCUMENTS, ids
from tests.search.engines.on_disk import FEW, MANY, ON_DISK, PART_KEPT, held, made


@pytest.fixture(params=sorted(ON_DISK))
def engine(request, tmp_path):
    engine = made(request.param, tmp_path / "index")
    yield engine
    engine.close()


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
            exchange(file, file.read_bytes()[: file.stat().st_size // 3])
        case "gone":
            file.unlink()
        case "nonsense":
            exchange(file, b"\x07" * file.stat().st_size)


def exchange(file, content):
    """Another file of the same name: what an engine still has mapped stays, or reading it would end this process."""
    other = file.with_name("damaged")
    other.write_bytes(content)
    other.replace(file)


PATTERNS = [(name, pattern) for name, patterns in ON_DISK.items() for pattern in patterns]


@pytest.mark.parametrize("harm", ["cut", "gone", "nonsense"])
@pytest.mark.parametrize(("name", "pattern"), PATTERNS)
def test_a_damaged_index_says_so_opened_or_not_and_a_rebuild_mends_it(
    tmp_path, monkeypatch, name, pattern, harm
):
    monkeypatch.setattr("search.engines.tantivy.LOOK_EVERY", 0.0)
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
