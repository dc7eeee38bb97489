"""More like this: other articles that use the words which set one article apart."""

import hashlib
import logging
import math
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import Article
from search import index
from search.engines.base import Document, Request, SearchUnavailable
from search.query.ast import Word, any_of
from search.text import fold, segmenter, words

logger = logging.getLogger(__name__)

TERMS = 12
SHOWN = 5
KEPT = 1_000
"""Articles whose like are remembered."""

_READ = 6_000
"""Letters of a text that are looked at: a longer one has said by then what it is about."""

_TITLE = 3
_ENOUGH = 0.12
"""How much of the article's own score another must reach: below, they share a word or two by chance."""


@dataclass(frozen=True, slots=True)
class Like:
    """An article like another one. `shared`: words of both, those first that set them apart most."""

    document: Document
    shared: tuple[str, ...]


_kept: OrderedDict[tuple[str, str, str], tuple[Like, ...]] = OrderedDict()
_lock = threading.Lock()


def to(article: Article) -> tuple[Like, ...]:
    """The articles most like one, itself not among them; computed once for each state of it and of the index.
    None while search is out of order: the article can be read all the same."""
    text = article.whole_text
    digest = hashlib.sha256(f"{article.title}\n{text}".encode()).hexdigest()
    try:
        key = (article.public_id, digest, index.engine().generation())
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
                return _kept[key]
        found = _find(article.public_id, terms(article.title, text))
    except SearchUnavailable as error:
        logger.warning("No articles like %s: %s", article.public_id, error)
        return ()
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def terms(title: str, text: str) -> tuple[str, ...]:
    """The words that set a text apart, most telling first: frequent in it, rare in the language."""
    counts = Counter(_telling(words(fold(text[:_READ]))))
    for word in _telling(words(fold(title))):
        counts[word] += _TITLE
    rarity = segmenter().FREQ
    total = math.log(segmenter().total)
    weights = {
        word: (1 + math.log(often)) * (total - math.log(max(rarity.get(word, 0), 3)))
        for word, often in counts.items()
        if often > 1
    }
    return tuple(sorted(weights, key=lambda word: (-weights[word], word))[:TERMS])


def _telling(some: Iterable[str]) -> Iterable[str]:
    return (word for word in some if len(word) > 1 and not word.isnumeric())


def _find(public_id: str, terms: tuple[str, ...]) -> tuple[Like, ...]:
    if not terms:
        return ()
    hits = index.engine().search(Request(any_of([Word(term) for term in terms]), limit=SHOWN + 1)).hits
    own = next((hit.score for hit in hits if hit.document.public_id == public_id), 0.0)
    return tuple(
        Like(hit.document, tuple(t for t in terms if any(t in p for p in _folded(hit.document)))[:4])
        for hit in hits
        if hit.document.public_id != public_id and hit.score >= _ENOUGH * own
    )[:SHOWN]


def _folded(document: Document) -> Iterable[str]:
    return (*document.folded_heads, *document.folded_paragraphs)
