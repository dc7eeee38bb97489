"""What a printed amount may mean: 近2.6万 is no more than 26,000, 300余 lies between 300 and 400."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

NO_END = Decimal("Infinity")

_AT_LEAST = frozenset(("超", "以上", "至少"))
_ABOVE = frozenset(("余", "多"))
_AT_MOST = re.compile("不超过|不多于|不高于|不足|不到|以内|之内|以下|至多|最多|未满|低于|少于")
_NOT_LESS = re.compile("不[得]?[少低]于")
_NUMBER = re.compile(r"\d+(?:[ ,]\d{3})*(?:\.\s?(\d+))?\s*([十百千万亿]*)")
_FACTORS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_PERCENT = frozenset(("%", "‰", "百分点", "个百分点"))


@dataclass(frozen=True, slots=True)
class Bounds:
    """The smallest and the largest amount that the words allow; NO_END where they set no end."""

    low: Decimal
    high: Decimal

    def apart(self, other: "Bounds") -> bool:
        """Whether no amount fits both."""
        return self.high < other.low or other.high < self.low


def bounds(value: Decimal, value_max: Decimal | None, qualifier: str, unit: str, quote: str) -> Bounds:
    """What the amount allows as printed in `quote`, where 2.6万 is not meant to the unit and 95% not to the tenth.

    Wide rather than narrow: two figures are said to disagree only if no reading reconciles them.
    """
    words = unicodedata.normalize("NFKC", quote)
    if value_max is not None:
        return Bounds(value, NO_END if qualifier in _AT_LEAST else value_max)
    if qualifier in _AT_LEAST:
        return Bounds(value, NO_END)
    if _AT_MOST.search(words) and not _NOT_LESS.search(words):
        return Bounds(-NO_END, value)
    if qualifier in _ABOVE:
        return Bounds(value, value + _last_place(value))
    if qualifier == "近":
        return Bounds(value - min(_last_place(value), value / 2), value)
    if qualifier == "约":
        slack = min(_last_place(value), value / 5)
        return Bounds(value - slack, value + slack)
    slack = _printed_step(value, unit, words)
    return Bounds(value - slack, value + slack)


def _last_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not 0: 100 for 3300, 1 for 105, 0.1 for 2.6."""
    exponent = value.normalize().as_tuple().exponent if value else 0
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _printed_step(value: Decimal, unit: str, words: str) -> Decimal:
    """How finely the number is printed: 0 for plain counts, 1,000 for 2.6万, 0.1 for 95.4%."""
    if "成" in words and unit == "%":
        return Decimal(5)
    found = _NUMBER.search(words)
    if found is None:  # 三百, 一千二百
        place = _last_place(value)
        return place / 2 if place >= 100 else Decimal(0)
    decimals, factor = found[1], sum(_FACTORS[c] for c in found[2])
    if factor or unit in _PERCENT or decimals:
        return Decimal(1).scaleb(factor - len(decimals or ""))
    return Decimal(0)
