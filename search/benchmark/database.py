"""The scratch database: the articles behind the whole pages, and the texts that LIKE counts in."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection
from django.utils import timezone

from articles.models import Article, ArticleChange, Genre, State
from search.benchmark.questions import Question
from search.engines.base import Document
from search.text import fold

NAME = "archive_benchmark_search"
TABLE = "benchmark_texts"
WORDS = "benchmark_words"
BATCH = 5_000
OPENING = 200
"""Letters of an article's text in the scratch database: result pages take their texts from the index."""


def fill(documents: Iterable[Document]) -> int:
    """Replaces the articles of the database at hand, and the texts. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE articles_article CASCADE")
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(f"CREATE UNLOGGED TABLE {TABLE} (id bigint PRIMARY KEY, folded text STORAGE EXTERNAL)")
        cursor.execute("ALTER TABLE articles_article DISABLE TRIGGER USER")
        number, rows = 0, iter(documents)
        while batch := list(islice(rows, BATCH)):
            Article.objects.bulk_create(map(_article, batch))
            with cursor.copy(f"COPY {TABLE} (id, folded) FROM STDIN") as copy:
                for document in batch:
                    copy.write_row((int(document.id), _folded(document)))
            number += len(batch)
        cursor.execute("ALTER TABLE articles_article ENABLE TRIGGER USER")
        cursor.execute("INSERT INTO articles_stamp (article_id) VALUES (NULL)")
        cursor.execute(f"ANALYZE {TABLE}")
    ArticleChange.objects.all().delete()
    return number


def _article(document: Document) -> Article:
    genre = next((v.value for v in document.facets.get("genre", ()) if v.value in Genre.values), Genre.NEWS)
    return Article(
        pk=int(document.id),
        public_id=document.public_id,
        title=document.title[:200],
        text="\n".join(document.paragraphs)[:OPENING],
        body=[],
        date=document.date,
        genre=genre,
        state=State.PUBLISHED,
        published_at=timezone.now(),
    )


def _folded(document: Document) -> str:
    return "\n".join(map(fold, (*document.heads, *document.paragraphs)))


def counted(phrases: Sequence[Question]) -> Iterator[int]:
    """How many of the texts hold each phrase, by LIKE; both sides are folded."""
    with connection.cursor() as cursor:
        for phrase in phrases:
            wanted = fold(phrase.text)
            for special in ("\\", "%", "_"):
                wanted = wanted.replace(special, "\\" + special)
            cursor.execute(f"SELECT count(*) FROM {TABLE} WHERE folded LIKE %s", [f"%{wanted}%"])
            yield cursor.fetchone()[0]


def clear() -> None:
    """Leaves the scratch database as small as it was."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}, {WORDS}")
        cursor.execute("TRUNCATE articles_article CASCADE")
    ArticleChange.objects.all().delete()
