"""How often a publication appears, and what is missing of it."""

from datetime import date, timedelta

import pytest

from articles.rhythm import RHYTHMS, Known, due, infer, known, missing

MONDAY = date(2024, 7, 15)


def every(days: int, count: int, first: int | None = None) -> list[Known]:
    return [
        Known(MONDAY + timedelta(days=days * n), None if first is None else first + n) for n in range(count)
    ]


@pytest.mark.parametrize(
    ("issues", "rhythm"),
    [
        (every(1, 10, 9137), "daily"),
        ([issue for issue in every(1, 30) if issue.day.weekday() < 5], "workdays"),
        ([Known(MONDAY, 9137), Known(MONDAY + timedelta(days=14), 9149)], "six_days"),
        (every(7, 4), "weekly"),
        (every(14, 4, 1), "fortnightly"),
        ([Known(date(2024, month, 1), month) for month in (1, 2, 5)], "monthly"),
        ([Known(date(2024, month, 5)) for month in (1, 3, 5, 7)], "bimonthly"),
        ([Known(date(2024, month, 5)) for month in (1, 4, 7)], "quarterly"),
        ([Known(MONDAY)], "irregular"),
        ([], "irregular"),
        (every(3, 2), "irregular"),
    ],
)
def test_the_rhythm_is_read_from_numbers_or_days(issues: list[Known], rhythm: str) -> None:
    assert infer(issues) == infer(issues[::-1]) == rhythm


def test_missing_numbers_stand_on_the_days_of_the_rhythm() -> None:
    issues = [Known(date(2024, 7, 12), 9134), Known(date(2024, 7, 17), 9137)]  # a Friday, a Wednesday
    assert [(m.day.isoformat(), m.number) for m in missing(issues, "workdays")] == [
        ("2024-07-15", 9135),
        ("2024-07-16", 9136),
    ]


def test_a_holiday_is_no_loss_where_numbers_go_on() -> None:
    assert missing([Known(date(2024, 9, 30), 9200), Known(date(2024, 10, 8), 9201)], "daily") == []


def test_numbers_decide_how_many_where_days_do_not_fit() -> None:
    found = missing([Known(date(2024, 2, 1), 1), Known(date(2024, 2, 20), 4)], "weekly")
    assert [m.number for m in found] == [2, 3]
    assert date(2024, 2, 1) < found[0].day < found[1].day < date(2024, 2, 20)


def test_without_numbers_the_days_of_the_rhythm_are_missing() -> None:
    found = missing([Known(date(2024, 1, 31)), Known(date(2024, 4, 30))], "monthly")
    assert [m.day for m in found] == [date(2024, 2, 29), date(2024, 3, 31)]
    assert missing([Known(date(2024, 1, 31)), Known(date(2024, 4, 30))], "irregular") == []


def test_numbers_that_start_anew_are_another_volume() -> None:
    assert missing([Known(date(2024, 12, 1), 12), Known(date(2025, 1, 1), 1)], "monthly") == []


def test_what_is_due_since_the_last() -> None:
    assert due(MONDAY, MONDAY, "daily") == 0
    assert due(MONDAY, MONDAY + timedelta(days=7), "workdays") == 5
    assert due(date(2024, 1, 1), date(2024, 7, 1), "irregular") == 0


def test_every_rhythm_comes_to_an_end() -> None:
    for rhythm in RHYTHMS:
        assert len(missing([Known(date(1949, 9, 21)), Known(date(9999, 12, 30))], rhythm)) <= 400
        assert due(date(9999, 1, 1), date(9999, 12, 30), rhythm) >= 0


def test_only_full_dates_stand_in_a_calendar() -> None:
    assert known("2024-07-15", "总第9137期") == Known(MONDAY, 9137)
    assert known("2024-07-15", "2024年第3期") == Known(MONDAY, None)
    assert known("2024-07", "3") is None and known("2024-02-31", "3") is None and known("", "") is None
