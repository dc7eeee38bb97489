"""What the archive has names for, in memory: places, mechanisms, authors and titles of what is published.

One table a process, made anew when the articles have changed. It is bounded: of more than TITLES articles, the
latest added have their titles in it.
"""

import threading
import time
from bisect import bisect_right
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import accumulate, islice

from articles.models import Article, Author, Mechanism, Region
from articles.remembered import State
from search import index
from search.engines.base import FacetCount, Request
from search.suggest import pinyin
from search.text import fold

TITLES = 20_000
AUTHORS = 20_000
WHILE_WRITING = 10.0
"""Seconds for which a table is good enough while somebody is writing: then no table is true for long."""
_ENOUGH = 400
"""Names of one kind that are compared with each other; of a single letter, not all that match are looked at."""


class Kind(StrEnum):
    REGION = "region"
    MECHANISM = "mechanism"
    AUTHOR = "author"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Name:
    """`label` is what people read, `forms` what they may type instead of it, `detail` what tells two alike apart.

    `key`: a region's code, an article's public id, that of an author with a note, else empty. `articles`: how many have it.
    """

    kind: Kind
    label: str
    key: str = ""
    detail: str = ""
    forms: tuple[str, ...] = ()
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A name that fits. `rank`: 0 is the name itself, 1 begins so, 2 holds it. `spread`: over how many syllables
    letters stretch, so that a whole syllable goes before the same letters as initials."""

    rank: int
    spread: int
    name: Name

    @property
    def order(self) -> tuple[int, int, int, int, str]:
        return self.rank, self.spread, -self.name.articles, len(self.name.label), self.name.label


class Shelf:
    """Names of one kind, searched as one long text, a form a line."""

    def __init__(self, names: list[Name]) -> None:
        self.names = names
        rows = [
            (number, _folded(form)) for number, name in enumerate(names) for form in (name.label, *name.forms)
        ]
        self.owners = [number for number, _ in rows]
        self.folded = [form for _, form in rows]
        self._text = _Lines(self.folded)

    @cached_property
    def sounds(self) -> "_Lines":
        return _Lines([_sound(form) for form in self.folded])

    def holding(self, folded: str) -> list[Match]:
        """Names that hold a folded string, best first."""
        return self._best(self._text, self._text.finding(folded))

    def sounding(self, letters: str) -> list[Match]:
        """Names that letters spell a part of, best first: by full pinyin, by initials, or by a mixture."""
        found = ((m.start(), m.end()) for m in pinyin.spelling(letters).finditer(self.sounds.text))
        return self._best(self.sounds, found)

    def _best(self, lines: "_Lines", places: Iterator[tuple[int, int]]) -> list[Match]:
        best: dict[int, Match] = {}
        for start, end in islice(places, 10 * _ENOUGH):
            line = lines.at(start)
            owner, begins = self.owners[line], start == lines.starts[line]
            ends = lines.text[end : end + 1] in ("", "\n")
            rank = (0 if ends else 1) if begins else 2
            match = Match(rank, lines.text.count(" ", start, end), self.names[owner])
            if owner not in best or match.order < best[owner].order:
                best[owner] = match
            if len(best) >= _ENOUGH:
                break
        return sorted(best.values(), key=lambda match: match.order)


class _Lines:
    """Lines joined to one text, and which line a place in it belongs to."""

    def __init__(self, lines: list[str]) -> None:
        self.text = "\n".join(lines)
        self.starts = [0, *accumulate(len(line) + 1 for line in lines[:-1])]

    def at(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1

    def finding(self, wanted: str) -> Iterator[tuple[int, int]]:
        at = self.text.find(wanted)
        while at >= 0:
            yield at, at + len(wanted)
            at = self.text.find(wanted, at + len(wanted))


Table = dict[Kind, Shelf]


@dataclass(frozen=True, slots=True)
class _Made:
    key: Hashable
    at: float
    table: Table


_last: _Made | None = None
_making = threading.Lock()


def table() -> Table:
    """The names of this moment, shared: not to be changed. Raises SearchUnavailable when the index cannot say
    what is published."""
    global _last
    state, generation = State.now(), index.engine().generation()
    key = (state.number, generation) if state.quiet else None
    with _making:
        now = time.monotonic()
        if _last and (_last.key == key if key else _last.at > now - WHILE_WRITING):
            return _last.table
        _last = _Made(key, now, {kind: Shelf(list(read())) for kind, read in _READERS})
        return _last.table


def forget() -> None:
    """Drops the table, for whoever changes the articles under it unseen."""
    global _last
    _last = None


def _places() -> Iterator[Name]:
    counts = {c.value: c.number for c in _counted("region")}
    for region in Region.objects.one_a_code().filter(code__in=counts):
        above = region.full_name.removesuffix(region.name)
        yield Name(
            Kind.REGION, region.name, region.code, above, tuple(region.short_names), counts[region.code]
        )


def _mechanisms() -> Iterator[Name]:
    counts = {c.value: c.number for c in _counted("mechanism")}
    rows = Mechanism.objects.filter(public_id__in=counts)
    for mechanism in rows:
        number = counts[mechanism.public_id]
        yield Name(Kind.MECHANISM, mechanism.name, forms=tuple(mechanism.aliases), articles=number)


def _authors() -> Iterator[Name]:
    """People of one name are one line: who asks for a name finds them all. Whom a note tells apart has a line, too."""
    numbers: dict[str, int] = {}
    noted: dict[str, list[Name]] = {}
    rows = Author.objects.for_readers().values_list("name", "articles_published", "note", "public_id")
    for name, number, note, key in rows[:AUTHORS]:
        numbers[name] = numbers.get(name, 0) + number
        if note:
            noted.setdefault(name, []).append(Name(Kind.AUTHOR, name, key, note, articles=number))
    for name, number in numbers.items():
        yield Name(Kind.AUTHOR, name, articles=number)
        yield from noted.get(name, ())


def _titles() -> Iterator[Name]:
    rows = Article.objects.published().exclude(title="").order_by("-pk")
    for public_id, title, date, printed in rows.values_list(
        "public_id", "title", "date", "page__issue__date"
    )[:TITLES]:
        yield Name(Kind.TITLE, title, public_id, date or printed or "")


def _counted(facet: str) -> tuple[FacetCount, ...]:
    return index.engine().search(Request(limit=0, facets=(facet,))).facets[facet]


_READERS = (
    (Kind.REGION, _places), (Kind.MECHANISM, _mechanisms), (Kind.AUTHOR, _authors), (Kind.TITLE, _titles),
)  # fmt: skip


@lru_cache(maxsize=2 * TITLES)
def _folded(form: str) -> str:
    return fold(form).replace("\n", " ")


@lru_cache(maxsize=2 * TITLES)
def _sound(folded: str) -> str:
    """A name's syllables, joined by spaces; like `_folded` remembered by name, so that a change of one article
    costs one."""
    return " ".join(pinyin.syllables(folded))
