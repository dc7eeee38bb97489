"""What an amount counts: the shortest noun phrase beside it, or the topic it refers back to."""

import re
from dataclasses import dataclass

from articles.ingest.fields.metrics.amounts import Amount
from articles.ingest.fields.metrics.clause import (
    HEAD_EDGE,
    LOOK_BACK,
    TAIL_EDGE,
    clip,
    inside_quotes,
    trim,
    words_ahead,
    words_behind,
)
from articles.ingest.fields.metrics.vocabulary import describes, subject_words

_EVENT = frozenset(("次", "场", "期", "轮", "趟", "堂", "讲", "节", "场次", "批次", "届次"))
_PEOPLE = frozenset(("人", "人次", "户", "户次", "家", "家次", "名", "位"))
_TIME = frozenset(("天", "日", "小时", "分钟", "个工作日", "工作日", "个月", "个小时", "周"))
_CHANGING = frozenset(("%", "‰", "百分点", "个百分点", "倍", "番", "天", "日", "个月", "个工作日"))
_QUOTED = re.compile(r"[“《「][^“”《》「」]{1,40}(?:《[^》]{1,30}》|“[^”]{1,30}”)?[^“”《》「」]{0,20}[”》」]")
_SERIES = re.compile("栏目|讲堂|课堂|学堂|论坛|讲坛|活动|平台|机制|会客厅|节目|沙龙|专报|工作室|协商")
_HEDGE = re.compile(r"(?:\([一-龥]{1,2}\))?(?:以上|左右|以内|之多)?[ 的]*")
# Words after a noun phrase that are no part of it: 成立的3个工作室的基础上, 雇用11人时.
_FRAME = re.compile(
    "(?:的(?:基础上|过程中|情况下|同时|前提下|背景下|推动下|支持下|带领下|努力下|影响下|方式|名义)|"
    "的(?:接收|审查|办理|交办|督办|征集|收集|整理|转办)[^的]*)$|^[时后前间]$"
)
# A noun phrase longer than this gives up what stands before its last 的.
_WORDY = 9
# 6名县政协委员和县农业农村局负责人: the figure counts the first of them only.
_AND_OFFICES = re.compile(
    r"(?<=委员|代表|专家|群众)(?:以及|[和及与、])(?=.*(?:局|部门|厅|政府|街道|单位|公司)).*"
)
_COUNT = re.compile(r"[一二两三四五六七八九十\d]+[次场期件个名项条]")
_JOINTS = "、和与及或"


@dataclass(frozen=True, slots=True)
class Subject:
    """`text` is what is counted; `start` and `end` hold it and its amount, where they stand side by side."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """An amount among others: its neighbours, and the subjects of a metric before it in the sentence, of one
    shortly before it, and of its total.
    """

    this: Amount
    before: Amount | None = None
    after: Amount | None = None
    last: str | None = None
    recent: str | None = None
    whole: str | None = None


def subject(text: str, place: Place) -> Subject:
    """What `place.this` counts."""
    this, last = place.this, place.last
    start, stop = words_ahead(text, this, place.before)
    limit = words_behind(text, this.end, place.after)
    behind = _behind(text, this, limit, place.after)
    if behind and len(behind[0]) == 1 and this.unit in _EVENT:
        # 至少一堂课: of what, the words before tell.
        series = _topic(text, start, place.recent) or ""
        return Subject(clip(series + behind[0]), _verb_start(text, start, this.start), behind[1])
    if behind:
        return Subject(behind[0], _verb_start(text, start, this.start), behind[1])
    stem = _stem(text[start:stop], this.unit)
    phrase = _ahead(stem)
    if this.unit in _TIME and place.before and start == place.before.end:
        # 3天回应、7天办结: the words between belong to the step before.
        phrase = ""
    at = start + max(text[start:stop].find(phrase), 0) if phrase else this.start
    event = _event(text, this, limit, phrase)
    if event:
        return Subject(event[0], at, event[1])
    begin = _verb_start(text, start, at)
    if phrase and not subject_words().bare.fullmatch(phrase):
        if last and len(phrase) <= 4 and phrase[-1] in "率比度" and not phrase.startswith(last):
            phrase = _rate(last, phrase)
        return Subject(phrase, begin, this.end)
    if place.whole:
        deed = _last_deed(stem) or _told(text[this.end : limit])
        return Subject(clip(deed + place.whole, keep_end=True), start, this.end)
    if last and text[start:stop].strip("、,其中约仅").startswith("占"):
        return Subject(clip(last, keep_end=True) + "占比", begin, this.end)
    if phrase or not stem:
        quoted = text[start - 1 : start] == "“"
        topic = _topic(text, start - 1, place.recent) if quoted else last or _topic(text, start, place.recent)
        return Subject(clip((topic or "") + phrase) or this.unit, begin, this.end)
    return Subject(_topic(text, start, place.recent) or last or clip(stem) or this.unit, start, this.end)


def _rate(last: str, rate: str) -> str:
    """The rate of what was counted before it: 提案 and 办复率 are 提案办复率, two rates stand side by side."""
    if last[-1:] in "率比度":
        return rate
    if last.endswith(rate[:-1]):
        return clip(last + rate[-1], keep_end=True)
    return clip(last.removeprefix(rate[:-1]) + rate, keep_end=True)


def _last_deed(stem: str) -> str:
    """经审查立案: of several verbs in a row the last says what became of the part."""
    words = subject_words()
    if words.empty.fullmatch(stem) and not re.search("[和或及]", stem):
        return next((m[0] for m in reversed(list(words.verb.finditer(stem)))), stem)
    return stem


def _told(rest: str) -> str:
    """得到领导批示的, from what is said behind the amount, if that is short."""
    deed = TAIL_EDGE.sub("", _items(rest))
    return f"{deed}的" if 2 <= len(deed) <= 12 else ""


def _behind(text: str, this: Amount, limit: int, after: Amount | None) -> tuple[str, int] | None:
    """The noun phrase that follows the unit, and where it ends."""
    at = this.end
    hedge = _HEDGE.match(text, at, limit)
    at = hedge.end() if hedge else at
    rest = _FRAME.sub("", re.sub(r"以及?$", "", text[at:limit]))
    if (closed := rest.find(")")) >= 0 and "(" not in rest[:closed]:
        rest = rest[:closed]
    if this.unit in _TIME or (this.unit in _CHANGING and subject_words().predicate.match(rest)):
        return None
    if not rest or rest[0] in "、和与及或以)”’》」,":
        return None
    words = subject_words()
    phrase = rest
    for found in words.predicate.finditer(rest):
        first, tail = found.start() == 0, rest[found.end() :]
        if inside_quotes(rest, found.start()) or describes(found[0], tail):
            continue
        if first and words.noun.fullmatch(found[0]) and this.unit not in _EVENT | _PEOPLE:
            continue
        if first and words.member.match(tail) and this.unit not in _EVENT:
            continue
        if first and words.change.match(rest):
            return None
        if first:
            if "的" not in tail or this.unit in _PEOPLE:
                return None
            continue
        if (tail[:1] == "的" and this.unit not in _PEOPLE) or _relative(rest, found):
            continue
        if rest[found.start() - 1] == "的" or (tail[:1] == "、" and "的" in tail):
            # 形式多样的联系活动, 界别群众集中、代表性强的单元
            continue
        if found.start() >= 2 or words.owner.match(rest[:1]):
            phrase = rest[: found.start()]
            break
    if phrase is rest and after and limit == after.start:
        # The last item of a list belongs to the amount that follows it.
        if "、" in rest or rest[-1:] in _JOINTS:
            phrase = re.sub(r"[、和与及](?![^“]*”)[^、]*$", "", rest)
        phrase = re.sub(r"(?:以及|[和与及])[^、]{0,4}$", "", phrase)
    phrase = re.sub("(?:(?:之|当)?中|里|共|均|也|已|将|又|还|都|曾|就)$", "", _items(phrase))
    if phrase and words.rhetoric.fullmatch(phrase):
        # 10个方面凝聚共识重点
        phrase = rest
    if this.unit in _PEOPLE:
        phrase = _AND_OFFICES.sub("", phrase)
    de = phrase.find("的")
    if 1 <= de <= 6 and this.unit not in _EVENT and words.owner.search(phrase[:de]):
        # 收集82家企业的诉求 counts the firms, not the requests.
        return phrase[:de], at + de
    cut = _after_de(phrase)
    shown = clip(trim(phrase[cut:]))
    if not shown:
        return None
    return shown, at + cut + phrase[cut:].find(shown) + len(shown)


def _relative(rest: str, found: re.Match[str]) -> bool:
    """Whether the verb belongs to a clause that ends in 的 and a noun: 做好凝聚共识工作的座谈会."""
    de = rest.find("的", found.end(), found.end() + 14)
    return (
        de > 0
        and not re.search(r"[、,]", rest[found.end() : de])
        and de + 2 < len(rest)
        and found.start() < 2
    )


def _items(phrase: str) -> str:
    """A list up to the item that is a new statement (提案、撰写…)."""
    parts = phrase.split("、")
    kept = parts[:1]
    for part in parts[1:]:
        if subject_words().verb.match(part) or _COUNT.match(part):
            break
        kept.append(part)
    return "、".join(kept)


def _after_de(phrase: str) -> int:
    at = len(phrase)
    while True:
        at = phrase.rfind("的", 0, at)
        if at < 0:
            return 0
        if not inside_quotes(phrase, at) and len(phrase) - at > 2:
            return at + 1


def _stem(segment: str, unit: str) -> str:
    """The words ahead of an amount, without adverbs and without what is said of a change."""
    words = subject_words()
    stem = TAIL_EDGE.sub("", words.trail.sub("", TAIL_EDGE.sub("", segment)))
    stem = HEAD_EDGE.sub("", words.lead.sub("", stem))
    if unit == "分":
        stem = re.sub("(?:每次|再)*[记加扣得计赋]$", "", stem)
    if unit in _CHANGING:
        change = words.change.search(stem)
        if change:
            stem = TAIL_EDGE.sub("", stem[: change.start()])
    return stem


def _ahead(stem: str) -> str:
    """The noun phrase at the end of the words ahead of an amount, after its verb."""
    words = subject_words()
    if words.empty.fullmatch(stem):
        # 开展宣讲520多场, 累计参与1.6万人次: a deed may itself be what is counted.
        nouns = [m[0] for m in words.noun.finditer(stem)]
        return nouns[-1] if nouns and stem.endswith(nouns[-1]) else ""
    cut = 0
    for found in words.verb.finditer(stem):
        tail = stem[found.end() :]
        if len(tail) < 2 or tail[0] in _JOINTS + "的性" or inside_quotes(stem, found.start()):
            continue
        if (
            stem[found.start() - 1 : found.start()] == "的"
            or describes(found[0], tail)
            or words.bare.fullmatch(tail)
        ):
            continue
        if len(tail) <= 4 and tail[-1] in "率比度量额数" and found.start():
            continue
        cut = found.end()
    phrase = trim(stem[cut:])
    if len(phrase) > _WORDY:
        phrase = phrase[_after_de(phrase) :]
    return clip(phrase, keep_end=True)


def _event(text: str, this: Amount, limit: int, agent: str) -> tuple[str, int] | None:
    """Who did what, where the words behind the amount are a deed: 书记先后16次作出批示, 10万人次参与协商."""
    rest = text[this.end : limit]
    if this.unit in _TIME:
        rest = re.sub("^(?:之|以)?内(?:就会|须|必须|要|将)?", "", rest)
    rest = re.sub("^在[^,]{2,16}?[上中](?=.{2})", "", rest)
    if not rest or rest[0] in "、和与及或以)”’》」,的":
        return None
    deed = TAIL_EDGE.sub("", _items(re.split("[并且]", rest)[0])[:14])
    if this.unit in _TIME:
        if subject_words().change.match(rest):
            return None
        deed = deed.split("”")[0]
        return clip(agent + deed), text.index(deed, this.end) + len(deed)
    if this.unit in _EVENT or (this.unit in _PEOPLE and not agent):
        return clip(agent + deed if this.unit in _EVENT else deed), this.end + len(deed)
    return None


def _topic(text: str, start: int, recent: str | None) -> str | None:
    """What an amount without a noun refers back to: the name or the noun of a clause before."""
    floor = max(0, start - LOOK_BACK)
    names = []
    for name in _QUOTED.finditer(text, floor, start):
        noun = re.match(r"[一-龥]{0,10}", text[name.end() : start])
        tail = noun[0] if noun else ""
        cut = subject_words().predicate.search(tail)
        names.append(clip(name[0] + (tail[: cut.start()] if cut else tail)))
    series = [name for name in names if _SERIES.search(name) or name[0] == "《"]
    if names:
        return (series or names)[-1]
    if recent:
        return recent
    pieces = [p for p in re.split("[,。;:!?]", text[floor : max(start - 1, 0)]) if p]
    return _ahead(_stem(pieces[-1], "")) or None if pieces else None


def _verb_start(text: str, start: int, at: int) -> int:
    """Where the verb in front of `at` begins, if one stands close by: it belongs in the quote."""
    window = max(start, at - 8)
    found = subject_words().verb.search(text, window, at)
    return found.start() if found else at
