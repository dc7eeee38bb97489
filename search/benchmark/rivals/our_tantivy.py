from pathlib import Path

from search.benchmark.rivals.ours import Ours


def make(folder: Path) -> Ours:
    return Ours("tantivy", folder)
