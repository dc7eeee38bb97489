"""Whether one document answers a query: the definition of every node, spelled out. Pure.

The scan engine asks it of every document; other engines may ask it of candidates.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from search.engines.base import Document
from search.query.ast import (
    NAME_FIELDS,
    TEXT_FIELDS,
    WHOLE_NAMES,
    Among,
    And,
    Dates,
    Everything,
    Field,
    Leaf,
    Metric,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Scope,
    Word,
)
from search.query.days import inside
from search.query.figures import answers
from search.text import begins, find, fold, holds, is_word, name_key, occurrences, sentences, units


def matches(node: Node, document: Document, verbatim: bool = False) -> bool:
    """Whether a document answers a query; `verbatim` as in `Request`."""
    match node:
        case Everything():
            return True
        case And(parts):
            return all(matches(part, document, verbatim) for part in parts)
        case Or(parts):
            return any(matches(part, document, verbatim) for part in parts)
        case Not(part):
            return not matches(part, document, verbatim)
        case Dates():
            return inside(node, document.date)
        case Among(keys):
            return int(document.id) in keys
        case Metric():
            return any(answers(node, figure) for figure in document.figures)
        case Near():
            return any(is_near(node, p, verbatim) for p in document.passages(node.field, verbatim))
        case Word() | Phrase() | Prefix():
            if node.field in NAME_FIELDS:
                return names(node, document.keys.get(node.field, ()))
            passages = document.passages(node.field, verbatim)
            if node.field is Field.ANY and isinstance(node, Word):
                passages += tuple(comparable(name, verbatim) for name in document.authors)
            return stands(node, passages, verbatim)


def comparable(text: str, verbatim: bool) -> str:
    """The form in which a text or what is looked for in it is compared."""
    return unicodedata.normalize("NFC", text) if verbatim else fold(text)


def names(leaf: Leaf, keys: Iterable[str]) -> bool:
    """Whether a word, phrase or prefix in a field of names is answered by one of the names with these keys."""
    wanted = name_key(leaf.text)
    if isinstance(leaf, Prefix):
        return any(key.startswith(wanted) for key in keys)
    if isinstance(leaf, Phrase) or leaf.field in WHOLE_NAMES:
        return wanted in keys
    return any(wanted in key for key in keys)


def title_key(leaves: Iterable[Leaf]) -> str:
    """The key (`search.text.name_key`) of the title that is exactly what some leaves ask of texts; "" for none."""
    return name_key(" ".join(leaf.text for leaf in leaves if leaf.field in TEXT_FIELDS))


def stands(leaf: Leaf, passages: Sequence[str], verbatim: bool = False) -> bool:
    """Whether a word, phrase or prefix is answered by some passages in comparable form."""
    if isinstance(leaf, Word) and not verbatim:
        return all(holds(unit, passages) for unit in units(leaf.text))
    needle = comparable(leaf.text, verbatim)
    if isinstance(leaf, Prefix):
        return any(True for passage in passages for _ in begins(needle, passage))
    return any(needle in passage for passage in passages)


def stretches(scope: Scope, passage: str) -> Iterator[str]:
    """What of a passage counts as near."""
    return sentences(passage) if scope is Scope.SENTENCE else iter((passage,))


def is_near(near: Near, passage: str, verbatim: bool = False) -> bool:
    """Whether a passage in comparable form has a stretch that holds all parts as `Near` defines it."""
    if not all(stands(part, (passage,), verbatim) for part in near.parts):
        return False
    return any(_together(near, stretch, verbatim) for stretch in stretches(near.scope, passage))


def _together(near: Near, stretch: str, verbatim: bool) -> bool:
    if near.gap is None and not near.ordered:
        return all(stands(part, (stretch,), verbatim) for part in near.parts)
    firsts, seconds = (list(_places(part, stretch, verbatim)) for part in near.parts)
    furthest = len(stretch) if near.gap is None else near.gap
    return any(
        0 <= second[0] - first[1] <= furthest or (not near.ordered and 0 <= first[0] - second[1] <= furthest)
        for first in firsts
        for second in seconds
    )


def _places(leaf: Leaf, stretch: str, verbatim: bool) -> Iterator[tuple[int, int]]:
    needle = comparable(leaf.text, verbatim)
    if isinstance(leaf, Prefix):
        return begins(needle, stretch)
    if isinstance(leaf, Word) and not verbatim and is_word(needle):
        return find(needle, stretch)
    return occurrences(needle, stretch)
