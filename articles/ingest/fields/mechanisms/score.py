"""How much speaks for a quoted name: points from the data entries that hold, added up and kept as reasons."""

import re
from dataclasses import dataclass
from functools import lru_cache

from articles.ingest.fields.mechanisms import naming
from articles.ingest.fields.mechanisms.candidates import LEFT, Candidate
from articles.ingest.patterns import Entry, any_of, either, load

THRESHOLD = 2.5
TOPIC = "topic"  # the rule of patterns/mechanisms.toml
_VETO = -3.9
_PROGRAMME = re.compile(r"(?:栏目|节目|专栏|品牌|平台)$")
_PROGRAMME_AFTER = re.compile(r"[^,。;、的]{0,4}(?:栏目|节目|专栏)|\d+期")
_RULES_OF = re.compile(r"(?:制度|规划|学习|规则|标准)体系$")
_LINK = r"[^,。、;:“”《》()\s的了着过为是在把被让将向到由从和与及推举搭开中后时]"
_GAP = rf"(?![一二三四五六七八九十]个){_LINK}{{0,9}}?"
_MANY = r"(?:\d+[个项大种]|[一二三四五六七八九十两多各]+[个项大种]|一批|一系列|系列|的)?"


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    add: float
    kind: str | None
    pattern: re.Pattern[str]
    longer: int = 0
    """The rule holds only for names longer than this."""
    reach: int = LEFT
    """How many characters what matches can be long."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The entries of mechanisms.toml, compiled."""

    before: tuple[Rule, ...]
    inside: tuple[Rule, ...]
    after: tuple[Rule, ...]
    any_after: re.Pattern[str]
    words: dict[str, Rule]
    heads: dict[str, tuple[str, float]]
    tails: dict[str, tuple[str, float]]
    head: re.Pattern[str]
    more: re.Pattern[str]
    of_head: re.Pattern[str]
    etc_head: re.Pattern[str]
    tail: re.Pattern[str]


@lru_cache(maxsize=1)
def rules() -> Rules:
    data = load("mechanisms")

    def rule(entry: Entry) -> Rule:
        return Rule(
            entry.name,
            float(entry.yields["add"]),
            entry.yields.get("kind"),
            entry.compile(),
            entry.yields.get("longer", 0),
            entry.yields.get("reach", LEFT),
        )

    def by_word(table: str) -> dict[str, tuple[str, float]]:
        return {w: (e.yields["kind"], float(e.yields["add"])) for e in data[table] for w in e.words}

    heads, tails = by_word("head"), by_word("tail")
    # At most places no head begins: one look at the character spares the many words.
    head = f"(?=[{''.join(sorted({re.escape(w[0]) for w in heads}))}]){any_of(tuple(heads))}"
    return Rules(
        before=tuple(rule(e) for e in data["before"]),
        inside=tuple(rule(e) for e in data["inside"] if not e.yields.get("whole")),
        after=tuple(rule(e) for e in data["after"]),
        any_after=either(e.pattern for e in data["after"]),
        words={w: rule(e) for e in data["inside"] if e.yields.get("whole") for w in e.words},
        heads=heads,
        tails=tails,
        head=re.compile(rf"^({_GAP})({head})"),
        more=re.compile(rf"({_LINK}{{0,4}}?)({head})"),
        of_head=re.compile(rf"^(?:[一二三四五六七八九十\d]+个[^,。]{{1,3}})?的({_GAP})({head})"),
        etc_head=re.compile(rf"^等({_MANY}[^,。;“”]{{0,12}}?)({head}|形式|方式|做法)"),
        tail=re.compile(any_of(tuple(tails)) + "$"),
    )


def judge(c: Candidate, mentions: int, marked: int, in_headline: bool) -> Candidate:
    """Gives the candidate its points, reasons and kind.

    `mentions` is how often its words stand in the article, `marked` how often in quotation marks.
    """
    r = rules()
    core = c.core
    if c.shape == "title":
        _head(c, r)
        if not c.headed:
            # Title marks hold books, papers and rules; only programmes and platforms are practices.
            c.add(-5.0, "title marks")
            return c
    for rule in _inside(core):
        c.add(rule.add, rule.name)
        c.kind = c.kind or rule.kind
    if c.score <= _VETO and not (len(core) == 1 and c.right.startswith("字")):
        return c
    end = len(c.left)
    for rule in r.before:
        if rule.pattern.search(c.left, max(0, end - rule.reach)):
            c.add(rule.add, rule.name)
    if c.shape != "title":
        _head(c, r)
    for rule in r.after if r.any_after.match(c.right) else ():
        if len(core) > rule.longer and rule.pattern.match(c.right):
            c.add(rule.add, rule.name)
            c.kind = c.kind or rule.kind
    tail = r.tail.search(core)
    if tail and "、" not in core and tail[0] != core:
        kind, add = r.tails[tail[0]]
        c.add(add, "tail " + tail[0])
        c.kind = c.kind or kind
    # To be said often makes a name of what already looks like one, not of any word; the topic of a consultation
    # (围绕“夜间经济”协商议政) is said often, too.
    named = any(points >= 0.6 and not name.startswith("of a") for name, points in c.reasons)
    named = named and not any(name == TOPIC for name, _ in c.reasons)
    if named and len(core) >= 2 and mentions > 1:
        # Words that keep their marks throughout are a name; ordinary words lose them.
        c.add(min(0.3 * (mentions - 1) + 0.5 * (marked - 1), 2.0), "repeated")
    if named and in_headline and len(core) >= 2:
        c.add(0.8, "in the headline")
    if c.in_speech:
        c.add(-2.0, "in speech")
    return c


# A name is judged at each of its mentions.
@lru_cache(maxsize=2048)
def _inside(core: str) -> tuple[Rule, ...]:
    """What holds of the quoted words themselves."""
    r = rules()
    whole = r.words.get(core)
    return (() if whole is None else (whole,)) + tuple(rule for rule in r.inside if rule.pattern.search(core))


def _head(c: Candidate, r: Rules) -> None:
    """The noun after the closing mark, directly, after 的 or after 等; or before a programme."""
    if c.shape == "title":
        before = _PROGRAMME.search(c.left) or _PROGRAMME_AFTER.match(c.right)
        if before:
            c.add(2.6, "head " + before[0])
            c.kind, c.headed = ("平台" if before[0] == "平台" else "栏目"), True
        return
    for pattern, share, direct in ((r.head, 1.0, True), (r.of_head, 0.6, False), (r.etc_head, 0.7, False)):
        m = pattern.match(c.right)
        if m is None:
            continue
        noun, end = m[m.lastindex or 1], m.end()
        first = noun
        # 恳谈协商机制: of several nouns in a row the last one counts.
        while more := r.more.match(c.right, end):
            noun, end = more[2], more.end()
        if direct and naming.goes_on(c.right[:end]):
            continue
        kind, add = r.heads.get(noun, (None, 1.6))
        c.reach = end
        if naming.is_meeting_on(c.right[:end]):
            # 工作推进会: the practice is what was met about.
            c.add(round(0.8 * share, 1), "met about")
            c.kind = c.kind or (r.heads[first][0] if first != noun and c.right[0] != "暨" else None)
            return
        c.noun = naming.noun_of(c.right[m.start(1) : end])
        if direct:
            c.suffix = "" if naming.is_running(c.right[:end]) else c.right[:end]
            # A gap between the mark and the noun weakens the bond a little.
            add += 0.0 if m[1] else 0.4
        c.add(round(add * share, 1), "head " + noun)
        # Of a sentence that goes on the noun says what is done with the practice, not what it is.
        c.kind, c.headed = (kind if c.suffix or c.noun or not direct else c.kind), True
        if noun == "体系" and _RULES_OF.search(c.suffix):
            c.kind = "制度"
        return


def share_in_lists(candidates: list[Candidate]) -> None:
    """Names side by side are of one kind: the last one's noun speaks for all of them."""
    groups: dict[int, list[Candidate]] = {}
    for c in candidates:
        if c.group >= 0:
            groups.setdefault(c.group, []).append(c)
    _rows_of_committees(candidates)
    for members in groups.values():
        if len(members) < 2:
            continue
        if len(members) >= 3 and all(len(c.core) <= 3 for c in members):
            for c in members:
                if c.score > 0:
                    c.add(0.8, "short list")
        best = max(members, key=lambda c: c.score)
        last = members[-1]
        noun = next(((name, points) for name, points in last.reasons if name.startswith("head ")), None)
        for c in members:
            if c is not last and noun and not c.headed:
                c.add(noun[1], "list " + noun[0])
                c.kind, c.noun = last.kind, last.noun
            elif c is not best and best.score >= THRESHOLD and c.score > 0.5:
                c.add(1.1, "beside a name")
                c.kind = c.kind or best.kind


def _rows_of_committees(candidates: list[Candidate]) -> None:
    """A县政协“…”、B县政协“…”、C县政协“…”: three in one paragraph are a row of brands."""
    rows: dict[int, list[Candidate]] = {}
    for c in candidates:
        if c.left.endswith("政协") and not c.in_title:
            rows.setdefault(c.passage, []).append(c)
    for row in rows.values():
        if len(row) >= 3:
            for c in row:
                c.add(1.2, "in a row of committees")
