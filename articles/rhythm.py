"""How often a publication appears, and which of its issues are therefore missing. Pure.

Numbers say how many issues lie between two that are here, days of the rhythm say when they will have come out. Where a
publication numbers its issues, a gap of days without a gap of numbers is a holiday, not a loss.
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

DAILY, SIX_DAYS, WORKDAYS = "daily", "six_days", "workdays"
WEEKLY, FORTNIGHTLY = "weekly", "fortnightly"
MONTHLY, BIMONTHLY, QUARTERLY, YEARLY = "monthly", "bimonthly", "quarterly", "yearly"
IRREGULAR = "irregular"

# Days from one issue to the next, on average, up to which a rhythm is taken for this one.
UP_TO = (
    (1.08, DAILY), (1.28, SIX_DAYS), (1.8, WORKDAYS), (9, WEEKLY), (20, FORTNIGHTLY), (45, MONTHLY), (75, BIMONTHLY),
    (140, QUARTERLY), (400, YEARLY),
)  # fmt: skip
WEEKDAYS = {DAILY: 7, SIX_DAYS: 6, WORKDAYS: 5}
DAYS = {WEEKLY: 7, FORTNIGHTLY: 14}
MONTHS = {MONTHLY: 1, BIMONTHLY: 2, QUARTERLY: 3, YEARLY: 12}
RHYTHMS = (*(name for _days, name in UP_TO), IRREGULAR)

MOST = 400
"""Issues that are named as missing between two; a larger gap is of another volume, or a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Known:
    """An issue that is here. `number` is None where it has none that counts on."""

    day: date
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """`day` is where the rhythm puts it; `number` is None where issues have none."""

    day: date
    number: int | None = None


def known(date_text: str, number: str) -> Known | None:
    """An issue of a full ISO date; None for one of a year or a month, which no calendar can hold."""
    try:
        day = date.fromisoformat(date_text) if len(date_text) == 10 else None
    except ValueError:
        return None
    digits = re.fullmatch(r"\D*([0-9]{1,6})\D*", number)
    return Known(day, int(digits[1]) if digits else None) if day else None


def infer(issues: Sequence[Known]) -> str:
    """The rhythm of issues in any order: by numbers where two follow each other, else by the days between three or more.
    IRREGULAR where neither tells."""
    rows = sorted(set(issues), key=lambda issue: issue.day)
    pace = [
        (b.day - a.day).days / (b.number - a.number)
        for a, b in pairwise(rows)
        if a.number is not None and b.number is not None and 0 < b.number - a.number <= MOST and b.day > a.day
    ]
    if not pace and len(rows) > 2:
        pace = [float((b.day - a.day).days) for a, b in pairwise(rows) if b.day > a.day]
    if not pace:
        return IRREGULAR
    days = sum(pace) / len(pace) if median(pace) < 2 else median(pace)
    return next((name for most, name in UP_TO if days <= most), IRREGULAR)


def missing(issues: Sequence[Known], rhythm: str) -> list[Missing]:
    """The issues between those that are here, in order."""
    rows = sorted(set(issues), key=lambda issue: issue.day)
    found: list[Missing] = []
    for a, b in pairwise(rows):
        days = list(_between(a.day, b.day, rhythm))
        if a.number is None or b.number is None or b.number <= a.number:
            found += (Missing(day) for day in days[:MOST])
        elif (gap := b.number - a.number - 1) and gap <= MOST:
            # Numbers decide how many; where the rhythm has other days than that, they are spread over what there is.
            span = (b.day - a.day).days
            spread = [a.day + timedelta(days=span * n // (gap + 1)) for n in range(1, gap + 1)]
            on = days if len(days) == gap else spread
            found += (Missing(day, a.number + n) for n, day in enumerate(on, 1))
    return found


def due(last: date, today: date, rhythm: str) -> int:
    """How many issues have come out since the last that is here."""
    return sum(1 for _day in _between(last, today + timedelta(days=1), rhythm))


def _between(start: date, end: date, rhythm: str) -> Iterator[date]:
    """The days of a rhythm after `start` and before `end`."""
    if most := WEEKDAYS.get(rhythm):
        days = (start + timedelta(days=n) for n in range(1, (end - start).days))
        yield from (day for day in days if day.weekday() < most)
    elif step := DAYS.get(rhythm):
        # An issue that came a day or two before its time is the one that was due.
        yield from (start + timedelta(days=n) for n in range(step, (end - start).days - step // 3, step))
    elif months := MONTHS.get(rhythm):
        turn = 1
        while (day := _months_later(start, months * turn)) < end - timedelta(days=10 * months):
            yield day
            turn += 1


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
