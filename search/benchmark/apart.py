"""Work in a process of its own, that nothing was loaded into before and that takes its memory with it."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

T = TypeVar("T")


def apart(work: Callable[..., T], *given: Any) -> T:
    """What `work(*given)` returns or raises in a new process with this one's database."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    with ProcessPoolExecutor(1, get_context("spawn"), _ready, (name,)) as process:
        return process.submit(work, *given).result()


def here(work: Callable[..., T], *given: Any) -> T:
    """The same in this process."""
    return work(*given)


def _ready(database: str) -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
