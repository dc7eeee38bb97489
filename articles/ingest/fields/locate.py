"""Turning a stretch of a passage into evidence that points at the page."""

from articles.ingest.passage import Passage
from articles.ingest.record import Evidence


def evidence(
    field: str, passage: Passage, i: int, j: int, page: str, rule: str, confidence: float = 1.0
) -> Evidence:
    """Evidence for `field` from `passage.text[i:j]` (i < j), quoted in the page's own words."""
    span = passage.span(i, j)
    return Evidence(field, span.start, span.end, passage.quote(i, j, page), rule, confidence)
