"""Themes, columns, offices and publications: the lists that are plain words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from articles.gazetteer import files

_BRACKETS = re.compile(r"^[【\[《<〈「『“\"■□●◆▲★·•|｜—\-\s]+|[】\]》>〉」』”\"■□●◆▲★·•|｜—\-\s]+$")


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """A theme; `cues` maps a substring to what one occurrence of it is worth (0 to 10)."""

    name: str
    slug: str
    cues: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of standing columns (栏目), and the endings by which an unknown one may be told."""

    names: frozenset[str]
    suffixes: tuple[str, ...]
    longest: int

    def likelihood(self, line: str) -> float:
        """How much a line of its own looks like a column name: 1.0 known, 0.5 by its ending, else 0."""
        bare = _BRACKETS.sub("", re.sub(r"\s+", "", line))
        if bare in self.names:
            return 1.0
        if (
            3 <= len(bare) <= self.longest
            and bare.endswith(self.suffixes)
            and not re.search(r"[，。；：、！？,;:!?\d]", bare)
        ):
            return 0.5 if len(bare) <= 8 else 0.3
        return 0.0


@dataclass(frozen=True, slots=True)
class Offices:
    """Words of roles: `offices` what someone is, `bodies` where, `parties` those with local committees.

    All longest first. `bylines` maps an author kind (记者, 通讯员, 摄影, 作者) to the words that announce it.
    """

    offices: tuple[str, ...]
    bodies: tuple[str, ...]
    parties: tuple[str, ...]
    bylines: Mapping[str, tuple[str, ...]]

    def looks_like_role(self, text: str) -> bool:
        """Whether `text` reads as a role: it ends in an office or a body (市政协办公厅机关党办)."""
        bare = re.sub(r"[\s（）()。；;，,]+$", "", text)
        return bare.endswith(self.offices + self.bodies)


@dataclass(frozen=True, slots=True)
class PublicationEntry:
    """A newspaper or magazine; `region` is the code of its province, None for national ones."""

    name: str
    kind: str
    region: str | None
    aliases: tuple[str, ...]


class ThemeCue(NamedTuple):
    """A cue and what one occurrence of it is worth, theme by theme."""

    text: str
    worth: tuple[tuple[str, float], ...]


class Practice(NamedTuple):
    """A practice that somebody settled: `text` is one of its names, `name` the first of them."""

    text: str
    name: str
    kind: str


def practices_by_pair(practices: Iterable[Practice]) -> Mapping[str, tuple[Practice, ...]]:
    """By the first two characters of the name, the longest first."""
    found: dict[str, list[Practice]] = defaultdict(list)
    for practice in sorted(practices, key=lambda p: (-len(p.text), p.text)):
        found[practice.text[:2]].append(practice)
    return {pair: tuple(same) for pair, same in found.items()}


def cues_by_pair(themes: Sequence[ThemeEntry]) -> Mapping[str, tuple[ThemeCue, ...]]:
    """All cues by their first two characters: most of them need not be looked for in a text at all."""
    worth: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for entry in themes:
        for cue, weight in entry.cues.items():
            worth[cue].append((entry.name, weight))
    found: dict[str, list[ThemeCue]] = defaultdict(list)
    for cue in sorted(worth):
        found[cue[:2]].append(ThemeCue(cue, tuple(worth[cue])))
    return {pair: tuple(cues) for pair, cues in found.items()}


def load_themes(path: Path) -> tuple[ThemeEntry, ...]:
    """Reads themes.toml."""
    themes: list[ThemeEntry] = []
    for entry in files.toml(path).get("theme", []):
        name, slug, cues = entry.get("name"), entry.get("slug"), entry.get("cues")
        line = files.line_of(path, f'"{name}"')
        if not (isinstance(name, str) and isinstance(slug, str) and re.fullmatch(r"[a-z][a-z-]*", slug)):
            raise files.VocabularyError(
                path, line, "a theme needs a name and a slug of small letters. Add them."
            )
        if any(t.name == name or t.slug == slug for t in themes):
            raise files.VocabularyError(path, line, f"{name} or {slug} stands twice. Rename one.")
        if not isinstance(cues, dict) or not cues:
            raise files.VocabularyError(path, line, f'{name} has no cues. Give cues = {{ "word" = 1 }}.')
        for cue, weight in cues.items():
            if not isinstance(weight, int | float) or not 0 < weight <= 10:
                line = files.line_of(path, f'"{cue}"')
                raise files.VocabularyError(
                    path, line, f"{cue} weighs {weight}. Give a number above 0, at most 10."
                )
        themes.append(ThemeEntry(name, slug, {cue: float(weight) for cue, weight in cues.items()}))
    if not themes:
        raise files.VocabularyError(path, 1, "no [[theme]]. Add one.")
    return tuple(themes)


def load_columns(path: Path) -> Columns:
    """Reads columns.toml."""
    table = files.toml(path)
    longest = table.get("longest")
    if not isinstance(longest, int):
        raise files.VocabularyError(path, 1, "longest is no number. Give longest = 12.")
    return Columns(
        frozenset(files.strings(path, table, "names")), files.strings(path, table, "suffixes"), longest
    )


def load_offices(path: Path) -> Offices:
    """Reads offices.toml."""
    table = files.toml(path)
    bylines = table.get("bylines")
    if not isinstance(bylines, dict):
        raise files.VocabularyError(path, 1, "bylines is missing. Give bylines = { … }.")

    def longest_first(key: str) -> tuple[str, ...]:
        return tuple(sorted(files.strings(path, table, key), key=lambda w: (-len(w), w)))

    return Offices(
        longest_first("offices"),
        longest_first("bodies"),
        longest_first("parties"),
        {kind: files.strings(path, bylines, kind) for kind in bylines},
    )


def load_publications(path: Path, is_region: frozenset[str]) -> tuple[PublicationEntry, ...]:
    """Reads publications.csv; regions must be codes in use."""
    found: list[PublicationEntry] = []
    for line, (name, kind, region, aliases) in files.rows(path, ("name", "kind", "region", "aliases")):
        if not name or any(p.name == name for p in found):
            raise files.VocabularyError(
                path, line, f"name {name!r} is empty or stands twice. Give each paper once."
            )
        if kind not in ("报纸", "杂志", "网站"):
            raise files.VocabularyError(path, line, f"kind {kind!r}. Give 报纸, 杂志 or 网站.")
        if region and region not in is_region:
            raise files.VocabularyError(path, line, f"region {region!r} is no code in use. Correct it.")
        found.append(PublicationEntry(name, kind, region or None, tuple(aliases.split())))
    return tuple(found)
