"""Who writes when several would."""

from django.db import connection

STORE = 0x41524348  # any numbers that nothing else locks
VOCABULARY = 0x564F4341
FINGERPRINTS = 0x46494E47


def hold(lock: int) -> None:
    """Waits for `lock` and holds it until the present transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
