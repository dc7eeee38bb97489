"""Author roles read into what someone is, of which body, in which region."""

import re
from dataclasses import dataclass
from functools import lru_cache

from articles.gazetteer import Gazetteer, RegionMention, rank

_BREAK = re.compile(r"[、，,；;]|(?<=[主席长任记员])(?:兼任|兼|暨)(?=.)")
_NATIONAL = re.compile(r"^(?:第?[一二三四五六七八九十]+届)?全国政协")
_COMMITTEE = re.compile(r"^(?:政协|中国人民政治协商会议).{2,14}?委员会|政协")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Role:
    """A role taken apart: 全国政协委员、成都市政协主席 → (全国政协委员, 主席), 成都市政协, 510100.

    `offices` of the main body stand bare, those of other bodies with the body before them. `candidates` are
    the codes left open where the place is ambiguous; `region` is None then.
    """

    offices: tuple[str, ...] = ()
    body: str | None = None
    region: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    body: str
    office: str
    place: RegionMention | None
    rank: int  # 0 a local committee's … 4 an unnamed body's


@lru_cache(maxsize=8)
def _office_pattern(offices: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, offices))})(?:[（(].*[）)])?$")


def parse_role(role: str, gazetteer: Gazetteer) -> Role:
    """Reads a role as printed, without 作者系; empty fields for what it does not say. Never raises."""
    text = re.sub(r"^[（(\s]*(?:作者|本文作者)?(?:分别)?(?:系|为|单位[:：])?\s*", "", role).strip("（）() 。")
    text = _SPACE.sub("", text)
    parts = [_read_part(p, gazetteer) for p in _BREAK.split(text) if p]
    named = [p for p in parts if p.body]
    main = min(named, key=_closeness, default=None)
    offices: list[str] = []
    carrier: _Part | None = None
    for part in parts:
        carrier = part if part.body else carrier
        if part is main or (not part.body and carrier is main):
            offices.append(part.office)
        elif part.body:
            offices.append(part.text)
        elif part.office:
            offices.append(part.office)
    codes = main.place.candidates if main and main.place else ()
    return Role(
        tuple(o for o in offices if o),
        main.body if main else None,
        codes[0] if len(codes) == 1 else None,
        codes if len(codes) > 1 else (),
    )


def _closeness(part: _Part) -> tuple[int, int]:
    """What a role mainly is: a local committee's before other bodies', the most local first."""
    return part.rank, -rank(part.place.candidates[0]) if part.place else 0


def _read_part(part: str, gazetteer: Gazetteer) -> _Part:
    places = gazetteer.regions.find(part)
    place = places[0] if places else None
    # An office stands at the end; looking no further back keeps hostile texts linear.
    found = _office_pattern(gazetteer.offices.offices).search(part[-40:])
    office = found[0] if found else ""
    committee = _COMMITTEE.search(part)
    if committee and office and committee.end() < len(part):
        # 长兴县政协提案委主任: the committee is the body, what follows is the office in it.
        office = part[committee.end() :]
    body = part[: len(part) - len(office)]
    if _NATIONAL.match(part):
        worth = 3
    elif committee:
        worth = 0 if place else 1
    else:
        worth = 2 if place else 4
    return _Part(part, body, office, place, worth)


def region_of_role(role: str, gazetteer: Gazetteer) -> str | None:
    """The code of the place whose committee (else unit) a role names; None where none or several are."""
    return parse_role(role, gazetteer).region
