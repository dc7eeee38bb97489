"""What was counted stays counted until an article changes: a small memory for answers about all articles.

The key is the change feed's last number. The feed's triggers draw a number for whatever bears on an article, so
an answer that was counted under a number holds while it is the last. Numbers are drawn before their transaction
commits: an answer is only kept when, after the number was read, nobody was in the middle of writing. Reading the
state costs one query, which holds for a whole page.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection

KEPT = 500
"""Answers remembered at most, those asked for last; each is a list of counts or of the keys of one page."""

# TRUNCATE … RESTART IDENTITY begins the numbers anew, in another file.
_NUMBER = """
SELECT (SELECT oid FROM pg_database WHERE datname = current_database()),
       pg_relation_filenode('articles_articlechange_seq_seq'), last_value FROM articles_articlechange_seq_seq
"""
# Whoever writes holds a lock on the own transaction's number until everybody sees what was written. A snapshot
# would not do: it names no transaction that is younger than the last one that ended.
_QUIET = """
SELECT NOT EXISTS (
    SELECT FROM pg_locks LEFT JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock'
        AND (datname IS NULL OR datname = current_database())
)
"""

Answer = TypeVar("Answer")

_answers: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class State:
    """The articles as they are for one request. `number` names the state, `quiet` says that it may be kept."""

    number: tuple[int, ...]
    quiet: bool

    @classmethod
    def now(cls) -> "State":
        """Two statements and in this order: a number that is drawn between them belongs to a later state."""
        with connection.cursor() as cursor:
            cursor.execute(_NUMBER)
            number = cursor.fetchone()
            cursor.execute(_QUIET)
            (quiet,) = cursor.fetchone()
        return cls(number, quiet)

    def remember(self, question: Hashable, count: Callable[[], Answer]) -> Answer:
        """The answer to `question`, counted unless it was in this state. Answers are shared: not to be changed.

        Two who ask at once both count; counting holds no lock.
        """
        if not self.quiet:
            return count()
        key = (self.number, question)
        with _lock:
            if key in _answers:
                _answers.move_to_end(key)
                kept: Answer = _answers[key]
                return kept
        answer = count()
        with _lock:
            _answers[key] = answer
            while len(_answers) > KEPT:
                _answers.popitem(last=False)
        return answer
