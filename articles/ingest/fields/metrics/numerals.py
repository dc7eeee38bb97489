"""Chinese and Arabic numbers as newspapers print them: 1 437, 5000余万, 三千多, 十几, 2至6."""

import re
from dataclasses import dataclass

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_VAGUE = {"数": "多", "几": "多", "上": "以上", "成": "以上"}
_TAILS = {"余": "余", "多": "多", "几": "多", "来": "约"}

NUMERALS = "〇零一二两三四五六七八九十百千万亿"

# Repetitions are possessive or bounded, so a long run of digits is read once and never tried again in pieces.
_ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,4}+(?!\d)|\d{1,3}(?: \d{3}){1,4}+(?!\d)|\d++)(?:\. ?\d++)?"
_CHINESE = rf"(?:成(?=百上千)|[数几上](?=[十百千万亿]))?[{NUMERALS}]++(?:上千)?几?"
_PLAIN = rf"(?:{_ARABIC}|{_CHINESE})"
_SCALE = r"(?:[十百千]?万亿|[十百千]?[万亿]|[百千](?!分))"
_DASH = r"(?: ?[-~—–]{1,2} ?|至|到)"

# Where a number may begin: not inside a longer number, a decimal or a Latin word.
START = re.compile(rf"(?<![0-9A-Za-z.{NUMERALS}])(?:[数几上](?=[十百千万亿])|成(?=百上千)|[0-9半{NUMERALS}])")

NUMBER = (
    rf"(?P<low>{_PLAIN})(?P<low_tail>[余多来])?(?P<low_scale>{_SCALE})?"
    rf"(?:(?P<low_unit>%)?{_DASH}(?P<high>{_PLAIN})(?P<high_scale>{_SCALE})?)?"
    r"(?P<tail>[余多来](?!年))?"
)
CHINESE = rf"[{NUMERALS}]++"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read: `value_max` for a range, `qualifier` printed within it (余, 多, 约, 以上).

    `style` is "arabic"; "chinese" for a Chinese number that is large, hedged or a range; "few" for a bare one
    below 20, which prose uses for rhetoric as much as for counting; "one" for 一 alone, mostly an article;
    "power" for a bare 百, 千, 万.
    """

    value: float
    value_max: float | None
    qualifier: str | None
    style: str


def chinese(text: str) -> float | None:
    """The value of a Chinese number (三千二百, 二〇二三, 十五点五), or None where it is none."""
    if "点" in text:
        whole, _, part = text.partition("点")
        value = chinese(whole)
        digits = [_DIGITS.get(c) for c in part]
        if value is None or not digits or None in digits:
            return None
        return float(f"{value:g}." + "".join(map(str, digits)))
    if not text or len(text) > 24 or any(c not in _DIGITS and c not in _POWERS for c in text):
        return None
    if not any(c in _POWERS for c in text):
        if len(text) == 2:
            # 两块八一斤: two digits in a row are read out one by one only in longer numbers.
            return None
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
            continue
        power = _POWERS[c]
        if power >= 10**4:
            # 三万亿 multiplies what came before, 一亿三千万 adds to it.
            total = (
                total + (section + digit) * power if total > power else (total + section + digit or 1) * power
            )
            section = 0
        else:
            section += (digit or 1) * power
        digit = 0
    return total + section + digit


def _between(text: str) -> tuple[float, float] | None:
    """Neighbouring digits are a range: 两三, 七八十, 三五百."""
    if len(text) >= 2 and text[0] in _DIGITS and text[1] in _DIGITS and all(c in _POWERS for c in text[2:]):
        low, high = _DIGITS[text[0]], _DIGITS[text[1]]
        if 0 < low < high <= low + 2:
            scale = chinese("一" + text[2:]) or 1
            return low * scale, high * scale
    return None


def tidy(value: float) -> float:
    """万 and 亿 leave binary dust on decimals: 2.2 × 10000."""
    value = round(value, 6)
    return int(value) if value == int(value) else value


def _scale(text: str | None) -> float:
    value = 1
    for c in text or "":
        value *= _POWERS[c]
    return value


def _plain(text: str) -> float | None:
    if text[0].isdigit():
        return float(re.sub(r"[ ,]", "", text)) if len(text) <= 18 else None
    return chinese(text)


def read(match: re.Match[str]) -> Number | None:
    """The number in a match of NUMBER; None where the characters make no sensible number."""
    parts = match.groupdict()
    low, scale, tail = parts["low"], parts["low_scale"], parts["low_tail"] or parts["tail"]
    qualifier = _TAILS[tail] if tail else None
    if low[0] in _VAGUE:
        qualifier = qualifier or _VAGUE[low[0]]
        low = low[1:].removesuffix("上千")
    if low.endswith("几"):
        qualifier, low = "多", low[:-1]
    value_max = None
    if between := _between(low):
        value, value_max = between
    else:
        found = _plain(low)
        if found is None:
            return None
        value = found
    if parts["high"]:
        value_max = _plain(parts["high"])
        if value_max is None:
            return None
        value_max *= _scale(parts["high_scale"])
        # 2到3万: the scale stands once, behind the range.
        value *= _scale(
            scale or parts["high_scale"] if value * _scale(parts["high_scale"]) < value_max else scale
        )
        if not value < value_max:
            return None
    else:
        value *= _scale(scale)
        value_max = value_max * _scale(scale) if value_max else None
    return Number(
        tidy(value),
        tidy(value_max) if value_max else None,
        qualifier,
        _style(low, value, value_max, qualifier, parts),
    )


def alone(text: str) -> Number | None:
    """The number that a text is and nothing else, in half width; None where it is none."""
    match = re.fullmatch(NUMBER, text.strip())
    return read(match) if match else None


def _style(
    low: str, value: float, value_max: float | None, qualifier: str | None, parts: dict[str, str | None]
) -> str:
    if low[0].isdigit():
        return "arabic"
    if qualifier or value_max:
        return "chinese"
    if low in _POWERS and low != "十":
        return "power"
    if low == "一" and not parts["high"] and not parts["low_scale"]:
        return "one"
    return "few" if value < 20 else "chinese"


def simple(groups: dict[str, str | None]) -> Number | None:
    """A number without range, from the groups low, low_tail, low_scale and tail of an amount pattern."""
    parts = {"low_tail": None, "low_scale": None, "tail": None, "high": None} | groups
    low, tail = parts["low"] or "", parts["low_tail"] or parts["tail"]
    value = _plain(low) if low else None
    if value is None:
        return None
    qualifier = _TAILS[tail] if tail else None
    if parts.get("tenth"):
        # 七成六
        value += _DIGITS[parts["tenth"] or "零"] / 10
    value = tidy(value * _scale(parts["low_scale"]))
    return Number(value, None, qualifier, _style(low, value, None, qualifier, parts))
