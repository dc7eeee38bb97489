"""Marks → AST. Every string means something: what makes no sense as an operator is passed over, and said."""

import re
from dataclasses import dataclass, field, replace

from search.query import notices
from search.query.ast import EVERYTHING, Field, Leaf, Node, Phrase, Prefix, Word, all_of, any_of, none_of
from search.query.days import parse_dates
from search.query.figures import condition
from search.query.near import Nearness, near, nearness
from search.query.quoting import quotable
from search.query.saying import Saying
from search.query.scan import Mark, is_plain, scan
from search.query.vocabulary import DATE, INSTEAD, METRIC, Key, Kind, half
from search.text import fold

MAX_DEPTH = 40
MAX_LEAVES = 500
"""Deeper parentheses and further conditions are passed over: nobody reads such a query, and it would cost
everyone."""

_PAGES = re.compile(r"第?([0-9]{1,4})版?(?:-第?([0-9]{1,4})版?)?")
_PAGES_AT_MOST = 100
_OPERATORS = (Kind.AND, Kind.OR, Kind.NEAR)


@dataclass
class Budget:
    """What a query may still ask, and what there is to say about it."""

    leaves: int = MAX_LEAVES
    notices: dict[str, Saying] = field(default_factory=dict)

    def note(self, notice: Saying) -> None:
        self.notices.setdefault(notice.english, notice)

    def spend(self) -> bool:
        """Whether one more condition may be asked."""
        if self.leaves <= 0:
            self.note(notices.too_many(MAX_LEAVES))
            return False
        self.leaves -= 1
        return True


def parse_plain(query: str, budget: Budget) -> Node:
    """The tree of a query in the archive's own language. Words side by side must all hold; OR binds weaker
    than that, NEAR and NOT stronger."""
    return _Parser(list(scan(query)), budget).whole()


class _Parser:
    def __init__(self, marks: list[Mark], budget: Budget) -> None:
        self.marks = marks
        self.budget = budget
        self.at = 0

    def whole(self) -> Node:
        parts: list[Node] = []
        while self.at < len(self.marks):
            node = self.alternatives(Field.ANY, 0)
            if node:
                parts.append(node)
            if self.at < len(self.marks):
                self.budget.note(notices.unpaired())
            self.at += 1  # a parenthesis that closes nothing
        if not parts:
            parts.extend(self.as_words())
        return all_of(parts)

    def as_words(self) -> list[Node]:
        """A query of nothing but operators is one that looks for them."""
        texts = [mark.text for mark in self.marks if any(map(str.isalnum, mark.text))]
        if texts and not any(mark.kind is Kind.STAR for mark in self.marks):
            for text in texts:  # it was not passed over after all
                for said in (notices.idle(text), notices.empty(text)):
                    self.budget.notices.pop(said.english, None)
            self.budget.note(notices.not_read(" ".join(texts)[:80]))
        return [Phrase(quotable(text)) for text in texts if self.budget.spend()]

    def peek(self) -> Kind | None:
        return self.marks[self.at].kind if self.at < len(self.marks) else None

    def idle(self) -> None:
        self.budget.note(notices.idle(self.marks[self.at].text))
        self.at += 1

    def alternatives(self, key: Key, depth: int) -> Node | None:
        choices: list[Node] = []
        while True:
            node = self.sequence(key, depth)
            if node:
                choices.append(node)
            if self.peek() is not Kind.OR:
                break
            if node and self.follows():
                self.at += 1
            else:
                self.idle()
        return any_of(choices) if choices else None

    def follows(self) -> bool:
        """Whether an operand may follow the operator at hand."""
        after = self.marks[self.at + 1].kind if self.at + 1 < len(self.marks) else None
        return after not in (None, Kind.CLOSE, *_OPERATORS)

    def sequence(self, key: Key, depth: int) -> Node | None:
        parts: list[Node] = []
        while (kind := self.peek()) not in (None, Kind.OR, Kind.CLOSE):
            if kind in (Kind.AND, Kind.NEAR):
                if kind is Kind.AND and parts and self.follows():
                    self.at += 1
                else:
                    self.idle()
            elif node := self.term(key, depth):
                parts.append(node)
        return all_of(parts) if parts else None

    def term(self, key: Key, depth: int) -> Node | None:
        """Operands near each other, or one, with the signs before it; None where there is none."""
        negated, own, signs = self.signs(key)
        node = self.operand(own, depth)
        if node is None:
            if signs and self.peek() in (None, Kind.CLOSE, *_OPERATORS):
                self.budget.note(signs)
            return None
        operands, joints = [node], []
        while self.peek() is Kind.NEAR and self.follows():
            joint = nearness(self.marks[self.at].text)
            self.at += 1
            hidden, inner, _ = self.signs(key)
            if further := self.operand(inner, depth):
                operands.append(none_of(further) if hidden else further)
                joints.append(joint)
        if joints:
            node = self.joined(operands, joints)
        return none_of(node) if negated else node

    def signs(self, key: Key) -> tuple[bool, Key, Saying | None]:
        """(an odd number of NOTs, the field, what to say if nothing follows) of what stands before an operand."""
        negated, said = False, None
        while (kind := self.peek()) in (Kind.NOT, Kind.FIELD):
            mark = self.marks[self.at]
            if kind is Kind.NOT:
                negated, said = not negated, notices.idle(mark.text)
            else:
                key, said = mark.key, notices.empty(mark.text)
                if instead := INSTEAD.get(half(mark.text).lower()):
                    self.budget.note(notices.instead_of(mark.text, instead[1]))
            self.at += 1
        return negated, key, said

    def joined(self, operands: list[Node], joints: list[Nearness]) -> Node:
        if len(set(joints)) == 1 and not joints[0].pairwise:
            groups = [(operands, joints[0])]
        else:
            groups = [(operands[i : i + 2], joint) for i, joint in enumerate(joints)]
        found = [near(*group) for group in groups]
        if None in found:
            self.budget.note(notices.not_near())
            return all_of(operands)
        return all_of([node for node in found if node])

    def operand(self, key: Key, depth: int) -> Node | None:
        kind = self.peek()
        if kind in (None, Kind.CLOSE, *_OPERATORS):
            return None
        mark = self.marks[self.at]
        self.at += 1
        if kind is Kind.OPEN:
            return self.group(key, depth)
        if kind is Kind.STAR:
            return EVERYTHING
        return leaf(mark, key, self.budget)

    def group(self, key: Key, depth: int) -> Node | None:
        if depth >= MAX_DEPTH:
            self.budget.note(notices.too_deep(MAX_DEPTH))
            return None
        node = self.alternatives(key, depth + 1)
        if self.peek() is Kind.CLOSE:
            self.at += 1
        else:
            self.budget.note(notices.unpaired())
        return node


def leaf(mark: Mark, key: Key, budget: Budget) -> Node | None:
    """What one word, phrase, prefix or value asks of a field; None where it holds nothing to look for."""
    if not fold(mark.text) or not budget.spend():
        return None
    if mark.open:
        budget.note(notices.unclosed())
    if key == DATE:
        if dates := parse_dates(mark.text.strip('"“”＂')):
            return dates
        budget.note(notices.no_date(mark.text))
        return words(mark.text, budget)
    if key == METRIC:
        if metric := condition(mark.text):
            return metric
        budget.note(notices.no_condition(mark.text))
        return words(mark.text, budget)
    made: Leaf
    text = mark.text if mark.kind is Kind.PHRASE else _starless(mark.text, budget)
    if mark.kind is Kind.PREFIX:
        made = Prefix(quotable(text), Field(key))
    elif mark.kind is Kind.WORD and is_plain(text):
        made = Word(text, Field(key))
    else:
        made = Phrase(quotable(text), Field(key))
    if made.field is Field.PAGE:
        return pages(made) if fold(text) else None
    return made if fold(made.text) else None


def _starless(text: str, budget: Budget) -> str:
    """A word without stars that do not end it; those in quotation marks are what they are."""
    plain = text.replace("*", "").replace("＊", "")
    if plain == text or any(map(str.isspace, text)):
        return text
    budget.note(notices.star_inside(text))
    return plain


def words(text: str, budget: Budget) -> Node | None:
    """What could not be read, as plain words and phrases."""
    kinds = (Kind.WORD, Kind.PHRASE, Kind.PREFIX, Kind.VALUE)
    asked: list[Node] = []
    for mark in scan(text):
        kind = Kind.PHRASE if mark.kind is Kind.VALUE else mark.kind
        if mark.kind in kinds and (node := leaf(replace(mark, kind=kind), Field.ANY, budget)):
            asked.append(node)
    return all_of(asked) if asked else None


def pages(asked: Leaf) -> Node:
    """第3版 and 03 are page 3, 1-4 are four pages."""
    found = _PAGES.fullmatch(fold(asked.text))
    if not found:
        return asked
    first, last = int(found[1]), int(found[2] or found[1])
    if isinstance(asked, Prefix) or not 0 <= last - first < _PAGES_AT_MOST:
        return asked
    return any_of([Word(str(number), Field.PAGE) for number in range(first, last + 1)])
