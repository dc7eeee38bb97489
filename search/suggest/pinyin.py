"""How names sound: syllables without tones, and where typed letters spell them. Pure.

pypinyin's tables are read, not its converter: that one takes five seconds for the titles of 17,000 articles, this
one a tenth of a second. A letter of several readings has its first, unless a word of pypinyin's holds it (重庆, 会计).
"""

import re
import unicodedata
from functools import lru_cache

from articles.gazetteer import readings

_LONGEST = 4
_RUNS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]")
_OTHER_LETTERS = re.compile(r"[^a-z0-9]")


def syllables(folded: str) -> list[str]:
    """The syllables of a folded name; a Latin word or a number is one, marks are none: 有事“1158” → you shi 1158."""
    pieces = _RUNS.findall(folded)
    if not pieces:
        return []
    words, first = _words(), _first()
    sounds = [first.get(piece, piece) for piece in pieces]
    for at, piece in enumerate(pieces):
        for syllables_here in _beginning(words.get(piece), pieces, at):
            sounds[at : at + len(syllables_here)] = syllables_here
    return sounds


def letters(typed: str) -> str:
    """What is typed as letters and digits alone; empty where anything else than those, spaces and ' is in it."""
    bare = typed.lower().replace("'", "").replace("’", "").replace(" ", "").replace("ü", "v")
    return "" if _OTHER_LETTERS.search(bare) else bare


@lru_cache(maxsize=256)
def spelling(typed: str) -> re.Pattern[str]:
    """Matches where letters are the beginnings of neighbouring syllables, in syllables joined by spaces.

    Full pinyin, initials and mixtures are all such beginnings: youshi, ys, yshi; also where a reader stopped.
    """
    after_each = r"(?:[a-z0-9]* )?"
    first, *rest = map(re.escape, typed)
    # The letter stands before the look behind it, so that the search may leap from one such letter to the next.
    return re.compile(rf"{first}(?<![a-z0-9].)" + "".join(after_each + letter for letter in rest))


def _beginning(words: dict[str, list[str]] | None, pieces: list[str], at: int) -> list[list[str]]:
    """The readings of the longest listed word at `at`, in a list of at most one."""
    for length in range(_LONGEST, 1, -1) if words else ():
        if words and (found := words.get("".join(pieces[at : at + length]))):
            return [found]
    return []


def _plain(reading: str) -> str:
    decomposed = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(c for c in decomposed if "a" <= c <= "z")


@lru_cache(maxsize=1)
def _first() -> dict[str, str]:
    """Letter → its first reading."""
    plain = lru_cache(maxsize=4096)(_plain)
    return {letter: plain(reading) for letter, reading in readings.characters()}


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, list[str]]]:
    """First letter → the words that decide how letters are read, with their syllables.

    Those are the words read otherwise than letter by letter, and longer ones that begin like them: 朝阳 is zhao
    yang, 朝阳区 chao yang qu.
    """
    first, plain = _first(), lru_cache(maxsize=4096)(_plain)
    read = {word: [*map(plain, sounds)] for word, sounds in readings.words(_LONGEST)}
    decide = {word for word, sounds in read.items() if sounds != [first.get(letter) for letter in word]}
    found: dict[str, dict[str, list[str]]] = {}
    for word, sounds in read.items():
        if len(sounds) == len(word) and any(word[:n] in decide for n in range(2, len(word) + 1)):
            found.setdefault(word[0], {})[word] = sounds
    return found
