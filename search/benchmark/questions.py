"""What is asked: the same questions of every rival, drawn from the articles by a seed."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from search.engines.base import Document
from search.query.quoting import quotable
from search.text import fold, words

SAMPLE = 20_000
"""Articles from which questions are drawn."""
WARMING = 3
"""Questions of each class that are asked before anything is measured."""
SHORTEST, LONGEST = 2, 12

KINDS = (
    "word", "rare word", "two words", "phrase", "field filter", "facets", "highlight of 20",
    "facets, highlight of 20", "whole page",
)  # fmt: skip
_HAN = re.compile("[\u4e00-\u9fff]{8,}")


@dataclass(frozen=True, slots=True)
class Question:
    """`text` in words, or one string where `phrase`; within a `year` or any. Twenty hits are wanted and the
    exact number of all; `facets`, `highlight`: these too; `page`: as a page of the site."""

    text: str
    phrase: bool = False
    year: str = ""
    facets: bool = False
    highlight: bool = False
    page: bool = False
    limit: int = 20


@dataclass(frozen=True)
class Known:
    """A title that is asked for as a reader would type it. `ids`: whoever bears it, for a title says no more."""

    ids: frozenset[str]
    question: Question


@dataclass(frozen=True)
class Questions:
    """`warming` comes first and is not measured; `timed`: kind → questions, none of them asked twice;
    `substrings`: phrases to count; `known`: articles to find again."""

    warming: tuple[Question, ...]
    timed: Mapping[str, tuple[Question, ...]]
    substrings: tuple[Question, ...]
    known: tuple[Known, ...]

    def without_pages(self) -> "Questions":
        timed = {kind: asked for kind, asked in self.timed.items() if not asked[0].page}
        return replace(self, warming=tuple(q for q in self.warming if not q.page), timed=timed)


def drawn(documents: Iterator[Document], seed: int, number: int, substrings: int, known: int) -> Questions:
    """`number` questions of each kind."""
    rng = random.Random(seed)
    sample = list(islice(documents, SAMPLE))
    each = number + WARMING
    found = _Words(sample, rng)
    common = iter(found.common(6 * each))
    runs = [
        run for document in sample for paragraph in document.paragraphs for run in _HAN.findall(paragraph)
    ]
    starts = [(run, rng.randrange(len(run) - 5)) for run in rng.choices(runs, k=each)]
    years = [document.date[:4] for document in sample if document.date] or [""]
    plain = {
        "word": [Question(word) for word in islice(common, each)],
        "rare word": [Question(word) for word in found.rare(each)],
        "two words": [Question(pair) for pair in found.pairs(each)],
        "phrase": [Question(run[at : at + 6], phrase=True) for run, at in starts],
        "field filter": [Question(word, year=rng.choice(years)) for word in islice(common, each)],
        "facets": [Question(word, facets=True) for word in islice(common, each)],
        "highlight of 20": [Question(word, highlight=True) for word in islice(common, each)],
        "facets, highlight of 20": [
            Question(word, facets=True, highlight=True) for word in islice(common, each)
        ],
        "whole page": [Question(word, page=True) for word in islice(common, each)],
    }
    titled = [document for document in sample if len(document.title) > 3]
    bearers: dict[str, set[str]] = {}
    for document in titled:
        bearers.setdefault(fold(document.title), set()).add(document.id)
    return Questions(
        tuple(q for kind in KINDS for q in plain[kind][:WARMING]),
        {kind: tuple(plain[kind][WARMING:]) for kind in KINDS},
        tuple(islice(_substrings(sample, rng), substrings)),
        tuple(
            Known(frozenset(bearers[fold(document.title)]), Question(document.title, limit=10))
            for document in rng.sample(titled, min(known, len(titled)))
        ),
    )


class _Words:
    """The words of two Chinese letters or more in some articles, and in how many of them they stand."""

    def __init__(self, sample: Sequence[Document], rng: random.Random) -> None:
        self._rng = rng
        self._cut = [
            [word for word in dict.fromkeys(words(fold("\n".join(d.paragraphs)))) if _is_chinese(word)]
            for d in sample
        ]
        self._number = Counter(word for cut in self._cut for word in cut)
        self._falling = sorted(self._number, key=lambda word: (-self._number[word], word))

    def common(self, number: int) -> list[str]:
        """Some of the most frequent words, shuffled."""
        return self._rng.sample(self._filled(self._falling[: 2 * number], number), number)

    def rare(self, number: int) -> list[str]:
        """Words of a few articles."""
        few = [word for word in self._falling if self._number[word] <= 5]
        return self._rng.sample(self._filled(few, number), number)

    def pairs(self, number: int) -> list[str]:
        """Two words of one article, neither of them rare."""
        found: list[str] = []
        while len(found) < number:
            cut = [word for word in self._rng.choice(self._cut) if self._number[word] > 5]
            found.append(" ".join(self._rng.sample(cut if len(cut) > 1 else self._falling, 2)))
        return found

    def _filled(self, chosen: list[str], number: int) -> list[str]:
        """So few articles may have too few words: then some are asked again."""
        return (chosen or self._falling) * (1 + number // max(1, len(chosen)))


def _is_chinese(word: str) -> bool:
    return len(word) > 1 and "\u4e00" <= word[0] <= "\u9fff"


def _substrings(sample: Sequence[Document], rng: random.Random) -> Iterator[Question]:
    """Strings as they stand in the articles, wherever they begin and end."""
    while True:
        paragraph = rng.choice(rng.choice(sample).paragraphs or ("",))
        length = rng.randint(SHORTEST, LONGEST)
        at = rng.randrange(max(1, len(paragraph) - length + 1))
        string = paragraph[at : at + length]
        if len(fold(string)) >= SHORTEST and quotable(string) == string:
            yield Question(string, phrase=True, limit=1)
