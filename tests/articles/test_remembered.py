"""What was counted is counted again when an article changes, and only then."""

import time

import psycopg
import pytest
from django.db import connection, transaction

from articles import remembered
from articles.models import Article, Theme
from articles.remembered import State
from tests.support.shelf import fill


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_answers", type(remembered._answers)())


def settled() -> State:
    """The state once nobody writes: the server's own housekeeping may do so for a moment."""
    while not (state := State.now()).quiet:
        time.sleep(0.05)
    return state


def count() -> int:
    return State.now().remember("published", Article.objects.published().count)


def never() -> int:
    raise AssertionError("counted again")


@pytest.mark.django_db(transaction=True)
def test_it_is_counted_once_until_something_changes(emptied: None) -> None:
    shelf = fill()
    settled()
    assert count() == 4
    assert settled().remember("published", never) == 4
    Article.objects.filter(pk=shelf.sha.pk).update(state="draft")
    assert count() == 3
    Theme.objects.get(slug="consultation").save()
    with pytest.raises(AssertionError, match="counted again"):
        settled().remember("published", never)


@pytest.mark.django_db(transaction=True)
def test_what_is_not_committed_is_not_kept_for_others(emptied: None) -> None:
    shelf = fill()
    with transaction.atomic():
        Article.objects.filter(pk=shelf.sha.pk).update(state="draft")
        assert count() == 3
        transaction.set_rollback(True)
    assert count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_count_beside_somebody_writing_is_not_kept(emptied: None) -> None:
    """The writer has drawn its numbers and commits later: an answer under them would never be counted again."""
    shelf = fill()
    params = connection.get_connection_params()
    with psycopg.connect(**{key: params[key] for key in ("dbname", "user", "host")}) as writer:
        writer.execute("UPDATE articles_article SET state = 'draft' WHERE id = %s", [shelf.sha.pk])
        assert count() == 4
        assert not State.now().quiet
    settled()
    assert count() == 3
    assert settled().remember("published", never) == 3


@pytest.mark.django_db(transaction=True)
def test_no_more_is_kept_than_allowed(emptied: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "KEPT", 3)
    state = settled()
    for n in (1, 2, 3, 1, 4):
        assert state.remember(n, lambda n=n: n) == n
    assert [question for _number, question in remembered._answers] == [3, 1, 4]
