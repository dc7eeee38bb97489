import pytest

from search.engines import whoosh_kept
from search.engines.base import Document
from search.engines.whoosh import Whoosh
from search.engines.whoosh_kept import Kept
from tests.search.engines.contract import *  # noqa: F403
from tests.search.engines.contract import DOCUMENTS, ids


@pytest.fixture
def engine(tmp_path):
    whoosh = Whoosh(tmp_path / "index")
    yield whoosh
    whoosh.close()


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


def test_what_is_remembered_of_all_segments_stays_within_one_measure(monkeypatch):
    monkeypatch.setattr(whoosh_kept, "_ROOM", 100)
    kept, asked = Kept(), []

    def found(key):
        asked.append(key)
        return dict.fromkeys(range(30), 1.0)

    for key in ("a", "b", "a", "c", "a", "b"):
        assert len(kept.keep((key,), lambda key=key: found(key))) == 30
    assert asked == ["a", "b", "c", "b"]  # the one that was asked for least of late went first


def test_single_letters_are_found_without_reading_a_text(engine, monkeypatch):
    engine.rebuild(DOCUMENTS)
    reading = engine.snapshot().segments[0]
    monkeypatch.setattr(reading, "text", lambda docnum: pytest.fail("a text was read"))
    letters = sorted(
        {letter for d in DOCUMENTS for p in d.paragraphs for letter in p if "一" <= letter <= "鿿"}
    )
    assert len(letters) > 20
    assert ids(engine, " OR ".join(letters))
