"""Names that records share: mechanisms, people and issues are found before they are made."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from articles import services
from articles.ingest.record import Author, IssueInfo, PageRecord
from articles.models import Byline, Issue, Page
from articles.models import Mechanism as MechanismRow
from tests.support.records import page_record

Parse = Callable[[PageRecord], bytes]


def take(parse: Parse, record: PageRecord, **options: object) -> services.Outcome:
    return services.accept_upload(parse(record), record.name, **options)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_mechanisms_are_one_wherever_they_are_named(parse: Parse) -> None:
    known = MechanismRow.objects.create(name="有事来协商平台", kind="平台", aliases=["有事来协商"])
    take(parse, page_record(salt="甲"))
    take(parse, page_record(salt="乙", name="b.txt"))
    assert MechanismRow.objects.get() == known and known.mentions.count() == 4


@pytest.mark.django_db
def test_a_mechanism_learns_other_names_but_takes_none_from_another(parse: Parse) -> None:
    other = MechanismRow.objects.create(name="协商驿站", kind="阵地")
    record = page_record(titles=("一",))
    named = replace(
        record.articles[0].mechanisms[0], name="“有事来协商”", aliases=("有事好商量", "协商驿站", "来协商")
    )
    take(parse, replace(record, articles=(replace(record.articles[0], mechanisms=(named,)),)))
    # One of its names is another mechanism's: it is that one, under a further name.
    assert MechanismRow.objects.get() == other
    other.refresh_from_db()
    assert set(other.aliases) == {"有事来协商", "有事好商量", "来协商"}


@pytest.mark.django_db
def test_people_of_one_name_in_two_places_are_two(parse: Parse) -> None:
    record = page_record(titles=("一", "二"))
    elsewhere = replace(record.articles[1].text, authors=(Author("张三", "作者", region="370112"),))
    take(parse, replace(record, articles=(record.articles[0], replace(record.articles[1], text=elsewhere))))
    take(parse, page_record(salt="又", name="b.txt"))
    assert {b.author.region.name for b in Byline.objects.all()} == {"成都市", "历城区"}
    assert Byline.objects.values("author").distinct().count() == 2


@pytest.mark.django_db
def test_a_page_joins_the_issue_that_its_date_names(parse: Parse) -> None:
    take(parse, page_record())
    take(
        parse,
        page_record(salt="乙", name="b.txt", issue=IssueInfo("《人民政协报》", "2024-07-16", None, "4")),
    )
    other = take(
        parse, page_record(salt="丙", name="c.txt", issue=IssueInfo("人民政协报", "2024-07-16", "9137", "4"))
    )
    assert Issue.objects.count() == 1
    assert any("b.txt" in e.message for e in other.run.events.filter(level="warning"))
    take(parse, page_record(salt="丁", name="d.txt", issue=IssueInfo()))
    assert Page.objects.get(source__name="d.txt").issue is None
