"""Numbers with units: 90%, 1.2万件, 3亿元; and whether a figure of an article answers a condition on it."""

import re
from decimal import Decimal
from typing import NamedTuple

from search.query.ast import Metric
from search.text import fold, holds, units

_AMOUNT = re.compile(
    r"(百分之)?([0-9]{1,40}(?:\.[0-9]{1,20})?)(万亿|亿|百万|千万|万|千(?![克米瓦升卡赫帕伏])|百(?!分))?"
    r"([^\W0-9_]{0,12}|[%‰])"
)
_POWERS = {
    "": 1,
    "百": 100,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
_SCALED = re.compile(r"[万亿]|千(?![克米瓦升卡赫帕伏])|百(?!分)|百分之")

_SIGNS = {
    ">=": (">=", "=>", "≥", "≧", "不低于", "不少于", "不小于", "至少", "大于等于", "大于或等于"),
    "<=": ("<=", "=<", "≤", "≦", "不高于", "不超过", "不多于", "不大于", "至多", "小于等于", "小于或等于"),
    ">": (">", "超过", "大于", "多于", "高于", "突破", "逾"),
    "<": ("<", "小于", "少于", "低于", "不足", "不到"),
    "=": ("=", "等于"),
}
_SIGN_OF = {word: sign for sign, words in _SIGNS.items() for word in words}
_AFTER = {"以上": ">=", "及以上": ">=", "以下": "<=", "及以下": "<="}
_COMPARED = re.compile(
    rf"(?P<subject>.*?)(?P<sign>{'|'.join(sorted(_SIGN_OF, key=lambda w: (-len(w), w)))})(?P<amount>[0-9百].*)"
)
_TRAILING = re.compile(r"(?P<subject>.*?)(?P<amount>(?:百分之)?[0-9].*?)(?P<after>及?以[上下])")
_QUOTED = re.compile(r'"([^"]*)"(.*)')
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
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
    found = _AMOUNT.fullmatch(_THOUSANDS.sub("", fold(text).replace(" ", "")))
    if not found or _SCALED.match(found[4]) or (found[1] and found[4]):
        return None
    unit = "%" if found[1] else unit_key(found[4])
    return float(Decimal(found[2]) * _POWERS[found[3] or ""]), unit


def condition(text: str) -> Metric | None:
    """办复率>=90%, 提案超过1000件, 提案1000件以上, 办复率, "a subject in quotation marks">=1; None for what
    compares with no number."""
    folded = fold(fold(text))  # a few Latin letters with accents take two turns
    quoted = _QUOTED.fullmatch(folded)
    subject, compared = quoted.groups() if quoted else ("", folded)
    if found := _COMPARED.fullmatch(compared) or _TRAILING.fullmatch(compared):
        parts = found.groupdict()
        sign = _SIGN_OF[parts["sign"]] if "sign" in parts else _AFTER[parts["after"]]
        number = amount(parts["amount"])
        if number and not (quoted and parts["subject"].strip()):
            return _metric(subject if quoted else _plain(parts["subject"]), sign, *number)
    if any(sign in compared for sign in "<>=≥≤≧≦") or (quoted and compared.strip()):
        return None
    subject = subject if quoted else _plain(folded)
    return _metric(subject) if subject else None


def _metric(subject: str, sign: str = "", value: float = 0.0, unit: str = "") -> Metric | None:
    if subject and not any(map(str.isalnum, subject)):
        return None
    return Metric(subject, sign, value, unit)


def _plain(subject: str) -> str:
    return subject.replace('"', "").strip()


def said(value: float) -> str:
    """A value without an exponent or a needless fraction: 1200, 95.4."""
    shown = format(Decimal(repr(value)), "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def shown(figure: Figure) -> str:
    """A figure as people write it: 提案办复率 95.4%, 走访 300–500人."""
    high = f"–{said(figure.high)}" if figure.high != figure.low else ""
    return f"{figure.subject} {said(figure.low)}{high}{figure.unit}"


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
