"""Words that a word without hits may have been meant for: the same sound, or a letter or two away."""

from collections.abc import Iterator
from functools import lru_cache

from search.suggest import pinyin
from search.suggest.table import Kind, table
from search.text import fold, segmenter, user_terms

LONGEST = 20
_FREQUENT = 200
"""How often a word of the general dictionary must occur in what that was counted from."""

_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"))


def nearest(word: str, most: int = 12) -> list[str]:
    """Names and terms like `word`, likeliest first; `word` itself is none. They need not have hits.

    Raises SearchUnavailable when the index cannot say which names are in use.
    """
    folded = fold(word)
    if not 1 < len(folded) <= LONGEST:
        return []
    spelt = pinyin.letters(folded)
    sound = spelt or _sound(folded)
    found: dict[str, tuple[int, int]] = {}
    for place, known in enumerate(_known()):
        if known == folded or known in found:
            continue
        if abs(len(known) - len(folded)) <= 2 or spelt:
            far = _far(folded, known, sound, bool(spelt))
            if far is not None:
                found[known] = (far, place)
    for place, known in enumerate(_by_sound().get(_softened(sound), ())):
        if known != folded:
            found.setdefault(known, (1, place))
    return sorted(found, key=found.__getitem__)[:most]


def _known() -> Iterator[str]:
    """Folded names and terms, in the order in which they are preferred."""
    names = table()
    for kind in (Kind.REGION, Kind.MECHANISM, Kind.AUTHOR):
        yield from names[kind].folded
    yield from _terms()


@lru_cache(maxsize=1)
def _terms() -> tuple[str, ...]:
    return tuple(fold(term) for term, _, _ in user_terms())


def _far(word: str, known: str, sound: str, spelt: bool) -> int | None:
    """0 for the same sound, 1 for one that many do not tell apart, 2 and more by letters; None for another word."""
    if (same := _sound(known)) == sound:
        return 0
    if spelt:  # one letter of pinyin is often another word: nothing further away is offered
        return None
    if _softened(same) == _softened(sound):
        return 1
    allowed = 0 if len(word) < 3 else 1 if len(word) < 5 else 2
    steps = distance(word, known, allowed) if allowed and len(known) > 2 else None
    return None if steps is None else 1 + steps


@lru_cache(maxsize=50_000)
def _sound(folded: str) -> str:
    return "".join(pinyin.syllables(folded))


def _softened(sound: str) -> str:
    for strong, weak in _ALIKE:
        sound = sound.replace(strong, weak)
    return sound.replace("ng", "n")


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, list[str]]:
    """Sound → the frequent words of the general dictionary that have it, commonest first: jingji → 经济, 经纪."""
    found: dict[str, list[str]] = {}
    frequent = ((often, word) for word, often in segmenter().FREQ.items() if often >= _FREQUENT)
    for _, word in sorted(frequent, reverse=True):
        if 2 <= len(word) <= 4 and not word.isascii():
            found.setdefault(_softened("".join(pinyin.syllables(word))), []).append(word)
    return found


def distance(one: str, other: str, most: int) -> int | None:
    """Letters to add, drop, change or swap with their neighbour to make one string of another; None above `most`."""
    if abs(len(one) - len(other)) > most:
        return None
    before, row = [], list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            step = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                step = min(step, last[j - 2] + 1)
            row.append(step)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
