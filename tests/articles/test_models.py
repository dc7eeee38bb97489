"""What PostgreSQL keeps true whatever does the writing, and the feed of changed articles."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from articles import services
from articles.models import (
    Article,
    ArticleChange,
    Author,
    Block,
    Byline,
    Evidence,
    Issue,
    Mechanism,
    MechanismMention,
    Metric,
    Page,
    Region,
    Source,
    State,
    Theme,
)
from tests.support.records import page_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(parse: Any) -> Article:
    """A stored article, with an empty feed."""
    record = page_record()
    stored = services.accept_upload(parse(record), record.name).articles[0]
    ArticleChange.objects.all().delete()
    return Article.objects.get(pk=stored.pk)


REFUSED: dict[str, Callable[[Article], Any]] = {
    "ledger rows that overlap": lambda a: Block.objects.create(
        page=a.page, article=a, start=0, end=4, role="body"
    ),
    "a ledger row beyond its page": lambda a: Block.objects.bulk_create(
        [Block(page=a.page, start=len(a.page.text) + 1, end=len(a.page.text) + 2, role="furniture")]
    ),
    "an empty ledger row": lambda a: Block.objects.create(page=a.page, start=1, end=1, role="furniture"),
    "a body that is no article's": lambda a: a.blocks.filter(role="body").update(article=None),
    "a role nobody knows": lambda a: a.blocks.update(role="other"),
    "evidence beyond the page": lambda a: a.evidence.update(end=10**6),
    "a metric beyond the page": lambda a: a.metrics.update(end=10**6),
    "a mechanism beyond the page": lambda a: a.mentions.update(end=10**6),
    "a span backwards": lambda a: a.evidence.update(start=5, end=2),
    "a start without an end": lambda a: a.evidence.update(start=5, end=None),
    "more than certain": lambda a: a.evidence.update(confidence=1.5),
    "an edited page text": lambda a: Page.objects.filter(pk=a.page_id).update(text="改"),
    "the same bytes twice": lambda a: Source.objects.create(
        name="b", sha256=a.page.source.sha256, content=b"", size=0
    ),
    "a checksum that is none": lambda a: Source.objects.create(name="b", sha256="x", content=b"", size=0),
    "a state nobody knows": lambda a: Article.objects.update(state="gone"),
    "published without a time": lambda a: Article.objects.update(state=State.PUBLISHED, published_at=None),
    "a genre nobody knows": lambda a: Article.objects.update(genre="诗歌"),
    "a level nobody knows": lambda a: Article.objects.update(level="国际"),
    "a date that is none": lambda a: Article.objects.update(date="昨天"),
    "two articles in one place": lambda a: Article.objects.create(
        page=a.page, position=a.position, genre="消息"
    ),
    "an author named twice": lambda a: Byline.objects.create(article=a, author=a.bylines.get().author),
    "one person twice": lambda a: Author.objects.create(name="张三", region=a.region),
    "one issue twice": lambda a: Issue.objects.create(
        publication=a.page.issue.publication, date=a.page.issue.date, number=a.page.issue.number
    ),
    "a range upside down": lambda a: a.metrics.update(value=5, value_max=2),
    "a region of five digits": lambda a: Region.objects.create(code="51010", name="x", level="省级", since=1),
    "a region that ends before it begins": lambda a: Region.objects.create(
        code="990000", name="x", level="省级", since=2000, until=1999
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(what: str, article: Article) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[what](article)


def test_one_span_beyond_its_page_among_good_ones_of_several_pages_is_refused(article: Article) -> None:
    other = store_page_text("短")
    rows = [Block(page=article.page, start=i, end=i + 1, role="furniture") for i in range(3)]
    Block.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.bulk_create([*rows, Block(page=other, start=1, end=2, role="furniture")])
    Block.objects.bulk_create([*rows, Block(page=other, start=0, end=1, role="furniture")])


def store_page_text(text: str) -> Page:
    source = Source.objects.create(name="x", sha256="f" * 64, content=text.encode(), size=len(text))
    return Page.objects.create(source=source, text=text)


def sql(statement: str) -> Callable[[Article], Any]:
    def run(article: Article) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"id": article.pk} if "%(" in statement else None)

    return run


def add_metric(article: Article) -> None:
    Metric.objects.create(article=article, value=1, unit="次", subject="走访")


CHANGES: dict[str, Callable[[Article], Any]] = {
    "save": lambda a: a.save(),
    "update": lambda a: Article.objects.filter(pk=a.pk).update(title="新"),
    "bulk_update": lambda a: Article.objects.bulk_update([a], ["title"]),
    "raw SQL": sql("UPDATE articles_article SET title = 'x' WHERE id = %(id)s"),
    "delete": lambda a: (Block.objects.all().delete(), Article.objects.filter(pk=a.pk).delete()),
    "a theme added": lambda a: a.themes.add(Theme.objects.last()),
    "themes cleared": lambda a: a.themes.clear(),
    "a theme renamed": lambda a: a.themes.update(name="别的"),
    "a further region": lambda a: a.also_regions.set(Region.objects.filter(code="110101")),
    "its region renamed": lambda a: Region.objects.filter(pk=a.region_id).update(name="别名"),
    "a byline": lambda a: a.bylines.update(role="主席"),
    "a byline gone": lambda a: a.bylines.all().delete(),
    "its author renamed": lambda a: Author.objects.update(name="李四"),
    "a mechanism named": lambda a: a.mentions.create(
        mechanism=Mechanism.objects.create(name="新", kind="机制"), name="新", kind="机制"
    ),
    "a mechanism rejected": lambda a: a.mentions.update(origin="rejected"),
    "its mechanism renamed": lambda a: Mechanism.objects.update(name="别名"),
    "its page moved": lambda a: Page.objects.update(number="9"),
    "its issue redated": lambda a: Issue.objects.update(date="2023"),
    "its publication renamed": lambda a: type(a.page.issue.publication).objects.update(name="别的报"),
}


@pytest.mark.parametrize("how", CHANGES)
def test_the_feed_sees(how: str, article: Article) -> None:
    CHANGES[how](article)
    assert article.pk in set(ArticleChange.objects.values_list("article_id", flat=True))


def test_the_feed_sees_bulk_create(article: Article) -> None:
    made = Article.objects.bulk_create(Article(title=f"题{i}", genre="消息") for i in range(3))
    assert {a.pk for a in made} <= set(ArticleChange.objects.values_list("article_id", flat=True))


def test_the_feed_sees_truncate(article: Article) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE articles_article CASCADE")
    assert ArticleChange.objects.filter(article_id=None).exists()


def test_what_changes_no_article_leaves_no_row(article: Article) -> None:
    Region.objects.filter(code="110101").update(pinyin="x")
    Author.objects.create(name="无文")
    Theme.objects.filter(articles=None).update(description="x")
    assert not ArticleChange.objects.exists()


def test_spans_need_no_page_where_they_have_none(article: Article) -> None:
    imported = Article.objects.create(title="题", genre="消息", external_id="1")
    Evidence.objects.create(article=imported, field="title")
    add_metric(imported)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(article=imported, field="title", start=0, end=1)
    assert MechanismMention.objects.exclude(start=None).exists()


def test_public_ids_are_opaque_and_different(article: Article) -> None:
    ids = set(Article.objects.values_list("public_id", flat=True))
    assert len(ids) == 2 and all(len(i) == 10 and i.isalnum() and i == i.lower() for i in ids)
