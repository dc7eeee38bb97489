"""CNKI's 专业检索 → AST: TI='协商' AND AU='张利', SU=('提案'+'社情民意')*'办理'-'督办', YE BETWEEN('2023','2024').

`=` asks for the string (of a name: the whole name), `%` and `%=` for words (of a name: a part of it). Operators of
one rank are read from left to right, as CNKI does: AND OR NOT between fields, * + - between values.
"""

import re
from dataclasses import replace

from search.query import notices
from search.query.ast import Everything, Field, Near, Node, Phrase, Scope, all_of, any_of, in_field, none_of
from search.query.cnki_codes import CODES, Code
from search.query.cnki_scan import Token, inside, tokens
from search.query.days import parse_dates
from search.query.near import Nearness, near
from search.query.parse import MAX_DEPTH, Budget, leaf, pages, words
from search.query.render import render
from search.query.scan import Mark
from search.query.vocabulary import DATE, METRIC, Kind

_LOGIC = (Kind.AND, Kind.OR, Kind.NOT)
_VALUES = (Kind.PHRASE, Kind.WORD, Kind.OPEN)
_UNKNOWN = Code("")
_NOWHERE = Token(Kind.FIELD, "", "%")
"""The field of a value that names none: plain words."""


def parse_cnki(query: str, budget: Budget) -> Node:
    """The tree of such a query; what there is to say about it is noted in the budget."""
    marks = list(tokens(query))
    parser = _Parser(marks, budget)
    node = parser.whole()
    if node is None:
        spoken = [words(token.text, budget) for token in marks if token.kind in (Kind.PHRASE, Kind.WORD)]
        node = all_of([part for part in spoken if part])
        if not isinstance(node, Everything):
            strange = any(_code(token).key == "" for token in marks if token.kind is Kind.FIELD)
            budget.note((notices.alone if strange else notices.not_read)(render(node)[:80]))
    return node


def _code(field: Token) -> Code:
    return CODES.get(field.text, _UNKNOWN)


class _Parser:
    def __init__(self, marks: list[Token], budget: Budget) -> None:
        self.marks = marks
        self.budget = budget
        self.at = 0

    def peek(self, ahead: int = 0) -> Token | None:
        return self.marks[self.at + ahead] if self.at + ahead < len(self.marks) else None

    def kind(self, ahead: int = 0) -> Kind | None:
        token = self.peek(ahead)
        return token.kind if token else None

    def whole(self) -> Node | None:
        parts: list[Node] = []
        while self.at < len(self.marks):
            if node := self.chain(_NOWHERE, 0):
                parts.append(node)
            if self.at < len(self.marks):
                self.budget.note(notices.unpaired())
                self.at += 1
        return all_of(parts) if parts else None

    def chain(self, field: Token, depth: int) -> Node | None:
        """Operands joined from left to right, up to a closing parenthesis."""
        node: Node | None = None
        while self.kind() not in (None, Kind.CLOSE):
            start, joint, hidden = self.at, Kind.AND, False
            while self.kind() in _LOGIC:
                hidden ^= self.kind() is Kind.NOT
                joint = Kind.OR if self.kind() is Kind.OR else joint
                self.at += 1
            if self.at > start and self.kind() not in (Kind.FIELD, *_VALUES):
                self.budget.note(notices.idle(self.marks[start].text))
            operand = self.operand(field, depth)
            node = _joined(node, operand, joint, hidden)
        return node

    def operand(self, field: Token, depth: int) -> Node | None:
        """One value or one field with its values, and what it is near to."""
        node = self.single(field, depth)
        while self.kind() is Kind.NEAR:
            how = self.marks[self.at].text
            self.at += 1
            if how[0] == "$" or self.kind() not in _VALUES:
                self.budget.note(notices.not_counted(how) if how[0] == "$" else notices.idle(how))
            else:
                node = together(node, self.single(field, depth), how, self.budget)
        return node

    def single(self, field: Token, depth: int) -> Node | None:
        token = self.peek()
        if token is None or token.kind is Kind.CLOSE:
            return None
        self.at += 1
        match token.kind:
            case Kind.FIELD:
                return self.values(token, depth)
            case Kind.OPEN:
                return self.group(field, depth)
            case Kind.PHRASE | Kind.WORD:
                return self.value(token, field)
        self.budget.note(notices.idle(token.text))
        return None

    def group(self, field: Token, depth: int) -> Node | None:
        if depth >= MAX_DEPTH:
            self.budget.note(notices.too_deep(MAX_DEPTH))
            return None
        node = self.chain(field, depth + 1)
        if self.kind() is Kind.CLOSE:
            self.at += 1
        else:
            self.budget.note(notices.unpaired())
        return node

    def values(self, field: Token, depth: int) -> Node | None:
        """Everything that is asked of one field: a value and those that * + - join to it."""
        code = _code(field)
        if field.text not in CODES:
            self.budget.note(notices.unknown(field.text))
        elif not code.key:
            self.budget.note(notices.not_here(field.text, code.name))
        elif code.name:
            self.budget.note(notices.instead(field.text, code.name, code.other))
        if self.kind() not in _VALUES:
            self.budget.note(notices.empty(field.text))
            return None
        if field.sign == "BETWEEN":
            return self.between(field)
        node = self.operand(field, depth)
        while self.kind() in _LOGIC and not self.marks[self.at].logic and self.kind(1) in _VALUES:
            joint = self.marks[self.at].kind
            self.at += 1
            node = _joined(node, self.operand(field, depth), joint, joint is Kind.NOT)
        return node

    def between(self, field: Token) -> Node | None:
        """BETWEEN('2023','2024'), of dates and pages."""
        found: list[str] = []
        while (token := self.peek()) and token.kind is not Kind.CLOSE and len(found) < 2:
            if token.kind in (Kind.PHRASE, Kind.WORD):
                found.append(token.text)
            self.at += 1
        if self.kind() is Kind.CLOSE:
            self.at += 1
        else:
            self.budget.note(notices.unpaired())
        key = _code(field).key
        if not key or not found or not self.budget.spend():
            return None
        if key == DATE and (dates := parse_dates("..".join(found))):
            return dates
        if key == Field.PAGE:
            return pages(Phrase("-".join(found), Field.PAGE))
        typed = " ".join(found)
        self.budget.note(notices.no_date(typed) if key == DATE else notices.not_read(typed))
        return words(typed, self.budget)

    def value(self, token: Token, field: Token) -> Node | None:
        """One value; in quotation marks there may stand operators of its own."""
        if token.open:
            self.budget.note(notices.unclosed())
        if token.kind is Kind.WORD:
            return self.asked(token.text, field)
        inner = list(inside(token.text))
        if len(inner) == 1 and inner[0].kind is Kind.PHRASE:
            return self.asked(inner[0].text, field)
        node: Node | None = None
        operator: Token | None = None
        for part in inner:
            if part.kind is not Kind.PHRASE:
                if part.text[0] == "$":
                    self.budget.note(notices.not_counted(part.text))
                else:
                    operator = part
                continue
            further = self.asked(part.text, field)
            if operator and operator.kind is Kind.NEAR:
                node = together(node, further, operator.text, self.budget)
            else:
                joint = operator.kind if operator else Kind.AND
                node = _joined(node, further, joint, joint is Kind.NOT)
            operator = None
        return node

    def asked(self, text: str, field: Token) -> Node | None:
        """What one string asks of a field."""
        key = _code(field).key if field.text else Field.ANY
        if not key:
            return None
        if key == DATE:
            sign = field.sign if field.sign[0] in "<>≥≤" else ""
            return leaf(Mark(Kind.VALUE, sign + text), DATE, self.budget)
        if key == METRIC:
            return leaf(Mark(Kind.VALUE, text), METRIC, self.budget)
        if "%" not in field.sign:
            return leaf(Mark(Kind.PHRASE, text), key, self.budget)
        spoken = words(text, self.budget)
        return in_field(spoken, Field(key)) if spoken else None


def _joined(node: Node | None, operand: Node | None, joint: Kind, hidden: bool) -> Node | None:
    if operand is None:
        return node
    operand = none_of(operand) if hidden else operand
    if node is None:
        return operand
    return any_of([node, operand]) if joint is Kind.OR else all_of([node, operand])


_NUMBERED = re.compile(r"/(NEAR|PREV|AFT|SEN|PRG)\s*([0-9]*)", re.I)


def together(node: Node | None, further: Node | None, operator: str, budget: Budget) -> Node | None:
    """Two operands joined by #, %, /NEAR 5, /PREV 5, /AFT 5, /SEN 1, /PRG 1."""
    if node is None or further is None:
        return node or further
    how = _nearness(operator, budget)
    joined = near([*_nearby(node, how), further], how) if how else None
    if how and not joined:
        budget.note(notices.not_near())
    return joined or all_of([node, further])


def _nearby(node: Node, how: Nearness) -> list[Node]:
    """The operands so far: those of A # B in A # B # C."""
    if (
        isinstance(node, Near)
        and not how.pairwise
        and (node.scope, node.gap, node.ordered) == (how.scope, None, False)
    ):
        return [replace(part, field=node.field) for part in node.parts]
    return [node]


def _nearness(operator: str, budget: Budget) -> Nearness | None:
    """None where the archive knows no such nearness and the words must simply all hold."""
    if not (found := _NUMBERED.fullmatch(operator)):
        return Nearness(ordered=operator == "%")
    name, number = found[1].upper(), int(found[2]) if found[2] else None
    match name:
        case "NEAR" | "PREV":
            return Nearness(gap=number, ordered=name == "PREV")
        case "AFT":
            budget.note(notices.nearly(operator, "in one sentence"))
            return Nearness(ordered=True)
        case "SEN" if not number:
            return Nearness()
        case "SEN":
            budget.note(notices.nearly(operator, "in one paragraph"))
            return Nearness(Scope.PARAGRAPH)
        case _ if not number:
            return Nearness(Scope.PARAGRAPH)
    budget.note(notices.nearly(operator, "anywhere in the article"))
    return None
