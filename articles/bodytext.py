"""The body of an article as plain text that a person edits, and back. Pure.

One paragraph a line; a heading begins with `## `. What a person leaves as it was keeps its place on the page.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

HEADING = "## "
Entry = dict[str, Any]

_SENTENCE_END = re.compile("[。！？][”’」』）]*|\n")


def to_text(body: Iterable[Entry]) -> str:
    """`Article.body` as lines. A paragraph that itself begins with # is escaped by a backslash."""
    return "\n".join(_line(entry) for entry in body)


def from_text(text: str, before: list[Entry]) -> list[Entry]:
    """Lines as `Article.body`; empty lines are dropped.

    Entries whose line is unchanged stay as they are in `before`; in changed ones, the characters that remain
    keep their place on the page, and new ones have none.
    """
    entries = [_entry(line) for line in text.splitlines() if line.strip()]
    old_lines, new_lines = [_line(e) for e in before], [_line(e) for e in entries]
    body: list[Entry] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_lines, new_lines, autojunk=False).get_opcodes():
        if tag == "equal":
            body += before[i1:i2]
        else:
            body += _relocate(before[i1:i2], entries[j1:j2])
    return body


def plain(body: Iterable[Entry]) -> str:
    """`Article.text` for a body: one paragraph or heading a line, without marks."""
    return "\n".join(entry["text"] for entry in body)


def _line(entry: Entry) -> str:
    text = str(entry["text"])
    if entry["kind"] == "heading":
        return HEADING + text
    return "\\" + text if text.startswith(("#", "\\")) else text


def _entry(line: str) -> Entry:
    line = line.strip()
    if line.startswith("##"):
        return {"kind": "heading", "text": line.lstrip("#").strip(), "runs": []}
    return {"kind": "paragraph", "text": line.removeprefix("\\"), "runs": []}


def _relocate(before: list[Entry], after: list[Entry]) -> list[Entry]:
    """Gives new entries the runs of the characters that they share with the old ones, in order.

    A paragraph split in two, or two joined in one, thus still knows where it stands.
    """
    old = "".join(e["text"] for e in before)
    places = [place for e in before for place in _places(e)]
    new = "".join(e["text"] for e in after)
    where: list[int | None] = [None] * len(new)
    for i, j, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        where[j : j + size] = places[i : i + size]
    at = 0
    located = []
    for entry in after:
        length = len(entry["text"])
        located.append({**entry, "runs": _runs(where[at : at + length])})
        at += length
    return located


def _places(entry: Entry) -> list[int | None]:
    """The page offset of each character of an entry, None where it has none."""
    places: list[int | None] = [None] * len(entry["text"])
    for at, start, length in entry.get("runs") or ():
        places[at : at + length] = range(start, start + length)
    return places[: len(entry["text"])]


def _runs(places: list[int | None]) -> list[list[int]]:
    return [[at, start, length] for at, start, length in _stretches(places)]


def _stretches(places: list[int | None]) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at < len(places):
        start = places[at]
        if start is None:
            at += 1
            continue
        length = 1
        while at + length < len(places) and places[at + length] == start + length:
            length += 1
        yield at, start, length
        at += length


def sentence_with(text: str, *wanted: str) -> str:
    """The first sentence of an article's text that holds one of `wanted`, the likeliest first; empty if none does."""
    for words in filter(None, wanted):
        if (at := text.find(words)) >= 0:
            before = max((m.end() for m in _SENTENCE_END.finditer(text, 0, at)), default=0)
            end = _SENTENCE_END.search(text, at + len(words))
            return text[before : end.end() if end else len(text)].strip()
    return ""
