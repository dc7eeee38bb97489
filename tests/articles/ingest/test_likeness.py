"""Likeness of headlines and texts: what the shared pairs weigh, the same in every run."""

import random

import pytest

from articles.ingest import likeness
from articles.ingest.likeness import Likeness, bodies_named, pairs

TEXTS = (
    "茶园管理谋协商，茶香引客促增收。",
    "沙地治理有良方，茶园管理有新招。",
    "渔光曲里的老码头。",
    "委员走进老码头，协商治理有良方。",
)


def made() -> Likeness:
    return Likeness([pairs(text) for text in TEXTS])


def test_a_headline_is_most_like_the_text_that_says_it() -> None:
    found = made()
    worth = [found.contained("渔光曲里的码头", (i,)) for i in found]
    assert max(worth) == worth[2] > 0.5 and worth[0] == 0.0


def test_pairs_of_one_text_alone_are_known_by_their_place() -> None:
    assert made().contained("茶香引客", (0,)) == 1.0
    assert made().contained("从未见过", (0, 1, 2, 3)) == 0.0


def test_texts_share_what_stands_in_both_and_not_everywhere() -> None:
    found = made()
    assert found.shared(1, (3,)) > found.shared(1, (2,)) == 0.0


def test_the_order_in_which_pairs_are_met_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets of strings are walked in another order in every process; equal headlines have to stay equal."""
    headline = "茶园管理谋协商，委员走进老码头，沙地治理引客来"
    met = sorted(pairs(headline))
    worths = set()
    for seed in range(30):
        mixed = random.Random(seed).sample(met, len(met))
        monkeypatch.setattr(likeness, "pairs", lambda text, mixed=mixed: mixed)
        worths.add(made().contained(headline, (0, 1)))
    assert len(worths) == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("怀宁县政协与兰店区政协、怀宁县政协联合调研", {"怀宁县", "兰店区"}),
        ("某怀宁自治县政协", {"怀宁自治县"}),
        ("全市政协、省市政协和各县区政协", set()),
        ("政协区政协，市政协区政协", {"政协区"}),
        ("政协", set()),
        ("", set()),
    ],
)
def test_committees_named(text: str, named: set[str]) -> None:
    assert bodies_named(text) == named == set(likeness._BODY.findall(text))
