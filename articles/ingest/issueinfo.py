"""What the masthead says of the issue."""

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.gazetteer import Gazetteer
from articles.ingest.label import Labelled
from articles.ingest.passage import fold, squash
from articles.ingest.record import IssueInfo

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")
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
            parts = [m[1], *(f"{int(x):02d}" for x in m.groups()[1:] if x)]
            found = replace(found, date=found.date or "-".join(parts))
        if m := _NUMBER.search(text):
            found = replace(found, number=found.number or m[1])
        if (m := PAGE.search(text)) and "今日" not in text[: m.start()]:
            found = replace(found, page=found.page or m[1] or m[2])
        first = re.split(r"\d|第|星期|\s", fold(item.text).strip(), maxsplit=1)[0].strip("《》 ")
        if entry := gazetteer.publication(squash(first)):
            found = replace(found, publication=found.publication or entry.name)
    return IssueInfo(
        known.publication or found.publication,
        known.date or found.date,
        known.number or found.number,
        known.page or found.page,
    )
