"""The annotated pages of the repository."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# In the order in which they are shown: what everybody knows, what rules are written for, what measures them.
SPLITS = ("seeds", "dev", "heldout")


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page's bytes with its annotation (shape: fixtures/contract/annotation-guide.md)."""

    name: str
    data: bytes
    gold: Mapping[str, Any]


def load_split(fixtures: Path, split: str) -> Iterator[GoldPage]:
    """The annotated pages of one of SPLITS, sorted by name.

    Raises OSError where an annotation has no page or cannot be read, ValueError where it is no JSON.
    """
    for path in sorted((fixtures / "gold" / split).glob("*.json")):
        page = fixtures / "pages" / split / f"{path.stem}.txt"
        yield GoldPage(path.stem, page.read_bytes(), json.loads(path.read_text("utf-8")))
