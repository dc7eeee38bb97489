"""`manage.py benchmark parse`: how fast pages become records, and what the worst texts cost."""

from articles.benchmark.parse import HELP, add_arguments, run

__all__ = ["HELP", "add_arguments", "run"]
