"""Reading areacodes.csv: who was called what, from when to when, and what became of it."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.gazetteer import files
from articles.gazetteer.region_names import stems

_LEVELS = {"省级": "省级", "地级": "地市级", "县级": "区县级"}
COLUMNS = ("代码", "一级行政区", "二级行政区", "名称", "级别", "状态", "启用时间", "变更/弃用时间", "新代码")


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One row of areacodes.csv: a code under one name for some years, and the codes that took it over.

    Codes lie idle and are used again: `successors` are those whose latest bearer is meant.
    """

    code: str
    name: str
    level: str
    since: int
    until: int | None
    successors: tuple[str, ...]


def read_rows() -> list[RegionRow]:
    """All rows; raises VocabularyError on the first that is wrong."""
    path = files.VOCABULARY / "areacodes.csv"
    rows: list[RegionRow] = []
    for line, (code, _, _, name, level, status, since, until, new) in files.rows(path, COLUMNS):
        if not re.fullmatch(r"\d{6}", code) or not name:
            raise files.VocabularyError(
                path, line, f"code {code!r}, name {name!r}. Give six digits and a name."
            )
        if level not in _LEVELS:
            raise files.VocabularyError(path, line, f"level {level!r}. Give 省级, 地级 or 县级.")
        if not since.isdigit() or bool(until) == (status == "在用") or (until and not until.isdigit()):
            message = f"years {since!r} to {until!r} with {status!r}. Give a last year to all but those 在用."
            raise files.VocabularyError(path, line, message)
        # 110108[2001] is a part that was ceded that year; the bare codes are the heirs.
        heirs = tuple(c for c in new.split(";") if c and "[" not in c)
        rows.append(RegionRow(code, name, _LEVELS[level], int(since), int(until) if until else None, heirs))
    return _with_heirs_of_their_time(_with_prefecture_heirs(rows))


_SHARE = 0.2
"""Of a former prefecture's counties: who took over as many is its heir."""


def _heirs_of_counties(prefecture: RegionRow, rows: list[RegionRow], codes: set[str]) -> tuple[str, ...]:
    """The prefectures, or the province where there are none between, that its counties went to, most counties first."""
    area, end = prefecture.code[:4], prefecture.until or 0
    went: Counter[str] = Counter()
    for row in rows:
        if row.code[:4] == area and row.level == "区县级" and row.until and abs(row.until - end) <= 1:
            above = {s[:4] + "00" if s[:4] + "00" in codes else s[:2] + "0000" for s in row.successors}
            went.update(above - {prefecture.code})
    return tuple(code for code, n in went.most_common() if n >= _SHARE * went.total())


def _with_prefecture_heirs(rows: list[RegionRow]) -> list[RegionRow]:
    """Former prefectures name no heir: it is the next of that stem there (吐鲁番地区 → 吐鲁番市), else whatever took over
    their counties (保定地区 → 保定市, which had stood beside it)."""
    ended = [r for r in rows if r.level == "地市级" and r.until and not r.successors]
    by_stem: dict[tuple[str, str], list[RegionRow]] = defaultdict(list)
    for row in rows:
        if row.level == "地市级":
            by_stem[row.code[:2], (stems(row.name, row.level) or (row.name,))[0]].append(row)
    heirs: dict[int, tuple[str, ...]] = {}
    codes = {row.code for row in rows}
    for row in ended:
        stem = (stems(row.name, row.level) or (row.name,))[0]
        later = [r for r in by_stem[row.code[:2], stem] if r is not row and r.since >= (row.until or 0) - 1]
        if later:
            heirs[id(row)] = (min(later, key=lambda r: r.since).code,)
        elif not any(r.code == row.code and r.since == row.until for r in rows):  # else it was renamed only
            heirs[id(row)] = _heirs_of_counties(row, rows, codes)
    return [replace(r, successors=heirs[id(r)]) if id(r) in heirs else r for r in rows]


def goes_on(old: RegionRow, new: RegionRow) -> bool:
    """Whether of two rows under one code the second is the same place: 511400 was 涪陵市 until 1997, and is 眉山市 since
    2000; 430204 was 南区, which went to 430203, and is 石峰区 since that year."""
    renamed = old.until == new.since and (not old.successors or old.code in old.successors)
    return old.code == new.code and (renamed or old.name == new.name)


def lineage(versions: Sequence[RegionRow]) -> list[RegionRow]:
    """Of the rows under one code, earliest first, those at the end that are one place under several names."""
    found = list(versions[-1:])
    for old in reversed(versions[:-1]):
        if not goes_on(old, found[0]):
            break
        found.insert(0, old)
    return found


def bearer(versions: Sequence[RegionRow], year: int | None) -> RegionRow:
    """Who bore a code at the end of a year, None for today, of the rows under it, earliest first."""
    borne = [r for r in versions if year is not None and r.since <= year <= (r.until or year)]
    return borne[-1] if borne else versions[-1]


def _with_heirs_of_their_time(rows: list[RegionRow]) -> list[RegionRow]:
    """An heir's code means who bore it in that year. Where the code has another bearer since, the heir's own heirs stand
    in its place: 涪陵市 went to 511402 in 1995, which was 枳城区 then, and that to 500102, 涪陵区."""
    by_code: dict[str, list[RegionRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: r.since):
        by_code[row.code].append(row)
    last = {code: {id(row) for row in lineage(versions)} for code, versions in by_code.items()}

    def heirs(row: RegionRow) -> tuple[str, ...]:
        found: dict[str, None] = {}
        waiting = [(code, row.until or 0) for code in row.successors]
        seen = set(waiting)
        while waiting:
            code, year = waiting.pop(0)
            heir = bearer(by_code[code], year)
            if id(heir) in last[code]:
                found[code] = None
                continue
            further = {(code, heir.until or 0) for code in heir.successors} - seen
            waiting += sorted(further)
            seen |= further
        return tuple(found)

    return [replace(row, successors=heirs(row)) if row.successors else row for row in rows]
