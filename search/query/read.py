"""What was typed → what was understood, and what there is to say about it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from search.query import notices
from search.query.ast import Node, Phrase, Word, all_of
from search.query.cnki import parse_cnki
from search.query.cnki_scan import is_cnki
from search.query.parse import MAX_LEAVES, Budget, parse_plain
from search.query.render import render
from search.query.saying import Saying
from search.query.vocabulary import NEAR, OPERATORS

MAX_LENGTH = 10_000
"""Characters of a query that are read; what follows is dropped."""

_WORDS = re.compile("[\u4e00-\u9fff]+(?: [\u4e00-\u9fff]+)*")
_PHRASE = re.compile('(["“「])([\u4e00-\u9fff]+)["”」]')
_PAIRS = {'"': '"', "“": "”", "「": "」"}

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
    if node := plainly(query):
        return Reading(node)
    budget = Budget()
    if len(query) > MAX_LENGTH:
        budget.note(notices.too_long(MAX_LENGTH))
        query = query[:MAX_LENGTH]
    dialect: Dialect = "cnki" if is_cnki(query) else "plain"
    node = (parse_cnki if dialect == "cnki" else parse_plain)(query, budget)
    said = tuple(budget.notices.values())
    return Reading(node, said, render(node) if said else None, dialect)


def plainly(query: str) -> Node | None:
    """The tree of a query that is nothing but Chinese words or one phrase, as most are: what the grammar would
    make of it, in a third of the time. None for others."""
    if found := _PHRASE.fullmatch(query):
        return Phrase(found[2]) if query[-1] == _PAIRS[found[1]] else None
    if not _WORDS.fullmatch(query):
        return None
    words = query.split(" ")
    if len(words) > MAX_LEAVES or any(word in OPERATORS or NEAR.fullmatch(word) for word in words):
        return None
    return all_of([Word(word) for word in words])


def parse(query: str) -> Node:
    """The tree of a query, for those who have nobody to tell what was wrong with it."""
    return read(query).node
