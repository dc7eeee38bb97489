import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

from articles.models import Article, Genre, State
from search import follow, index
from search.engines.base import Engine


@pytest.fixture
def make_article(db: None) -> Callable[..., Article]:
    """`make_article("title", "one paragraph\\nanother")` makes an article, published by default."""
    from django.utils import timezone

    def make(title: str = "", text: str = "", **fields: object) -> Article:
        state = fields.pop("state", State.PUBLISHED)
        return Article.objects.create(
            title=title,
            text=text,
            body=[{"kind": "paragraph", "text": line, "runs": []} for line in text.splitlines()],
            state=state,
            published_at=timezone.now() if state == State.PUBLISHED else None,
            genre=fields.pop("genre", Genre.NEWS),
            **fields,
        )

    return make


@pytest.fixture
def whoosh(db: None, tmp_path: Path, settings) -> Iterator[Engine]:  # type: ignore[no-untyped-def]
    """The archive's own engine on an index of this test's own, empty and whole."""
    settings.HAYSTACK_CONNECTIONS = {
        "default": {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(tmp_path / "index")}
    }
    index.rebuild()
    engine = index.engine()
    yield engine
    engine.close()  # type: ignore[attr-defined]


@pytest.fixture
def following(transactional_db: None, whoosh: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The index worker, in a thread of its own."""
    monkeypatch.setattr(follow, "PATIENCE", 0.2)
    stop = threading.Event()

    def run() -> None:
        try:
            follow.follow(stop)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    stop.set()
    thread.join(20)
    assert not thread.is_alive()
