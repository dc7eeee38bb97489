"""Texts far longer than a page of a paper, cut into windows that are put together one by one.

The work of arranging a page grows with the square of its texts. A page has up to about thirty; a file may
hold thousands, through no fault of its sender or by intent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.ingest.stretch import Event, GroupEvent, Stretch

LONG = 60  # texts, more than which no page has
WINDOW = 24  # texts arranged together in a long file
MOST_EVENTS = 4 * WINDOW
# (texts in all, share of the beam that is kept)
DEPTHS = ((250, 1.0), (1000, 0.3))
SHALLOW = 0.05


def is_long(sequence: Sequence[Event]) -> bool:
    return _texts(sequence) > LONG or len(sequence) > 4 * LONG


def beam(sequence: Sequence[Event], full: int) -> int:
    """How many arrangements are worth keeping: fewer, the longer the file."""
    texts = max(_texts(sequence), len(sequence) // 4)
    return max(1, round(full * next((share for most, share in DEPTHS if texts <= most), SHALLOW)))


def split(sequence: Sequence[Event]) -> Iterator[tuple[Event, ...]]:
    """The sequence in order, in windows that begin with headline lines where they can.

    Texts are renumbered from 0 in each.
    """
    window: list[Event] = []
    for event in sequence:
        texts = _texts(window)
        full = texts >= WINDOW or len(window) >= MOST_EVENTS
        if full or (texts >= 0.7 * WINDOW and isinstance(event, GroupEvent)):
            yield tuple(window)
            window, texts = [], 0
        window.append(replace(event, index=texts) if isinstance(event, Stretch) else event)
    yield tuple(window)


def _texts(sequence: Sequence[Event]) -> int:
    return sum(isinstance(e, Stretch) for e in sequence)
