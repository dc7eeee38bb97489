"""Regions by GB/T 2260 with their history: what each code was called, under whom, and what became of it.

Codes and years come from areacodes (CC0), fixtures/vocabulary/areacodes.csv; a code there has one row a name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

from articles.gazetteer import files
from articles.gazetteer.region_finder import RegionFinder, RegionMention, rank
from articles.gazetteer.region_names import load_short_names, stems
from articles.gazetteer.region_rows import RegionRow, lineage, read_rows

__all__ = ["Region", "RegionIndex", "RegionMention", "rank"]


@dataclass(frozen=True, slots=True)
class Region:
    """One code under its latest name, from the year `since` to the year `until` (None: in use).

    `level` is 省级, 地市级 or 区县级. `parent` is the code above, None for provinces. `successors` are the
    codes that took it over when it ended; `predecessors` those that it took over. `former_names` are earlier
    names of the same code as (name, since, until). `pinyin` is toneless, syllables apart.
    """

    code: str
    name: str
    level: str
    parent: str | None
    since: int
    until: int | None = None
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    former_names: tuple[tuple[str, int, int], ...] = ()
    pinyin: str = ""

    @property
    def in_use(self) -> bool:
        return self.until is None


class RegionIndex(Mapping[str, Region]):
    """All regions since 1981 by code, each under its latest name; unchanging once made."""

    def __init__(self, rows: Iterable[RegionRow], pinyin: Mapping[str, str]) -> None:
        self._short = load_short_names()
        self._rows: dict[str, list[RegionRow]] = defaultdict(list)
        for row in rows:
            self._rows[row.code].append(row)
        for versions in self._rows.values():
            versions.sort(key=lambda r: (r.until or 9999, r.since))
        self._predecessors: dict[str, set[str]] = defaultdict(set)
        for code, versions in self._rows.items():
            for row in lineage(versions):
                for successor in row.successors:
                    if successor != code:
                        self._predecessors[successor].add(code)
        self._names: dict[str, list[RegionRow]] = defaultdict(list)
        for versions in self._rows.values():
            for row in versions:
                self._names[row.name].append(row)
        self._pinyin = pinyin
        self._made: dict[str, Region] = {}
        self._further: Mapping[str, str] = {}
        self._treated: Mapping[str, str] = {}
        self.codes_in_use = frozenset(c for c, vs in self._rows.items() if vs[-1].until is None)

    @classmethod
    def load(cls) -> "RegionIndex":
        """Reads fixtures/vocabulary/areacodes.csv and the pinyin file."""
        pinyin = {
            name: py for _, (name, py) in files.rows(files.DATA / "region_pinyin.csv", ("name", "pinyin"))
        }
        return cls(read_rows(), pinyin)

    def with_local(self, names: Mapping[str, str], treated: Mapping[str, str]) -> "RegionIndex":
        """The same places with further names, each with its code, where `treated` codes are read as others."""
        made = copy(self)
        made.__dict__.pop("_finder", None)
        made._further, made._treated = names, treated
        return made

    def __getitem__(self, code: str) -> Region:
        region = self._made.get(code)
        if region is None:
            if code not in self._rows:
                raise KeyError(code)
            region = self._made[code] = self._region(code, self._rows[code])
        return region

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def _parent(self, code: str) -> str | None:
        if code.endswith("0000"):
            return None
        city = code[:4] + "00"
        if code != city and city in self._rows:
            return city
        return code[:2] + "0000"

    def _region(self, code: str, versions: list[RegionRow]) -> Region:
        row, names = versions[-1], lineage(versions)
        return Region(
            code=code,
            name=row.name,
            level=row.level,
            parent=self._parent(code),
            since=names[0].since,
            until=row.until,
            successors=tuple(s for s in row.successors if s != code),
            predecessors=tuple(sorted(self._predecessors.get(code, ()))),
            short_names=tuple(self.short_names(code, row.name, row.level)),
            former_names=tuple(
                (v.name, v.since, v.until or v.since) for v in names[:-1] if v.name != row.name
            ),
            pinyin=self._pinyin.get(row.name, ""),
        )

    def short_names(self, code: str, name: str, level: str) -> list[str]:
        """Shorter names of a region, the barest first, nicknames last."""
        if level == "省级":
            return [n for n, c in self._short.provinces.items() if c == code]
        found = [s for s in stems(name, level) if s != name and s not in self._short.provinces]
        return found + [n for n, c in self._aliases_by_code.get(code, ()) if n != name and n not in found]

    @cached_property
    def _aliases_by_code(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, code in self._short.aliases.items():
            found[code].append((name, code))
        return found

    def path(self, code: str) -> tuple[Region, ...]:
        """The region and those above it, province first; empty for an unknown code."""
        found: list[Region] = []
        region = self.get(code)
        while region is not None:
            found.insert(0, region)
            region = self.get(region.parent) if region.parent else None
        return tuple(found)

    def full_name(self, code: str) -> str:
        """The path as one string: 湖南省永州市蓝山县."""
        return "".join(r.name for r in self.path(code))

    def children(self, code: str) -> tuple[Region, ...]:
        """The regions in use directly below, by code."""
        return self._children.get(code, ())

    @cached_property
    def _children(self) -> Mapping[str, tuple[Region, ...]]:
        found: dict[str, list[Region]] = defaultdict(list)
        for region in self.values():
            if region.parent and region.in_use:
                found[region.parent].append(region)
        return MappingProxyType({c: tuple(sorted(rs, key=lambda r: r.code)) for c, rs in found.items()})

    def contains(self, outer: str, inner: str) -> bool:
        """Whether `inner` lies in `outer` or is it."""
        if outer == inner:
            return True
        parent = self._parent(inner)
        return parent is not None and (parent == outer or self._parent(parent) == outer)

    def province(self, code: str) -> str:
        """The code of the province-level division that a code lies in."""
        return code[:2] + "0000"

    def current(self, code: str) -> tuple[str, ...]:
        """The codes in use today that a code became: itself, its heir, or several where it was divided."""
        found: list[str] = []
        seen: set[str] = set()
        queue = [code]
        while queue:
            here = queue.pop(0)
            if here in seen or here not in self._rows:
                continue
            seen.add(here)
            if here in self.codes_in_use:
                found.append(here)
            else:
                queue.extend(self._rows[here][-1].successors)
        return tuple(found)

    def resolve(self, name: str, on: date | int | None = None, within: str | None = None) -> tuple[str, ...]:
        """Codes of a full, short or former name, valid on a date or in a year, inside `within` if given.

        A bare name means the highest region that bears it. Without a date, names in use go before former.
        """
        year = on.year if isinstance(on, date) else on
        codes = self.lookup(name, year)
        if not codes:
            codes = tuple(c for c in self._bearers.get(name, ()) if self._valid(c, year))
        if within is not None:
            codes = tuple(c for c in codes if self.contains(within, c))
        if len(codes) > 1:
            best = min(map(rank, codes))
            codes = tuple(c for c in codes if rank(c) == best)
        return codes

    @cached_property
    def _bearers(self) -> Mapping[str, list[str]]:
        """Codes by short name, in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for code in sorted(self._rows):
            for name in self.short_names(code, self._rows[code][-1].name, self._rows[code][-1].level):
                found[name].append(code)
        return found

    def _valid(self, code: str, year: int | None) -> bool:
        row = self._rows[code][-1]
        return row.until is None if year is None else row.since <= year <= (row.until or 9999)

    def lookup(self, full_name: str, year: int | None = None) -> tuple[str, ...]:
        """Codes that bear or bore this very name: those valid that year, else in use, else the last ones."""
        rows = self._names.get(full_name, ())
        if not rows:
            return ()
        last = max(r.until or 9999 for r in rows)
        found = [r.code for r in rows if (r.until or 9999) == last]
        if year is not None:
            # In the year it ended a name still means its own code; later its heirs bear it on.
            found = (
                [r.code for r in rows if r.since <= year < (r.until or 9999)]
                or [r.code for r in rows if r.until == year]
                or ([c for code in found for c in self.current(code)] if last < year else found)
            )
        return tuple(sorted(set(found)))

    @cached_property
    def _finder(self) -> RegionFinder:
        names = {name: self.lookup(name) for name in self._names}
        names |= {name: (code,) for name, code in self._further.items() if code in self._rows}
        short: dict[str, list[str]] = defaultdict(list)
        for code in sorted(self.codes_in_use):
            row = self._rows[code][-1]
            barest = stems(row.name, row.level)[:1]
            for name in self.short_names(code, row.name, row.level):
                bare = row.level == "省级" or name in barest
                short[name + "*" if bare else name].append(code)
        return RegionFinder(names, short, self.lookup, self._short, {c: self._parent(c) for c in self._rows})

    def find(self, text: str, on: date | int | None = None) -> list[RegionMention]:
        """The places named in `text`, in order and apart; linear in its length.

        Adjoining names of one path are one mention (江西省南昌市 → 360100). `on` picks among codes by year.
        """
        found = self._finder.find(text, on.year if isinstance(on, date) else on)
        return [self._as_treated(mention) for mention in found] if self._treated else found

    def _as_treated(self, mention: RegionMention) -> RegionMention:
        def settled(codes: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(self._treated.get(code, code) for code in codes))

        return replace(mention, candidates=settled(mention.candidates), chain=settled(mention.chain))
