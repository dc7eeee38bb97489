"""All cards, and the ones that some filters leave. Pure."""

import threading
from array import array
from bisect import bisect_right, insort
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import compress, islice, product
from typing import Any, TypeVar

from articles.catalogue.cards import FACETS, Card, Label, matcher
from articles.catalogue.columns import Chosen, Column, Mask
from articles.catalogue.sorts import SORTS

Answer = TypeVar("Answer")
Clause = tuple[str, tuple[str, ...]]
"""A facet and the values of which a card must hold one."""

INSERTED = 2000  # changed cards up to which an order is mended rather than made anew


SORTED = 500  # cards up to which they are sorted by themselves rather than picked from the order of all


class Memory:
    """Answers that were reckoned already, those asked for last. Shared by threads; two may reckon the same."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, question: Hashable, reckon: Callable[[], Answer]) -> Answer:
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                kept: Answer = self._answers[question]
                return kept
        answer = reckon()
        with self._lock:
            self._answers[question] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer


@dataclass(frozen=True)
class Catalogue:
    """One state of the cards; never changed, `changed` gives the next.

    Each card has a place that it keeps; the place of an article that was withdrawn stays empty. `labels` name the
    values of each facet, also some that no card holds any more.
    """

    cards: list[Card | None] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=lambda: {facet: Column() for facet in FACETS})
    labels: dict[str, dict[str, Label]] = field(default_factory=lambda: {facet: {} for facet in FACETS})
    orders: "dict[str, array[int]]" = field(default_factory=dict)
    everything: Mask = b""
    masks: Memory = field(default_factory=lambda: Memory(100))
    answers: Memory = field(default_factory=lambda: Memory(1000))

    def changed(
        self, cards: Iterable[Card], gone: Collection[int], labels: Iterable[tuple[str, str, Label]]
    ) -> "Catalogue":
        """The catalogue with these cards new or in place of their former, and without those of the keys `gone`."""
        new, places = list(self.cards), dict(self.places)
        columns = {facet: column.copy() for facet, column in self.columns.items()}
        named = {facet: dict(known) for facet, known in self.labels.items()}
        touched: set[int] = set()
        for card in cards:
            place = places.setdefault(card.key, len(new))
            if place == len(new):
                new.append(card)
            else:
                new[place] = card
            for facet, values in zip(FACETS, card.values, strict=True):
                columns[facet].put(place, values)
            touched.add(place)
        for key in gone:
            if (place := places.get(key, -1)) >= 0 and new[place] is not None:
                new[place] = None
                for column in columns.values():
                    column.put(place, ())
                touched.add(place)
        for facet, value, label in labels:
            named[facet][value] = label
        everything = bytes(card is not None for card in new)
        following = Catalogue(new, places, columns, named, {}, everything)
        if len(touched) <= INSERTED:
            for sort, order in self.orders.items():
                following.orders[sort] = following._mended(sort, order, touched)
        return following

    def _mended(self, sort: str, order: "array[int]", touched: set[int]) -> "array[int]":
        kept = [place for place in order if place not in touched]
        for place in touched:
            if self.cards[place] is not None:
                insort(kept, place, key=self._sorted_by(sort))
        return array("I", kept)

    def _sorted_by(self, sort: str) -> Callable[[int], tuple[Any, ...]]:
        key, cards = SORTS[sort], self.cards

        def of(place: int) -> tuple[Any, ...]:
            card = cards[place]
            assert card is not None
            return key(card)

        return of

    def order(self, sort: str) -> "array[int]":
        """The places of all cards in an order of SORTS."""
        if sort not in self.orders:
            there = compress(range(len(self.cards)), self.everything)
            self.orders[sort] = array("I", sorted(there, key=self._sorted_by(sort)))
        return self.orders[sort]

    def prepare(self) -> None:
        """Makes now what the first questions would have to wait for: the usual order, the places of rare values."""
        self.order(next(iter(SORTS)))
        for column in self.columns.values():
            column.prepare()

    def select(self, *clauses: Clause) -> "Selection":
        """The cards that fulfil each clause."""
        return Selection(self, tuple(dict.fromkeys(clauses)))

    def card(self, key: int) -> Card | None:
        """The card of an article's key, if it is published."""
        place = self.places.get(key)
        return None if place is None else self.cards[place]

    def label(self, facet: str, value: str) -> Label:
        return self.labels[facet].get(value) or Label(value)

    def chosen(self, clauses: tuple[Clause, ...]) -> Chosen:
        """The cards that fulfil each clause."""
        return self.masks.get(clauses, lambda: Chosen.of(map(self._mask, clauses), self.everything))

    def _mask(self, clause: Clause) -> Mask:
        facet, wanted = clause
        column = self.columns[facet]
        return self.masks.get(clause, lambda: column.mask_of(wanted) or column.mask(matcher(facet, wanted)))


@dataclass(frozen=True, slots=True)
class Selection:
    """The cards that fulfil each of some clauses. What it answers is shared: not to be changed."""

    catalogue: Catalogue
    clauses: tuple[Clause, ...] = ()

    @property
    def _chosen(self) -> Chosen:
        return self.catalogue.chosen(self.clauses)

    def _ask(self, question: Hashable, reckon: Callable[[], Answer]) -> Answer:
        return self.catalogue.answers.get((self.clauses, question), reckon)

    @property
    def total(self) -> int:
        return self._ask("total", lambda: self._chosen.mask.count(1))

    def counts(self, facet: str) -> Mapping[str, int]:
        """How many of the cards hold each value of a facet; a region's count includes everything inside."""
        return self._ask(facet, lambda: self.catalogue.columns[facet].count(self._chosen))

    def without(self, facet: str) -> int:
        """How many of the cards hold nothing in a facet."""
        column = self.catalogue.columns[facet]
        return self._ask(("without", facet), lambda: sum(not code for code in column.chosen(self._chosen)))

    def ordered(self, facet: str, most: int | None = None) -> Sequence[str]:
        """The values that the cards hold in a facet, most cards first, then by value: the first so many, or all."""

        def reckon() -> list[str]:
            counts = self.counts(facet)
            values: Iterable[str] = counts
            if most is not None and most < len(counts):  # most values are rare: few have to be sorted
                enough = nlargest(most, counts.values())[-1] if most else 0
                values = (value for value, n in counts.items() if n >= enough)
            return sorted(values, key=lambda value: (-counts[value], value))[:most]

        return self._ask(("ordered", facet, most), reckon)

    def ranked(self, facet: str, most: int | None = None) -> list[tuple[str, Label, int]]:
        """(value, label, cards) of the first values of `ordered`, all where `most` is None."""
        counts = self.counts(facet)
        ordered = self.ordered(facet, most)
        return [(value, self.catalogue.label(facet, value), counts[value]) for value in ordered]

    def keys(self, sort: str, start: int = 0, stop: int | None = None) -> list[int]:
        """The keys of the articles from `start` to before `stop`, in an order of SORTS."""
        return self._ask((sort, start, stop), lambda: [card.key for card in self._cards(sort, start, stop)])

    def members(self) -> list[int]:
        """The keys of all of the articles, in no order; not remembered, as there may be many."""
        return [card.key for card in self._there()]

    def after(self, sort: str, place: tuple[Any, ...], most: int) -> list[int]:
        """The keys of at most so many articles that come after a `place` in an order of SORTS."""
        order, mask, cards = self.catalogue.order(sort), self._chosen.mask, self.catalogue.cards
        at = bisect_right(order, place, key=self.catalogue._sorted_by(sort))
        found = (cards[place] for place in islice(order, at, None) if mask[place])
        return [card.key for card in islice(found, most) if card is not None]

    def place(self, sort: str, key: int) -> tuple[Any, ...]:
        """Where an article stands in an order of SORTS, in numbers and text."""
        return self.catalogue._sorted_by(sort)(self.catalogue.places[key])

    def cards(self, sort: str, stop: int | None = None) -> list[Card]:
        """The first cards in an order of SORTS; all where `stop` is None."""
        return self._cards(sort, 0, stop)

    def _cards(self, sort: str, start: int, stop: int | None) -> list[Card]:
        return list(islice(self._in_order(sort), start, stop))

    def _in_order(self, sort: str) -> Iterator[Card]:
        mask, few, cards = self._chosen.mask, self._chosen.places, self.catalogue.cards
        chosen: Iterable[int]
        if few is not None and len(few) <= SORTED:
            chosen = sorted(few, key=self.catalogue._sorted_by(sort))
        else:
            order = self.catalogue.order(sort)
            chosen = compress(order, map(mask.__getitem__, order))
        return (card for place in chosen if (card := cards[place]) is not None)

    def with_first_metrics(self, sort: str, most: int, apart: Collection[int]) -> list[int]:
        """The keys of articles among which the first so many metrics stand, whatever orders those of one day or place:
        metrics are sorted as the articles are by what `sort` looks at first. Articles `apart` are all among them: theirs
        may stand elsewhere."""
        found, number, last = [], 0, None
        leading = SORTS[sort]
        for card in self._in_order(sort):
            if not card.metrics or card.key in apart:
                continue
            first = leading(card)[0]
            if number >= most and first != last:
                break
            found.append(card.key)
            number, last = number + card.metrics, first
        mask, places = self._chosen.mask, self.catalogue.places
        return found + [key for key in apart if key in places and mask[places[key]]]

    @property
    def metrics(self) -> int:
        """How many metrics the articles report."""
        return self._ask("metrics", lambda: sum(card.metrics for card in self._there()))

    def metrics_by(self, facet: str) -> Mapping[str, int]:
        """How many metrics the articles that hold each value of a facet report; without those that report none."""
        return self._ask(("metrics", facet), lambda: self._metrics_by(facet))

    def _metrics_by(self, facet: str) -> dict[str, int]:
        column, counts = self.catalogue.columns[facet], Counter[int]()
        for number, card in compress(zip(column.codes, self.catalogue.cards, strict=True), self._chosen.mask):
            if card is not None and card.metrics:
                counts[number] += card.metrics
        by_value: Counter[str] = Counter()
        for number, n in counts.items():
            for value in column.table[number]:
                by_value[value] += n
        return dict(by_value)

    def crossed(self, facet: str, other: str) -> Mapping[tuple[str, str], int]:
        """How many of the cards hold each pair of values of two facets."""
        return self._ask((facet, other), lambda: self._crossed(facet, other))

    def _crossed(self, facet: str, other: str) -> dict[tuple[str, str], int]:
        first, second = (self.catalogue.columns[name] for name in (facet, other))
        counts: dict[tuple[str, str], int] = {}
        pairs = Counter(zip(first.chosen(self._chosen), second.chosen(self._chosen), strict=True))
        for (number, beside), cards in pairs.items():
            for pair in product(first.table[number], second.table[beside]):
                counts[pair] = counts.get(pair, 0) + cards
        return counts

    def _there(self) -> Iterable[Card]:
        return (card for card in compress(self.catalogue.cards, self._chosen.mask) if card is not None)
