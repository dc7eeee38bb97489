"""Reading rules kept as data: one TOML file a field, every entry with sentences that must and must not match.

A file holds `[words]`, sub-patterns that any pattern may use as `{name}`, and tables of entries:

    [[context]]
    name = "every period"
    pattern = "每{period}[^，。；]{0,20}{amount}"
    yields = {kind = "norm"}
    match = [{text = "每季度至少开展1次联系活动", value = 1}]
    no_match = ["全年开展联系活动12次"]

`words = [...]` may stand for `pattern`, for a plain list of strings (the longest is tried first). A name in
braces that `[words]` does not define is left for the field's reader to fill in (`Entry.compile(amount=…)`).
Patterns see width-folded text: half-width punctuation, digits and letters.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_PLACE = re.compile(r"\{([a-z_]+)\}")
_NAMED_GROUP = re.compile(r"\(\?P<[a-z_]+>")
_KEYS = {"name", "pattern", "words", "when", "yields", "match", "no_match", "note"}


class PatternError(ValueError):
    """A pattern file says something that cannot be used; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that an entry must match, and what has to be read from it (empty: only that it matches)."""

    text: str
    expect: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule. `pattern` has its `[words]` filled in.

    `when` (conditions beside the pattern) and `yields` are for the field's reader to understand.
    """

    table: str
    name: str
    pattern: str
    words: tuple[str, ...] = ()
    when: Mapping[str, Any] = field(default_factory=dict)
    yields: Mapping[str, Any] = field(default_factory=dict)
    match: tuple[Example, ...] = ()
    no_match: tuple[str, ...] = ()

    def fill(self, **parts: str) -> str:
        """The pattern with the reader's own sub-patterns put in; raises PatternError where one is unknown."""
        return _fill(self.pattern, parts, f"{self.table} {self.name!r}")

    def compile(self, **parts: str) -> re.Pattern[str]:
        try:
            return re.compile(self.fill(**parts))
        except re.error as error:
            raise PatternError(f"{self.table} {self.name!r}: {error}") from error


@dataclass(frozen=True, slots=True)
class PatternFile:
    """A file's shared words and its tables, entries in the order of the file."""

    name: str
    words: Mapping[str, str]
    tables: Mapping[str, tuple[Entry, ...]]

    def __getitem__(self, table: str) -> tuple[Entry, ...]:
        return self.tables.get(table, ())

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for table in self.tables.values() for entry in table)


@cache
def load(name: str) -> PatternFile:
    """The pattern file `name`.toml of this package, read and checked once.

    Raises FileNotFoundError for an unknown name and PatternError for an entry that breaks the rules.
    """
    return parse(name, (Path(__file__).parent / f"{name}.toml").read_text("utf-8"))


def parse(name: str, text: str) -> PatternFile:
    """A pattern file from its text. Raises PatternError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PatternError(f"{name}: {error}") from error
    words: dict[str, str] = {}
    for key, value in data.pop("words", {}).items():
        # A word may use the words above it.
        words[key] = _fill(
            any_of(value) if isinstance(value, list) else f"(?:{value})", words, f"{name} words {key!r}"
        )
    tables = {}
    for table, rows in data.items():
        if not isinstance(rows, list):
            raise PatternError(f"{name}: [{table}] has to be a list of entries, [[{table}]]")
        tables[table] = tuple(_entry(name, table, row, words) for row in rows)
        names = [entry.name for entry in tables[table]]
        for twice in {n for n in names if names.count(n) > 1}:
            raise PatternError(f"{name}: two {table} entries are called {twice!r}")
    return PatternFile(name, words, tables)


def any_of(words: list[str] | tuple[str, ...]) -> str:
    """A pattern for any of the strings, the longest first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


def either(patterns: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches where one of them does; it has none of their groups.

    Where mostly none does, one look spares many. Raises re.error for a pattern that refers back to a group.
    """
    return re.compile("|".join(f"(?:{_NAMED_GROUP.sub('(?:', pattern)})" for pattern in patterns) or r"(?!)")


def _entry(file: str, table: str, row: dict[str, Any], words: Mapping[str, str]) -> Entry:
    where = f"{file}: {table} {row.get('name')!r}"
    if unknown := set(row) - _KEYS:
        raise PatternError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    if not isinstance(row.get("name"), str):
        raise PatternError(f"{where}: no name")
    if ("pattern" in row) == ("words" in row):
        raise PatternError(f"{where}: either pattern or words")
    if not row.get("match"):
        raise PatternError(f"{where}: no example that matches")
    pattern = (
        _PLACE.sub(lambda m: words.get(m[1], m[0]), row["pattern"])
        if "pattern" in row
        else any_of(row["words"])
    )
    try:
        re.compile(_PLACE.sub("(?:)", pattern))
    except re.error as error:
        raise PatternError(f"{where}: {error}") from error
    return Entry(
        table,
        row["name"],
        pattern,
        tuple(row.get("words", ())),
        row.get("when", {}),
        row.get("yields", {}),
        tuple(_example(where, example) for example in row["match"]),
        tuple(row.get("no_match", ())),
    )


def _example(where: str, given: str | dict[str, Any]) -> Example:
    if isinstance(given, str):
        return Example(given)
    if not isinstance(given.get("text"), str):
        raise PatternError(f"{where}: an example without text")
    return Example(given["text"], {k: v for k, v in given.items() if k != "text"})


def _fill(pattern: str, parts: Mapping[str, str], where: str) -> str:
    def part(match: re.Match[str]) -> str:
        if match[1] not in parts:
            raise PatternError(f"{where}: nobody knows what {match[0]} is")
        return parts[match[1]]

    return _PLACE.sub(part, pattern)
