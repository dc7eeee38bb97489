"""The words that date an article, and the most exact date that they and the issue's date support."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from articles.ingest.config import Context
from articles.ingest.fields.locate import evidence
from articles.ingest.patterns import load
from articles.ingest.record import ArticleText, Dates, Evidence

_AT_MOST = 8
AS_OF, PLAN = "as of", "plan"  # rules of patterns/dates.toml
_CN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class _Issue:
    """The issue's date as far as it is known; `month` and `day` may be None."""

    year: int
    month: int | None
    day: int | None


@dataclass(frozen=True, slots=True)
class _Clue:
    """A dating phrase. `iso` is what it resolves to; `rank` how well it dates the article, less is better."""

    passage: int
    start: int
    end: int
    rule: str
    iso: str | None
    rank: int


_Resolve = Callable[[Mapping[str, str | None], "_Issue | None"], str | None]


def _number(text: str) -> int:
    """12, 十二 or 二十 as a number below 100."""
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.rpartition("十")
    if not mark:
        return _CN_DIGITS.get(text, 0)
    return (_CN_DIGITS.get(tens, 1) if tens else 1) * 10 + (_CN_DIGITS.get(ones, 0) if ones else 0)


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The parts as ISO 8601, or None where no such day exists."""
    if not 1900 <= year <= 2100 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return f"{year}"
    if day is None:
        return f"{year}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _full(found: Mapping[str, str | None], issue: _Issue | None) -> str | None:
    month, day = found.get("m"), found.get("d")
    return _iso(int(found["y"] or 0), int(month) if month else None, int(day) if day else None)


def _relative(found: Mapping[str, str | None], issue: _Issue | None) -> str | None:
    """去年10月, 今年以来, 12月5日: counted back from the issue; a bare month is the last one not after it."""
    if found.get("y"):
        return _full(found, issue)
    if issue is None:
        return None
    month = _number(found["m"] or "") if found.get("m") else None
    day = _number(found["d"] or "") if found.get("d") else None
    back = {"去年": 1, "前年": 2, "今年": 0}.get(found.get("rel") or "")
    if back is None:
        at, now = (month or 0, day or 0), (issue.month or 12, (issue.day or 31) if day else 0)
        back = int(at > now)
    return _iso(issue.year - back, month, day)


def _day_only(found: Mapping[str, str | None], issue: _Issue | None) -> str | None:
    """12日: in the issue's month, or the month before where that day is still to come."""
    if issue is None or issue.month is None:
        return None
    day = int(found["d"] or 0)
    if issue.day is None or day <= issue.day:
        return _iso(issue.year, issue.month, day)
    before = date(issue.year, issue.month, 1) - timedelta(days=1)
    return _iso(before.year, before.month, day)


def _anniversary(found: Mapping[str, str | None], issue: _Issue | None) -> str | None:
    """The CPPCC and the People's Republic were both founded in 1949."""
    return _iso(1949 + _number(found["n"] or ""))


_PLENUMS = {
    ("十九", "四"): "2019-10", ("十九", "五"): "2020-10", ("十九", "六"): "2021-11",
    ("二十", "一"): "2022-10", ("二十", "二"): "2023-02",
    ("二十", "三"): "2024-07", ("二十", "四"): "2025-10",
}  # fmt: skip


def _plenum(found: Mapping[str, str | None], issue: _Issue | None) -> str | None:
    return _PLENUMS.get((found["c"] or "", found["p"] or ""))


def _nothing(found: Mapping[str, str | None], issue: _Issue | None) -> str | None:
    return None


_RESOLVERS: Mapping[str, _Resolve] = {
    "full": _full,
    "relative": _relative,
    "day": _day_only,
    "anniversary": _anniversary,
    "plenum": _plenum,
    "nothing": _nothing,
}


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    pattern: re.Pattern[str]
    resolve: _Resolve
    rank: int
    has: str
    """What stands in every phrase of the rule; empty where nothing does."""


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(e.name, e.compile(), _RESOLVERS[e.yields["resolve"]], e.yields["rank"], e.when.get("has", ""))
        for e in load("dates")["clue"]
    )


def read(article: ArticleText, context: Context) -> Dates:
    """The dating phrases in reading order (at most eight) and the date they support.

    News take the day they report. A signed piece tells of many days, so only the issue dates it, or, without
    one, the latest year that its phrases name.
    """
    issue = _issue(context.config.issue.date)
    clues: list[_Clue] = []
    for number, passage in enumerate(article.body):
        text = passage.folded
        if any(c in text for c in "年月日会"):
            clues += _clues(number, text, issue)
    clues = _chosen(clues)
    day = _date(clues, issue, context.config.issue.date, _is_news(article))
    evidences: list[Evidence] = []
    found: list[str] = []
    for c in clues:
        passage = article.body[c.passage]
        if passage.text[c.start : c.end] not in found:
            found.append(passage.text[c.start : c.end])
            if not _agrees(c, day):
                continue
            confidence = 0.9 if c.iso else 0.6
            evidences.append(evidence("dates", passage, c.start, c.end, context.page, c.rule, confidence))
    return Dates(tuple(found), day, tuple(evidences))


def _agrees(clue: _Clue, day: str | None) -> bool:
    """Whether a phrase may stand as evidence of the date: 2027年 is none of one in 2026, 近日 of any."""
    if clue.iso is None or day is None:
        return clue.rule != PLAN
    return clue.iso.startswith(day) or day.startswith(clue.iso)


def _clues(number: int, text: str, issue: _Issue | None) -> list[_Clue]:
    """Every rule's phrases in one passage; where two overlap, the earlier rule's stands."""
    taken: list[_Clue] = []
    covered = bytearray(len(text))
    for rule in _rules():
        for m in rule.pattern.finditer(text) if rule.has in text else ():
            if 1 not in covered[m.start() : m.end()]:
                covered[m.start() : m.end()] = b"\1" * (m.end() - m.start())
                taken.append(
                    _Clue(
                        number, m.start(), m.end(), rule.name, rule.resolve(m.groupdict(), issue), rule.rank
                    )
                )
    return sorted(taken, key=lambda c: c.start)


def _chosen(clues: list[_Clue]) -> list[_Clue]:
    """The best eight, back in reading order."""
    ranked = sorted(clues, key=lambda c: (c.rank, c.passage, c.start))[:_AT_MOST]
    return sorted(ranked, key=lambda c: (c.passage, c.start))


_OPENING_DAY = re.compile(r"\s*(?:\d{1,2}月)?\d{1,2}日(?:[上下]午|晚|至|,)|近日,|日前,")


def _is_news(article: ArticleText) -> bool:
    if any(a.kind == "作者" and a.role for a in article.authors):
        return False
    if any(a.kind in ("记者", "通讯员", "摄影") for a in article.authors):
        return True
    # News of a committee's own office are signed by nobody, or by somebody in brackets at the end.
    paragraphs = article.paragraphs
    return bool(paragraphs) and _OPENING_DAY.match(paragraphs[0].folded) is not None


def _date(clues: list[_Clue], issue: _Issue | None, printed: str | None, news: bool) -> str | None:
    if news:
        # What a report is about happens in its opening; later days are background. The day of the paper is nearer to
        # it than a month, or than the day up to which something was counted.
        dated = issue is not None and issue.day is not None
        for c in clues:
            vague = c.rule == AS_OF or len(c.iso or "") < len("2024-05-17")
            if c.iso and c.rank <= 2 and c.passage <= 2 and not (dated and vague):
                return c.iso
    if printed and issue:
        return printed
    if news:
        return next((c.iso for c in clues if c.iso and c.rank <= 2), None)
    return max((c.iso[:4] for c in clues if c.iso), default=None)


def _issue(printed: str | None) -> _Issue | None:
    m = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", printed or "")
    return _Issue(int(m[1]), int(m[2]) if m[2] else None, int(m[3]) if m[3] else None) if m else None
