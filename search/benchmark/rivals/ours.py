"""The archive's own engines, asked as the site asks them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from django.test.utils import override_settings

from search import highlight
from search.benchmark.questions import Question
from search.benchmark.rivals.base import Answer, InFolder
from search.engines import ENGINES
from search.engines.base import FACETS, Document, Request
from search.query import parse
from search.query.quoting import quoted

PLAIN_FILES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


class Ours(InFolder):
    batches = pages = True

    def __init__(self, name: str, folder: Path) -> None:
        self.folder = folder
        make: Any = next(entry.make for entry in ENGINES if entry.name == name)
        self.engine = make(folder / name, tuple)
        self._client: Client | None = None
        self._site = override_settings(
            SEARCH_ENGINE=name,
            HAYSTACK_CONNECTIONS={
                "default": {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(folder)}
            },
            STORAGES=PLAIN_FILES,
            ALLOWED_HOSTS=["*"],
            SECURE_SSL_REDIRECT=False,
            DEBUG=False,
        )

    def build(self, documents: Iterable[Document]) -> None:
        self.engine.rebuild(documents)

    def add(self, documents: list[Document]) -> None:
        self.engine.apply(documents)

    def ask(self, question: Question) -> Answer:
        if question.page:
            self._page(question.text)
            return Answer(0, ())
        request = Request(
            parse(quoted(question.text) if question.phrase else question.text),
            {"year": (question.year,)} if question.year else {},
            limit=question.limit,
            facets=FACETS if question.facets else (),
        )
        result = self.engine.search(request)
        if question.highlight:
            wanted = highlight.needles(request.query)
            for hit in result.hits:
                highlight.title(hit.document, wanted)
                highlight.snippet(hit.document, wanted)
        return Answer(result.total, tuple(hit.id for hit in result.hits))

    def _page(self, query: str) -> None:
        if self._client is None:  # not each time: what Django remembers would be forgotten with the settings
            self._site.enable()
            self._client = Client()
        response = self._client.get("/search/", {"q": query})
        if response.status_code != 200:
            raise RuntimeError(f"/search/?q={query} answers {response.status_code}")

    def close(self) -> None:
        self.engine.close()
        if self._client:
            self._site.disable()
