import pytest

from articles.basket import COOKIE, MOST, Basket, Full, split
from articles.models.ids import new_public_id

A, B, C = "2" * 10, "3" * 10, "4" * 10


def test_what_is_kept_comes_back_from_the_cookie() -> None:
    kept = Basket((B, A, C))
    assert Basket.read({COOKIE: kept.cookie}) == kept and Basket.read({COOKIE: Basket().cookie}) == Basket()
    assert A in kept and len(kept) == 3


@pytest.mark.parametrize("cookie", ["", A, f"{A}:forged", Basket((A,)).cookie.replace("2", "3", 1)])
def test_what_somebody_else_wrote_counts_for_nothing(cookie: str) -> None:
    assert Basket.read({COOKIE: cookie}) == Basket()


def test_putting_in_and_taking_out() -> None:
    assert Basket((A,)).with_article(B) == Basket((A, B)) == Basket((A, B)).with_article(A)
    assert Basket((A, B, C)).without(B) == Basket((A, C)) == Basket((A, C)).without(B)
    assert Basket.of([A, B, A]) == Basket((A, B))


def test_it_is_full_at_some_point_and_fits_a_cookie() -> None:
    full = Basket.of(new_public_id() for _ in range(MOST + 5))
    assert len(full) == MOST and len(full.cookie) < 3_000
    with pytest.raises(Full):
        full.with_article(A)
    assert full.with_article(full.ids[3]) == full


@pytest.mark.parametrize(
    ("one", "by", "order"), [(A, 1, "BAC"), (C, -1, "ACB"), (A, -1, "ABC"), (C, 1, "ABC"), (A, 9, "BCA")]
)
def test_another_order(one: str, by: int, order: str) -> None:
    letters = {"A": A, "B": B, "C": C}
    assert Basket((A, B, C)).moved(one, by) == Basket(tuple(letters[letter] for letter in order))


@pytest.mark.parametrize("text", [A + B, f"{A},{B}", f" {A}\n{B} x", f"{A}/{B}short"])
def test_ids_are_found_however_they_are_written(text: str) -> None:
    assert split(text)[:2] == [A, B]
