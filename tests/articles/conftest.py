"""The vocabulary in the test database, and page records in place of parsing where a test wants them."""

from collections.abc import Callable
from typing import Any

import pytest

from articles.ingest.pipeline import Timed
from articles.ingest.record import PageRecord
from tests.support.records import page_record

VOCABULARY = ("articles_region", "articles_region_successors", "articles_theme", "articles_vocabularystate")


@pytest.fixture
def emptied(transactional_db: None) -> None:
    """A database that really commits, with the vocabulary: transactional tests find theirs truncated.

    Loaded once, then copied back from a schema that Django does not truncate: seconds a test.
    """
    from django.db import connection, transaction

    from articles.models import Region
    from articles.services import load_vocabulary

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'kept'")
        kept = [table for (table,) in cursor.fetchall()]
        if kept and not Region.objects.exists():
            for table in kept:
                cursor.execute(f"INSERT INTO {table} SELECT * FROM kept.{table}")
    load_vocabulary()
    if not kept:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA kept")
            for table in VOCABULARY:
                cursor.execute(f"CREATE TABLE kept.{table} AS TABLE {table}")


@pytest.fixture
def parse(monkeypatch: pytest.MonkeyPatch) -> Callable[[PageRecord], bytes]:
    """Makes the pipeline return a given record for the bytes that this returns, a default one for others."""
    records: dict[bytes, PageRecord] = {}

    def parse_pages(data: bytes, name: str, *_: Any) -> tuple[Timed]:
        layout: Any = None
        record = records.get(data) or page_record(name=name)
        return (Timed(record, layout, "utf-8", {"read": 0.001, "fields": 0.01}),)

    monkeypatch.setattr("articles.services.intake.parse_pages", parse_pages)

    def give(record: PageRecord) -> bytes:
        data = record.text.encode()
        records[data] = record
        return data

    return give
