"""The query as a tree. Engines render it, nobody concatenates query strings."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """Where a word is looked for. ANY is title, kicker, subtitle, body and, for words, the authors' names."""

    ANY = "any"
    TITLE = "title"
    AUTHOR = "author"
    REGION = "region"
    THEME = "theme"
    MECHANISM = "mechanism"
    GENRE = "genre"
    LEVEL = "level"
    PUBLICATION = "publication"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every article: the empty query and `*`."""


@dataclass(frozen=True, slots=True)
class Word:
    """An unquoted word; every unit that `search.text.units` cuts from it must be found."""

    text: str
    field: Field = Field.ANY


@dataclass(frozen=True, slots=True)
class Phrase:
    """A quoted string: exactly this, after folding, within one passage."""

    text: str
    field: Field = Field.ANY


@dataclass(frozen=True, slots=True)
class Years:
    """Published in the years from `first` to `last`, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds; at least two parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Some part holds; at least two parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Node"


Node = Everything | Word | Phrase | Years | And | Or | Not
EVERYTHING = Everything()


def wanted(node: Node) -> Iterator[Word | Phrase]:
    """The words and phrases that an article is found for, in order: not those under an odd number of NOTs."""
    yield from _leaves(node, True)


def _leaves(node: Node, asked: bool) -> Iterator[Word | Phrase]:
    match node:
        case Word() | Phrase() if asked:
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part, asked)
        case Not(part):
            yield from _leaves(part, not asked)


def all_of(parts: list[Node]) -> Node:
    """The conjunction of some nodes, without needless nesting; nothing asked is everything."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, And) else [part])
    asked = [p for p in dict.fromkeys(flat) if not isinstance(p, Everything)]
    if len(asked) > 1:
        return And(tuple(asked))
    return asked[0] if asked else EVERYTHING


def any_of(parts: list[Node]) -> Node:
    """The disjunction of one or more nodes, without needless nesting."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Or) else [part])
    flat = list(dict.fromkeys(flat))
    if any(isinstance(p, Everything) for p in flat):
        return EVERYTHING
    return Or(tuple(flat)) if len(flat) > 1 else flat[0]


def in_field(node: Node, field: Field) -> Node:
    """The same query with everything that names no field looked for in this one."""
    match node:
        case Word(text, Field.ANY):
            return Word(text, field)
        case Phrase(text, Field.ANY):
            return Phrase(text, field)
        case Not(part):
            return Not(in_field(part, field))
        case And(parts):
            return And(tuple(in_field(part, field) for part in parts))
        case Or(parts):
            return Or(tuple(in_field(part, field) for part in parts))
    return node
