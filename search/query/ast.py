"""The query as a tree. Engines render it, nobody concatenates query strings.

Each docstring here is the definition of its node; `search.engines.matching` spells it out for one document,
and every engine must agree with that. Comparison is between folded texts (`search.text.fold`). A *passage* is
the title, the kicker, the subtitle or one paragraph; nothing is found across the border of two.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Field(StrEnum):
    """Where a word is looked for. ANY, TITLE and BODY are texts; the others are names (`NAME_FIELDS`)."""

    ANY = "any"
    TITLE = "title"
    BODY = "body"
    AUTHOR = "author"
    FIRST_AUTHOR = "first_author"
    ORGANISATION = "organisation"
    REGION = "region"
    LEVEL = "level"
    THEME = "theme"
    MECHANISM = "mechanism"
    GENRE = "genre"
    COLUMN = "column"
    PUBLICATION = "publication"
    PAGE = "page"


TEXT_FIELDS = frozenset({Field.ANY, Field.TITLE, Field.BODY})
"""ANY: title, kicker, subtitle and paragraphs, and for words the authors' names. TITLE: title, kicker,
subtitle. BODY: paragraphs."""

NAME_FIELDS = frozenset(Field) - TEXT_FIELDS
"""Fields whose values are names from a vocabulary. Names are compared by `search.text.name_key`: folded, letters
and digits only. A document has several names in a field: a place goes by its full, short and former names and
so do the places that it lies in, a mechanism by its aliases."""

WHOLE_NAMES = frozenset({Field.REGION, Field.PAGE})
"""Fields in which a word, too, must be a whole name: 地区:江 is no part of 浙江."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every article: the empty query and `*`."""


@dataclass(frozen=True, slots=True)
class Word:
    """An unquoted word.

    In texts every unit that `search.text.units` cuts from it stands somewhere in the field (each in any
    passage): `search.text.holds`. An article in which the whole string stands therefore matches too, and ranks
    above those that only hold the units. In ANY an author's name counts as a passage.

    In names: its key is part of the key of one name; in `WHOLE_NAMES` it is the key of one name.
    """

    text: str
    field: Field = Field.ANY


@dataclass(frozen=True, slots=True)
class Phrase:
    """A quoted string. In texts it stands in one passage; in names it is one whole name."""

    text: str
    field: Field = Field.ANY


@dataclass(frozen=True, slots=True)
class Prefix:
    """`协商*`: a string that a word begins with.

    In texts it stands in one passage; where it begins with a Latin letter or a digit, no letter or digit of
    that kind stands before it (`search.text.begins`): `digit*` finds digital, not prestidigitation. In names one
    name begins with it.
    """

    text: str
    field: Field = Field.ANY


@dataclass(frozen=True, slots=True)
class Dates:
    """Published in the days from `first` to `last`, both included: ISO days, "" where there is no end.

    An article dated with a year or a month only matches where all its days lie inside; one without a date
    never does.
    """

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Among:
    """One of the articles with these database keys. Nobody can type it: it stands beside what was typed."""

    keys: frozenset[int]


SIGNS = (">=", "<=", ">", "<", "=")


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of the article (`Document.figures`) is about `subject` and compares so with `value` `unit`.

    About: every unit of `subject` is held by the figure's subject; "" is about anything. `sign`: one of `SIGNS`,
    or "" where any value does (then `value` is 0 and `unit` ""). `value`: 万 and 亿 multiplied out. `unit`: as
    `search.query.figures.unit_key` gives it; "" compares with any unit. A figure is a range from `low` to
    `high`; the sign must hold for one number in it.
    """

    subject: str
    sign: str = ""
    value: float = 0.0
    unit: str = ""


class Scope(StrEnum):
    """How near: in one sentence (`search.text.sentences`) or in one passage."""

    SENTENCE = "s"
    PARAGRAPH = "p"


@dataclass(frozen=True, slots=True)
class Near:
    """Two or more words, phrases and prefixes that stand in one sentence or passage of a text field.

    The parts name no field of their own: `field` holds for all. A word stands in a stretch where all its units
    do; authors' names do not count. With `gap` or `ordered` there are exactly two parts: an occurrence of the
    first and one of the second do not overlap, at most `gap` characters (of the folded text) lie between
    them, and, if `ordered`, the first comes first. A word's occurrences are then those of its whole string.
    """

    parts: tuple["Word | Phrase | Prefix", ...]
    scope: Scope = Scope.SENTENCE
    field: Field = Field.ANY
    gap: int | None = None
    ordered: bool = False


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


Leaf = Word | Phrase | Prefix
Node = Everything | Leaf | Dates | Among | Metric | Near | And | Or | Not
EVERYTHING = Everything()


def wanted(node: Node) -> Iterator[Leaf]:
    """The words, phrases and prefixes that an article is found for, in order, those of `Near` in its field:
    not those under an odd number of NOTs."""
    yield from _leaves(node, True)


def _leaves(node: Node, asked: bool) -> Iterator[Leaf]:
    match node:
        case Word() | Phrase() | Prefix() if asked:
            yield node
        case Near(parts, _, field) if asked:
            for leaf in parts:
                yield replace(leaf, field=field)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part, asked)
        case Not(part):
            yield from _leaves(part, not asked)


def conditions(node: Node, asked: bool = True) -> Iterator[Metric]:
    """The conditions on figures that an article is found for: not those under an odd number of NOTs."""
    match node:
        case Metric() if asked:
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from conditions(part, asked)
        case Not(part):
            yield from conditions(part, not asked)


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


def none_of(part: Node) -> Node:
    """The negation, without a double one."""
    return part.part if isinstance(part, Not) else Not(part)


def in_field(node: Node, field: Field) -> Node:
    """The same query with everything that names no field looked for in this one.

    Nearness is a matter of texts: words near each other in a field of names are simply all wanted.
    """
    match node:
        case Word(_, Field.ANY) | Phrase(_, Field.ANY) | Prefix(_, Field.ANY):
            return replace(node, field=field)
        case Near(parts, _, Field.ANY):
            if field in TEXT_FIELDS:
                return replace(node, field=field)
            return all_of([replace(part, field=field) for part in parts])
        case Not(part):
            return Not(in_field(part, field))
        case And(parts):
            return all_of([in_field(part, field) for part in parts])
        case Or(parts):
            return any_of([in_field(part, field) for part in parts])
    return node


def years(first: int, last: int) -> Dates:
    """From the first day of one year to the last of another; 0 and 9999 are open ends."""
    return Dates(f"{first:04}-01-01" if first > 0 else "", f"{last:04}-12-31" if last < 9999 else "")
