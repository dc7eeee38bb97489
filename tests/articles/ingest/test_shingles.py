"""Fingerprints: a text that somebody changed is recognised, another on the same subject is not."""

import random
from pathlib import Path

import pytest

from articles.ingest.shingles import ALIKE, FEWEST, NEAR, fingerprint, likeness, shared, shingles


@pytest.fixture(scope="module")
def texts(root: Path) -> list[str]:
    return [path.read_text("utf-8") for path in sorted((root / "fixtures/pages/seeds").glob("*.txt"))]


def altered(text: str, share: float, seed: int) -> str:
    """Every character changed with a probability: replaced, left out, or followed by another."""
    rng, letters = random.Random(seed), "".join(sorted(set(text)))
    out = []
    for char in text:
        if rng.random() >= share:
            out.append(char)
        elif (turn := rng.random()) < 0.5:
            out.append(rng.choice(letters))
        elif turn < 0.75:
            out += [char, rng.choice(letters)]
    return "".join(out)


@pytest.mark.parametrize("percent", [5, 10, 15, 20])
def test_a_changed_text_is_recognised(texts: list[str], percent: int) -> None:
    for seed, text in enumerate(texts):
        copy = altered(text, percent / 100, seed)
        one, other = fingerprint(text), fingerprint(copy)
        assert one and other and set(one.bands) & set(other.bands)
        assert likeness(one.signature, other.signature) >= NEAR
        assert shared(text, copy) >= ALIKE


def test_pages_on_the_same_subject_are_not_alike(texts: list[str]) -> None:
    for at, text in enumerate(texts):
        assert all(shared(text, other) == 0.0 for other in texts[:at])


def test_signatures_agree_about_as_often_as_texts_share_runs(texts: list[str]) -> None:
    for share in (0.02, 0.1, 0.2):
        copy = altered(texts[0], share, 1)
        left, right = shingles(texts[0]), shingles(copy)
        one, other = fingerprint(texts[0]), fingerprint(copy)
        assert one and other
        exact = len(left & right) / len(left | right)
        assert likeness(one.signature, other.signature) == pytest.approx(exact, abs=0.12)


def test_order_spaces_width_and_marks_do_not_matter(texts: list[str]) -> None:
    lines = texts[0].splitlines()
    spaced = "\n".join(" ".join(line) for line in lines).replace("，", "、")
    assert fingerprint(spaced) == fingerprint(texts[0])
    assert shared("\n".join(reversed(lines)), texts[0]) > 0.8


def test_a_common_preamble_is_no_copy(texts: list[str]) -> None:
    start = texts[0][:1500]
    assert shared(start + texts[1][:2500], start + texts[2][:2500]) == 0.0


def test_short_texts_have_no_fingerprint() -> None:
    assert fingerprint("") is None and fingerprint("政协") is None and fingerprint("有事好商量" * 500) is None
    assert FEWEST > 100


def test_few_runs_fill_every_sample(texts: list[str]) -> None:
    found = fingerprint(texts[0][: FEWEST + 60])
    assert found and len(found.signature) == 256 and len(found.bands) == 85
