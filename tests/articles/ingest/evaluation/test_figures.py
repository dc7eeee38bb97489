"""Counts, shares, f1; what a saved run says; what changed."""

import pytest

from articles.ingest.evaluation import Figures, compare


def figures(**counts: tuple[int, int]) -> Figures:
    made = Figures()
    for name, (hits, total) in counts.items():
        for i in range(total):
            made.hit(name.replace("_", "."), i < hits, f"page-{i}", "what")
    return made


def test_values() -> None:
    values = figures(x_recall=(1, 2), x_precision=(1, 1), title=(3, 4)).values
    assert values == {"x.f1": pytest.approx(2 / 3), "title": 0.75, "x.precision": 1.0, "x.recall": 0.5}
    assert next(iter(values)) == "x.f1"


def test_nothing_found_at_all() -> None:
    assert figures(x_recall=(0, 2)).values["x.f1"] == 0.0


def test_total_adds_up() -> None:
    both = Figures.total([figures(title=(1, 2)), figures(title=(2, 2), level=(0, 1))])
    assert both.counts == {"title": (3, 4), "level": (0, 1)} and len(both.misses) == 2


def test_a_saved_run_is_read_back() -> None:
    made = figures(title=(1, 2), level=(0, 1))
    again = Figures.from_data(made.as_data())
    assert (again.counts, again.misses) == (made.counts, made.misses)


@pytest.mark.parametrize(
    "data", [{}, {"counts": {"a": 1}, "misses": []}, {"counts": {"a": ["x", 1]}, "misses": []}]
)
def test_what_is_no_saved_run(data: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Figures.from_data(data)


def test_compare() -> None:
    change = compare(figures(title=(1, 4), level=(4, 4)), figures(title=(3, 4), level=(2, 4)))
    assert [(c.figure, c.before, c.now) for c in change.better] == [("title", 0.25, 0.75)]
    assert [(c.figure, c.difference) for c in change.worse] == [("level", -0.5)]
    assert {str(m) for m in change.fixed} == {"title: page-1: what", "title: page-2: what"}
    assert {m.where for m in change.broken} == {"page-2", "page-3"}
    assert not change.is_same


def test_the_same_run_twice() -> None:
    assert compare(figures(title=(1, 4)), figures(title=(1, 4))).is_same


def test_a_new_figure_is_a_change() -> None:
    (change,) = compare(Figures(), figures(title=(1, 2))).better
    assert change.before is None and change.now == 0.5
