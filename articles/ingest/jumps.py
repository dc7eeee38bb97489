"""（下转第2版） and （上接第1版）: which page a jump line names, and which articles stay open at a page's edge."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from articles.ingest.issueinfo import PAGE
from articles.ingest.label import Labelled
from articles.ingest.passage import fold, squash, without_breaks
from articles.ingest.record import Evidence

if TYPE_CHECKING:
    from articles.ingest.attach import Draft
    from articles.ingest.blocks import Block
    from articles.ingest.stretch import Stretch

RULE = "jump_line"
_PAGE = r"第?(?:[A-D]?\d{1,3}|[一二三四五六七八九十]{1,3})版?"
_AND = "[、,和及至~—-]"
_PAGES = re.compile(rf"[转接]({_PAGE}(?:{_AND}{_PAGE})*)(?<=版)")
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", 1)}


def plain_number(number: str) -> str:
    """A page number as it can be compared: 第02版, ２ and 二 are "2", a03 is "A3"; "" where there is none."""
    bare = squash(fold(number)).upper().removeprefix("第").removesuffix("版")
    if bare and set(bare) <= {*_DIGITS, "十"}:
        tens, _, ones = bare.rpartition("十")
        return str((_DIGITS.get(tens, 1) * 10 if "十" in bare else 0) + _DIGITS.get(ones, 0))
    return re.sub(r"(?<!\d)0+(?=\d)", "", bare)


def number_named(line: str) -> str | None:
    """The page that a jump line names; None for 本版 and the like.

    Of several it is the one next to this page: 2 in （下转第2、3版） as in （上接第1、2版）.
    """
    m = _PAGES.search(squash(fold(line)))
    if m is None:
        return None
    pages = re.split(_AND, m[1])
    return plain_number(pages[0] if leads_on(line) else pages[-1])


def leads_on(line: str) -> bool:
    return "转" in line


def from_elsewhere(items: Sequence[Labelled]) -> frozenset[int]:
    """Where the lines （上接…） begin whose first part cannot be in this text: it stands on another page.

    It may be here where a line of this text leads on, unless both name other pages than the only one that the
    mastheads name.
    """
    jumps = [x for x in items if x.label == "jump"]
    onward = {number_named(x.text) for x in jumps if leads_on(x.text)}
    pages = {
        plain_number(m[1] or m[2])
        for x in items
        if x.label == "masthead" and (m := PAGE.search(squash(fold(x.text))))
    }
    apart = set()
    for item in jumps:
        if leads_on(item.text) or (source := number_named(item.text)) is None:
            continue
        elsewhere = len(pages) == 1 and source not in pages and not onward & {None, *pages}
        if not onward or elsewhere:
            apart.add(item.block.start)
    return frozenset(apart)


def open_ends(draft: "Draft", items: Sequence[Labelled], page: str) -> Iterator[Evidence]:
    """Where an article says that it goes on outside this text or comes from there: continues_on, continued_from.

    Those that were met within the text are closed and yield nothing.
    """
    ends: list[tuple[str, Labelled | None]] = []
    if draft.stretches[0].jump_in:
        ends.append(("continued_from", _line_before(draft.stretches[0], items)))
    if draft.jumps_out:
        last = [s for s in draft.stretches if s.jump_out][-1]
        ends.append(("continues_on", _line_after(last, items)))
    for name, item in ends:
        if item is not None and number_named(item.text) is not None:
            yield evidence(name, item.block, page)


def evidence(name: str, line: "Block", page: str) -> Evidence:
    """A jump line as evidence of continues_on or continued_from."""
    return Evidence(name, line.start, line.end, without_breaks(page[line.start : line.end]), RULE)


def _line_before(text: "Stretch", items: Sequence[Labelled]) -> Labelled | None:
    at = text.items[0].block.start
    lines = [x for x in items if x.label == "jump" and "接" in x.text and x.block.start < at]
    return lines[-1] if lines else None


def _line_after(text: "Stretch", items: Sequence[Labelled]) -> Labelled | None:
    at = text.items[-1].block.start
    return next((x for x in items if x.label == "jump" and leads_on(x.text) and x.block.start > at), None)
