"""Marks → AST. Every string means something: what makes no sense as an operator is passed over."""

import re

from search.query.ast import EVERYTHING, Dates, Field, Node, Not, Phrase, Word, all_of, any_of, years
from search.query.scan import Kind, Mark, scan
from search.text import fold

MAX_DEPTH = 20
MAX_LEAVES = 50
"""Deeper parentheses and further words are passed over: nobody reads such a query, and it would cost
everyone."""

_YEARS = re.compile(r"([0-9]{4})年?(?P<to>(?:\.\.|-|~|至|到)([0-9]{4})?年?)?")


def parse(query: str) -> Node:
    """The tree of a query. Words side by side must all hold; OR binds weaker than that, NOT stronger."""
    return _Parser(list(scan(query))).whole()


class _Parser:
    def __init__(self, marks: list[Mark]) -> None:
        self.marks = marks
        self.at = 0
        self.leaves = 0

    def whole(self) -> Node:
        parts: list[Node] = []
        while self.at < len(self.marks):
            node = self.alternatives(Field.ANY, 0)
            if node:
                parts.append(node)
            self.at += 1  # a parenthesis that closes nothing
        return all_of(parts)

    def peek(self) -> Kind | None:
        return self.marks[self.at].kind if self.at < len(self.marks) else None

    def alternatives(self, field: Field | None, depth: int) -> Node | None:
        choices: list[Node] = []
        while True:
            if node := self.sequence(field, depth):
                choices.append(node)
            if self.peek() is not Kind.OR:
                break
            self.at += 1
        return any_of(choices) if choices else None

    def sequence(self, field: Field | None, depth: int) -> Node | None:
        parts: list[Node] = []
        while (kind := self.peek()) not in (None, Kind.OR, Kind.CLOSE):
            if kind is Kind.AND:
                self.at += 1
            elif node := self.term(field, depth):
                parts.append(node)
        return all_of(parts) if parts else None

    def term(self, field: Field | None, depth: int) -> Node | None:
        """One operand with the signs before it; None where there is none."""
        negated = False
        while (kind := self.peek()) in (Kind.NOT, Kind.FIELD):
            if kind is Kind.NOT:
                negated = not negated
            else:
                field = self.marks[self.at].field
            self.at += 1
        node = self.operand(field, depth)
        return Not(node) if node and negated else node

    def operand(self, field: Field | None, depth: int) -> Node | None:
        kind = self.peek()
        if kind in (None, Kind.AND, Kind.OR, Kind.CLOSE):
            return None
        mark = self.marks[self.at]
        self.at += 1
        if kind is Kind.OPEN:
            if depth >= MAX_DEPTH:
                return None
            node = self.alternatives(field, depth + 1)
            if self.peek() is Kind.CLOSE:
                self.at += 1
            return node
        if kind is Kind.STAR:
            return EVERYTHING
        return self.leaf(mark, field)

    def leaf(self, mark: Mark, field: Field | None) -> Node | None:
        if not fold(mark.text) or self.leaves >= MAX_LEAVES:
            return None
        self.leaves += 1
        if field is None:
            return _years(mark.text) or Phrase(mark.text)
        return Phrase(mark.text, field) if mark.kind is Kind.PHRASE else Word(mark.text, field)


def _years(text: str) -> Dates | None:
    """2024, 2020-2023, 2020至2023年, 2020.. (and later); None for anything else."""
    found = _YEARS.fullmatch(fold(text))
    if not found:
        return None
    first = int(found.group(1))
    last = int(found.group(3) or 9999) if found.group("to") else first
    return years(min(first, last), max(first, last))
