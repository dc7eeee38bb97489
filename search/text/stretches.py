"""Where strings stand: sentences of a passage, beginnings of words, names without their punctuation."""

import re
from collections.abc import Iterator
from functools import lru_cache

from search.text.folding import fold
from search.text.letters import SPACELESS

_SENTENCE = re.compile(r"[^。｡!！?？]*[。｡!！?？]*", re.S)
_MARKS = re.compile(r"[\W_]+")
_SPACED = re.compile(f"[^\\W_{SPACELESS}]")


def sentences(passage: str) -> Iterator[str]:
    """The sentences of a passage, folded or not: each ends behind 。！？. Joined they are the passage."""
    return (match.group() for match in _SENTENCE.finditer(passage) if match.group())


def occurrences(needle: str, passage: str) -> Iterator[tuple[int, int]]:
    """Every place where a string stands, as half-open ranges; they may overlap."""
    at = passage.find(needle)
    while at >= 0 and needle:
        yield at, at + len(needle)
        at = passage.find(needle, at + 1)


def begins(needle: str, passage: str) -> Iterator[tuple[int, int]]:
    """Those occurrences at which a word begins. Only scripts written with spaces have words that one can see:
    before a Latin letter or a digit there must be no other."""
    seen = _SPACED.match(needle) is not None
    for start, end in occurrences(needle, passage):
        if not (seen and start and _SPACED.match(passage[start - 1])):
            yield start, end


@lru_cache(maxsize=20_000)  # the same places, themes and people, article after article
def name_key(name: str) -> str:
    """What names are compared by: folded, without punctuation and spaces; 渝事好商量 is “渝事·好商量”."""
    folded = fold(name)
    return _MARKS.sub("", folded) or folded
