"""How good the parser is: records compared with annotated pages, field by field.

A figure is hits of total under one name; `X.recall` and `X.precision` together give `X.f1`. The definitions
are those of the annotation guide beside the contract schema (fixtures/contract).
"""

from articles.ingest.evaluation.compare import Change, Comparison, compare
from articles.ingest.evaluation.figures import Figures, Miss
from articles.ingest.evaluation.gold import SPLITS, GoldPage, load_split
from articles.ingest.evaluation.score import score_page

__all__ = [
    "SPLITS",
    "Change",
    "Comparison",
    "Figures",
    "GoldPage",
    "Miss",
    "compare",
    "load_split",
    "score_page",
]
