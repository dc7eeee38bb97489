"""/healthz: can this site answer readers? 200 with what it looked at, 503 with the reason.

Without a worker or room on the disk it can, but what is uploaded waits: that is said as "degraded", with 200.
"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from archive import heartbeat, room
from archive.env import SettingError
from search.index import state


def healthz(request: HttpRequest) -> JsonResponse:
    """`{"status", "database", "index", "worker", "disk"}`; no names, paths or error texts that a stranger could use."""
    database = _database()
    index = state() if database == "ok" else "not looked at"
    healthy = database == "ok" and index == "ok"
    worker = heartbeat.state() if database == "ok" else "not looked at"
    disk = room.state()
    status = "failing" if not healthy else "ok" if worker == disk == "ok" else "degraded"
    body = {"status": status, "database": database, "index": index, "worker": worker, "disk": disk}
    response = JsonResponse(body, status=200 if healthy else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, SettingError):
        return "the database does not answer"
    return "ok"
