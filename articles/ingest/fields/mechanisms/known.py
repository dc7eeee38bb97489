"""Practices that the archive knows by name, wherever a text has the very words."""

from collections.abc import Iterator, Sequence

from articles.gazetteer import Gazetteer, Practice
from articles.ingest.passage import Passage
from articles.ingest.record import Mechanism

RULE = "known_name"
CONFIDENCE = 0.9


def find(
    passages: Sequence[Passage], page: str, gazetteer: Gazetteer, found: Sequence[Mechanism]
) -> Iterator[Mechanism]:
    """Those that patterns left out, once each at the first place, in reading order."""
    if not gazetteer.practices:
        return
    met = {name for m in found for name in (m.name, *m.aliases)}
    for passage in passages:
        text, end = passage.folded, 0
        for i in range(len(text) - 1):
            practice = _at(text, i, gazetteer) if i >= end else None
            if practice is None:
                continue
            end = i + len(practice.text)
            span = passage.span(i, end)
            inside = any(m.start < span.end and span.start < m.end for m in found)
            if inside or practice.name in met or practice.text in met:
                continue
            met.add(practice.name)
            quote = passage.quote(i, end, page)
            yield Mechanism(
                practice.name, practice.kind, quote, span.start, span.end, rule=RULE, confidence=CONFIDENCE
            )


def _at(text: str, i: int, gazetteer: Gazetteer) -> Practice | None:
    """The longest name that stands here."""
    names = gazetteer.practices.get(text[i : i + 2], ())
    return next((practice for practice in names if text.startswith(practice.text, i)), None)
