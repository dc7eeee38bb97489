"""Headline groups: the lines of one headline with its column and bylines, as they stand together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.ingest.label import Labelled
from articles.ingest.lazy import lazy
from articles.ingest.likeness import bodies_named
from articles.ingest.passage import squash

_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+[，、,])"
)
_HEADING_MARKS = frozenset("■◆●★▲◎▌►▶▪")


# Groups, stretches and drafts are compared as things, not by what they hold: they are keys all the time.
@dataclass(frozen=True, eq=False)
class HeadlineGroup:
    """`at` is its place in the labelled sequence. Any part may be missing; `shorts` are title lines or headings."""

    at: int
    columns: tuple[Labelled, ...] = ()
    shorts: tuple[Labelled, ...] = ()
    subtitles: tuple[Labelled, ...] = ()
    bylines: tuple[Labelled, ...] = ()

    @lazy
    def items(self) -> tuple[Labelled, ...]:
        return tuple(
            sorted((*self.columns, *self.shorts, *self.subtitles, *self.bylines), key=lambda x: x.block.start)
        )

    @lazy
    def has_title(self) -> bool:
        return bool(self.shorts)

    @lazy
    def is_bare(self) -> bool:
        """Short lines and nothing else: a headline, or headings of the text around them."""
        return bool(self.shorts) and not (self.columns or self.subtitles or self.bylines)

    @lazy
    def is_byline_only(self) -> bool:
        return bool(self.bylines) and not (self.shorts or self.columns or self.subtitles)

    @lazy
    def text(self) -> str:
        return "".join(squash(x.text) for x in (*self.shorts, *self.subtitles))

    @lazy
    def bodies(self) -> frozenset[str]:
        """The committees that its lines name."""
        return bodies_named(self.text)

    @lazy
    def listed(self) -> bool:
        """Whether the contents list of the page names it."""
        return any(x.listed for x in self.shorts)

    @lazy
    def mark(self) -> int:
        """The level of the Markdown mark of its first line, 0 without."""
        return next((x.block.mark for x in self.shorts if x.block.mark), 0)

    @lazy
    def is_numbered(self) -> bool:
        return any(_NUMBERED.match(x.text) for x in self.shorts)

    @lazy
    def is_bulleted(self) -> bool:
        return bool(self.shorts) and self.shorts[0].text.lstrip()[:1] in _HEADING_MARKS


@dataclass(slots=True)
class _Open:
    at: int
    columns: list[Labelled] = field(default_factory=list)
    shorts: list[Labelled] = field(default_factory=list)
    subtitles: list[Labelled] = field(default_factory=list)
    bylines: list[Labelled] = field(default_factory=list)

    def close(self) -> HeadlineGroup:
        return HeadlineGroup(
            self.at, tuple(self.columns), tuple(self.shorts), tuple(self.subtitles), tuple(self.bylines)
        )


# Lines that stand together are mostly of one headline. What breaking them costs, for two, three and more lines:
# anywhere; before a line that names a committee; between lines built alike; after a line that names a committee
# (a kicker); and what not breaking them costs.
_PRICES = {
    2: (-2.2, -1.6, -4.0, -3.2, 0.0),
    3: (-1.6, -1.0, -3.0, -2.8, 0.0),
    4: (-0.6, -0.3, -2.5, -2.0, -2.5),
}
# Where some lines of a run stand closer than others, the blank lines mean something.
_CLOSE, _APART = -1.5, 1.5
# What not breaking costs before a line that the contents list names.
_LISTED = -3.0
MANY_LINES = 8  # of a run; two breaks are not looked for in more
MAX_READINGS = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to see neighbouring lines as headline groups, and what speaks for it beforehand."""

    groups: tuple[HeadlineGroup, ...]
    prior: float


def readings(items: Sequence[Labelled], at: int, plain: bool = False) -> tuple[Reading, ...]:
    """Neighbouring column, short, subtitle and byline lines as headline groups, the likeliest reading first.

    Title lines that stand together may be one headline or the headlines of several articles.
    """
    if plain:
        return (Reading(_group(items, at, frozenset()), 0.0),)
    found: dict[tuple[HeadlineGroup, ...], float] = {}
    one: dict[_Key, HeadlineGroup] = {}
    for breaks, prior in _breaks(items):
        groups = tuple(one.setdefault(_key(g), g) for g in _group(items, at, breaks))
        found[groups] = max(prior, found.get(groups, -99.0))
    ranked = sorted(found.items(), key=lambda x: -x[1])[:MAX_READINGS]
    return tuple(Reading(g, p) for g, p in ranked)


_Key = tuple[tuple[int, ...], ...]


def _key(group: HeadlineGroup) -> _Key:
    parts = (group.columns, group.shorts, group.subtitles, group.bylines)
    return tuple(tuple(x.block.start for x in part) for part in parts)


def _breaks(items: Sequence[Labelled]) -> list[tuple[frozenset[int], float]]:
    options: list[tuple[frozenset[int], float]] = [(frozenset(), 0.0)]
    k = next((i for i, x in enumerate(items) if x.label != "byline"), 0)
    if k:
        # Names over a headline may sign the text above them.
        options.append((frozenset({k}), 0.0))
    k = 0
    while k < len(items):
        end = k
        while end < len(items) and items[end].label == "short" and _refined(items, end) == "short":
            end += 1
        if end - k >= 2:
            options = [(x | y, p + q) for x, p in options for y, q in _run_breaks(items, k, end)][:24]
        k = max(end, k + 1)
    return options


def _run_breaks(items: Sequence[Labelled], k: int, end: int) -> list[tuple[frozenset[int], float]]:
    """Ways to break the title lines `k` to `end`: nowhere, at one place, at two."""
    prices = _PRICES[min(end - k, 4)]
    uneven = len({items[j].block.gap > 0 for j in range(k + 1, end)}) == 2
    cost: dict[int, float] = {}
    whole = prices[4]
    for j in range(k + 1, end):
        cost[j] = prices[_kind_of_break(items[j - 1].text, items[j].text)]
        if uneven:
            cost[j] += _APART if items[j].block.gap else _CLOSE
        if items[j].listed:
            cost[j] -= _LISTED
            whole += _LISTED
    found = [(frozenset[int](), whole), *((frozenset({j}), whole - prices[4] + q) for j, q in cost.items())]
    if 3 <= end - k <= MANY_LINES:
        found += [
            (frozenset({i, j}), whole - prices[4] + cost[i] + cost[j]) for i in cost for j in cost if i < j
        ]
    return sorted(found, key=lambda x: -x[1])[:12]


def _kind_of_break(above: str, below: str) -> int:
    x, y = squash(above), squash(below)
    if abs(len(x) - len(y)) <= 1 and (x[0] == y[0] or x[-1] == y[-1]):
        return 2
    if "政协" in x:
        return 0 if "政协" in y else 3
    return 1 if "政协" in y else 0


def _group(items: Sequence[Labelled], at: int, breaks: frozenset[int]) -> tuple[HeadlineGroup, ...]:
    groups: list[HeadlineGroup] = []
    now = _Open(at)
    last = ""
    for k, item in enumerate(items):
        label = _refined(items, k)
        stop = min((b for b in breaks if b > k), default=len(items))
        if k in breaks or _opens_new(now, label, last, item, [x.label for x in items[k:stop]]):
            groups.append(now.close())
            now = _Open(at + k)
        getattr(now, _PARTS[label]).append(item)
        last = label
    groups.append(now.close())
    return tuple(groups)


_PARTS = {"short": "shorts", "column": "columns", "subtitle": "subtitles", "byline": "bylines"}


def _refined(items: Sequence[Labelled], k: int) -> str:
    """The label of a line among its neighbours: a very short line over a headline is a column that no list knows."""
    item = items[k]
    if item.label == "short" and k and items[k - 1].label == "subtitle" and item.block.gap == 0:
        return "subtitle"  # a subtitle set over two lines
    if item.label != "short" or k + 1 >= len(items):
        return item.label
    if k and items[k - 1].label == "short" and item.block.gap == 0:
        return "short"  # set right under another headline line
    bare = squash(item.text)
    title_follows = items[k + 1].label == "short" and len(squash(items[k + 1].text)) > len(bare)
    plain = not re.search(r"[，,：:“”！？!?\d]|政协", bare)
    short_enough = len(bare) <= 5 or (item.score < 1.0 and len(bare) <= 8)
    return "column" if title_follows and plain and short_enough else item.label


def _opens_new(now: _Open, label: str, last: str, item: Labelled, ahead: Sequence[str]) -> bool:
    """Whether a line begins another group; `ahead` are the labels from it to the end or the next forced break."""
    if not last:
        return False
    # A byline set before its headline: title lines and subtitle after it belong to the same.
    signed_first = bool(now.bylines) and (
        not now.shorts or now.bylines[-1].block.end <= now.shorts[0].block.start
    )
    if label == "column":
        return not (signed_first and not now.shorts and not now.columns and "byline" not in ahead)
    if label == "byline":
        return bool(now.bylines) and last != "byline"
    if label == "subtitle":
        return bool(now.bylines) and bool(now.shorts) and not signed_first
    if now.bylines and now.shorts and not signed_first:
        return True
    if now.bylines and not now.shorts:
        # A byline before this title: the title's own, unless another byline follows the title.
        return "byline" in ahead or (bool(now.columns) and not signed_first)
    if now.subtitles:
        return True
    if now.shorts and item.block.mark and (item.block.mark > 1 or now.shorts[-1].block.mark):
        return True  # an unmarked line over a marked one is its kicker
    return len(now.shorts) >= 3
