"""PageRecord → rows. Nothing here parses, and nothing here decides who may: `articles.services` does."""

from articles.store.names import find_issue
from articles.store.page import Note, Stored, store_page

__all__ = ["Note", "Stored", "find_issue", "store_page"]
