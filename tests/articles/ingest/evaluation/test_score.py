"""Figures by the definitions of the annotation guide.

`case.json` holds a small page, its annotation, a record with a fault of every kind, and the counts that the
scorer which came with the annotation guide gives them.
"""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from articles.ingest.evaluation import score_page
from articles.ingest.evaluation.likeness import overlap, same_mechanism, same_metric, same_subject, squash
from articles.ingest.evaluation.score import ledger_faults, pair_up


@pytest.fixture
def case() -> dict[str, Any]:
    return json.loads(Path(__file__).with_name("case.json").read_text("utf-8"))


def test_the_counts_are_those_of_the_guides_scorer(case: dict[str, Any]) -> None:
    figures = score_page("x", case["text"], case["gold"], case["record"])
    assert {name: list(count) for name, count in figures.counts.items()} == case["counts"]
    missed = {name: total - hits for name, (hits, total) in case["counts"].items() if hits < total}
    assert {name: sum(m.figure == name for m in figures.misses) for name in missed} == missed


def test_a_record_like_its_annotation_misses_nothing(case: dict[str, Any]) -> None:
    gold, record = deepcopy(case["gold"]), deepcopy(case["record"])
    gold["articles"], record["articles"] = gold["articles"][1:2], record["articles"][1:2]
    article = record["articles"][0]
    gold["articles"][0] |= {k: article[k] for k in ("authors", "genre", "themes", "mechanisms", "metrics")}
    record["ledger"] = [{"start": 0, "end": len(case["text"]), "role": "body", "article": 0}]
    figures = score_page("x", case["text"], gold, record)
    assert figures.misses == [] and set(figures.values.values()) == {1.0}


@pytest.mark.parametrize(
    ("entries", "faults"),
    [
        ([(0, 2, None), (3, 5, 0)], 0),
        ([(0, 2, None)], 2),
        ([(0, 2, None), (1, 5, 0)], 1),
        ([(0, 2, None), (3, 5, 1)], 3),
        ([(0, 2, None), (3, 6, 0)], 3),
        ([(0, 2, None), (3, 5, 0), (4, 4, 0)], 1),
    ],
)
def test_ledger_faults(entries: list[tuple[int, int, int | None]], faults: int) -> None:
    ledger = [{"start": i, "end": j, "article": a} for i, j, a in entries]
    assert ledger_faults("甲乙 丙丁", ledger, 1) == faults


def test_bodies_are_paired_the_most_alike_first() -> None:
    tea, sand = "安溪县政协围绕茶叶协商", "敦煌市政协守护沙海绿洲"
    assert pair_up([tea, sand], [sand, tea + sand, tea]) == {0: 2, 1: 0}
    assert pair_up([tea], ["毫不相干的另外一些文字"]) == {}
    assert overlap("", "") == 0.0 and overlap(tea, tea) == 1.0


METRIC = {"quote": "走访3300余次", "value": 3300, "unit": "次"}


@pytest.mark.parametrize(
    ("found", "same"),
    [
        ({}, True),
        ({"quote": "3300余次"}, True),
        ({"quote": "走访 3300 余次"}, True),
        ({"unit": "人次"}, True),
        ({"unit": "件"}, False),
        ({"value": 330}, False),
        ({"quote": "另外一处"}, False),
    ],
)
def test_same_metric(found: dict[str, Any], same: bool) -> None:
    assert same_metric(METRIC, METRIC | found) is same


@pytest.mark.parametrize(
    ("found", "same"),
    [
        ("有事好商量", True),
        ("“有事好商量”平台", True),
        ("商量", False),
        ("协商会", True),
        ("事好商量", True),
        ("别的", False),
    ],
)
def test_same_mechanism(found: str, same: bool) -> None:
    gold = {"name": "有事好商量", "aliases": ["协商会"]}
    assert same_mechanism(gold, {"name": found}) is same


@pytest.mark.parametrize(
    ("found", "same"),
    [("提案", True), ("提案办理", True), ("案", False), ("案提", True), ("建议", False), ("", False)],
)
def test_same_subject(found: str, same: bool) -> None:
    assert same_subject("提案", found) is same


def test_squash_folds_widths() -> None:
    assert squash(" ９８． ６％\n") == "98.6%"
