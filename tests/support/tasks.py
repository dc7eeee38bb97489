"""Tasks without a worker."""

from django_tasks_db.models import DBTaskResult


def work_off() -> None:
    """Carries out every task that waits, in the test's own connection."""
    while task := DBTaskResult.objects.ready().first():
        task.claim("0")
        task.set_successful(task.task.call(*task.args_kwargs["args"]))
