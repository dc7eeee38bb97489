"""How much stretches of a page are about the same thing, by the rare character pairs that they share."""

import math
import operator
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

_NOISE = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]+")
# The last two characters of a place name and its kind; 全市政协 and 省市政协 name no place.
_BODY = re.compile(
    r"([^\W\d_全各两本我省市区县州盟旗级届和与及在向从对由][^\W\d_级届]"
    r"(?:自治(?:区|州|县|旗)|省|市|(?<!自治)[区州县旗]|盟))政协"
)
_LONGEST_BODY = 5  # characters before 政协: 怀宁自治县


@lru_cache(maxsize=512)
def pairs(text: str) -> frozenset[str]:
    """Character pairs of the text without punctuation and spaces."""
    bare = _NOISE.sub("", text)
    return frozenset(map(operator.add, bare, bare[1:]))


class Likeness:
    """Compares the stretches of one page, which are named by their index.

    Pairs that stand nearly everywhere tell nothing, pairs that stand once tell nothing about two stretches.
    """

    def __init__(self, stretches: Sequence[frozenset[str]]) -> None:
        self._stretches = stretches
        self._n = n = max(len(stretches), 2)
        self._indices = range(len(stretches))
        self._ceiling = math.log(n) + 0.5
        self._contained: dict[tuple[str, int], float] = {}
        self._elsewhere: dict[tuple[str, int], float] = {}
        self._parts: dict[str, tuple[float, tuple[tuple[float, int], ...]]] = {}
        # For every pair that stands in several stretches which they are, a bit each.
        repeated = _repeated(stretches)
        self._where = where = dict.fromkeys(repeated, 0)
        common = [repeated & stretch for stretch in stretches]
        for i, shared in enumerate(common):
            bit = 1 << i
            for pair in shared:
                where[pair] |= bit
        telling = (p for p, bits in where.items() if bits.bit_count() <= max(2.0, 0.4 * n))
        bits = {p: 1 << i for i, p in enumerate(telling)}
        self._masks = [self._mask(shared, bits) for shared in common]

    @staticmethod
    def _mask(stretch: Iterable[str], bits: dict[str, int]) -> int:
        mask = 0
        for bit in map(bits.get, stretch):
            if bit:
                mask |= bit
        return mask

    def _weight(self, count: int) -> float:
        return self._ceiling if not count else math.log(self._n / count) if count < self._n else 0.02

    def __iter__(self) -> Iterator[int]:
        return iter(self._indices)

    def from_here(self, index: int) -> tuple[int, ...]:
        """A stretch and the two after it."""
        return tuple(self._indices[index : index + 3])

    def shared(self, one: int, others: Iterable[int]) -> float:
        """Of what a stretch shares with anything on the page, the part that it shares with `others`; 0..1."""
        mask, rest = self._masks[one], 0
        for other in others:
            if other != one:
                rest |= self._masks[other]
        # Few shared pairs prove little: as if four more were shared with nobody.
        return (mask & rest).bit_count() / (mask.bit_count() + 4)

    def contained(self, text: str, stretches: Iterable[int]) -> float:
        """Weighted share of a short text's pairs that stand in the stretches, 0..1."""
        window = 0
        for i in stretches:
            window |= 1 << i
        known = self._contained.get((text, window))
        if known is None:
            total, parts = self._parts.get(text) or self._parts_of(text)
            held = math.fsum(weight for weight, bits in parts if bits & window)
            known = held / total if total else 0.0
            self._contained[text, window] = known
        return known

    def stands(self, pair: str) -> bool:
        """Whether two characters stand side by side in any text of the page."""
        return any(pair in stretch for stretch in self._stretches)

    def best_elsewhere(self, text: str, index: int) -> float:
        """How much the short text has in common with the stretches far from this one."""
        if (text, index) not in self._elsewhere:
            others = (i for i in self._indices if abs(i - index) > 2)
            self._elsewhere[text, index] = max(
                (self.contained(text, self.from_here(i)) for i in others), default=0.0
            )
        return self._elsewhere[text, index]

    def _parts_of(self, text: str) -> tuple[float, tuple[tuple[float, int], ...]]:
        found = [self._places(p) for p in pairs(text)]
        parts = tuple((self._weight(bits.bit_count()), bits) for bits in found)
        # Pairs come in any order: an exact sum keeps two headlines of equal worth equal, run after run.
        self._parts[text] = math.fsum(w for w, _ in parts), parts
        return self._parts[text]

    def _places(self, pair: str) -> int:
        """The stretches that a pair stands in, a bit each."""
        if pair in self._where:
            return self._where[pair]
        return next((1 << i for i, stretch in enumerate(self._stretches) if pair in stretch), 0)


def _repeated(stretches: Sequence[frozenset[str]]) -> set[str]:
    """Pairs that stand in more than one stretch."""
    seen: set[str] = set()
    again: set[str] = set()
    for stretch in stretches:
        again |= seen & stretch
        seen |= stretch
    return again


def bodies_named(text: str) -> frozenset[str]:
    """Committees that a text names by their place, as the place's last two characters and its kind: {"兰店区", "怀宁县"}."""
    found: set[str] = set()
    end, at = 0, text.find("政协")
    while at >= 0:
        if named := _BODY.search(text, max(end, at - _LONGEST_BODY), at + 2):
            found.add(named[1])
            end = named.end()
        at = text.find("政协", at + 2)
    return frozenset(found)
