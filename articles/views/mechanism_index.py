"""The rows of the index of mechanisms, their orders and families. Pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.catalogue import Label
from articles.gazetteer.pinyin import text_key
from articles.models import MechanismKind

ORDER_NAMES = {"count": _("most articles first"), "pinyin": _("by pinyin"), "first": _("first seen first")}


@dataclass(frozen=True, slots=True)
class Listed:
    """A mechanism with its articles and the years of the first and the last; empty where nobody knows."""

    value: str
    name: str
    kind: str
    family: str
    count: int
    first: str
    last: str

    @classmethod
    def of(cls, value: str, label: Label, count: int, spans: Mapping[str, tuple[str, str]]) -> "Listed":
        return cls(value, label.name, label.more, label.also, count, *spans.get(value, ("", "")))

    @property
    def kind_name(self) -> str:
        return str(dict(MechanismKind.choices).get(self.kind, self.kind))


_ORDERS: dict[str, Callable[[Listed], Any]] = {
    "count": lambda row: (-row.count, row.value),
    "pinyin": lambda row: text_key(row.name),
    "first": lambda row: (row.first or "9999", -row.count, row.value),
}


def in_order(rows: list[Listed], order: str) -> list[Listed]:
    """The rows in one of ORDER_NAMES."""
    return sorted(rows, key=_ORDERS[order])


def families(named: Mapping[str, Label], counts: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """(brand stem, mechanisms, namings) of stems that several mechanisms share, the largest first."""
    members: dict[str, list[int]] = defaultdict(list)
    for value, label in named.items():
        if label.also:
            members[label.also].append(counts[value])
    shared = [(stem, len(found), sum(found)) for stem, found in members.items() if len(found) > 1]
    return sorted(shared, key=lambda family: (-family[1], family[0]))
