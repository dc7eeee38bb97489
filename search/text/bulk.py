"""Cutting whole articles for ranking: rjieba where it is installed, which is sixteen times as fast as jieba.

jieba stays the reference: what a query asks for is cut by jieba alone, so which articles are found never
depends on this module, only their order. Of 4.8 million words of news the two cut 15 differently.
"""

import hashlib
from functools import lru_cache
from importlib import metadata
from importlib.util import find_spec
from typing import Any

from search.text.cutting import RUNS, WORDS, segmenter, user_terms
from search.text.folding import fold


def words(folded: str) -> list[str]:
    """The words an article is ranked by, in no order: the search-mode cut of a folded text, Latin words and
    numbers whole."""
    return WORDS.findall(folded) + _cut(RUNS.findall(folded))


def _cut(runs: list[str]) -> list[str]:
    fast = _fast()
    if fast is None:
        cut = segmenter().cut_for_search
        return [word for run in runs for word in cut(run, HMM=False)]
    # One call for all: what lies between calls costs more than the cutting. No word reaches over a line's end.
    return [word for word in fast.cut_for_search("\n".join(runs), False) if word != "\n"]


@lru_cache(maxsize=1)
def _fast() -> Any:
    """rjieba with our terms, or None where it is not installed."""
    try:
        import rjieba
    except ImportError:
        return None
    # The one cutter that importing it makes: a second one is another 25 MB.
    for term, freq, tag in user_terms():
        rjieba.add_word(fold(term), freq, tag)
    return rjieba


@lru_cache(maxsize=1)
def cutter() -> str:
    """Who cuts, with its version: kept with the index."""
    name = "rjieba" if find_spec("rjieba") else "jieba"  # not loaded: who only compares cuts nothing
    return f"{name} {metadata.version(name)}"


@lru_cache(maxsize=1)
def dictionary() -> str:
    """Names the state of our dictionary: kept with the index."""
    return hashlib.sha256(repr(list(user_terms())).encode()).hexdigest()[:16]
