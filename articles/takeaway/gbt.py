"""References in the form of GB/T 7714, both editions in use.

The edition of 2025 writes Chinese references with full-width commas, colons and round brackets and gives the
day of access for web pages only; that of 2015 writes half-width marks and gives it for everything online.
An article of a newspaper or journal that was read in this archive may be cited as printed, [N] and [J], or with
its address, [N/OL] and [J/OL].
"""

import re
from dataclasses import dataclass

from articles.takeaway.reference import JOURNAL, NEWSPAPER, Reference, page_range


@dataclass(frozen=True, slots=True)
class Edition:
    """The marks of an edition; `dated_access` where printed works read online bear the day of access."""

    name: str
    comma: str
    colon: str
    opening: str
    closing: str
    dated_access: bool

    def bracketed(self, text: str) -> str:
        return f"{self.opening}{text}{self.closing}" if text else ""


EDITIONS = {
    "2025": Edition("GB/T 7714—2025", "，", "：", "（", "）", dated_access=False),
    "2015": Edition("GB/T 7714—2015", ", ", ": ", "(", ")", dated_access=True),
}
LATEST = "2025"
PEOPLE = 3
"""So many are named; of more, the first so many and 等."""

_MARKS = {NEWSPAPER: "N", JOURNAL: "J"}
_HAN = re.compile("[\u3400-\u9fff]")


def cite(ref: Reference, edition: str = LATEST, accessed: str | None = None) -> str:
    """One reference, ending in a full stop. Raises KeyError for an edition that is not in EDITIONS.

    `accessed` is the ISO day on which the archive's copy was read, for a reference to that; None cites what
    was printed. Parts that nobody knows are left out. What was never printed is a web page, [EB/OL], where an
    access day is given, and [Z] where not.
    """
    form = EDITIONS[edition]
    online = accessed is not None
    if mark := _MARKS.get(ref.kind):
        where = _newspaper(ref, form) if mark == "N" else _journal(ref, form)
        where += f"[{accessed}]" if accessed and form.dated_access else ""
    elif ref.kind or online:
        mark, online = "EB", True
        where = ref.publication + form.bracketed(ref.date) + (f"[{accessed}]" if accessed else "")
    else:
        mark, where = "Z", ref.date
    title = f"{_title(ref, form)}[{mark}{'/OL' if online else ''}]"
    parts = [_people(ref, form), title, where, ref.url if online else ""]
    return ". ".join(part for part in parts if part) + "."


def numbered(references: list[str]) -> list[str]:
    """With [1], [2] … in front, as a list of references has them."""
    return [f"[{number}] {reference}" for number, reference in enumerate(references, 1)]


def _people(ref: Reference, form: Edition) -> str:
    named = form.comma.join(ref.authors[:PEOPLE])
    if len(ref.authors) <= PEOPLE:
        return named
    return named + form.comma + ("等" if _HAN.search(named + ref.title) else "et al")


def _title(ref: Reference, form: Edition) -> str:
    return ref.name + (form.colon + ref.bare_subtitle if ref.subtitle else "")


def _newspaper(ref: Reference, form: Edition) -> str:
    """人民政协报，2024-07-16（3）; an issue without a date is named by its number."""
    when = ref.date or (f"第{ref.number}期" if ref.number else "")
    pages = form.bracketed(page_range(ref.pages, form.comma))
    return ref.publication + (form.comma + when if when else "") + pages


def _journal(ref: Reference, form: Edition) -> str:
    """中国政协，2024（7）：3; without a number the date says which issue it was."""
    number = form.bracketed(_bare(ref.number))
    when = ref.date[:4] + number if number else ref.date
    pages = page_range(ref.pages, form.comma)
    return ref.publication + (form.comma + when if when else "") + (form.colon + pages if pages else "")


def _bare(number: str) -> str:
    """第7期 → 7; 2024年第7期 → 7; what is written otherwise stays."""
    return re.sub(r"^(?:\d{4}年)?第?(\d+(?:[/\-—]\d+)?)期$", r"\1", number.strip())
