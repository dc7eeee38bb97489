"""What a file's name says of its page. Rules are tried in order; each brings its own examples."""

import re
from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class NameRule:
    """`pattern` finds the page number as its group `page`, in no name of `not_in`."""

    pattern: re.Pattern[str]
    examples: tuple[tuple[str, str], ...]
    not_in: tuple[str, ...] = ()


RULES: tuple[NameRule, ...] = (
    NameRule(
        re.compile(r"第?\s*(?P<page>[A-Z]?\d{1,3})\s*版"),
        (("人民政协报-2024-07-16-第03版.txt", "3"), ("A02版.txt", "A02"), ("2024-07-16 12版.txt", "12")),
        ("版面文本.txt", "1999年版.txt"),
    ),
    NameRule(
        re.compile(r"(?:^|[^a-z])(?:page|p)[-_ .]?(?P<page>\d{1,3})(?!\d)", re.IGNORECASE),
        (("rmzxb_20240716_p3.txt", "3"), ("page-012.txt", "12"), ("Page 7.txt", "7")),
        ("000_7a0e4d3bff9489b8.txt", "map12.txt", "p2024.txt"),
    ),
)


def page_number(name: str) -> str | None:
    """The page number in a file's name, leading zeros removed from plain digits; None where it names none.

    A page 0 is a counter of files that begins with zero, and no page.
    """
    stem = PurePath(name).stem
    for rule in RULES:
        if found := rule.pattern.search(stem):
            page = found["page"]
            return page.lstrip("0") or None if page.isdigit() else page
    return None
