"""Values of many cards in little room: each distinct tuple once, and a number for each card. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import compress

Mask = bytes
"""One byte a place of the catalogue, 1 where a card is chosen."""

FEW = 8
"""Below this part of all cards they are looked up one by one, which is faster than passing all by."""


@dataclass(frozen=True, slots=True)
class Column:
    """What the cards hold of one facet. `table` and `numbers` only grow, so that versions of a column share them."""

    codes: list[int] = field(default_factory=list)
    table: list[tuple[str, ...]] = field(default_factory=lambda: [()])
    numbers: dict[tuple[str, ...], int] = field(default_factory=lambda: {(): 0})

    def copy(self) -> "Column":
        """A version that can be written without changing this one."""
        return Column(self.codes.copy(), self.table, self.numbers)

    def put(self, place: int, values: tuple[str, ...]) -> None:
        """Sets the values at a place, at most one after the last. For a version nobody reads yet."""
        number = self.numbers.get(values)
        if number is None:
            number = len(self.table)
            self.table.append(values)
            self.numbers[values] = number
        if place == len(self.codes):
            self.codes.append(number)
        else:
            self.codes[place] = number

    def mask(self, fits: Callable[[tuple[str, ...]], bool]) -> Mask:
        """Which places hold values that fit; each distinct tuple is asked about once."""
        verdicts = bytes(map(fits, self.table))
        return bytes(map(verdicts.__getitem__, self.codes))

    def chosen(self, chosen: "Chosen") -> Iterable[int]:
        """The numbers in `table` of what each chosen card holds, in the order of places."""
        few = chosen.places
        return compress(self.codes, chosen.mask) if few is None else map(self.codes.__getitem__, few)

    def count(self, chosen: "Chosen") -> dict[str, int]:
        """How many chosen cards hold each value."""
        counts: dict[str, int] = {}
        for number, cards in Counter(self.chosen(chosen)).items():
            for value in self.table[number]:
                counts[value] = counts.get(value, 0) + cards
        return counts


@dataclass(frozen=True, slots=True)
class Chosen:
    """Cards by a mask, and one by one where they are few."""

    mask: Mask
    places: list[int] | None

    @classmethod
    def of(cls, masks: Iterable[Mask], everything: Mask) -> "Chosen":
        """Those that every mask chooses."""
        together = int.from_bytes(everything, "little")
        for mask in masks:
            together &= int.from_bytes(mask, "little")
        mask = together.to_bytes(len(everything), "little")
        few = mask.count(1) * FEW < len(mask)
        return cls(mask, list(compress(range(len(mask)), mask)) if few else None)
