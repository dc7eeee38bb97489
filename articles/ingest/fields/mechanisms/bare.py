"""Names without quotation marks: a head noun and the words before it, judged by points as well."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from articles.ingest.fields.mechanisms import naming
from articles.ingest.fields.mechanisms.candidates import LEFT, Candidate
from articles.ingest.fields.mechanisms.score import THRESHOLD
from articles.ingest.patterns import load

_REACH = 44
_COUNTED = re.compile(r"[两三四五六七八九十]个([一-龥]{2,4})$")
_BREAK = re.compile(r"[,。、;:!?“”‘’《》「」\s…—·|/\"]|^")
# Where a name cannot begin earlier: verbs, prepositions, measures and the like. The last one counts.
_STOP = re.compile(
    r"(?:打造|创[建立办设新]|推[出行动广]|搭[建起]|开[展设办通辟]|建[立成起好]|设[立置]|举[办行]|实[施行]|探索|构建|"
    r"组[建织成]|成立|启动|深化|用好|办好|做[实优精强]|依托|利用|借助|通过|运用|参加|形成|提出|完善|健全|召开|定期|"
    r"指派|聘请|选聘|落实|拓展|加强|提交|编入|纳入|涉及|坚持|倡导|制定|印发|深入|划分|走进|进入|遍布|位于|位在|所有|"
    r"全[市县区省]|"
    r"推进|开发|带头|筹备|把握|配套|建议|(?:指导|助推|推动)$|以及|或是|包括|作为|成为|贯通|强化|"
    r"倾力|统一|明确了?|规范|发挥|配合|联合|随|"
    r"培育|实现|不少|许多|多数|全部|计划|选派|邀请|组团|升级|改造|用(?![户水电工能])|"
    r"走访|调研|考察|视察|察看|参观|前往|来到|奔赴|带队|带领|率领|下沉|筹[建展备划]|命名|做好|首[个家批]|各类|[进入]驻|"
    r"全国首创|[这本该此]次|共(?=建设|设立|有\d)|对(?![口外台接话])|使(?![命馆])|"
    r"近年来?|日前|目前|[的了着过在把被让将由从是有等各每第即]|[与和及为以向到](?!谐|平|民)|"
    r"\d+(?:[余多])?[个名家场期处位人支项间座所批年月日]?|[一二三四]季度|[一两二三四五六七八九十]+(?:[个名家场期处位支间座所批]|份))"
)
# 建设 begins a name's own words unless it stands right before the head (经济圈建设联席会议).
_LATE_STOP = re.compile(r"建设(?=.)")
# A phrase with 和 and 的 in it that names of research bases carry whole.
_UNOWNED = ("members' occasions", "regular consultations")
_OWNER = re.compile(r"[省市区县州旗盟]政协")
# What rank a room has or what it is held up as is not its name: 市级政协委员工作室.
_RANKED = re.compile(r"(?:[省市县区州村]级|[省市县区州]+三级|(?:[一-龥]{2,3}[省市])?示范性)")
_WHOLE = re.compile(r"习近平(?:总书记)?[^,。;]{0,6}关于加强和改进人民政协工作的重要思想")
_EMPTY = re.compile(
    r"^(?:高标准|高质量|经常性|常态化|长效|有效|成熟|各项|相关|多种|完善|健全|配套|完备|新|好|制度|工作|体制|长效工作|"
    r"履职|政协协商|协商民主|民主监督|协商工作|协商议事|政治协商|基层|特色|创新|示范|线上|线下|个人|先进|优秀|"
    r"党员|委员|社区|居民|市级|县级|区级|省级|街道|乡镇|专业|综合|多层次|全方位|一套|一系列|规范|科学|基层协商|"
    r"教育|爱国主义|红色|责任|基层党|社会主义民主政治|基本政治|根本政治|重要|协商于民)$"
)
_ACTORS = re.compile(
    r"政协|委员|党员|党外|党政|领导|提案|界别|专委会|专门委员会|机关|乡镇|街道|主席|秘书长|常委|党支部|"
    r"批办|督办|促办|联系|联动|跟踪|会商|毗邻|对口|联席|评议|考核|社情民意"
)
_TRADE = re.compile(r"协商|议政|咨询|履职|建言|社情|书画|文史|民意|专项监督")
_PLACE = re.compile(
    r"[省市县区旗州盟]政协|[省市县区]|川渝|[一-龥]{2}地区|[两三四五六七八]地|[两三四五六七八]市"
)
_STRONG_BEFORE = re.compile(
    r"(?:打造|创[建立办设]|推[出行]|搭建|开[设办通辟]|建[立成起]|设[立置]|举办|实施|构建|组[建成]|成立|首创|形成|完善|"
    r"召开|办好|用好|依托|利用|通过|借助|指派|选聘|聘请|建好|健全)[了好起]?(?:\d+[余多]?[个名家场期处位人支间]?的?|一批)?$|组成的$"
)
_HELD = re.compile(r"在[^,。;]{2,8}(?:召开|举行|成立|揭牌)")
_MEETINGS = ("meetings held", "standing meetings", "occasions")
_TWICE = re.compile(r"机制|制度|体系|建设|化")
_PLAN = re.compile(r"要[^,。;]{0,12}$|应当|建议")


@dataclass(frozen=True, slots=True)
class Head:
    """One head noun of the data file; `modifier` is any, some or actors. `unless` must not follow it."""

    word: str
    name: str
    kind: str
    add: float
    modifier: str
    unless: str | None


@lru_cache(maxsize=1)
def heads() -> tuple[Head, ...]:
    """The head nouns, longest first, so that 政协大讲堂 is seen before 讲堂."""
    found = [
        Head(
            w, e.name, e.yields["kind"], float(e.yields["add"]), e.yields["modifier"], e.yields.get("unless")
        )
        for e in load("mechanisms")["bare"]
        for w in e.words
    ]
    return tuple(sorted(found, key=lambda h: -len(h.word)))


@lru_cache(maxsize=1)
def shapes() -> tuple[tuple[str, str, float, re.Pattern[str]], ...]:
    """Names told by their shape alone: rule, kind, points, pattern with a group `name`."""
    return tuple(
        (e.name, e.yields["kind"], float(e.yields["add"]), e.compile()) for e in load("mechanisms")["shape"]
    )


def find(
    texts: tuple[str, ...], titles: int, quoted: list[Candidate], is_person: Callable[[str], bool]
) -> list[Candidate]:
    """Bare names of the body that no accepted quoted name covers."""
    marked: dict[int, list[Candidate]] = {}
    for c in quoted:
        marked.setdefault(c.passage, []).append(c)
    found: list[Candidate] = []
    everything = "\n".join(texts[titles:])
    present = [h for h in heads() if h.word in everything]
    for number, text in enumerate(texts[titles:], titles):
        here = marked.get(number, [])
        taken = _Taken(len(text))
        for c in here:
            if c.shape == "title" or c.score >= THRESHOLD:
                taken.take(*c.covered)
        for c in (
            *_counted(text, number, here),
            *_shaped(text, number),
            *_headed(text, number, present, taken, is_person),
        ):
            if taken.free(c.start, c.end):
                taken.take(c.start, c.end)
                found.append(c)
    _lift_in_lists(found)
    counts = Counter(c.core for c in found)
    for c in found:
        if counts[c.core] > 1:
            c.add(min(0.4 * (counts[c.core] - 1), 0.8), "repeated")
    return found


class _Taken:
    """The characters of a passage that a name already covers."""

    def __init__(self, length: int) -> None:
        self._covered = bytearray(length)

    def take(self, start: int, end: int) -> None:
        self._covered[start:end] = b"\x01" * (end - start)

    def free(self, start: int, end: int) -> bool:
        return not any(self._covered[start:end])


def _headed(
    text: str, number: int, present: list[Head], taken: _Taken, is_person: Callable[[str], bool]
) -> Iterator[Candidate]:
    for head in present:
        at = text.find(head.word)
        while at >= 0:
            end = at + len(head.word)
            other = head.unless is not None and text.startswith(head.unless, end)
            if not other and taken.free(at, end):
                c = _candidate(text, number, at, end, head, is_person)
                if c is not None:
                    yield c
            at = text.find(head.word, end)


def _shaped(text: str, number: int) -> Iterator[Candidate]:
    for name, kind, points, pattern in shapes():
        for m in pattern.finditer(text):
            c = Candidate(number, *m.span("name"), m["name"], "", "", m.span("name"), "bare", kind=kind)
            c.add(points, name)
            yield c


def _counted(text: str, number: int, quoted: list[Candidate]) -> Iterator[Candidate]:
    """悦读助历、商量助历、调研助历等“四个助历”: a counted name stands for the names before it."""
    for q in quoted:
        m = _COUNTED.match(q.core) if q.score >= THRESHOLD else None
        if m is None:
            continue
        word = re.escape(m[1])
        low = max(0, q.outer[0] - 60)
        listed = re.search(
            rf"((?:[^,。;:、\s]{{1,9}}{word}、)+[^,。;:、\s]{{1,9}}{word})等?$", text[low : q.outer[0]]
        )
        if listed is None:
            continue
        at = low + listed.start(1)
        parts = listed[1].split("、")
        # Before the first of them stands the verb; they are all as long as the others.
        first = parts[0][-len(parts[1]) :]
        at += len(parts[0]) - len(first)
        for part in (first, *parts[1:]):
            c = Candidate(number, at, at + len(part), part, "", "", (at, at + len(part)), "bare", kind=q.kind)
            c.add(THRESHOLD, "one of " + q.core)
            yield c
            at += len(part) + 1


def _lift_in_lists(found: list[Candidate]) -> None:
    """A name that stands in a row with an accepted one is nearly as good."""
    found.sort(key=lambda c: (c.passage, c.start))
    for before, c in pairwise(found):
        beside = c.passage == before.passage and c.start - before.end == 1 and c.left.endswith("、")
        if beside and before.score >= THRESHOLD > c.score:
            c.add(0.6, "beside a name")


def _candidate(
    text: str, number: int, at: int, end: int, head: Head, is_person: Callable[[str], bool]
) -> Candidate | None:
    low = max(0, at - _REACH)
    segment = text[low:at]
    breaks = [m.end() for m in _BREAK.finditer(segment)]
    start = low + breaks[-1] if breaks else low
    segment = text[start:at]
    cut = max((m.end() for m in _stops(segment)), default=0)
    if head.name in _MEETINGS and _HELD.match(text, end):
        # The subject of a sentence is a name from its beginning.
        cut = 0
    if head.name == "rooms of members":
        cut = _room_cut(segment, cut, is_person)
    elif head.name in _UNOWNED and _OWNER.search(segment[-3:]):
        cut = len(segment)
    modifier = segment[cut:].lstrip("()")
    if ")" in modifier and "(" not in modifier:
        modifier = modifier.rsplit(")", 1)[1]
    modifier = re.sub(r"^(?:(?:19|20)\d\d年|[一二三四五六七八九十]*次)", "", modifier)
    start = at - len(modifier)
    before = text[max(0, start - LEFT) : start]
    ending = ""
    if text.startswith("(室)", end):
        end += 3
    if head.modifier != "actors" and text.startswith(("机制", "制度", "队伍"), end):
        end += 2
        ending = text[end - 2 : end]
    if head.modifier == "actors" and (_TWICE.match(text, end) or _TWICE.match(modifier[-2:])):
        return None
    if text[end : end + 1] in ("“", "《"):
        # What follows is the name; these words only say what sort of thing it is.
        return None
    c = Candidate(
        number,
        start,
        end,
        text[start:end],
        before,
        text[end : end + 12],
        (start, end),
        "bare",
        kind=ending or head.kind,
    )
    c.add(head.add, head.name)
    if head.modifier != "any" and (len(modifier) < 2 or _EMPTY.match(modifier)):
        return None
    return _judge(c, modifier, head)


def _room_cut(segment: str, cut: int, is_person: Callable[[str], bool]) -> int:
    """Where the name of a room begins, `cut` by its words: whose it is stands right before it."""
    if segment.endswith("建设"):
        # 建设委员之家 is done to a room; 经济圈建设联席会议 is called so.
        return len(segment)
    if 0 <= len(segment) - cut < 3 <= len(segment) and is_person(segment[-3:]):
        # 有 and 成 in 段有成 are no words; but in 建成产业 成 is no surname.
        at = len(segment) - 3
        return cut if any(m.start() < at < m.end() for m in _stops(segment)) else at
    # 宁国市政协南河社区委员工作室: the committee owns the room, its name comes after.
    owner = max((m.end() for m in _OWNER.finditer(segment, cut)), default=cut)
    cut = owner if len(segment) - owner > 1 else cut
    ranked = _RANKED.match(segment, cut)
    return ranked.end() if ranked else cut


def _stops(segment: str) -> Iterator[re.Match[str]]:
    segment = _WHOLE.sub(_hidden, segment)
    segment = naming.joint().sub(_hidden, segment)
    yield from _STOP.finditer(segment)
    yield from _LATE_STOP.finditer(segment)


def _hidden(m: re.Match[str]) -> str:
    return "#" * len(m[0])


def _judge(c: Candidate, modifier: str, head: Head) -> Candidate:
    actors = len(set(_ACTORS.findall(modifier)))
    if head.modifier == "actors":
        if actors < 2:
            return c
        c.add(0.5 * min(actors, 4), "says who")
    elif actors or _TRADE.search(modifier):
        c.add(0.8, "word of the trade")
    if _PLACE.search(modifier):
        c.add(0.4, "place")
    if _STRONG_BEFORE.search(c.left):
        c.add(1.0, "introducing verb")
    if re.search(r"[一二三四五六七八九]是[^,。;]{0,4}$", c.left):
        c.add(0.8, "numbering")
    if _PLAN.search(c.left):
        c.add(-0.6, "plan")
    if head.name in _MEETINGS and _HELD.match(c.right):
        c.add(1.2, "held")
    if len(modifier) > 24:
        c.add(-0.5, "long")
    if re.match(r"[,。、;:]|等|\d|$", c.right):
        c.add(0.4, "ends there")
    if head.word == "制度":
        c.kind = "制度"
    return c
