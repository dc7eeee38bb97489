"""The desk: what editors and admins see under /admin/. Each module registers its models."""

from articles.admin import (
    accounts,
    actions,
    articles,
    authorities,
    decisions,
    resemblances,
    runs,
    sources,
    uploads,
    vocabulary,
)

__all__ = [
    "accounts",
    "actions",
    "articles",
    "authorities",
    "decisions",
    "resemblances",
    "runs",
    "sources",
    "uploads",
    "vocabulary",
]
