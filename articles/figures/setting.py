"""What the words round a figure say about it: of which time, of which part of the place, by what measure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

# Names of places in a text, as codes in the order in which they stand.
Places = Callable[[str], list[str]]

_NUMBERS = "一两二三四五六七八九十"
_PART = rf"(?:上半年|下半年|第?[{_NUMBERS}1-4]季度|\d{{1,2}}月份?)"
_TIME = re.compile(
    rf"(?P<from>(?:19|20)\d\d)年?\s?[-~—–至到]+\s?(?P<to>(?:19|20)\d\d)年"
    rf"|(?P<year>(?:19|20)\d\d)年(?P<part>{_PART})?"
    rf"|(?P<relative>去年|上年|前年|今年|本年度?|当年|年内|明年)(?P<of>{_PART})?"
    rf"|(?P<alone>{_PART})"
    rf"|(?P<span>(?:近|过去)?[{_NUMBERS}\d]+年多?来|近年来|多年来|本届(?:政协)?以来|换届以来|届内|长期以来)"
    rf"|(?P<session>[{_NUMBERS}]+届[{_NUMBERS}]+次(?:全体)?(?:会议|全会))"
    r"|(?P<now>目前|现有|现已|如今|至今)"
)
_SINCE = re.compile("以来|至今|起|开始")
_BACK = {"去年": 1, "上年": 1, "前年": 2, "明年": -1}
# No period of their own where they stand in dates of documents and names of rules: 《…（2023年修订）》.
_IN_TITLE = re.compile("《[^《》]*》")

_CLAUSE = re.compile("[，。；：！？,;:!?]")
_FROM = re.compile(r"(?:由|从)[^，。；,;]{0,14}?[\d一二三四五六七八九十百千万亿.]+[^，。；,;\d]{0,5}$")
_TO = re.compile("^[^。；;]{0,16}?(?:增|提|升|降|减|压|缩|发展|扩|变|延|回落|攀|跃)[^。；;]{0,8}?[到至为成]")
_GAIN = re.compile(
    r"(?:增长|提高|提升|上升|下降|降低|减少|增加|缩短|压缩|压减|高出|净增|新增|翻了?)了?(?:近|约|超过?|逾)?"
    r"\s?[\d一二三四五六七八九十百千万亿.]+[^，。；,;\d]{0,6}$"
)
_PER = re.compile(
    "每(?:个|名|位|年|月|周|日|天|季度|半年|届|次|场|户|人|[一-龥]{1,3})|[日月年人户场亩]均|平均"
)
_OF_THEM = re.compile("其中|包括|含有?")
_SINGLED_OUT = re.compile("[^,，。；;]{0,12}?(?:被评|获评|获得|荣获|入选|被列|被授|被命名|跻身)")
_NAME = re.compile("“([^“”]{2,16})”")
_NUMBER = re.compile(r"\d")
_HAN = re.compile("[一-龥]")
# Between a verb and its object without changing either: 共收到, 收到了.
_FILLING = re.compile("[了共]|累计|先后|总计|合计|各类|一共|[近约超]")
_STOCK = re.compile(
    "建成|建立|建有|建起|设立|设有|设置|成立|组建|配备|现有|共有|拥有|已有|聘请|挂牌|打造|全[国省市区县州盟旗]|目前|截至|形成"
)
_TOTAL = re.compile(
    "全[国省市区县州盟旗]|(?<![公中])共(?![识同产享建治和青商])|累计|总(?:数|计|量|共|人数)|合计|目前|现有|已有|建成|截至|全年"
)
_LEVELS = re.compile("[两二三四]级|各级|市县|省市|县乡|上下联动")
_OWN = re.compile("本级|机关")
_BELOW = re.compile(
    r"(?:^|[，。；、,;])(?:在|如|像|以|仅)?(?![各全每两三四五六七八九十乡镇村街该同])"
    r"([一-龥]{2,4}?(?:街道|镇|乡|社区|村|开发区))(?![、（(和及与]|级|民|干部|企业|政府)"
)


@dataclass(frozen=True, slots=True)
class Period:
    """`name` is 2023, 2023-H1, 去年 (of an article without a date), 5年来 …; empty for the time of writing.

    What is `running` grows until the article is written.
    """

    name: str = ""
    running: bool = False

    @property
    def dated(self) -> bool:
        """Whether the name means the same in every article: a year, a session."""
        return self.name[:4].isdigit() or "次" in self.name


@dataclass(frozen=True, slots=True)
class Setting:
    """`scope` names a part of the article's place, `per` what a rate is reckoned by, `change` a step or its start.

    `part` is a share of what is there; `stock` something that is there, not something that happened; `total` is said
    of the whole place or time; `levels` that several levels are counted together. `verb` is what was done to the
    counted, as two characters, `names` are the quoted names that the sentence has used so far, and `clause` is the
    wording of its last clause without numbers.
    """

    period: Period = Period()
    scope: str = ""
    per: str = ""
    change: bool = False
    part: bool = False
    stock: bool = False
    total: bool = False
    levels: bool = False
    verb: str = ""
    names: frozenset[str] = frozenset()
    clause: str = ""


def no_places(text: str) -> list[str]:
    """For callers that know no places."""
    return []


def read(
    lead: str,
    before: str,
    words: str,
    after: str,
    *,
    subject: str = "",
    day: str = "",
    places: Places = no_places,
) -> Setting:
    """The setting of the figure `words` with the rest of its sentence, and the paragraph that leads up to it.

    `day` is the article's, ISO, maybe only a year or empty. `places` finds places that are not the article's own.
    """
    folded = (unicodedata.normalize("NFKC", text) for text in (lead, before, words, after, subject))
    lead, before, words, after, subject = folded
    so_far = before + words
    clause = _last_clause(so_far)
    return Setting(
        period=_period(so_far, day) or _period(lead, day) or Period(),
        scope=_scope(so_far, clause, places),
        per=found[0] if (found := _PER.search(clause)) else "",
        change=bool(_GAIN.search(so_far) or (_FROM.search(so_far) and _TO.search(after))),
        part=bool(_OF_THEM.search(so_far) or _SINGLED_OUT.match(after)),
        stock=bool(_STOCK.search(clause) or _STOCK.search(before)),
        total=bool(_TOTAL.search(clause) or _TOTAL.search(before[-30:])),
        levels=bool(_LEVELS.search(so_far)),
        verb=_verb(clause, subject),
        names=frozenset(_NAME.findall(so_far)) - {subject.strip("“”")},
        clause="".join(_HAN.findall(clause)),
    )


def _last_clause(text: str) -> str:
    return _CLAUSE.split(text)[-1]


def _verb(clause: str, subject: str) -> str:
    """The two characters before the subject, or before the number where the subject comes after it."""
    head, found, _rest = clause.partition(subject) if subject else (clause, "", "")
    if not found:
        number = _NUMBER.search(clause)
        head = clause[: number.start()] if number else clause
    return "".join(_HAN.findall(_FILLING.sub("", head)))[-2:]


def _scope(so_far: str, clause: str, places: Places) -> str:
    if found := _BELOW.findall(so_far):
        return str(found[-1])
    if _OWN.search(clause):
        return "本级"
    named = places(so_far)
    return named[-1] if named else ""


def _period(text: str, day: str) -> Period | None:
    """The last time named in the text; a word like 目前 is the time of writing."""
    text = _IN_TITLE.sub("", text)
    found = None
    for match in _TIME.finditer(text):
        found = match
    if found is None:
        return None
    since = bool(_SINCE.match(text, found.end()))
    if found["now"]:
        return Period()
    if found["from"]:
        return Period(f"{found['from']}–{found['to']}")
    if found["year"]:
        whole_year = not found["part"]
        return Period(
            found["year"] + _part(found["part"]), since or (whole_year and found["year"] == day[:4])
        )
    if found["session"]:
        return Period(found["session"].replace("全体", ""))
    if found["span"]:
        return Period(found["span"], True)
    back, part = _BACK.get(found["relative"] or "", 0), _part(found["of"] or found["alone"])
    running = since or not (back or part)
    if not day[:4].isdigit():
        return Period((found["relative"] or "今年") + part, running)
    return Period(f"{int(day[:4]) - back}{part}", running)


def _part(words: str | None) -> str:
    return f"-{words.removeprefix('第').removesuffix('份')}" if words else ""
