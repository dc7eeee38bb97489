"""Why nothing was found, and what would be: which word nobody wrote, how it may be spelt, which one to drop."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from search import index, services, text
from search.beside import asked
from search.forms import Address
from search.query import read, render
from search.query.ast import TEXT_FIELDS, And, Node, Not, Phrase, Prefix, Word, all_of, in_field
from search.suggest.nearest import nearest

LOOKED_AT = 8
"""Parts of a query that are asked for one by one; of a longer one, the first."""

_SPELT_ANEW = 3
_TRIED = 6
_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Way:
    """Another search, and how many articles it finds: never none."""

    said: str
    href: str
    total: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """A part of the query that no article answers, with words like it that some do."""

    said: str
    spellings: list[Way]


@dataclass(frozen=True, slots=True)
class Help:
    """`together`: each part is answered somewhere, but nowhere all of them. `unfiltered`: the same query without
    the choices beside it, where that finds anything."""

    unknown: list[Unknown]
    dropped: list[Way]
    together: bool
    unfiltered: Way | None


def help_for(found: services.Found, address: Address) -> Help:
    """What to do about a search without hits, in at most some forty small searches."""
    node = found.reading.node
    parts = list(_parts(node, address.verbatim))[:LOOKED_AT]
    rest = list(_parts(node, address.verbatim))[LOOKED_AT:]
    silent = [i for i, part in enumerate(parts) if not isinstance(part, Not) and not _total(part, address)]

    def instead(number: int, *parts_in_place: Node) -> Node:
        return all_of([*parts[:number], *parts_in_place, *parts[number + 1 :], *rest])

    unknown = [
        Unknown(_said(parts[i]), list(_spellings(parts[i], i, instead, address)) if n < _SPELT_ANEW else [])
        for n, i in enumerate(silent)
    ]
    dropped = [
        way
        for i, part in enumerate(parts if len(parts) > 1 else ())
        if (way := _way(_said(part), instead(i), address))
    ]
    cleared = address.without_filters()
    narrowed = cleared != replace(address, page=1)
    unfiltered = _way("", node, cleared) if narrowed else None
    return Help(unknown, dropped, len(parts) > 1 and not silent, unfiltered)


def _said(node: Node) -> str:
    """A part of a query inside a sentence: with the quotes of prose."""
    return re.sub(r'"([^"]*)"', r"“\1”", render(node))


def _parts(node: Node, verbatim: bool) -> Iterator[Node]:
    """What must all hold: a word that was cut is as many parts as it has units."""
    for part in node.parts if isinstance(node, And) else (node,):
        if isinstance(part, Word) and part.field in TEXT_FIELDS and not verbatim:
            yield from (replace(part, text=unit) for unit in text.units(part.text))
        else:
            yield part


def _spellings(part: Node, number: int, instead: Callable[..., Node], address: Address) -> Iterator[Way]:
    if not isinstance(part, Word | Phrase | Prefix):
        return
    if isinstance(part, Phrase) and part.field in TEXT_FIELDS:
        words = in_field(read(part.text).node, part.field)
        if way := _way(render(words), instead(number, words), address):
            yield way
    offered = 0
    for word in nearest(part.text)[:_TRIED]:
        changed = replace(part, text=word)
        if way := _way(word, instead(number, changed), address) or _way(word, changed, address):
            yield way
            offered += 1
        if offered == _OFFERED:
            return


def _way(said: str, node: Node, address: Address) -> Way | None:
    total = _total(node, address)
    return Way(said, address.asking(render(node)).string, total) if total else None


def _total(node: Node, address: Address) -> int:
    request = asked(node, **address.limits, limit=0)
    return index.engine().search(request).total
