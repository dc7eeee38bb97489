"""References made by hand."""

from dataclasses import replace
from typing import Any

from articles.takeaway.reference import JOURNAL, Reference

NEWS = Reference(
    id="2kd8mnpqrs",
    url="https://archive.example/a/2kd8mnpqrs/",
    title="加强协商平台建设",
    authors=("张三",),
    date="2024-07-16",
    publication="人民政协报",
    kind="newspaper",
    number="9137",
    pages=("3",),
    column="主席论坛",
    keywords=("协商议政", "民主监督"),
)
PIECE = replace(
    NEWS,
    id="3tvwxyz234",
    publication="中国政协",
    kind=JOURNAL,
    date="2024-07",
    number="7",
    pages=("12", "13"),
)


def news(**changes: Any) -> Reference:
    return replace(NEWS, **changes)


def piece(**changes: Any) -> Reference:
    return replace(PIECE, **changes)
