"""What must hold for any text at all, and for any order of a page's articles."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from articles.benchmark.hostile import TEXTS
from articles.ingest.config import Config
from articles.ingest.explain import explain
from articles.ingest.passage import squash
from articles.ingest.pipeline import MAX_BLOCKS, parse_timed
from articles.ingest.record import PageRecord
from articles.ingest.serialize import as_json

EXACT = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
# What pages are made of, and what breaks rules: marks, brackets, numbers, names, breaks in odd places.
TOKENS = st.sampled_from(
    [
        *("\n", "\n\n", "\r\n", "\u2028", "\x0c", "\x85", " ", "\u3000\u3000", "\u200b", "\ufeff"),
        *(
            "# ",
            "## ",
            "——",
            "□ ",
            "■",
            "（",
            "）",
            "(",
            ")",
            "“",
            "”",
            "《",
            "》",
            "。",
            "，",
            "：",
            "；",
            "！",
            "…",
            "%",
        ),
        *(
            "1",
            "98. 6%",
            "1 437户",
            "l0",
            "３３００余次",
            "近百",
            "三分之一",
            "提出提案30件",
            "由82%提高到97%",
        ),
        *(
            "张利",
            "窦 立 坤",
            "欧阳修文",
            "买买提·艾力",
            "本报讯（记者 张利）",
            "本报记者 张利",
            "文/张利",
            "张利 摄",
        ),
        *(
            "（作者系成都市政协主席）",
            "（作者单位：",
            "主席论坛",
            "图为委员调研。",
            "（下转第2版）",
            "（上接第1版）",
        ),
        *("2024年7月16日", "第3版", "责任编辑：张利", "扫码进入详情", "本期导读", "遗失声明"),
        *("一、", "二是", "第三，", "①", "一是建机制", "近年来，政协委员积极履职尽责。"),
        *("成都市政协", "鼓楼区政协", "“有事好商量”平台", "政恊", "😀", "\U00020000", "ﬁ", "㎡"),
    ]
)
PAGES = st.lists(TOKENS | st.text(max_size=6), min_size=1, max_size=60).map("".join)


@pytest.fixture(scope="module")
def schema(root: Path) -> Draft202012Validator:
    path = root / "fixtures" / "contract" / "page-record.schema.json"
    return Draft202012Validator(json.loads(path.read_text("utf-8")))


def assert_sound(record: PageRecord, schema: Draft202012Validator) -> None:
    data = as_json(record)
    assert [error.message for error in schema.iter_errors(data)] == []
    text = record.text
    at = 0
    for entry in record.ledger:
        assert at <= entry.start < entry.end <= len(text)
        assert not squash(text[at : entry.start])
        assert entry.article is None or 0 <= entry.article < len(record.articles)
        at = entry.end
    assert not squash(text[at:])
    for article in data["articles"]:
        for item in (*article["evidence"], *article["metrics"], *article["mechanisms"]):
            there = text[item["start"] : item["end"]]
            assert re.sub(r"\s+", "", there) == re.sub(r"\s+", "", item["quote"]) != "", item
    for article in record.articles:
        for passage in (*article.text.body, *article.text.pieces):
            assert all(passage.text[i] == text[passage.offset(i)] for i in range(len(passage.text)))


@given(st.text(max_size=200).filter(str.strip))
@example("\ufeff")
@example("(" * 40)
@EXACT
def test_any_unicode_gives_a_sound_record(config: Config, schema: Draft202012Validator, text: str) -> None:
    assert_sound(parse_timed(_bytes(text), "any.txt", config).record, schema)


@given(PAGES.filter(lambda t: squash(t).strip("\ufeff") != ""))
@EXACT
def test_any_page_gives_a_sound_record(config: Config, schema: Draft202012Validator, text: str) -> None:
    timed = parse_timed(_bytes(text), "any.txt", config)
    assert_sound(timed.record, schema)
    account = explain(timed)
    assert "".join(p.text for p in account.pieces) == timed.record.text


def _bytes(text: str) -> bytes:
    """UTF-8 with its mark, so that no text is taken for another encoding; no file holds lone surrogates."""
    return b"\xef\xbb\xbf" + text.encode("utf-8", "replace") + "政".encode()


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_texts_are_read_to_the_end(config: Config, schema: Draft202012Validator, name: str) -> None:
    # A tenth of what the benchmark times.
    text = TEXTS[name]()[:10_000]
    assert_sound(parse_timed(text.encode(), "hostile.txt", config).record, schema)


def test_a_text_of_too_many_lines_stays_whole_and_says_so(parse: Callable[[str], PageRecord]) -> None:
    record = parse("\n".join(f"第{i}行" for i in range(MAX_BLOCKS + 1)))
    assert record.articles == ()
    assert {e.role for e in record.ledger} == {"furniture"} and len(record.ledger) == MAX_BLOCKS + 1
    assert len(record.warnings) == 1 and str(MAX_BLOCKS + 1) in record.warnings[0]


PAGES_FOLDER = Path(__file__).parents[3] / "fixtures" / "pages"
ANNOTATED = sorted(p for split in ("seeds", "dev") for p in (PAGES_FOLDER / split).glob("*.txt"))
# Pages whose articles are told apart only by where they stand; they are parsed wrongly as they are.
HANG_TOGETHER = {"dev-202-qinghai-xinjiang", "dev-203-mixed"}


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(p, id=p.stem, marks=[pytest.mark.xfail] if p.stem in HANG_TOGETHER else [])
        for p in ANNOTATED
    ],
)
def test_bodies_stay_whole_when_articles_change_places(config: Config, path: Path) -> None:
    record = parse_timed(path.read_bytes(), path.name, config).record
    parts = [_own_text(record, number) for number in range(len(record.articles))]
    random.Random(0).shuffle(parts)
    shuffled = parse_timed("\n\n".join(parts).encode(), path.name, config).record
    assert _bodies(shuffled) == _bodies(record)


def _own_text(record: PageRecord, number: int) -> str:
    """What of the page belongs to one article, in page order, blank lines where other text stood between."""
    out, end = "", None
    for entry in record.ledger:
        if entry.article == number:
            gap = "" if end is None else record.text[end : entry.start]
            out += (gap if not gap.strip() else "\n\n") + record.text[entry.start : entry.end]
            end = entry.end
    return out


def _bodies(record: PageRecord) -> set[str]:
    return {squash("".join(p.text for p in a.text.body if p.kind == "paragraph")) for a in record.articles}


PROGRAM = """
import hashlib, json, sys
from articles import gazetteer
from articles.ingest.config import Config
from articles.ingest.pipeline import parse_page
from articles.ingest.serialize import as_json
for path in sys.argv[1:]:
    record = parse_page(open(path, "rb").read(), "page.txt", Config(gazetteer.load()))
    print(hashlib.sha256(json.dumps(as_json(record)).encode()).hexdigest())
"""


def test_two_processes_read_alike(root: Path) -> None:
    # Sets are ordered anew in each process: nothing may depend on that.
    read = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, *map(str, ANNOTATED[::4])],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(read) == 1


# Texts whose work is bound to what stands on the page, one of a kind; each line or piece costs what the one before did.
GROWING = (
    "percentages",
    "parts of totals",
    "practices",
    "names in one row",
    "committees",
    "dates",
    "5,000 author notes",
)


@pytest.mark.parametrize("name", GROWING)
def test_work_grows_with_the_text_and_no_faster(config: Config, name: str) -> None:
    whole = TEXTS[name]()
    few, many = (_calls(whole[:size], config) for size in (800, 2_400))
    # Three times the work, where it grows as the text does; nine times, where with its square.
    assert many < 5 * few


def _calls(text: str, config: Config) -> int:
    """How many functions are called to read the text, those written in C included."""
    data, count = text.encode(), 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event.endswith("call")

    parse_timed(data, "hostile.txt", config)  # patterns are compiled, vocabularies read
    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        parse_timed(data, "hostile.txt", config)
    finally:
        sys.setprofile(before)
    return count
