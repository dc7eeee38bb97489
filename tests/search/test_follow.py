"""The follower in a thread of its own, on a database that really commits."""

import threading
import time

import pytest
from django.db import connections

from articles.models import Article, ArticleChange
from search import follow, index
from search.engines.base import Request
from search.query import parse

pytestmark = pytest.mark.django_db(transaction=True)


def soon(query, expected):
    """Waits for the follower; nothing in here indexes by itself."""
    for _ in range(300):
        result = index.engine().search(Request(parse(query), limit=50))
        if sorted(hit.document.title for hit in result.hits) == expected:
            return True
        time.sleep(0.05)
    return False


def test_what_is_committed_is_indexed(following, make_article):
    make_article("甲", "会客厅")
    assert soon("会客厅", ["甲"])
    Article.objects.update(title="乙")
    assert soon("会客厅", ["乙"])
    Article.objects.all().delete()
    assert soon("会客厅", [])
    for _ in range(100):
        if not ArticleChange.objects.exists():
            break
        time.sleep(0.05)
    assert not ArticleChange.objects.exists()


def test_a_lost_connection_is_made_again(following, make_article):
    make_article("甲", "会客厅")
    assert soon("会客厅", ["甲"])
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    make_article("乙", "会客厅")
    assert soon("会客厅", ["乙", "甲"])


def test_only_one_process_writes(transactional_db, whoosh, make_article):
    make_article("甲", "会客厅")
    held, release = threading.Event(), threading.Event()

    def hold():
        with index.writing():
            held.set()
            release.wait(20)
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(20)
    assert index.freshen() == 0
    assert ArticleChange.objects.exists()
    release.set()
    thread.join(20)
    assert index.freshen() == 1
    assert not ArticleChange.objects.exists()


def test_the_first_of_many_changes_are_found_before_the_last(whoosh, make_article, monkeypatch):
    applied = []
    monkeypatch.setattr(follow, "FIRST", 2)
    monkeypatch.setattr(follow, "BATCH", 5)
    monkeypatch.setattr(follow, "apply_pending", lambda most: applied.append(apply(most)) or applied[-1])
    apply = index.apply_pending
    for number in range(14):
        make_article(f"第{number}篇")
    pending = ArticleChange.objects.count()
    assert follow.catch_up() == pending and applied[:3] == [2, 4, 5]
    assert max(applied) == 5 and not ArticleChange.objects.exists()
