"""Values of many cards in little room: each distinct tuple once, and a number for each card. Pure."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import compress

Mask = bytes
"""One byte a place of the catalogue, 1 where a card is chosen."""

FEW = 8
"""Below this part of all cards they are looked up one by one, which is faster than passing all by."""

RARE = 100
"""The same, for looking for the next one."""

VARIED = 1000
"""Distinct tuples from which on a column keeps the places of each: what holds one value is then a small part."""


@dataclass(frozen=True, slots=True)
class Column:
    """What the cards hold of one facet. `table`, `numbers` and `holding` only grow, so that versions of a column
    share them.

    `holding` says which tuples hold a value. `spots`, empty until it is first asked for and then of one entry, says
    which places hold a tuple by its number; the empty tuple is left out.
    """

    codes: list[int] = field(default_factory=list)
    table: list[tuple[str, ...]] = field(default_factory=lambda: [()])
    numbers: dict[tuple[str, ...], int] = field(default_factory=lambda: {(): 0})
    holding: dict[str, list[int]] = field(default_factory=dict)
    spots: "list[dict[int, array[int]]]" = field(default_factory=list)

    def copy(self) -> "Column":
        """A version that can be written without changing this one."""
        spots = [dict(known) for known in self.spots]
        return Column(self.codes.copy(), self.table, self.numbers, self.holding, spots)

    def put(self, place: int, values: tuple[str, ...]) -> None:
        """Sets the values at a place, at most one after the last. For a version nobody reads yet."""
        number = self.numbers.get(values)
        if number is None:
            number = len(self.table)
            self.table.append(values)
            self.numbers[values] = number
            for value in set(values):
                self.holding.setdefault(value, []).append(number)
        former = 0
        if place == len(self.codes):
            self.codes.append(number)
        else:
            former, self.codes[place] = self.codes[place], number
        for known in self.spots:
            if former:
                known[former] = array("I", (spot for spot in known[former] if spot != place))
            if number:
                known[number] = known.get(number, array("I")) + array("I", (place,))

    def mask(self, fits: Callable[[tuple[str, ...]], bool]) -> Mask:
        """Which places hold values that fit; each distinct tuple is asked about once."""
        verdicts = bytes(map(fits, self.table))
        return bytes(map(verdicts.__getitem__, self.codes))

    def mask_of(self, values: Iterable[str]) -> Mask | None:
        """Which places hold one of the values, at the cost of those that do; None where `mask` has to find them: in
        a column of few tuples, or of a value that no tuple holds."""
        wanted = set(values)
        if len(self.table) < VARIED or not wanted <= self.holding.keys():
            return None
        known, chosen = self._places(), bytearray(len(self.codes))
        for value in wanted:
            for number in tuple(self.holding[value]):
                for place in known.get(number, ()):
                    chosen[place] = 1
        return bytes(chosen)

    def prepare(self) -> None:
        """Makes now what the first question for a rare value would have to wait for."""
        if len(self.table) >= VARIED:
            self._places()

    def _places(self) -> "dict[int, array[int]]":
        if not self.spots:
            self.spots.append(self._spots())
        return self.spots[0]

    def _spots(self) -> "dict[int, array[int]]":
        found: dict[int, list[int]] = {}
        for place, number in enumerate(self.codes):
            if number:
                found.setdefault(number, []).append(place)
        return {number: array("I", places) for number, places in found.items()}

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
        return cls(mask, list(_ones(mask)) if few else None)


def _ones(mask: Mask) -> Iterable[int]:
    """The places that a mask chooses; where they are few they are looked for, not passed by."""
    if mask.count(1) * RARE > len(mask):
        yield from compress(range(len(mask)), mask)
        return
    at = mask.find(1)
    while at >= 0:
        yield at
        at = mask.find(1, at + 1)
