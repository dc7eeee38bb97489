"""Two people at the same moment: one of them gets it, the other is told."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from articles import services
from articles.ingest.record import PageRecord
from articles.models import Action, Article, Author, Review
from articles.services import Changes
from tests.support.records import page_record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("emptied")]
Parse = Callable[[PageRecord], bytes]


def at_once(*works: Callable[[], Any]) -> list[str]:
    """Runs each in a thread and a connection of its own; returns for each "done" or "refused"."""
    start, said = threading.Barrier(len(works)), [""] * len(works)

    def run(n: int, work: Callable[[], Any]) -> None:
        try:
            start.wait(30)
            work()
            said[n] = "done"
        except services.Refused:
            said[n] = "refused"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, work)) for n, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(said)


def test_one_of_two_gets_what_both_want(parse: Parse) -> None:
    record = page_record(titles=("甲", "乙"))
    first, second = services.accept_upload(parse(record), record.name).articles
    one, two = (User.objects.create_user(name) for name in ("甲员", "乙员"))

    said = at_once(lambda: services.claim(first, one), lambda: services.claim(first, two))
    assert said == ["done", "refused"] and Review.objects.get().claimed_by in (one, two)

    Review.objects.all().delete()
    proposal = services.propose([first.pk, second.pk])
    services.ask(proposal, Changes(state="published"))
    assert at_once(*[lambda: services.carry_out(proposal)] * 2) == ["done", "done"]
    action = Action.objects.get()
    assert action.items.count() == 2 and first.history.filter(state="published").count() == 1
    assert at_once(*[lambda: services.undo(action)] * 2) == ["done", "refused"]
    assert Article.objects.published().count() == 0

    author, other = Author.objects.get(), Author.objects.create(name="李四")
    said = at_once(lambda: services.merge(author, other), lambda: services.merge(other, author))
    assert said == ["done", "refused"]
