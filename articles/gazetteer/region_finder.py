"""Finding place names in running text by longest match, joining the names of one path."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from articles.gazetteer.region_names import Guard, ShortNames

_NO_GUARD = Guard()
_BESIDE_LETTERS = (
    "两地", "三地", "四地", "两省", "三省", "四省", "毗邻", "协作", "合作", "交界", "省际", "省市", "地区",
    "携手", "联动", "协同", "一体化",
    "一盘棋", "边界", "两市", "三省市", "九省", "港澳", "政协", "接壤",
)  # fmt: skip
# A county of one character before 县 (沙县, 和县) is told from 市和县 by what stands left of it.
_LEFT_OF_SHORT = frozenset("在到由是为向从对及于赴")
_JOINTS = frozenset("和与代应成单易通文全各分")


@dataclass(frozen=True, slots=True)
class RegionMention:
    """A place name: `text` stands at `start`:`end`; `candidates` are its possible codes, one if clear.

    `chain` holds the codes of the path as written (江西省南昌市: both), the place itself last when clear.
    `bare` tells that the name lacks its suffix (苏州), `letter` that it is an abbreviation (川渝).
    """

    start: int
    end: int
    text: str
    candidates: tuple[str, ...]
    chain: tuple[str, ...] = ()
    bare: bool = False
    letter: bool = False

    @property
    def code(self) -> str | None:
        """The code where only one is possible."""
        return self.candidates[0] if len(self.candidates) == 1 else None


@dataclass(frozen=True, slots=True)
class _Name:
    codes: tuple[str, ...]
    bare: bool  # lacks its suffix
    alone: bool  # believed without a context
    guard: Guard = _NO_GUARD


class RegionFinder:
    """Names by their first two characters; a text is walked once."""

    def __init__(
        self,
        names: Mapping[str, tuple[str, ...]],
        short: Mapping[str, Sequence[str]],
        at: Callable[[str, int], tuple[str, ...]],
        rules: ShortNames,
        parents: Mapping[str, str | None],
    ) -> None:
        """`names` are full names, `short` others, `*` behind those without suffix; `at` dates a name."""
        self._at, self._rules, self._parents = at, rules, parents
        self._full = names
        self._names: dict[str, _Name] = {}
        for name, codes in names.items():
            short_stem = len(name) == 2 and name[-1] in "县区市旗"
            alone = name not in rules.generic and not short_stem
            self._names[name] = _Name(codes, False, alone, rules.guards.get(name, _NO_GUARD))
        # Nicknames first: 巴州 is 巴音郭楞州 before it is 巴州区 without its suffix.
        for name, bearers in sorted(short.items(), key=lambda s: s[0].endswith("*")):
            self._add_short(name, bearers)
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self._names:
            lengths[name[:2]].add(len(name))
        self._lengths = {head: tuple(sorted(ls, reverse=True)) for head, ls in lengths.items()}
        firsts = "".join(sorted({head[0] for head in lengths} | set(rules.letters)))
        seconds = "".join(sorted({head[1] for head in lengths} | set(rules.letters)))
        self._starts = re.compile(f"[{firsts}](?=[{seconds}])")

    def _add_short(self, marked: str, bearers: Sequence[str]) -> None:
        name, bare = marked.rstrip("*"), marked.endswith("*")
        guard = self._rules.guards.get(name, _NO_GUARD)
        best = min(rank(code) for code in bearers)
        top = tuple(sorted(c for c in bearers if rank(c) == best))
        safe = best < 2 or name in self._rules.known or len(name) >= 3
        alone = safe and name not in self._rules.needs_suffix
        written = self._names.get(name)
        if written is not None:
            # 沙县 is a former full name and short for 沙县区: the full name decides, years do the rest.
            return
        # All bearers are kept, the highest first: below a path the lower ones count (海南 in 乌海海南).
        rest = tuple(sorted(c for c in bearers if rank(c) != best))
        self._names[name] = _Name(top + rest, bare, alone, guard)

    def find(self, text: str, year: int | None = None) -> list[RegionMention]:
        found: list[RegionMention] = []
        lengths, letters = self._lengths, self._rules.letters
        end = refused = 0
        for start in self._starts.finditer(text):
            i = start.start()
            if i < end:
                continue
            head = text[i : i + 2]
            mention = self._match(text, i, year) if head in lengths else None
            if mention is not None:
                found.append(mention)
                end = mention.end
            elif i >= refused and head[0] in letters and head[1] in letters:
                run, after = self._letters(text, i)
                found.extend(run)
                end, refused = (after, after) if run else (end, after)
        return found

    def _match(self, text: str, i: int, year: int | None) -> RegionMention | None:
        for length in self._lengths[text[i : i + 2]]:
            name = self._names.get(text[i : i + length])
            if name is None or len(text) < i + length:
                continue
            end = i + length
            head = self._codes(text[i:end], name, year)
            if self._guarded(text, i, end, name):
                continue
            joined = self._extend(text, i, end, head, year)
            if joined is not None:
                return joined
            if name.alone and not (name.bare and rank(head[0]) == 2 and len(head) > 1):
                codes = tuple(c for c in head if rank(c) == rank(head[0])) if name.bare else head
                return RegionMention(i, end, text[i:end], codes, codes if len(codes) == 1 else (), name.bare)
            if self._in_context(text, i, end, name):
                codes = tuple(c for c in head if rank(c) == rank(head[0]))
                return RegionMention(i, end, text[i:end], codes, codes if len(codes) == 1 else (), name.bare)
        return None

    def _codes(self, written: str, name: _Name, year: int | None) -> tuple[str, ...]:
        """The codes valid that year, else those that hold without a year."""
        if year is None or written not in self._full:
            return name.codes
        return self._at(written, year) or name.codes

    def _extend(
        self, text: str, start: int, end: int, outer: tuple[str, ...], year: int | None
    ) -> RegionMention | None:
        """The mention when the name goes on with one that lies inside it, else None."""
        chain: tuple[str, ...] = ()
        bare = False
        while True:
            inner = self._inside(text, end, outer, year)
            if inner is None:
                break
            end, codes, bare = inner
            parents = {p for c in codes for p in self._above(c)}
            above = tuple(c for c in outer if c in parents)
            chain += above[:1]
            outer = codes
        if not chain:
            return None
        if len(outer) == 1:
            chain += outer
        return RegionMention(start, end, text[start:end], outer, chain, bare)

    def _inside(
        self, text: str, at: int, outer: tuple[str, ...], year: int | None
    ) -> tuple[int, tuple[str, ...], bool] | None:
        # 济南市中区 is 济南 and 市中区: the 市 may serve both.
        places = [at, at - 1] if text[at - 1] == "市" and text[at : at + 2] == "中区" else [at]
        for begin in places:
            for length in self._lengths.get(text[begin : begin + 2], ()):
                written = text[begin : begin + length]
                name = self._names.get(written)
                if name is None or len(written) < length:
                    continue
                if name.bare and text[begin + length : begin + length + 1] in name.guard.right:
                    continue
                codes = tuple(
                    c for c in self._codes(written, name, year) if any(o in self._above(c) for o in outer)
                )
                if codes:
                    return begin + length, codes, name.bare
        return None

    def _above(self, code: str) -> tuple[str, ...]:
        parent = self._parents.get(code)
        return () if parent is None else (parent, *self._above(parent))

    def _guarded(self, text: str, start: int, end: int, name: _Name) -> bool:
        """Whether a neighbour makes the short name part of another word."""
        left, right = text[start - 1 : start], text[end : end + 1]
        if not name.bare and not name.guard.left and not name.guard.right:
            return False
        return bool(left and left in name.guard.left) or bool(right and right in name.guard.right)

    def _in_context(self, text: str, start: int, end: int, name: _Name) -> bool:
        left = text[start - 1 : start]
        if name.bare:
            # 合川政协, but not where the word before may run on into it.
            return text.startswith("政协", end) and (not _is_han(left) or left in _LEFT_OF_SHORT)
        if text[start:end] in self._rules.generic:
            return end - start > 2 and text.startswith("政协", end) and not _is_han(left)
        if end - start != 2:
            return False
        if text[start] in _JOINTS:
            return not _is_han(left) and text.startswith(("政协", "县委", "人民"), end)
        return not _is_han(left) or left in _LEFT_OF_SHORT

    def _letters(self, text: str, i: int) -> tuple[list[RegionMention], int]:
        """A run of province abbreviations as one mention each, or none; and where the run ends."""
        letters = self._rules.letters
        j = i
        while j < len(text) and text[j] in letters:
            j += 1
        # 港澳台 is a field of work (港澳台侨委员会), not three places.
        believed = (text.startswith(_BESIDE_LETTERS, j) or j - i >= 3) and not text.startswith("港澳", i)
        if not believed or j - i > len(letters) or len({letters[c] for c in text[i:j]}) != j - i:
            return [], j
        return [
            RegionMention(k, k + 1, text[k], (letters[text[k]],), (letters[text[k]],), True, True)
            for k in range(i, j)
        ], j


def rank(code: str) -> int:
    """0 for a province, 1 for a prefecture, 2 for a county, by the zeros of its code."""
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def _is_han(character: str) -> bool:
    return "㐀" <= character <= "鿿" if character else False
