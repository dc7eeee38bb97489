"""django-haystack on our engines: `SearchQuerySet` asks the same AST, the same index and the same open
searcher.

Mended where haystack's own Whoosh backend is broken for Chinese: quoted phrases are exact, words are found
inside words, highlights come back, `all()` and facets work without a query, and nothing is narrowed by
django_ct.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery, SearchNode
from haystack.constants import DJANGO_CT
from haystack.inputs import BaseInput, Exact
from haystack.models import SearchResult

from articles.models import Article
from search import documents, highlight, index
from search.engines.base import FACETS, Hit, Request, Sort
from search.query import EVERYTHING, Field, Node, Not, Phrase, parse
from search.query.ast import all_of, any_of, in_field, years

MANY = 1_000
"""Results of an unsliced search; haystack asks page by page."""

FIELDS = {field.value: field for field in Field} | {"content": Field.ANY, "text": Field.ANY}
_NOTHING = Not(EVERYTHING)


class ArchiveBackend(BaseSearchBackend):  # type: ignore[misc]
    """Everything but the name of the engine that is asked, which each backend below adds."""

    engine_name = ""

    def setup(self) -> None:
        """Nothing to set up: `manage.py reindex` makes the index."""

    def update(self, index_: Any, iterable: Iterable[Article], commit: bool = True) -> None:
        keys = [article.pk for article in iterable]
        with index.writing():
            found = list(documents.of_keys(keys))
            index.engine(self.engine_name).apply(found, {str(k) for k in keys} - {d.id for d in found})

    def remove(self, obj_or_string: Model | str, commit: bool = True) -> None:
        key = obj_or_string.rpartition(".")[2] if isinstance(obj_or_string, str) else str(obj_or_string.pk)
        with index.writing():
            index.engine(self.engine_name).apply([], [key])

    def clear(self, models: Iterable[type[Model]] | None = None, commit: bool = True) -> None:
        if models is None or Article in models:
            with index.writing():
                index.engine(self.engine_name).rebuild([])

    def build_schema(self, fields: Any) -> tuple[str, list[Any]]:
        return "text", []

    def search(self, query_string: str | Node, **kwargs: Any) -> dict[str, Any]:
        """`query_string` is a query as typed, or an AST. Raises SearchUnavailable, which haystack lets
        through."""
        models = kwargs.get("models")
        if models and Article not in models:
            return {"results": [], "hits": 0, "facets": {}, "spelling_suggestion": None}
        node = parse(query_string) if isinstance(query_string, str) else query_string
        for narrowing in kwargs.get("narrow_queries") or ():
            if not narrowing.startswith(DJANGO_CT):
                node = all_of([node, parse(narrowing)])
        first = kwargs.get("start_offset", 0) or 0
        last = kwargs.get("end_offset")
        request = Request(
            query=node,
            sort=_sort(kwargs.get("sort_by")),
            offset=first,
            limit=(last - first) if last is not None else MANY,
            facets=tuple(name for name in kwargs.get("facets") or () if name in FACETS),
        )
        result = index.engine(self.engine_name).search(request)
        make = kwargs.get("result_class") or SearchResult
        marked = highlight.needles(node) if kwargs.get("highlight") else None
        shown = [_result(make, hit, marked) for hit in result.hits]
        fields = {name: [(c.label, c.number) for c in counts] for name, counts in result.facets.items()}
        facets = {"fields": fields, "dates": {}, "queries": {}} if fields else {}
        return {"results": shown, "hits": result.total, "facets": facets, "spelling_suggestion": None}


def _sort(sort_by: Any) -> Sort:
    first = next(iter(sort_by or ()), "")
    return {"-date": "newest", "date": "oldest"}.get(first, "relevance")  # type: ignore[return-value]


def _result(make: Any, hit: Hit, marked: highlight.Wanted | None) -> Any:
    document = hit.document
    stored: dict[str, Any] = {
        "id": f"articles.article.{document.id}",
        "title": document.title,
        "text": "\n".join(document.paragraphs),
        "date": document.date,
        "author": list(document.authors),
        **{name: [value.label for value in document.facets.get(name, ())] for name in FACETS},
    }
    if marked is not None:
        stored["highlighted"] = [str(highlight.snippet(document, marked))]
    return make("articles", "article", document.id, hit.score, **stored)


class ArchiveQuery(BaseSearchQuery):  # type: ignore[misc]
    """Collects haystack's filters and renders them as an AST: no query string is ever put together."""

    def build_query(self) -> Node:
        return _node(self.query_filter, self) if self.query_filter else EVERYTHING

    def build_params(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        params = super().build_params(*args, **kwargs)
        if self.order_by:
            params["sort_by"] = self.order_by
        return params

    def post_process_facets(self, results: dict[str, Any]) -> dict[str, Any]:
        return results.get("facets", {})


def _node(tree: SearchNode, query: ArchiveQuery) -> Node:
    parts: list[Node] = []
    for child in tree.children:
        if isinstance(child, SearchNode):
            parts.append(_node(child, query))
        else:
            expression, value = child
            name, filter_type = tree.split_expression(expression)
            parts.append(_leaf(name, filter_type, value))
    node = (any_of(parts) if tree.connector == "OR" else all_of(parts)) if parts else EVERYTHING
    return Not(node) if tree.negated else node


def _leaf(name: str, filter_type: str, value: Any) -> Node:
    if isinstance(value, (list, tuple, set, frozenset)):
        return any_of([_leaf(name, "exact", one) for one in value]) if value else _NOTHING
    field = FIELDS.get(name)
    if field is None and name != "year":
        raise ValueError(f"Articles cannot be searched by {name!r}; there are {', '.join(sorted(FIELDS))}.")
    quoted = filter_type == "exact" or isinstance(value, Exact)
    typed = str(value.query_string if isinstance(value, BaseInput) else value)
    if field is None:
        return _years(typed, filter_type)
    if quoted:
        return Phrase(typed, field)
    return in_field(parse(typed), field)


def _years(typed: str, filter_type: str) -> Node:
    if not typed.isdigit():
        return _NOTHING
    year = int(typed)
    first, last = {"gte": (year, 9999), "gt": (year + 1, 9999), "lte": (0, year), "lt": (0, year - 1)}.get(
        filter_type, (year, year)
    )
    return years(first, last)


class WhooshBackend(ArchiveBackend):
    engine_name = "whoosh"


class TantivyBackend(ArchiveBackend):
    engine_name = "tantivy"


class WhooshEngine(BaseEngine):  # type: ignore[misc]
    backend = WhooshBackend
    query = ArchiveQuery


class TantivyEngine(BaseEngine):  # type: ignore[misc]
    backend = TantivyBackend
    query = ArchiveQuery
