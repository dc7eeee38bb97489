"""Cutting folded text: units to look for, grams to find places by. `bulk` cuts the words to rank by."""

import re
import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from search.text.folding import fold
from search.text.letters import SPACELESS

_DICTIONARY = Path(__file__).resolve().parents[2] / "articles" / "gazetteer" / "data" / "cppcc_terms.txt"

RUNS = re.compile(f"[{SPACELESS}]+")
WORDS = re.compile(f"[^\\W_{SPACELESS}]+(?:\\.[0-9]+)?")
_PIECES = re.compile(f"(?P<cjk>{RUNS.pattern})|(?P<word>{WORDS.pattern})")
_LETTERS = re.compile(r"[^\W_]+")
_PARTICLES = frozenset("的了着过和与及或在是为之并而也把被对从以于就都又")

_lock = threading.Lock()
_segmenter: Any = None


def segmenter() -> Any:
    """jieba with our terms, loaded once (about a second) and shared; safe to call from any thread."""
    global _segmenter
    if _segmenter is None:
        with _lock:
            if _segmenter is None:
                _segmenter = _load_segmenter()
    return _segmenter


def _load_segmenter() -> Any:
    import jieba

    tokenizer = jieba.Tokenizer()
    # Not `initialize`: that trusts a cache in the shared folder for temporary files, which another account
    # may have written, and reading it is no faster than reading the dictionary.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for term, freq, tag in user_terms():
        tokenizer.add_word(fold(term), freq, tag)
    return tokenizer


def user_terms() -> Iterator[tuple[str, int | None, str | None]]:
    """The CPPCC dictionary, `term [frequency [tag]]` a line, `#` for remarks."""
    if not _DICTIONARY.exists():
        return
    for line in _DICTIONARY.read_text(encoding="utf-8").splitlines():
        term, *rest = line.split("#", 1)[0].split() or [""]
        if term:
            freq = int(rest[0]) if rest and rest[0].isdigit() else None
            tag = next((part for part in rest if not part.isdigit()), None)
            yield term, freq, tag


@lru_cache(maxsize=4096)
def units(word: str) -> tuple[str, ...]:
    """What an unquoted query word asks for, each to be found somewhere in the article.

    A Chinese run is cut into words; a letter that the cut leaves alone joins its neighbour (李/文慧 is one
    name), and particles between words are not asked for. A word of marks only ("——") is asked for as it is.
    """
    folded = fold(word)
    found: list[str] = []
    for match in _PIECES.finditer(folded):
        found.extend(_join_singles(match.group()) if match.lastgroup == "cjk" else [match.group()])
    kept = [u for u in found if u not in _PARTICLES] or found or ([folded] if folded else [])
    return tuple(dict.fromkeys(kept))


def _join_singles(run: str) -> list[str]:
    if len(run) < 2 or (len(run) == 2 and _PARTICLES.isdisjoint(run)):
        return [run]  # one word, or two letters that join
    joined: list[str] = []
    waiting = ""
    for word in segmenter().cut(run, HMM=False):
        if len(word) > 1:
            joined.append(waiting + word)
            waiting = ""
        elif word in _PARTICLES:
            joined.extend(filter(None, (waiting, word)))
            waiting = ""
        else:
            waiting += word
    if waiting:
        if len(waiting) == 1 and joined and joined[-1] not in _PARTICLES:
            joined[-1] += waiting
        else:
            joined.append(waiting)
    return joined


def spaced_words(folded: str) -> frozenset[str]:
    """The Latin words and numbers of a folded text: an unquoted "AI" asks for the word, not for "said"."""
    return frozenset(WORDS.findall(folded))


def grams(folded: str) -> Iterator[str]:
    """Pairs of neighbouring letters. A string of letters stands in a text only if all its grams do."""
    for match in _LETTERS.finditer(folded):
        run = match.group()
        for i in range(len(run) - 1):
            yield run[i : i + 2]


def alphabet(folded: str) -> set[str]:
    """Every letter and digit of a text, once."""
    return {char for char in set(folded) if char.isalnum()}


def is_word(unit: str) -> bool:
    """Whether a unit is a Latin word or a number, which counts only as a whole: "AI" is not in "said"."""
    return WORDS.fullmatch(unit) is not None


def holds(unit: str, passages: Iterable[str]) -> bool:
    """Whether one of some folded passages holds a unit. The definition that every engine must agree with."""
    if is_word(unit):
        return any(unit in spaced_words(passage) for passage in passages)
    return any(unit in passage for passage in passages)


def find(unit: str, folded: str) -> Iterator[tuple[int, int]]:
    """Where a unit stands in folded text: half-open ranges, left to right, none overlapping."""
    if is_word(unit):
        yield from (m.span() for m in WORDS.finditer(folded) if m.group() == unit)
        return
    at = folded.find(unit)
    while at >= 0 and unit:
        yield at, at + len(unit)
        at = folded.find(unit, at + len(unit))
