"""What was typed → what was understood, and what there is to say about it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from search.query import notices
from search.query.ast import Node
from search.query.cnki import parse_cnki
from search.query.cnki_scan import is_cnki
from search.query.parse import Budget, parse_plain
from search.query.render import render
from search.query.saying import Saying

MAX_LENGTH = 10_000
"""Characters of a query that are read; what follows is dropped."""

Dialect = Literal["plain", "cnki"]


@dataclass(frozen=True, slots=True)
class Reading:
    """`node`: the query. `notices`: one sentence for each thing that could not be read as it stands; what it was
    is used as plain words where it holds any. `repaired`: the query as it was understood, in the plain
    dialect, None where nothing was wrong. `dialect`: the archive's own, or CNKI's 专业检索."""

    node: Node
    notices: tuple[Saying, ...] = ()
    repaired: str | None = None
    dialect: Dialect = "plain"


@lru_cache(maxsize=256)
def read(query: str) -> Reading:
    """Reads any string; never raises, and takes a time that grows with at most `MAX_LENGTH` characters."""
    budget = Budget()
    if len(query) > MAX_LENGTH:
        budget.note(notices.too_long(MAX_LENGTH))
        query = query[:MAX_LENGTH]
    dialect: Dialect = "cnki" if is_cnki(query) else "plain"
    node = (parse_cnki if dialect == "cnki" else parse_plain)(query, budget)
    said = tuple(budget.notices.values())
    return Reading(node, said, render(node) if said else None, dialect)


def parse(query: str) -> Node:
    """The tree of a query, for those who have nobody to tell what was wrong with it."""
    return read(query).node
