"""The orders of a list. Pure."""

from collections.abc import Callable
from typing import Any

from articles.catalogue.cards import FAR, Card
from articles.gazetteer.pinyin import text_key


def _number(day: str) -> int:
    """2024-07-16 → 20240716, 2024-07 → 20240700; 0 where nothing is known."""
    return int(day.replace("-", "").ljust(8, "0")) if day else 0


def _printed(card: Card) -> tuple[int, ...]:
    """As articles stand in their issue; what was never printed comes last."""
    return (card.issue or FAR, card.page or FAR, card.position)


def newest(card: Card) -> tuple[Any, ...]:
    return (-_number(card.day), *_printed(card), -card.key)


def oldest(card: Card) -> tuple[Any, ...]:
    return (_number(card.day) or FAR, *_printed(card), card.key)


def added(card: Card) -> tuple[Any, ...]:
    return (-card.added, card.page or FAR, card.position, -card.key)


def title(card: Card) -> tuple[Any, ...]:
    return (text_key(card.title), *newest(card))


def region(card: Card) -> tuple[Any, ...]:
    return (card.place or "~", *newest(card))


SORTS: dict[str, Callable[[Card], tuple[Any, ...]]] = {
    "newest": newest,
    "oldest": oldest,
    "title": title,
    "region": region,
    "added": added,
}
"""What a card is sorted by, ascending, under the name that addresses use; the first is the usual one."""
