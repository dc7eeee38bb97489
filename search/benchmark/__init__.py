"""`manage.py benchmark search`: our engines beside the usual ways, on the same articles and questions in one run.

Every rival works in processes of its own, one to index and one to answer, so that memory and the first answer
are its own. Nothing here is imported before it is needed: the processes set Django up themselves.
"""

from search.benchmark.command import HELP, add_arguments, run

__all__ = ["HELP", "add_arguments", "run"]
