"""What a person typed, understood: scan → AST → said back. Pure; takes any string and never raises."""

from search.query.ast import EVERYTHING, And, Everything, Field, Node, Not, Or, Phrase, Word, Years
from search.query.describe import Saying, describe
from search.query.parse import parse

__all__ = [
    "EVERYTHING", "And", "Everything", "Field", "Node", "Not", "Or", "Phrase", "Saying", "Word", "Years",
    "describe", "parse",
]  # fmt: skip
