"""The one analyser: what counts as the same text, and which pieces of a text the index knows it by.

Everything that compares texts (indexing, phrases, words, highlighting, the scan engine) folds and cuts here
and nowhere else, so that two of them cannot disagree. No Django; jieba and the dictionaries load once, on
first use.

*Folding* makes spellings equal: NFKC, case, 繁→简, the families of quotation marks, dots and dashes. White
space stays, as one space, only between two letters of scripts that are written with spaces ("artificial
intelligence"); elsewhere it is layout and goes.

*Units* are what an unquoted query looks for; *words* are what documents are ranked by; *grams* are the pairs
of neighbouring letters by which an engine finds every place a string can possibly stand.
"""

from search.text.bulk import words
from search.text.cutting import (
    alphabet,
    find,
    grams,
    holds,
    is_word,
    segmenter,
    spaced_words,
    units,
    user_terms,
)
from search.text.folding import Folded, fold, fold_with_map
from search.text.stretches import begins, name_key, occurrences, sentences

ANALYSER = "1"
"""Goes up when folding, cutting or grams change: an index written under another number must be rebuilt."""

__all__ = [
    "ANALYSER", "Folded", "alphabet", "begins", "find", "fold", "fold_with_map", "grams", "holds", "is_word", "name_key",
    "occurrences", "segmenter", "sentences", "spaced_words", "units", "user_terms", "words",
]  # fmt: skip
