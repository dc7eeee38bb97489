"""From records to references; how these are written is tested with `articles.takeaway`."""

from dataclasses import replace

import pytest

from articles.ingest.record import IssueInfo
from articles.models import Article, Author, Byline, Issue, Publication
from articles.references import citation, citations, pages, reference
from tests.support.records import page_record
from tests.support.shelf import Shelf, fill, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf() -> Shelf:
    return fill()


def test_a_newspaper(shelf: Shelf) -> None:
    assert citation(shelf.chengdu) == "张三. 加强协商平台建设[N]. 人民政协报，2024-07-16（3）."


def test_a_magazine_is_known_by_its_name_or_its_dates(shelf: Shelf) -> None:
    Issue.objects.update(date="2024-07", number="7")
    shelf.chengdu.page.issue.refresh_from_db()
    assert citation(shelf.chengdu) == "张三. 加强协商平台建设[N]. 人民政协报，2024-07（3）."
    Publication.objects.filter(name="人民政协报").update(name="中国政协")
    shelf.chengdu.page.issue.publication.refresh_from_db()
    assert citation(shelf.chengdu) == "张三. 加强协商平台建设[J]. 中国政协，2024（7）：3."


def test_no_title_no_page_and_nobody(shelf: Shelf) -> None:
    shelf.untitled.page = None
    shelf.untitled.bylines.all().delete()
    assert citation(shelf.untitled) == "[第1篇甲：用好“有事来协商”平台…][Z]. 2024-07-16."


def test_every_edition_as_printed_and_as_read_here(shelf: Shelf) -> None:
    found = citations(reference(shelf.chengdu, lambda row: "https://a.example/a/1/"), "2025-01-02")
    assert [(c.edition[-4:], c.online) for c in found] == [
        ("2025", False),
        ("2015", False),
        ("2025", True),
        ("2015", True),
    ]
    assert found[3].text == (
        "张三. 加强协商平台建设[N/OL]. 人民政协报, 2024-07-16(3)[2025-01-02]. https://a.example/a/1/."
    )


def test_photographers_are_named_where_nobody_wrote(shelf: Shelf) -> None:
    taken = Author.objects.create(name="李四")
    Byline.objects.create(article=shelf.chengdu, author=taken, kind="摄影", position=9)
    assert reference(shelf.chengdu, str).authors == ("张三",)
    shelf.chengdu.bylines.exclude(kind="摄影").delete()
    assert reference(shelf.chengdu, str).authors == ("李四",)


def test_an_article_in_parts_is_cited_with_every_page() -> None:
    issue = IssueInfo("人民政协报", "2024-07-16", "9137", "1")
    (first,) = store(page_record(titles=("塘边议事亭",), issue=issue))
    (second,) = store(page_record("b.txt", ("转版",), "乙", replace(issue, page="2")))
    Article.objects.filter(pk=second.pk).update(continued_from=first, part=2, joined_by="person")
    row = Article.objects.published().for_export().get()
    assert pages(row) == ("1", "2")
    assert citation(row) == "张三. 塘边议事亭[N]. 人民政协报，2024-07-16（1-2）."
