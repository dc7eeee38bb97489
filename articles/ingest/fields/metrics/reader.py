"""The metrics of an article, paragraph by paragraph."""

import re
from dataclasses import dataclass, replace
from functools import cache

from articles.ingest.config import Context
from articles.ingest.fields.metrics.amounts import Amount, amounts
from articles.ingest.fields.metrics.subject import Place, Subject, subject
from articles.ingest.passage import Passage
from articles.ingest.patterns import PatternError, load
from articles.ingest.record import ArticleText, Metric

SHORTEST, LONGEST = 4, 40
# Amounts further apart than this do not explain each other.
_NEAR = 70
_LETTER_ONE = re.compile(r"(?<=[一-龥])[lI](?=[次件个名项场期条人篇户家份支处])")
_CONFIDENCE = {"arabic": 0.95, "chinese": 0.9, "power": 0.85, "few": 0.75, "one": 0.75}


@dataclass(frozen=True, slots=True)
class _Pair:
    """How two amounts stand together: before, first, between, second, after."""

    name: str
    before: re.Pattern[str]
    between: re.Pattern[str]
    after: re.Pattern[str]
    sibling: bool = False
    """The first amount may itself be a part, of the same total as the second."""

    def joins(self, text: str, first: Amount, second: Amount) -> bool:
        if not 0 <= second.start - first.end <= _NEAR:
            return False
        if not self.between.fullmatch(text, first.end, second.start):
            return False
        if not self.after.match(text, second.end, second.end + 24):
            return False
        return bool(self.before.search(text, max(0, first.start - 30), first.start))


@cache
def _pairs(table: str, first: str, second: str) -> tuple[_Pair, ...]:
    pairs = []
    for entry in load("metrics")[table]:
        before, one, rest = entry.pattern.partition("{" + first + "}")
        between, two, after = rest.partition("{" + second + "}")
        if not (one and two):
            raise PatternError(f"{table} {entry.name!r}: the pattern has to read …{{{first}}}…{{{second}}}")
        sibling = entry.yields.get("sibling", False)
        compiled = re.compile(rf"(?:{before})\Z"), re.compile(between), re.compile(after)
        pairs.append(_Pair(entry.name, *compiled, sibling))
    return tuple(pairs)


def read(article: ArticleText, context: Context) -> tuple[Metric, ...]:
    """Every metric of the article's paragraphs, in reading order."""
    metrics: list[Metric] = []
    for passage in article.paragraphs:
        metrics += read_passage(passage, context.page, len(metrics))
    return tuple(metrics)


def read_passage(passage: Passage, page: str, offset: int = 0) -> list[Metric]:
    """The metrics of one paragraph; their links count from `offset`."""
    text = _mend(passage.folded)
    every = amounts(text)
    counted = [a for a in every if a.metric]
    metrics: list[Metric] = []
    totals: list[int | None] = []
    for i, this in enumerate(counted):
        previous = counted[i - 1] if i else None
        following = counted[i + 1] if i + 1 < len(counted) else None
        recent = metrics[-1].subject if previous and this.start - previous.end <= _NEAR else None
        last = recent if previous and _same_sentence(text, previous.end, this.start) else None
        total = _total(text, counted, i, totals)
        totals.append(total)
        whole = metrics[total].subject if total is not None else None
        found = subject(text, Place(this, previous, following, last, recent, whole))
        start, end = _quote(passage, page, this, found, previous.end if previous else 0)
        span = passage.span(start, end)
        metrics.append(
            Metric(
                quote=passage.quote(start, end, page),
                start=span.start,
                end=span.end,
                value=this.value,
                value_max=this.value_max,
                unit=this.unit,
                subject=found.text,
                qualifier=this.qualifier,
                kind=this.kind,
                of=counted[total].value if total is not None else None,
                rule="; ".join(this.rules),
                confidence=_CONFIDENCE.get(this.style, 0.8),
            )
        )
    return _link(text, counted, metrics, offset)


def _mend(text: str) -> str:
    """召开l次: a letter alone between a word and a unit is a digit that was read wrongly."""
    return _LETTER_ONE.sub("1", text) if "l" in text or "I" in text else text


def _same_sentence(text: str, start: int, end: int) -> bool:
    return end - start <= _NEAR and not re.search("[。!?]", text[start:end])


def _total(text: str, counted: list[Amount], at: int, totals: list[int | None]) -> int | None:
    """Which of the amounts before `counted[at]`, in the same unit, it is a part of: the nearest that fits.

    `totals` says the same of those.
    """
    this = counted[at]
    if "%" in this.unit or "百分点" in this.unit:
        return None
    for i in range(at - 1, max(-1, at - 6), -1):
        if counted[i].unit == this.unit and this.value <= counted[i].value:
            pair = next(
                (p for p in _pairs("total", "total", "part") if p.joins(text, counted[i], this)), None
            )
            if pair:
                whole = totals[i]
                return whole if pair.sibling and whole is not None else i
    return None


def _link(text: str, counted: list[Amount], metrics: list[Metric], offset: int) -> list[Metric]:
    for i in range(len(counted) - 1):
        old, new = counted[i], counted[i + 1]
        if any(pair.joins(text, old, new) for pair in _pairs("link", "old", "new")):
            metrics[i] = replace(metrics[i], link=offset + i + 1, link_kind="before")
            metrics[i + 1] = replace(
                metrics[i + 1], link=offset + i, link_kind="after", subject=metrics[i].subject
            )
    return metrics


def _quote(passage: Passage, page: str, this: Amount, found: Subject, floor: int) -> tuple[int, int]:
    """The words to quote, never with anything in between that stands on the page but not in the text.

    Few are made more by words before them, but not by the unit of the amount that ends at `floor`.
    """
    start, end = min(found.start, this.start), max(found.end, this.end)
    if end - start > LONGEST:
        start = max(start, this.end - LONGEST)
        end = min(end, max(this.end, start + LONGEST))
    if end - start < SHORTEST:
        start = min(start, max(floor, end - SHORTEST - 2))
    for i, j in ((start, end), (start, this.end), (this.start, end), (this.start, this.end)):
        if passage.is_contiguous(i, j, page):
            return i, j
    end = this.end
    while end > this.start + 1 and not passage.is_contiguous(this.start, end, page):
        end -= 1
    return this.start, end
