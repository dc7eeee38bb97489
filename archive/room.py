"""Room on the disk that holds the archive.

PostgreSQL ends when it cannot write its log, and with it the whole site. So what takes much room is refused, or waits,
while some is left. A new PostgreSQL takes 40 MB, its first write-ahead log 16 MB, index and files little.
"""

import shutil

from django.conf import settings

RESERVE_BYTES = 200 * 1024 * 1024


def is_short(wanted: int = 0) -> bool:
    """Whether fewer than RESERVE_BYTES would be left once `wanted` bytes are written."""
    free: int = shutil.disk_usage(settings.ENV.var).free
    return free - wanted < RESERVE_BYTES


def state() -> str:
    """`ok`, or what is wrong and what to do, in a few words for people and machines."""
    if not is_short():
        return "ok"
    return f"nearly full: uploads wait until {RESERVE_BYTES // 1024 // 1024} MB are free"
