"""Whether two figures are of the same time, by the articles' dates and by the periods that they name."""

from datetime import date, timedelta
from enum import Enum

from articles.figures.setting import Period

_MONTH = timedelta(days=31)
_HALF_YEAR = timedelta(days=183)


class Nearness(Enum):
    """How near two articles are: in one issue or within a month, within half a year, further, or who knows."""

    TOGETHER = "together"
    SEASON = "season"
    FAR = "far"
    UNKNOWN = "unknown"


def nearness(one: str, other: str, one_issue: bool) -> Nearness:
    """Of two ISO dates, maybe only years or empty; what stands in one issue was written at one time."""
    if one_issue:
        return Nearness.TOGETHER
    days, others = _span(one), _span(other)
    if days is None or others is None:
        return Nearness.UNKNOWN
    least = max(days[0] - others[1], others[0] - days[1], timedelta(0))
    most = max(days[1] - others[0], others[1] - days[0])
    if most <= _MONTH:
        return Nearness.TOGETHER
    if most <= _HALF_YEAR:
        return Nearness.SEASON
    return Nearness.FAR if least > _HALF_YEAR or one[:4] != other[:4] or most == least else Nearness.UNKNOWN


def years_apart(one: str, other: str) -> int:
    """Between the calendar years of two ISO dates; 0 where one is unknown."""
    return abs(int(one[:4]) - int(other[:4])) if one[:4].isdigit() and other[:4].isdigit() else 0


def same_period(one: Period, other: Period) -> bool | None:
    """Whether two figures are of one period; None if neither names one."""
    if not one.name and not other.name:
        return None
    return one.name == other.name


def _span(day: str) -> tuple[date, date] | None:
    """First and last day that an ISO date, month or year may mean."""
    parts = [int(part) for part in day.split("-") if part.isdigit()]
    if not parts:
        return None
    try:
        if len(parts) == 1:
            return date(parts[0], 1, 1), date(parts[0], 12, 31)
        if len(parts) == 2:
            first = date(parts[0], parts[1], 1)
            return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        only = date(*parts[:3])
    except ValueError:
        return None
    return only, only
