"""Metrics: counted results, norms and plans, each with its value, unit and what is counted."""

from articles.ingest.fields.metrics.reader import read

__all__ = ["read"]
