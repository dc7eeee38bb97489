"""Amounts in a text and what the words round them make of them, by the tables of patterns/metrics.toml."""

import bisect
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from articles.ingest.fields.metrics import numerals
from articles.ingest.patterns import Entry, PatternError, PatternFile, either, load

# How far a context may look, in characters: far enough for a clause or two, near enough to stay linear.
BEFORE, AFTER = 48, 28
# A qualifier at most this far from its number is printed as part of the amount.
_CLOSE = 3
_TITLE = re.compile(r"《[^《》]{1,120}》")
_QUOTED = re.compile(r"“[^“”]{1,80}”|‘[^‘’]{1,60}’|「[^「」]{1,60}」")
# A quoted name is short and runs through without a stop; longer quotations are speech and count as prose.
_NAME_LENGTH = 16
_Names = tuple[list[tuple[int, int]], list[tuple[int, int]]]
_RANGE = re.compile(r" ?(?:至|到|[-~—–]{1,2}) ?")
_STOP = re.compile(r"[,。;:!?、]")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit at `text[start:end]`, hedges beside it included, and what was made of it.

    `metric` says whether it counts something the article reports; `rules` names the entries that decided.
    """

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    qualifier: str | None
    kind: str
    style: str
    metric: bool
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Context:
    name: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    styles: frozenset[str] | None
    units: frozenset[str] | None
    below: float | None
    at_least: float | None
    yields: Mapping[str, Any]

    def concerns(self, style: str, unit: str) -> bool:
        return (not self.styles or style in self.styles) and (self.units is None or unit in self.units)

    def applies(self, text: str, start: int, end: int, value: float) -> tuple[int, int] | None:
        """How far the context reaches round the amount, or None."""
        if self.below is not None and value >= self.below:
            return None
        if self.at_least is not None and value < self.at_least:
            return None
        if self.after:
            found = self.after.match(text, end, end + AFTER)
            if not found:
                return None
            end = found.end()
        if self.before:
            found = self.before.search(text, max(0, start - BEFORE), start)
            if not found:
                return None
            start = found.start()
        return start, end


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled tables. `any_form` matches wherever one of the forms does, and costs one call."""

    forms: tuple[tuple[Entry, re.Pattern[str]], ...]
    any_form: re.Pattern[str]
    contexts: tuple[_Context, ...]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    return compile_tables(load("metrics"))


@dataclass(frozen=True, slots=True)
class _Concerned:
    """The contexts that may apply to one sort of amount, in order.

    `any_before` and `any_after` match wherever the words of one of them do; `by_side` has the contexts that are
    left when there are such words before the amount, and after it, or not.
    """

    any_before: re.Pattern[str]
    any_after: re.Pattern[str]
    by_side: Mapping[tuple[bool, bool], tuple[_Context, ...]]

    def beside(self, text: str, start: int, end: int) -> tuple[_Context, ...]:
        before = self.any_before.search(text, max(0, start - BEFORE), start) is not None
        return self.by_side[before, self.any_after.match(text, end, end + AFTER) is not None]


@lru_cache(maxsize=2048)
def _contexts(style: str, unit: str) -> _Concerned:
    contexts = [context for context in grammar().contexts if context.concerns(style, unit)]
    return _Concerned(
        either(c.before.pattern for c in contexts if c.before),
        either(c.after.pattern for c in contexts if c.after),
        {
            (before, after): tuple(
                c for c in contexts if c.before is None or before if c.after is None or after
            )
            for before in (True, False)
            for after in (True, False)
        },
    )


def compile_tables(file: PatternFile) -> Grammar:
    """Raises PatternError for an entry that does not compile or has no {amount}."""
    unit = "(?P<unit>" + "|".join(entry.pattern for entry in file["unit"]) + ")"
    parts = {"number": numerals.NUMBER, "chinese": numerals.CHINESE, "unit": unit}
    forms = tuple((entry, entry.compile(**parts)) for entry in file["amount"])
    any_form = either(pattern.pattern for _, pattern in forms)
    return Grammar(forms, any_form, tuple(_context(entry) for entry in file["context"]))


def _context(entry: Entry) -> _Context:
    before, amount, after = entry.pattern.partition("{amount}")
    if not amount:
        raise PatternError(f"context {entry.name!r}: no {{amount}} in the pattern")
    when = entry.when
    return _Context(
        entry.name,
        re.compile(rf"(?:{before})\Z") if before else None,
        re.compile(after) if after else None,
        frozenset(when["style"].split()) if "style" in when else None,
        frozenset(when["units"].split("|")) if "units" in when else None,
        when.get("below"),
        when.get("at_least"),
        entry.yields,
    )


def amounts(text: str) -> list[Amount]:
    """Every amount of a width-folded text, those that are no metric included, in order, none overlapping."""
    found: list[Amount] = []
    names: _Names | None = None
    forms, any_form = grammar().forms, grammar().any_form
    end = 0
    for begin in numerals.START.finditer(text):
        at = begin.start()
        if at < end or not any_form.match(text, at):
            continue
        for entry, pattern in forms:
            match = pattern.match(text, at)
            number = match and _number(match, entry)
            if match and number:
                if names is None:
                    names = _names(text)
                amount = _judge(text, match, number, entry, names)
                joined = found and _range(text, found[-1], amount)
                if joined:
                    found[-1] = joined
                else:
                    found.append(amount)
                end = match.end()
                break
    return found


def _range(text: str, low: Amount, high: Amount) -> Amount | None:
    """One amount for 15人至30人; 由15人增至30人 stays two."""
    if low.unit != high.unit or low.value_max or not low.value < high.value or low.end > high.start:
        return None
    if not _RANGE.fullmatch(text, low.end, high.start) or text[low.start - 1 : low.start] in ("由", "从"):
        return None
    return replace(low, end=high.end, value_max=high.value, qualifier=low.qualifier or high.qualifier)


def _number(match: re.Match[str], entry: Entry) -> numerals.Number | None:
    groups = match.groupdict()
    if "value" in entry.yields:
        return numerals.Number(entry.yields["value"], None, None, "chinese")
    if "parts" in groups:
        low, parts = numerals.chinese(groups["low"]), numerals.chinese(groups["parts"])
        return (
            numerals.Number(round(100 * low / parts, 2), None, None, "chinese")
            if low and parts and low < parts
            else None
        )
    number = numerals.read(match) if "high" in groups else numerals.simple(groups)
    factor = entry.yields.get("factor")
    if number and factor:
        return numerals.Number(
            numerals.tidy(number.value * factor), number.value_max, number.qualifier, number.style
        )
    return number


def _names(text: str) -> _Names:
    """Where titles and quoted names stand in the text."""
    titles = [m.span() for m in _TITLE.finditer(text)]
    quoted = (m for m in _QUOTED.finditer(text) if len(m[0]) <= _NAME_LENGTH and not _STOP.search(m[0]))
    return titles, [m.span() for m in quoted]


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    i = bisect.bisect_right(spans, at, key=lambda span: span[0]) - 1
    return i >= 0 and at < spans[i][1]


def _judge(text: str, match: re.Match[str], number: numerals.Number, entry: Entry, names: _Names) -> Amount:
    start, end = match.span()
    groups = match.groupdict()
    unit = entry.yields["unit"] if "unit" in entry.yields else groups["unit"]
    decided: dict[str, Any] = {key: entry.yields[key] for key in ("metric", "kind") if key in entry.yields}
    rules = [entry.name]
    if _within(start, names[0]) or (_within(start, names[1]) and not entry.yields.get("inside_quotes")):
        decided["metric"] = False
        rules.append("inside a name")
    sure = number.style in ("arabic", "chinese")
    outer_start, outer_end = start, end
    for context in _contexts(number.style, unit).beside(text, start, end):
        if decided.keys() >= context.yields.keys():
            continue
        reach = context.applies(text, start, end, number.value)
        if reach is None:
            continue
        fresh = {key: value for key, value in context.yields.items() if key not in decided}
        decided |= fresh
        rules.append(context.name)
        if "qualifier" in fresh and reach[0] >= start - _CLOSE and reach[1] <= end + _CLOSE:
            outer_start, outer_end = reach
        if decided.get("metric") is False:
            break
    if number.style == "power" and decided.get("qualifier"):
        sure = True
    return Amount(
        outer_start,
        outer_end,
        number.value,
        number.value_max,
        unit,
        decided.get("qualifier") or number.qualifier,
        decided.get("kind", "result"),
        number.style,
        decided.get("metric", sure),
        tuple(rules),
    )
