"""PageRecord → rows. Nothing here parses, and nothing here decides who may: `articles.services` does."""

from articles.store.names import find_issue
from articles.store.page import Note, Stored, store_page
from articles.store.rewrite import Rewritten, rewrite_page

__all__ = ["Note", "Rewritten", "Stored", "find_issue", "rewrite_page", "store_page"]
