"""One entry a practice: the mentions of a name joined, its aliases and its family told."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from articles.ingest.fields.mechanisms import naming
from articles.ingest.fields.mechanisms.candidates import Candidate
from articles.ingest.fields.mechanisms.naming import plain
from articles.ingest.fields.mechanisms.score import THRESHOLD
from articles.ingest.passage import Passage
from articles.ingest.patterns import load
from articles.ingest.record import Mechanism

_NOT_WORD = re.compile(r"[^\w+·]")
_NAMED_SHORT = re.compile(r"(?:下称|简称|以下称|又称|也称|也叫)$")
_SPELLED_OUT = re.compile(r"^的[^,。:;“”]{0,8}“")
_OWN = re.compile(r"^[省市县区州]?政协(?=委员(?:工作|联络|会客|之家|驿站))")
_COUNTED = re.compile(r"^[两三四五六七八九十]个?[一-龥]$")
_ROOM = re.compile(r"委员工作[站室](?:\([站室]\)|[、和与](?:委员工作)?[站室])?$")
# Ends that a name takes on and loses; 议事亭 and 议事员 are things of their own.
_LOOSE_ENDS = ("会", "法", "制", "活动", "平台", "品牌", "机制", "制度", "模式", "工作")
_LIST_OF = 8


@lru_cache(maxsize=4096)
def bare_name(text: str) -> str:
    """A name as it is compared: letters, digits, plus signs and dots; one word for rooms and stations."""
    name = _NOT_WORD.sub("", text)
    return _ROOM.sub("委员工作站", _OWN.sub("", name)) if "委员" in name else name


@dataclass(slots=True)
class _Entry:
    """What is known of one practice while its mentions are gathered."""

    mentions: list[Candidate] = field(default_factory=list)
    given: dict[str, None] = field(default_factory=dict)
    """Other names that the text itself says are names of it: 下称“三事”."""
    keys: set[str] = field(default_factory=set)

    def add(self, c: Candidate, *names: str) -> None:
        self.mentions.append(c)
        self.given.update(dict.fromkeys(plain(n) for n in names))
        self.keys.update(bare_name(plain(n)) for n in (c.core, c.core + c.suffix, *names))
        self.keys.discard("")


def join(found: list[Candidate], passages: tuple[Passage, ...], page: str) -> tuple[Mechanism, ...]:
    """The accepted candidates as mechanisms, in the order in which they are first named."""
    ordered = sorted(found, key=lambda c: (c.passage, c.start))
    shelf = _Shelf()
    waiting: list[str] = []
    lists = _short_lists(ordered)
    for k, c in enumerate(ordered):
        following = ordered[k + 1] if k + 1 < len(ordered) else None
        if _spells_out(c, following):
            # “一杯茶、一张桌”的“四个一”: the first is what the second stands for.
            waiting.append(c.core)
            continue
        if _NAMED_SHORT.search(c.left) and shelf.entries:
            if c.shape != "title":  # 以下简称《意见》 shortens a document
                shelf.call(c)
            continue
        accepted = c.score >= THRESHOLD
        if accepted:
            _split_team(c)
            shelf.place(c, *waiting, *lists.get(id(c), ()))
        if not c.in_speech:
            waiting = []
    return tuple(_mechanism(e, passages, page) for e in _absorb(shelf.entries))


def _spells_out(c: Candidate, following: Candidate | None) -> bool:
    if following is None or following.passage != c.passage or following.score < THRESHOLD:
        return False
    between = following.outer[0] - c.outer[1]
    if between == 0:
        # “亮点提升年、作风建设年”“两年”活动
        return "、" in c.core and bool(_COUNTED.match(following.core))
    return 0 < between <= 10 and bool(_SPELLED_OUT.match(c.right))


def _short_lists(ordered: list[Candidate]) -> dict[int, tuple[str, ...]]:
    """“三无”“三有”“三办”: three or more short names of one pattern side by side are one practice."""
    groups: dict[int, list[Candidate]] = {}
    for c in ordered:
        if c.group >= 0:
            groups.setdefault(c.group, []).append(c)
    lists: dict[int, tuple[str, ...]] = {}
    for members in groups.values():
        cores = [c.core for c in members]
        if not 3 <= len(cores) <= _LIST_OF:
            continue
        alike = len({c[0] for c in cores}) == 1 or len({c[-1] for c in cores}) == 1
        touching = all(a.outer[1] == b.outer[0] for a, b in pairwise(members))
        if alike and touching and max(map(len, cores)) <= 3:
            for c in members:
                lists[id(c)] = ("、".join(cores), "、".join(cores) + members[-1].suffix, *cores)
    return lists


def _split_team(c: Candidate) -> None:
    """“沂商量”协商指导员 are people of that name, not the name itself."""
    if c.headed and c.kind == "队伍" and c.suffix and c.core[-1] not in "队团员组人":
        c.core, c.suffix, c.end = c.core + c.suffix, "", c.stretch[1]
        c.outer = (c.outer[0], c.end)


class _Shelf:
    """The entries in order, found by name or by a name that a few characters more make of it."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self._by_name: dict[tuple[bool, str], int] = {}
        self._by_stem: dict[tuple[bool, str], int] = {}

    def place(self, c: Candidate, *names: str) -> None:
        """Adds the mention to the entry that already knows the name, or to a new one."""
        programme = c.shape == "title"
        known = [self._find(programme, bare_name(n)) for n in (c.core, c.core + c.suffix)]
        at = min((k for k in known if k is not None), default=len(self.entries))
        if at == len(self.entries):
            self.entries.append(_Entry())
        self.add(at, c, *names)

    def add(self, at: int, c: Candidate, *names: str) -> None:
        """Adds the mention to entry number `at`."""
        entry = self.entries[at]
        known = len(entry.keys)
        entry.add(c, *names)
        if len(entry.keys) == known:
            return
        programme = entry.mentions[0].shape == "title"
        for key in entry.keys:
            self._by_name.setdefault((programme, key), at)
            for stem in _stems(key):
                self._by_stem.setdefault((programme, stem), at)

    def call(self, c: Candidate) -> None:
        """A shorter name of the last entry; where another entry has that name already, the two are one."""
        last = len(self.entries) - 1
        known = self._find(False, bare_name(plain(c.core)))
        if known is None or known >= last:
            self.add(last, c, c.core)
            return
        for mention in self.entries.pop().mentions:
            self.add(known, mention, mention.core)
        self._by_name = {key: min(at, known) if at == last else at for key, at in self._by_name.items()}
        self._by_stem = {key: min(at, known) if at == last else at for key, at in self._by_stem.items()}
        self.add(known, c)

    def _find(self, programme: bool, key: str) -> int | None:
        found = [self._by_name.get((programme, k)) for k in (key, *_stems(key))]
        found.append(self._by_stem.get((programme, key)))
        return min((k for k in found if k is not None), default=None)


def _stems(key: str) -> list[str]:
    """Of 茶香议事会 茶香议事, of 商事有约·夜话鼓楼 商事有约: what the name is shortened to."""
    stems = [key[: -len(end)] for end in _LOOSE_ENDS if key.endswith(end) and len(key) - len(end) >= 4]
    brand = key.partition("·")[0]
    return [*stems, brand] if brand != key else stems


def _absorb(entries: list[_Entry]) -> list[_Entry]:
    """A bare 委员工作室 beside a 界别联组委员工作室 is the same room, spoken of shortly."""
    short = {bare_name(e.mentions[0].core): e for e in entries if _spoken_shortly(e)}
    if not short:
        return entries
    lengths = {len(core) for core in short}
    endings = {key[-n:] for e in entries for key in e.keys for n in lengths if len(key) > n}
    return [e for e in entries if short.get(bare_name(e.mentions[0].core)) is not e or not _ends(e, endings)]


def _ends(entry: _Entry, endings: set[str]) -> bool:
    return bare_name(entry.mentions[0].core) in endings


def _spoken_shortly(entry: _Entry) -> bool:
    core = bare_name(entry.mentions[0].core)
    if len(core) < 3:
        return False
    if all(c.shape == "bare" for c in entry.mentions):
        return True
    return len(core) <= 4 and not any(c.suffix for c in entry.mentions)


def _mechanism(entry: _Entry, passages: tuple[Passage, ...], page: str) -> Mechanism:
    best = max(entry.mentions, key=_voice)
    name = naming.full_name(best)
    if naming.says_nothing(name):
        best = max(entry.mentions, key=lambda c: (not naming.says_nothing(naming.full_name(c)), _voice(c)))
        name = naming.full_name(best)
    joined = next((n for n in entry.given if "、" in n and best.core in n.split("、")), None)
    if joined:
        name = max((n for n in entry.given if n.startswith(joined)), key=len)
    i, j = best.stretch
    passage = passages[best.passage]
    if not passage.is_contiguous(i, j, page):
        i, j = best.outer
    span = passage.span(i, j)
    confidence = round(min(0.99, 0.55 + 0.1 * (best.score - THRESHOLD)), 2)
    rule = f"{best.shape}: " + "; ".join(f"{name} {points:+.1f}" for name, points in best.reasons)
    return Mechanism(
        name,
        naming.kind_of(entry.mentions, best),
        passage.quote(i, j, page),
        span.start,
        span.end,
        _aliases(entry, name),
        _family(name),
        rule,
        confidence,
    )


def _voice(c: Candidate) -> tuple[bool, bool, float]:
    return not c.in_title, not c.in_speech, c.score


def _aliases(entry: _Entry, name: str) -> tuple[str, ...]:
    """The other names: with and without the noun, the parts of a row, what the text itself says."""
    names: dict[str, None] = {}
    for c in entry.mentions:
        core = plain(c.core)
        names[core] = None
        if core not in entry.given:
            names[naming.full_name(c)] = names[naming.with_noun(c)] = None
    kept = [n for n in names if naming.is_alias(n, name)]
    return tuple(dict.fromkeys([*kept, *(n for n in entry.given if n != name)]))


@lru_cache(maxsize=1)
def families() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((e.yields["family"], e.compile()) for e in load("mechanisms")["family"])


def _family(name: str) -> str | None:
    """The family of brands that a name belongs to, if any."""
    return next((family for family, pattern in families() if pattern.search(name)), None)
