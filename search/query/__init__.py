"""What a person typed, understood: scan → AST → said back. Pure; takes any string and never raises."""

from search.query.ast import (
    EVERYTHING,
    Among,
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
from search.query.describe import describe
from search.query.read import Reading, parse, read
from search.query.render import render
from search.query.saying import Saying

__all__ = [
    "EVERYTHING", "Among", "And", "Dates", "Everything", "Field", "Metric", "Near", "Node", "Not", "Or", "Phrase",
    "Prefix", "Reading", "Saying", "Scope", "Word", "describe", "parse", "read", "render",
]  # fmt: skip
