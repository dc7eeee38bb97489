"""Where an article names committees (政协) and places: the raw material of its region and level."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.gazetteer import RegionIndex, RegionMention
from articles.ingest.passage import Passage
from articles.ingest.record import ArticleText

# Words between a place and 政协 that still make it that place's committee: 川渝两省市政协, 永州市各级政协.
_COMMITTEE = re.compile(
    r"(?:[两二三四五六七八九十\d]*(?:省市|省|市|区|县|州|盟|旗|地)?)?(?:各级|两级|三级)?(?:地方)?(?:人民)?政协"
)
_AND = re.compile(r"[、和与及同跟暨·]|以及|[（(]")
_NAMELESS = "各县市区州旗省盟三两四五六七八九十级全、）)港乡镇内"  # before 市政协, these make it no city's
_KINDS = ("自治区", "省", "市", "区", "县", "州", "旗", "盟")
# The look behind follows its character, so that the search can leap from one such character to the next.
_UNNAMED = re.compile(f"({'|'.join(f'{k}(?<![{_NAMELESS}]{k})' for k in _KINDS)})政协(?!组织)")
_TOWN = re.compile(
    r"(?:街道|镇|乡|苏木)(?:人大)?政协(?:工委|工作委员会|联络|工作组|工作联络|委员联络组|小组|召集|活动组)"
)
_NATIONAL = re.compile(r"全国政协(?!委员|常委|副主席|主席|礼堂|办公厅|全会|[一-鿿]{0,3}会议|书院|网)")


@dataclass(frozen=True, slots=True)
class Naming:
    """A place named in a passage of an article. `zone` is where: title, note, lead, heading, body or caption.

    `committee` tells that its 政协 is meant, `partner` that others stand beside it (德阳、眉山三市政协).
    """

    passage: Passage
    zone: str
    mention: RegionMention
    committee: bool
    partner: bool = False


@dataclass(frozen=True, slots=True)
class Unnamed:
    """省政协, 市政协 … without a name: the local committee of that kind."""

    passage: Passage
    zone: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything that an article says about places and committees, in reading order."""

    namings: tuple[Naming, ...]
    unnamed: tuple[Unnamed, ...]
    towns: tuple[Unnamed, ...]
    national: tuple[Unnamed, ...]


def survey(article: ArticleText, regions: RegionIndex, year: int | None) -> Survey:
    """Walks the article once."""
    namings: list[Naming] = []
    unnamed: list[Unnamed] = []
    towns: list[Unnamed] = []
    national: list[Unnamed] = []
    for passage, zone in _zones(article):
        text = passage.folded
        mentions = regions.find(text, year)
        namings.extend(_read(passage, zone, mentions, text))
        inside = {i for m in mentions for i in range(m.start, m.end)}
        for found in _UNNAMED.finditer(text):
            if found.start() not in inside:
                unnamed.append(Unnamed(passage, zone, found.start(), found.end(), found[1]))
        towns.extend(Unnamed(passage, zone, f.start(), f.end(), "镇") for f in _TOWN.finditer(text))
        national.extend(Unnamed(passage, zone, f.start(), f.end(), "国") for f in _NATIONAL.finditer(text))
    return Survey(tuple(namings), tuple(unnamed), tuple(towns), tuple(national))


def _zones(article: ArticleText) -> Iterator[tuple[Passage, str]]:
    zones = {
        "title": "title",
        "kicker": "title",
        "subtitle": "title",
        "author_note": "note",
        "caption": "caption",
    }
    for passage in article.pieces:
        if passage.kind in zones:
            yield passage, zones[passage.kind]
    paragraphs = 0
    for passage in article.body:
        if passage.kind == "heading":
            yield passage, "heading"
        else:
            yield passage, "lead" if paragraphs == 0 else "body"
            paragraphs += 1


def _read(passage: Passage, zone: str, mentions: list[RegionMention], text: str) -> Iterator[Naming]:
    committee: list[bool] = []
    for mention in mentions:
        behind = _COMMITTEE.match(text, mention.end) is not None
        full = text.endswith("政协", 0, mention.start) and text.startswith("委员会", mention.end)
        committee.append(behind or full)
    partner = [False] * len(mentions)
    # 德阳、眉山、资阳三市政协: what stands before an "and" shares the committee behind the last.
    for i in range(len(mentions) - 2, -1, -1):
        between = text[mentions[i].end : mentions[i + 1].start]
        if (between == "" and mentions[i].letter) or _AND.fullmatch(between):
            if committee[i + 1] and not committee[i]:
                committee[i] = True
            if committee[i + 1] and committee[i]:
                partner[i] = partner[i + 1] = True
        elif (
            committee[i]
            and re.fullmatch(r".{0,4}政协(?:与|和|同|、|携手|联合)", between)
            and committee[i + 1]
        ):
            partner[i] = partner[i + 1] = True
    for mention, is_committee, is_partner in zip(mentions, committee, partner, strict=True):
        yield Naming(passage, zone, mention, is_committee, is_partner)
