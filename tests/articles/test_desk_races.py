"""Two people at the same moment: one of them gets it, the other is told."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from articles import services
from articles.ingest.arrange import Operation
from articles.ingest.record import PageRecord
from articles.models import Action, Article, Author, IngestRun, Review, Source, Theme, ThemeWord
from articles.services import Changes, resplit, split
from tests.articles.ingest.pages import FISH, SAND
from tests.articles.test_split import at, do, taken
from tests.articles.test_upload import PAGE
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


def test_of_two_who_split_a_page_teach_a_word_or_send_a_file_one_does() -> None:
    page = taken()
    do(page, "split", SAND.paragraphs[1][:8])
    version = split.standing(page).version
    assert at_once(*[lambda: resplit.apply_split(page, version, None)] * 2) == ["done", "refused"]
    assert page.articles.count() == 4 and Action.objects.count() == 1
    action = Action.objects.get()
    assert at_once(*[lambda: services.undo(action)] * 2) == ["done", "refused"]
    assert page.articles.filter(moved_to=None).count() == 3
    assert at_once(
        lambda: split.operate(page, 0, Operation("merge", at(FISH.title)), None),
        lambda: split.operate(page, 0, Operation("merge", at(SAND.title)), None),
    ) == ["done", "refused"]

    theme = Theme.objects.get(slug="consultation")
    assert at_once(*[lambda: services.learn(theme, ["围炉夜话"], 3)] * 2) == ["done", "refused"]
    assert ThemeWord.objects.count() == 1

    sent = PAGE.encode()
    assert at_once(*[lambda: services.accept_upload(sent, "a.txt")] * 2) == ["done", "done"]
    assert Source.objects.filter(name="a.txt").count() == 1
    assert sorted(IngestRun.objects.filter(source_name="a.txt").values_list("status", flat=True)) == [
        "stored", "unchanged"
    ]  # fmt: skip
