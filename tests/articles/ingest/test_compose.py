"""Printed lines put together: which white space is kept, and where each character stands."""

import pytest

from articles.ingest.compose import compose
from articles.ingest.passage import Span


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("政协\n委员", "政协委员"),
        ("政协\r\n　　委员", "政协委员"),
        ("98. 6%", "98.6%"),
        ("98 .6%", "98.6%"),
        ("1 437户", "1437户"),
        ("1 437 209元", "1437209元"),
        ("2024 15", "2024 15"),
        ("第 3 版", "第3版"),
        ("提出 30 件", "提出30件"),
        ("政协 ，委员", "政协，委员"),
        ("“ 有事好商量 ”", "“有事好商量”"),
        ("委员　　议政", "委员　议政"),
        ("hello  world", "hello world"),
        ("  两头  ", "两头"),
    ],
)
def test_white_space(printed: str, read: str) -> None:
    passage = compose("paragraph", [Span(0, len(printed))], printed)
    assert passage.text == read
    assert [printed[passage.offset(i)] for i in range(len(read))] == list(read)


def test_spans_far_apart_are_one_text() -> None:
    page = "甲乙\n别的文字\n丙丁"
    passage = compose("paragraph", [Span(0, 2), Span(8, 10)], page)
    assert passage.text == "甲乙丙丁" and len(passage.runs) == 2
    assert not passage.is_contiguous(0, 4, page) and passage.is_contiguous(0, 2, page)


def test_nothing() -> None:
    assert compose("paragraph", [], "").text == ""
    assert compose("paragraph", [Span(0, 3)], " \n ").text == ""
