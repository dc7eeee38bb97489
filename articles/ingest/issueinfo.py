"""What the masthead says of the issue."""

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.gazetteer import Gazetteer
from articles.ingest.fields.metrics.numerals import chinese
from articles.ingest.label import Labelled
from articles.ingest.passage import fold, squash
from articles.ingest.record import IssueInfo

_CN = "[一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    rf"(\d{{4}}|[〇○◯零O0一二三四五六七八九]{{4}})年(\d{{1,2}}|{_CN})月(?:(\d{{1,2}}|{_CN})日)?"
)
_DATED_HEAD = re.compile(rf"{_DATE.pattern}\s*(?:(?:星期|周)[一二三四五六日天])?\s*")
_ZEROS = str.maketrans("○◯O0", "〇〇〇〇")
_NUMBER = re.compile(r"(?:总第|第)(\d{1,6})期")
PAGE = re.compile(r"第?([A-D]?\d{1,2})版|第([一二三四五六七八九十]{1,3})版")


def read_issue(items: Sequence[Labelled], known: IssueInfo, gazetteer: Gazetteer) -> IssueInfo:
    """`known` with what the masthead adds; what the caller knows is not overruled."""
    found = IssueInfo()
    for item in items:
        if item.label != "masthead":
            continue
        text = squash(fold(item.text))
        if m := _DATE.search(text):
            found = replace(found, date=found.date or "-".join(f"{_figure(x):02d}" for x in m.groups() if x))
        if m := _NUMBER.search(text):
            found = replace(found, number=found.number or m[1])
        if (m := PAGE.search(text)) and "今日" not in text[: m.start()]:
            found = replace(found, page=found.page or m[1] or m[2])
        named = _DATED_HEAD.sub("", fold(item.text).strip(), count=1)
        first = re.split(r"\d|第|星期|\s", named, maxsplit=1)[0].strip("《》 ")
        if entry := gazetteer.publication(squash(first)):
            found = replace(found, publication=found.publication or entry.name)
    return IssueInfo(
        known.publication or found.publication,
        known.date or found.date,
        known.number or found.number,
        known.page or found.page,
    )


def _figure(text: str) -> int:
    """2026, 二〇二六 (its zero drawn as a circle, too), 11 or 十一."""
    return int(text) if text.isascii() and text.isdigit() else int(chinese(text.translate(_ZEROS)) or 0)
