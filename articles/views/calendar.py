"""The issues of a year as twelve months of days. Pure."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MONDAY = 0


@dataclass(frozen=True, slots=True)
class Printed:
    """An issue with what is published of it; `date` is ISO, maybe a month or a year alone, or empty."""

    value: str
    publication: str
    date: str
    number: str
    articles: int
    pages: int

    @property
    def order(self) -> tuple[str, str, str, str]:
        return (self.date, self.publication, self.number.zfill(20), self.value)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month, 0 for the empty cells around it, with the issues of that day."""

    number: int
    date: str
    issues: tuple[Printed, ...]

    @property
    def articles(self) -> int:
        return sum(issue.articles for issue in self.issues)

    @property
    def pages(self) -> int:
        return sum(issue.pages for issue in self.issues)


@dataclass(frozen=True, slots=True)
class Month:
    """`weeks` of seven days each, Monday first; `loose` are issues of the month without a day."""

    date: str
    weeks: tuple[tuple[Day, ...], ...]
    loose: tuple[Printed, ...]
    count: int


def is_day(text: str) -> bool:
    """Whether this is the ISO date of a day that there is."""
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def months(year: int, issues: Iterable[Printed]) -> list[Month]:
    """The twelve months of a year with the issues of that year; a date that no calendar has is as loose."""
    by_day: dict[str, list[Printed]] = {}
    loose: dict[str, list[Printed]] = {}
    for issue in issues:
        where = by_day if is_day(issue.date) else loose
        where.setdefault(issue.date if where is by_day else issue.date[:7], []).append(issue)
    grid = calendar.Calendar(MONDAY)
    found = []
    for month in range(1, 13):
        name = f"{year:04d}-{month:02d}"
        weeks = tuple(
            tuple(_day(name, number, by_day) for number in week)
            for week in grid.monthdayscalendar(year, month)
        )
        here = tuple(sorted(loose.get(name, ()), key=lambda issue: issue.order))
        count = len(here) + sum(len(day.issues) for week in weeks for day in week)
        found.append(Month(name, weeks, here, count))
    return found


def _day(month: str, number: int, by_day: dict[str, list[Printed]]) -> Day:
    if not number:
        return Day(0, "", ())
    name = f"{month}-{number:02d}"
    return Day(number, name, tuple(sorted(by_day.get(name, ()), key=lambda issue: issue.order)))
