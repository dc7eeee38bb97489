"""Which work the queue knows of: work that lost its task with a process is handed out again."""

from collections.abc import Iterable
from typing import Any

from django_tasks_db.models import DBTaskResult


def unqueued(task: Any, keys: Iterable[int]) -> list[int]:
    """Those of the keys for which no `task(key)` waits or runs, in ascending order."""
    wanted = set(keys)
    if wanted:
        live = DBTaskResult.objects.filter(task_path=task.module_path, status__in=("READY", "RUNNING"))
        wanted -= {known["args"][0] for known in live.values_list("args_kwargs", flat=True)}
    return sorted(wanted)
