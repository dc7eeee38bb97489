"""Engines with files, and how the tests of kills and damage make them."""

from pathlib import Path

from search.engines import ENGINES
from search.engines.base import Document

ROOT = Path(__file__).resolve().parents[3]
ON_DISK = {"whoosh": ("*.toc", "*.trm", "*.text.col", "*.card.col", "*.pst"),
           "tantivy": ("meta.json", "*.term", "*.idx", "*.pos", "*.fast", "*.store")}  # fmt: skip
"""Engines with files, and which of these a search reads."""
COMMIT = {"whoosh": "search.engines.whoosh.Writer.commit", "tantivy": "search.engines.tantivy._changed"}
PART_KEPT = {
    "whoosh": ("search.engines.whoosh.BATCH", 5),
    "tantivy": ("search.engines.tantivy.KEEP_EVERY", 0.0),
}
FEW = 30
MANY = [Document(str(n), f"协商{n}", ("协商在线，会客厅",)) for n in range(1, 121)]


def made(name, folder):
    (entry,) = (entry for entry in ENGINES if entry.name == name)
    return entry.make(folder, lambda: ())


def held(engine):
    return [path for path in engine.folder.glob("index-*") if path.is_dir()]
