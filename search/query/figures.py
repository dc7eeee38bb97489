"""Numbers with units: 90%, 1.2万件, 3亿元; and whether a figure of an article answers a condition on it."""

import re
from decimal import Decimal
from typing import NamedTuple

from search.query.ast import Metric
from search.text import fold, holds, units

_AMOUNT = re.compile(r"(百分之)?([0-9]{1,18}(?:,[0-9]{3})*(?:\.[0-9]{1,6})?)(万亿|亿|万|千)?(\S{0,12})")
_POWERS = {"": 1, "千": 10**3, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_SAME = {"名": "人", "位": "人", "百分点": "个百分点", "公里": "千米", "人民币": "元", "¥": "元"}


class Figure(NamedTuple):
    """A counted result, norm or plan of an article: what is counted, from `low` to `high` (mostly equal),
    `unit` as `unit_key` gives it."""

    subject: str
    low: float
    high: float
    unit: str


def unit_key(unit: str) -> str:
    """The form in which units are compared: 名, 位 and 人 are one, % and 个百分点 are two."""
    folded = fold(unit)
    return _SAME.get(folded, folded)


def amount(text: str) -> tuple[float, str] | None:
    """(value, unit key) of a number with a unit, 万 and 亿 multiplied out; None where it is none."""
    found = _AMOUNT.fullmatch(fold(text).replace(" ", ""))
    if not found or any(c.isdigit() for c in found[4]):
        return None
    unit = "%" if found[1] else unit_key(found[4])
    return float(Decimal(found[2].replace(",", "")) * _POWERS[found[3] or ""]), unit


def answers(metric: Metric, figure: Figure) -> bool:
    """Whether one figure answers a condition: the definition of `Metric`."""
    if metric.subject:
        subject = (fold(figure.subject),)
        if not all(holds(unit, subject) for unit in units(metric.subject)):
            return False
    if metric.sign and metric.unit and metric.unit != figure.unit:
        return False
    match metric.sign:
        case ">=":
            return figure.high >= metric.value
        case ">":
            return figure.high > metric.value
        case "<=":
            return figure.low <= metric.value
        case "<":
            return figure.low < metric.value
        case "=":
            return figure.low <= metric.value <= figure.high
    return True
