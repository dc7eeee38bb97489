"""Tantivy as its package comes, with words that jieba cut, joined by blanks: how fast it can be at all."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.benchmark.questions import Question
from search.benchmark.rivals.base import Answer, InFolder, cut
from search.engines.base import FACETS, Document

MEMORY = 128_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True)
    builder.add_text_field("text", stored=True, tokenizer_name="whitespace", index_option="position")
    for facet in FACETS:
        builder.add_text_field(facet, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


class Bare(InFolder):
    batches = pages = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.schema = _schema()
        folder.mkdir(parents=True, exist_ok=True)
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.searcher = self.index.searcher()

    def build(self, documents: Iterable[Document]) -> None:
        writer = self.index.writer(MEMORY, 2)
        for document in documents:
            row = tantivy.Document()
            row.add_integer("id", int(document.id))
            row.add_text("text", " ".join(cut("\n".join((document.title, *document.paragraphs)))))
            for facet in FACETS:
                for value in document.facets.get(facet, ()):
                    row.add_text(facet, value.value)
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def add(self, documents: list[Document]) -> None:
        raise NotImplementedError

    def ask(self, question: Question) -> Answer:
        words = cut(question.text)
        if not words:
            return Answer(0, ())
        terms = [Query.term_query(self.schema, "text", word) for word in words]
        if question.phrase and len(words) > 1:
            query = Query.phrase_query(self.schema, "text", list(words))
        else:
            query = Query.boolean_query([(Occur.Must, term) for term in terms])
        if question.year:
            year = Query.const_score_query(Query.term_query(self.schema, "year", question.year), 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, year)])
        found: Any = self.searcher.search(query, limit=question.limit)
        if question.facets:
            self.searcher.aggregate(query, {name: {"terms": {"field": name, "size": 10}} for name in FACETS})
        rows = [self.searcher.doc(address) for _, address in found.hits]
        if question.highlight:
            generator = tantivy.SnippetGenerator.create(self.searcher, query, self.schema, "text")
            for row in rows:
                generator.snippet_from_doc(row).to_html()
        return Answer(found.count or 0, tuple(str(row["id"][0]) for row in rows))

    def close(self) -> None:
        pass


make = Bare
