"""/healthz: can this site answer readers? 200 with what it looked at, 503 with the reason."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from archive.env import SettingError
from archive.postgres import PostgresError
from search.index import state


def healthz(request: HttpRequest) -> JsonResponse:
    """`{"status", "database", "index"}`; no names, paths or error texts that a stranger could use."""
    database = _database()
    index = state() if database == "ok" else "not looked at"
    healthy = database == "ok" and index == "ok"
    body = {"status": "ok" if healthy else "failing", "database": database, "index": index}
    response = JsonResponse(body, status=200 if healthy else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, PostgresError, SettingError):
        return "the database does not answer"
    return "ok"
