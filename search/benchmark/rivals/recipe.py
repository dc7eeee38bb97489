"""The common recipe: django-haystack with its stock Whoosh backend, jieba's ChineseAnalyzer in place of the
stemmer, asked through a SearchQuerySet as haystack's own form does. The page is as plain as a page can be."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from haystack import connections, indexes
from haystack.backends.whoosh_backend import WhooshEngine, WhooshSearchBackend
from haystack.query import SearchQuerySet
from haystack.utils.loading import UnifiedIndex
from jieba.analyse import ChineseAnalyzer
from whoosh.fields import TEXT

from articles.models import Article
from search.benchmark.questions import Question
from search.benchmark.rivals.base import Answer, InFolder
from search.engines.base import FACETS, Document

ALIAS = "recipe"
PAGE = """<form><input name="q" value="{{ query }}"></form><p>{{ total }}</p>
{% for name, values in facets.items %}<h2>{{ name }}</h2><ul>{% for value, n in values %}<li>{{ value }} {{ n }}</li>
{% endfor %}</ul>{% endfor %}{% for hit in hits %}<h3>{{ hit.title }}</h3><p>{{ hit.date }} {{ hit.text|truncatechars:120 }}</p>
{% endfor %}"""


class RecipeIndex(indexes.SearchIndex):  # type: ignore[misc]
    text = indexes.CharField(document=True)
    title = indexes.CharField(model_attr="title")
    date = indexes.CharField(model_attr="date")
    region = indexes.MultiValueField()
    level = indexes.MultiValueField()
    theme = indexes.MultiValueField()
    mechanism = indexes.MultiValueField()
    genre = indexes.MultiValueField()
    publication = indexes.MultiValueField()
    year = indexes.MultiValueField()

    def get_model(self) -> type[Article]:
        return Article

    def prepare(self, obj: Any) -> dict[str, Any]:
        data = super().prepare(obj)
        data["text"] = f"{obj.title}\n{obj.text}"
        for name in FACETS:
            data[name] = obj.values_of_facets[name]
        return data


class RecipeIndexes(UnifiedIndex):  # type: ignore[misc]
    def collect_indexes(self) -> list[Any]:
        return [RecipeIndex()]


class RecipeBackend(WhooshSearchBackend):  # type: ignore[misc]
    def build_schema(self, fields: Any) -> Any:
        name, schema = super().build_schema(fields)
        for _, field in schema.items():
            if isinstance(field, TEXT):
                field.analyzer = ChineseAnalyzer()
        return name, schema


class RecipeEngine(WhooshEngine):  # type: ignore[misc]
    backend = RecipeBackend
    unified_index = RecipeIndexes


class Recipe(InFolder):
    batches = pages = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        connections.connections_info[ALIAS] = {
            "ENGINE": f"{__name__}.{RecipeEngine.__name__}",
            "PATH": str(folder),
        }
        self.backend = connections.reload(ALIAS).get_backend()
        self.template = Engine().from_string(PAGE)

    def build(self, documents: Iterable[Document]) -> None:
        """In one piece, which is the fastest that the recipe can."""
        self.add(list(documents))

    def add(self, documents: list[Document]) -> None:
        # Of nothing the backend makes a writer that it never closes, and the next one waits for ever.
        if documents:
            self.backend.update(RecipeIndex(), [_article(document) for document in documents])

    def ask(self, question: Question) -> Answer:
        found = SearchQuerySet(using=ALIAS)
        found = found.auto_query(f'"{question.text}"' if question.phrase else question.text)
        if question.year:
            found = found.narrow(f"year:{question.year}")
        if question.facets or question.page:
            for name in FACETS:
                found = found.facet(name)
        if question.highlight or question.page:
            found = found.highlight()
        hits = found[: question.limit]
        total = found.query.get_count()
        if question.page:
            facets = found.query.get_facet_counts()["fields"] if total else {}
            page = {"query": question.text, "total": total, "hits": hits, "facets": facets}
            self.template.render(Context(page))
        return Answer(total, tuple(hit.pk for hit in hits))

    def close(self) -> None:
        del connections.connections_info[ALIAS], connections.thread_local.connections[ALIAS]


def _article(document: Document) -> Article:
    article = Article(
        pk=int(document.id), title=document.title, text="\n".join(document.paragraphs), date=document.date
    )
    article.values_of_facets = {
        name: [value.value for value in document.facets.get(name, ())] for name in FACETS
    }
    return article


make = Recipe
