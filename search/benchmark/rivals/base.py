"""What every rival does."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from search.benchmark.questions import Question
from search.benchmark.weight import size_of, spent
from search.engines.base import Document
from search.text import fold, user_terms


class Answer(NamedTuple):
    """How many articles there are, and the ids of the first."""

    total: int
    ids: tuple[str, ...]


class Rival(Protocol):
    batches: bool
    """Whether `add` can be called again and again, as articles come in."""
    pages: bool
    """Whether it answers questions with `page`."""

    def build(self, documents: Iterable[Document]) -> None:
        """Indexes all articles, when there is nothing yet."""

    def add(self, documents: list[Document]) -> None:
        """Indexes some more, searchable at once."""

    def ask(self, question: Question) -> Answer:
        """What there is; nothing of a page, which is for people."""

    def size(self) -> int:
        """Bytes on the disk."""

    def elsewhere(self) -> int:
        """Bytes of memory of another process that answers for it."""

    def spent(self) -> float:
        """Seconds of processor time that all who work for it have used up to now."""

    def close(self) -> None: ...


class InFolder:
    """What weighing comes to for a rival that answers in this process from `folder` alone."""

    folder: Path

    def size(self) -> int:
        return size_of(self.folder)

    def elsewhere(self) -> int:
        return 0

    def spent(self) -> float:
        return spent()


@lru_cache(maxsize=1)
def _cutter() -> Any:
    import rjieba

    cutter = rjieba.Jieba()
    for term, freq, tag in user_terms():
        cutter.add_word(fold(term), freq, tag)
    return cutter


def cut(text: str) -> list[str]:
    """The words of a text in order, for engines that only split at blanks. Folded, so that nothing but the
    engine differs."""
    return [word for word in _cutter().cut(fold(text), False) if word.strip() and word.isalnum()]
