"""A small published shelf to read from: two pages of one issue, made without parsing."""

from dataclasses import dataclass, replace

from django.db import transaction

from articles import gazetteer
from articles.ingest.record import IssueInfo, PageRecord
from articles.models import Article, Region
from articles.store import store_page
from tests.support.records import page_record


@dataclass(frozen=True, slots=True)
class Shelf:
    """Four published articles and a draft; `untitled` has no title, `sha` is of 沙县区 only."""

    chengdu: Article
    untitled: Article
    sha: Article
    further: Article
    draft: Article


def fill(copies: int = 0) -> Shelf:
    """Stores the shelf; `copies` more pages of two articles each for lists that must be long."""
    issue = IssueInfo("人民政协报", "2024-07-16", "9137", "3")
    first = store(page_record(salt="甲", issue=issue))
    second = store(page_record("b.txt", ("沙县的实践", "又一篇"), "乙", replace(issue, page="10")))
    sha = Region.objects.get(code="350405", until=None)
    Article.objects.filter(pk=second[0].pk).update(region=sha, level=sha.level, column="实践探索")
    second[0].also_regions.clear()
    draft = store(page_record("c.txt", ("未发布的文章",), "丙", issue), publish=False)
    for n in range(copies):
        store(
            page_record(
                f"copy-{n}.txt", (f"第{n}号文章", f"第{n}号续篇"), f"丁{n}", IssueInfo("联谊报", "2023")
            )
        )
    return Shelf(*first, *second, *draft)


def store(record: PageRecord, publish: bool = True) -> list[Article]:
    """Stores one page and returns its articles as they stand on it."""
    with transaction.atomic():
        return store_page(
            record, gazetteer.load(), data=record.text.encode(), encoding="utf-8", publish=publish
        ).articles
