"""What a person typed, understood: scan → AST → said back. Pure; takes any string and never raises."""

from search.query.ast import (
    EVERYTHING,
    And,
    Dates,
    Everything,
    Field,
    Metric,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Scope,
    Word,
)
from search.query.describe import Saying, describe
from search.query.parse import parse

__all__ = [
    "EVERYTHING", "And", "Dates", "Everything", "Field", "Metric", "Near", "Node", "Not", "Or", "Phrase",
    "Prefix", "Saying", "Scope", "Word", "describe", "parse",
]  # fmt: skip
