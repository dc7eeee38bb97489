"""Names → canonical entries: regions, themes, columns, offices, publications and what people are called.

Pure data and look-ups. `load()` reads the files once, on first use.
"""

import gc
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from articles.gazetteer import files, names, vocabulary
from articles.gazetteer.files import VocabularyError
from articles.gazetteer.names import Names
from articles.gazetteer.regions import Region, RegionIndex, RegionMention, rank
from articles.gazetteer.vocabulary import Columns, Offices, Practice, PublicationEntry, ThemeCue, ThemeEntry

__all__ = [
    "Columns", "Gazetteer", "Names", "Offices", "Practice", "PublicationEntry", "Region", "RegionIndex", "RegionMention",
    "ThemeCue", "ThemeEntry", "VocabularyError", "load", "rank",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every vocabulary that parsing and searching look things up in.

    `theme_cues` are those of all themes by their first two characters; so are `practices`, which people settled.
    `terms_path` is the segmenter's user dictionary (word, frequency, tag a line); it is not read here.
    """

    regions: RegionIndex
    themes: tuple[ThemeEntry, ...]
    theme_cues: Mapping[str, tuple[ThemeCue, ...]]
    levels: tuple[str, ...]
    genres: tuple[str, ...]
    mechanism_kinds: tuple[str, ...]
    columns: Columns
    names: Names
    offices: Offices
    publications: tuple[PublicationEntry, ...]
    terms_path: Path
    practices: Mapping[str, tuple[Practice, ...]] = field(default_factory=dict)

    def with_themes(self, themes: tuple[ThemeEntry, ...]) -> "Gazetteer":
        """The same with other themes."""
        return replace(self, themes=themes, theme_cues=vocabulary.cues_by_pair(themes))

    def with_practices(self, practices: Iterable[Practice]) -> "Gazetteer":
        """The same with other practices that are known by name."""
        return replace(self, practices=vocabulary.practices_by_pair(practices))

    def with_places(self, names: Mapping[str, str], treated: Mapping[str, str]) -> "Gazetteer":
        """The same with further names of places and places that go for others; see `RegionIndex.with_local`."""
        return replace(self, regions=self.regions.with_local(names, treated))

    def publication(self, name: str) -> PublicationEntry | None:
        """The paper of that name or alias, with or without 《》."""
        bare = name.strip().strip("《》〈〉")
        return next((p for p in self.publications if bare == p.name or bare in p.aliases), None)


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The vocabularies of this repository. Raises VocabularyError naming file, line and what to do."""
    data = files.DATA
    closed = files.toml(data / "vocabulary.toml")

    def listed(key: str) -> tuple[str, ...]:
        return files.strings(data / "vocabulary.toml", closed, key)

    regions = RegionIndex.load()
    themes = vocabulary.load_themes(data / "themes.toml")
    loaded = Gazetteer(
        regions=regions,
        themes=themes,
        theme_cues=vocabulary.cues_by_pair(themes),
        levels=listed("levels"),
        genres=listed("genres"),
        mechanism_kinds=listed("mechanism_kinds"),
        columns=vocabulary.load_columns(data / "columns.toml"),
        names=names.load(data / "surnames.toml", data / "not_names.txt"),
        offices=vocabulary.load_offices(data / "offices.toml"),
        publications=vocabulary.load_publications(data / "publications.csv", regions.codes_in_use),
        terms_path=data / "cppcc_terms.txt",
    )
    gc.collect()
    gc.freeze()  # it stays as long as the process: going through it again and again took an eighth of a parse
    return loaded
