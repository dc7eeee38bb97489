"""Cards are found by what they hold, however many there are and whatever changed."""

import random
from collections import Counter

import pytest

from articles.catalogue import FACETS, Card, Catalogue, columns, selection
from articles.catalogue.cards import path, prefix

CODES = ("510104", "510105", "510100", "510000", "350405", "110101")
PEOPLE = tuple("甲乙丙丁戊己庚辛")


def card(key: int, draw: random.Random) -> Card:
    held: dict[str, tuple[str, ...]] = dict.fromkeys(FACETS, ())
    held["region"] = tuple(
        dict.fromkeys(c for code in draw.sample(CODES, draw.randint(0, 2)) for c in path(code))
    )
    held["author"] = tuple(draw.sample(PEOPLE, draw.randint(0, 3)))
    return Card(
        key,
        f"20{draw.randint(10, 24)}",
        0,
        0,
        0,
        key,
        f"第{key}篇",
        "",
        draw.randint(0, 2),
        tuple(held.values()),
    )


def same(known: Catalogue, cards: dict[int, Card]) -> None:
    """Whether the catalogue finds what passing by every card finds, in the same order."""
    at = {facet: n for n, facet in enumerate(FACETS)}
    for facet, asked in (("author", (*PEOPLE, "无")), ("region", (*CODES, "51", "350400", "990000"))):
        for value in asked:
            fits = prefix(value) if facet == "region" else value
            wanted = [
                key
                for key, c in cards.items()
                if any(v.startswith(fits) if facet == "region" else v == fits for v in c.values[at[facet]])
            ]
            found = known.select((facet, (value,)))
            assert sorted(found.members()) == sorted(wanted)
            ordered = [key for key in known.select().keys("newest") if key in wanted]
            assert found.keys("newest") == ordered and found.keys("newest", 1, 3) == ordered[1:3]
        counted = Counter[str]()
        for c in cards.values():
            counted.update(dict.fromkeys(c.values[at[facet]], c.metrics))
        assert known.select().metrics_by(facet) == {value: n for value, n in counted.items() if n}
        whole = known.select().ordered(facet)
        assert [known.select().ordered(facet, most) for most in range(10)] == [
            whole[:most] for most in range(10)
        ]


@pytest.mark.parametrize(("varied", "sorted_alone"), [(0, 0), (0, 500), (1000, 500)])
def test_what_is_chosen_is_what_fits(monkeypatch: pytest.MonkeyPatch, varied: int, sorted_alone: int) -> None:
    monkeypatch.setattr(columns, "VARIED", varied)
    monkeypatch.setattr(selection, "SORTED", sorted_alone)
    draw = random.Random(7)
    cards = {key: card(key, draw) for key in range(1, 300)}
    known = Catalogue().changed(cards.values(), (), ())
    if sorted_alone:
        known.prepare()
    same(known, cards)
    for _ in range(3):
        before, held = known, dict(cards)
        gone = draw.sample([key for key in cards if key < 1000], 20)
        cards = {key: row for key, row in cards.items() if key not in gone}
        anew = {key: card(key, draw) for key in (*draw.sample(sorted(cards), 30), *range(1000, 1010))}
        cards |= anew
        known = known.changed(anew.values(), gone, ())
        same(known, cards)
        same(before, held)
