"""Printed lines put together into the text that a reader reads, each character keeping its place on the page."""

import re
from collections.abc import Sequence

from articles.ingest.passage import Passage, Run, Span

_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"[0-9０-９]")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—·]")
_NUMBER_TAIL = re.compile(r"(?<![0-9０-９])[0-9０-９]{1,3}$")
_THOUSANDS = re.compile(r"[0-9０-９]{3}(?![0-9０-９])")


def compose(kind: str, spans: Sequence[Span], page: str) -> Passage:
    """A passage of the spans in order. Line breaks go; of other white space one space stays where it may mean something.

    No space stays inside a number (98. 6%, 1 437户), between a digit and a Chinese character, or beside punctuation;
    but a tab parts the cells of a table and stays.
    """
    pieces: list[str] = []
    runs: list[Run] = []
    at = 0
    for start, end in _kept(spans, page):
        pieces.append(page[start:end])
        if runs and runs[-1].start + runs[-1].length == start:
            runs[-1] = Run(runs[-1].at, runs[-1].start, runs[-1].length + end - start)
        else:
            runs.append(Run(at, start, end - start))
        at += end - start
    return Passage(kind, "".join(pieces), tuple(runs))


def _kept(spans: Sequence[Span], page: str) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for span in spans:
        at = span.start
        for space in _SPACE.finditer(page, span.start, span.end):
            if space.start() > at:
                kept.append((at, space.start()))
            if _is_meant(page, span, space):
                # Of the white space one character stays: a tab, else the first.
                shown = max(page.find("\t", *space.span()), space.start())
                kept.append((shown, shown + 1))
            at = space.end()
        if at < span.end:
            kept.append((at, span.end))
    return kept


def _is_meant(page: str, span: Span, space: re.Match[str]) -> bool:
    i, j = space.span()
    if i == span.start or j == span.end or "\n" in space[0] or "\r" in space[0]:
        return False
    if "\t" in space[0]:
        return True
    before, after = page[i - 1], page[j]
    if _DIGIT.match(before):
        if _DIGIT.match(after):
            # 1 437 is one number; 2024 15 are two.
            head = _NUMBER_TAIL.search(page[max(span.start, i - 4) : i])
            return not (head and _THOUSANDS.match(page, j))
        return not (_WIDE.match(after) or after in ".%,")
    if _DIGIT.match(after):
        if before in ".．," and i - 2 > span.start:
            return not _DIGIT.match(page[i - 2])
        return not _WIDE.match(before)
    return before not in "，。、；：？！（《“‘" and after not in "，。、；：？！）》”’"
