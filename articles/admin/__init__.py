"""The desk: what editors and admins see under /admin/. Each module registers its models."""

from articles.admin import accounts, articles, runs, sources, uploads, vocabulary

__all__ = ["accounts", "articles", "runs", "sources", "uploads", "vocabulary"]
