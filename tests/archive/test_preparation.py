"""What `make up` does before it serves, step by step."""

from typing import Any

import pytest
from django.db import connection

from archive import preparation


class Pending:
    """Migrations to apply: so many, whatever the database holds."""

    number = 0

    def __init__(self, _connection: Any) -> None:
        self.loader: Any = type(
            "Loader", (), {"graph": type("Graph", (), {"leaf_nodes": staticmethod(list)})}
        )

    def migration_plan(self, _targets: Any) -> list[int]:
        return list(range(Pending.number))


@pytest.mark.django_db
@pytest.mark.parametrize(("pending", "known"), [(0, 0), (2, 1)])
def test_the_database_looks_at_what_migrations_added(
    monkeypatch: pytest.MonkeyPatch, pending: int, known: int
) -> None:
    monkeypatch.setattr(Pending, "number", pending)
    monkeypatch.setattr(preparation, "MigrationExecutor", Pending)
    monkeypatch.setattr(preparation, "call_command", lambda *_arguments, **_options: None)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE added AS SELECT n % 7 AS held FROM generate_series(1, 500) AS n")
        preparation._migrations()
        cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'added'")
        assert cursor.fetchone() == (known,)
