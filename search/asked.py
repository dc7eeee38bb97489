"""What the pages ask of `search.query`."""

from dataclasses import dataclass

from search.query import Node, Saying, parse
from search.query.ast import And, Field, Not, Or, Phrase, Word


@dataclass(frozen=True, slots=True)
class Reading:
    """A query understood. `notices` say what could not be read, `repaired` what it was read as instead."""

    node: Node
    notices: tuple[Saying, ...] = ()
    repaired: str | None = None


def read(query: str) -> Reading:
    return Reading(parse(query))


def render(node: Node) -> str:
    """A query that reads as `node`."""
    match node:
        case Word(text, Field.ANY):
            return text
        case Phrase(text, Field.ANY):
            return f'"{text}"'
        case Word(text, field) | Phrase(text, field):
            return f"{field}:{text}"
        case Not(part):
            return "-" + render(part)
        case And(parts):
            return " ".join(map(render, parts))
        case Or(parts):
            return "(" + " OR ".join(map(render, parts)) + ")"
    return "*"
