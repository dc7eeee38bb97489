"""PostgreSQL by itself: a column of words that jieba cut, under a GIN index, in the archive's own server."""

from collections.abc import Iterable
from pathlib import Path

import psutil
from django.db import connection

from search.benchmark.database import WORDS as TABLE
from search.benchmark.questions import Question
from search.benchmark.rivals.base import Answer, cut
from search.benchmark.weight import spent, spent_by
from search.engines.base import FACETS, Document

COLUMNS = ("id", "cut", *FACETS)
VECTOR = "to_tsvector('simple', cut)"


class Postgres:
    batches = pages = False

    def __init__(self, folder: Path) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._server: int = cursor.fetchone()[0]

    def build(self, documents: Iterable[Document]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
            facets = ", ".join(f"{name} text[] NOT NULL" for name in FACETS)
            cursor.execute(
                f"CREATE UNLOGGED TABLE {TABLE} (id bigint PRIMARY KEY, cut text NOT NULL, {facets})"
            )
            with cursor.copy(f"COPY {TABLE} ({', '.join(COLUMNS)}) FROM STDIN") as copy:
                for document in documents:
                    words = " ".join(cut("\n".join((document.title, *document.paragraphs))))
                    values = ([v.value for v in document.facets.get(name, ())] for name in FACETS)
                    copy.write_row((int(document.id), words, *values))
            cursor.execute(
                f"ALTER TABLE {TABLE} ADD COLUMN words tsvector GENERATED ALWAYS AS ({VECTOR}) STORED"
            )
            cursor.execute(f"CREATE INDEX ON {TABLE} USING gin (words)")
            cursor.execute(f"ANALYZE {TABLE}")

    def add(self, documents: list[Document]) -> None:
        raise NotImplementedError

    def ask(self, question: Question) -> Answer:
        words = " ".join(cut(question.text))
        query = f"{'phraseto' if question.phrase else 'plainto'}_tsquery('simple', %s)"
        matching = f"FROM {TABLE}, {query} AS query WHERE words @@ query"
        given = [words]
        if question.year:
            matching += " AND %s = ANY(year)"
            given.append(question.year)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) {matching}", given)
            total = cursor.fetchone()[0]
            cursor.execute(
                f"SELECT id, ts_rank_cd(words, query, 1) AS rank {matching} ORDER BY rank DESC LIMIT %s",
                [*given, question.limit],
            )
            ids = [row[0] for row in cursor.fetchall()]
            if question.facets:
                for name in FACETS:
                    cursor.execute(
                        f"SELECT value, count(*) FROM (SELECT unnest({name}) AS value {matching}) AS found"
                        " GROUP BY value ORDER BY 2 DESC LIMIT 10",
                        given,
                    )
                    cursor.fetchall()
            if question.highlight:
                cursor.execute(
                    f"SELECT ts_headline('simple', cut, query) FROM {TABLE}, {query} AS query WHERE id = ANY(%s)",
                    [words, ids],
                )
                cursor.fetchall()
        return Answer(total, tuple(map(str, ids)))

    def size(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_total_relation_size(%s)", [TABLE])
            return int(cursor.fetchone()[0])

    def elsewhere(self) -> int:
        """The memory of the server's process for this connection, shared buffers it touched among it; 0 where
        the server runs on another machine."""
        try:
            return psutil.Process(self._server).memory_info().rss
        except psutil.Error:
            return 0

    def spent(self) -> float:
        return spent() + spent_by(self._server)

    def close(self) -> None:
        """The table stays for the next process; the scratch database is cleared when all is measured."""


make = Postgres
