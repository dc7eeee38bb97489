"""Dates as people write them → days; and the days that an article's date covers."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from articles.days import iso
from search.query.ast import Dates
from search.text import fold


class Days(NamedTuple):
    """The first and the last ISO day of a stretch of time."""

    first: str
    last: str


_DASH = re.compile("[—–]+")
_RANGE = re.compile(r"\.\.+|~|至|到|--")
_YEARS = re.compile(r"([0-9]{4})年?-([0-9]{4})年?")
_SIGNED = re.compile(r"(>=|<=|>|<|=)")


def days(date: str) -> Days | None:
    """What an article's date (YYYY, YYYY-MM, YYYY-MM-DD) covers; None without one. The end of a month is
    its true last day."""
    if len(date) == 4 and date.isdigit():
        return Days(f"{date}-01-01", f"{date}-12-31")
    if len(date) == 7:
        return Days(f"{date}-01", f"{date}-{monthrange(int(date[:4]), int(date[5:]))[1]}")
    return Days(date, date) if len(date) == 10 else None


def inside(wanted: Dates, date: str) -> bool:
    """Whether an article's date lies inside: the definition of `Dates`."""
    covered = days(date)
    return (
        covered is not None
        and covered.first >= wanted.first
        and (not wanted.last or covered.last <= wanted.last)
    )


def one(text: str) -> Days | None:
    """What a date covers, written in any way that `articles.days.iso` reads; None for what is no date."""
    return days(iso(text))


def between(first: str, last: str) -> Dates | None:
    """From one date to another, either of which may be empty; the wrong way round is put right."""
    start, end = one(first) if first else Days("", ""), one(last) if last else Days("", "")
    if not start or not end or not (first or last):
        return None
    if first and last and start.first > end.last:
        start, end = end, start
    return Dates(start.first, end.last)


def parse_dates(text: str) -> Dates | None:
    """2024, 2023..2024, 2023-05..2024-02, 2023年5月至2024年2月, 2020-2023, >=2023-05, <2024; None for
    what is no date."""
    folded = fold(_DASH.sub("..", text)).replace(" ", "")
    if sign := _SIGNED.match(folded):
        return _signed(sign[1], one(folded[sign.end() :]))
    if two_years := _YEARS.fullmatch(folded):
        return between(*two_years.groups())
    parts = _RANGE.split(folded)
    if len(parts) == 2:
        return between(*parts)
    return between(folded, folded) if len(parts) == 1 and folded else None


def _signed(sign: str, day: Days | None) -> Dates | None:
    if not day:
        return None
    match sign:
        case ">=":
            return Dates(day.first, "")
        case "<=":
            return Dates("", day.last)
        case ">":
            return Dates(_beside(day.last, 1), "")
        case "<":
            return Dates("", _beside(day.first, -1))
    return Dates(*day)


def _beside(day: str, step: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(step)).isoformat()
    except OverflowError:
        return day
