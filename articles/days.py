"""Dates as people write them. Pure."""

import re
import unicodedata
from calendar import monthrange

_DATE = re.compile(
    r"([0-9]{4})(?:年?|([0-9]{2})([0-9]{2})|[-./年]([0-9]{1,2})(?:月?|[-./月]([0-9]{1,2})[日号]?))"
    r"(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?"
)


def iso(text: str) -> str:
    """YYYY-MM-DD, YYYY-MM or YYYY of 2024-07-16, 2024.7.16, 20240716, 2024年7月16日 星期二, 2024年7月, 2024年, in full or half
    width; empty for what is no date of the calendar."""
    found = _DATE.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if not found:
        return ""
    parts = [part for part in found.groups() if part]
    year, month, day = ([int(part) for part in parts] + [1, 1])[:3]
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return ""
    return "-".join([f"{year:04}", *(f"{int(part):02}" for part in parts[1:])])
