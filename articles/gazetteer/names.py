"""Which short strings are people's names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from articles.gazetteer import files

_CJK = re.compile(r"[㐀-鿿〇\U00020000-\U0003134f]+")
_FOREIGN = re.compile(r"[㐀-鿿]{1,8}(?:[·•・．][㐀-鿿]{1,8}){1,3}")
_WEIGHTS = {"common": 0.85, "usual": 0.7, "rare": 0.3, "compound": 0.9}


@dataclass(frozen=True, slots=True)
class Names:
    """Surnames with how often they are met, and what is known of the characters after them.

    `frequency` maps a surname to common, usual, rare or compound. `excluded` are words that look like names.
    """

    frequency: Mapping[str, str]
    given: frozenset[str]
    never_given: frozenset[str]
    excluded: frozenset[str]

    def split(self, name: str) -> tuple[str, str] | None:
        """Surname and given name of 2 to 4 characters written without spaces, else None."""
        if not 2 <= len(name) <= 4 or not _CJK.fullmatch(name):
            return None
        if len(name) >= 3 and name[:2] in self.frequency:
            return name[:2], name[2:]
        if len(name) == 4:
            # 欧阳 aside, four characters are two surnames and a given name: 范徐丽泰.
            double = name[0] in self.frequency and self.frequency.get(name[1]) in ("common", "usual")
            return (name[:2], name[2:]) if double else None
        return (name[0], name[1:]) if name[0] in self.frequency else None

    def likelihood(self, text: str) -> float:
        """How much `text`, spaces ignored, looks like a person's name, 0 to 1; above 0.5 it probably is one.

        A judgement of the string alone: a word in a sentence may well score high.
        """
        name = re.sub(r"[\s\u3000]+", "", text)
        if name in self.excluded:
            return 0.0
        if _FOREIGN.fullmatch(name):
            return 0.8
        parts = self.split(name)
        if parts is None:
            return 0.0
        surname, given = parts
        if any(c in self.never_given for c in given):
            return 0.0
        score = _WEIGHTS[self.frequency[surname]] if surname in self.frequency else 0.35
        return min(1.0, score + 0.15 * sum(c in self.given for c in given) / len(given))

    def may_be(self, text: str) -> bool:
        """Whether nothing forbids that `text` is a name: no word known to be none, no character that no name has."""
        return text not in self.excluded and not any(c in self.never_given for c in text)

    def is_name(self, text: str, threshold: float = 0.5) -> bool:
        """Whether `text` alone probably is a person's name."""
        return self.likelihood(text) >= threshold


def load(surnames: Path, excluded: Path) -> Names:
    """Reads surnames.toml and not_names.txt."""
    table = files.toml(surnames)
    frequency: dict[str, str] = {}
    for kind in ("common", "usual", "rare"):
        if not isinstance(table.get(kind), str):
            raise files.VocabularyError(surnames, 1, f'{kind} is missing. Give {kind} = """…""".')
        for character in "".join(table[kind].split()):
            if character in frequency:
                line = files.line_of(surnames, character)
                raise files.VocabularyError(surnames, line, f"surname {character} stands twice. Remove one.")
            frequency[character] = kind
    for surname in files.strings(surnames, table, "compound"):
        if len(surname) < 2:
            line = files.line_of(surnames, f'"{surname}"')
            raise files.VocabularyError(surnames, line, f"{surname} is one character. Move it to rare.")
        frequency[surname] = "compound"
    for key in ("given", "never_given"):
        if not isinstance(table.get(key), str):
            raise files.VocabularyError(surnames, 1, f'{key} is missing. Give {key} = """…""".')
    return Names(
        frequency=frequency,
        given=frozenset("".join(table["given"].split())),
        never_given=frozenset("".join(table["never_given"].split())),
        excluded=frozenset(word for _, word in files.words(excluded)),
    )
