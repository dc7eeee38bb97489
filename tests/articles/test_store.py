"""A page record becomes rows: all of them, once, or none."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection

from articles import services
from articles.ingest.passage import squash
from articles.ingest.record import Author, IssueInfo, LedgerEntry, Mechanism, Metric, PageRecord
from articles.models import (
    Article,
    Block,
    Byline,
    Evidence,
    IngestRun,
    Issue,
    MechanismMention,
    Page,
    RunStatus,
    Source,
    State,
)
from articles.models import (
    Mechanism as MechanismRow,
)
from articles.models import (
    Metric as MetricRow,
)
from tests.support.records import page_record

Parse = Callable[[PageRecord], bytes]


def take(parse: Parse, record: PageRecord, **options: object) -> services.Outcome:
    return services.accept_upload(parse(record), record.name, **options)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_everything_read_becomes_rows(parse: Parse) -> None:
    record = page_record()
    outcome = take(parse, record)

    assert outcome.status == RunStatus.STORED
    source = Source.objects.get()
    assert bytes(source.content) == record.text.encode() and source.sha256 == record.sha256
    page = Page.objects.get()
    assert page.text == record.text
    assert (page.issue.publication.name, page.issue.date, page.number) == ("人民政协报", "2024-07-16", "3")

    first, second = Article.objects.order_by("position")
    assert (first.title, first.state, first.column, first.level) == (
        "加强协商平台建设",
        State.DRAFT,
        "主席论坛",
        "地市级",
    )
    assert first.region.name == "成都市" and [r.name for r in first.also_regions.all()] == ["德阳市"]
    assert [t.name for t in first.themes.all()] == ["协商议政"]
    assert first.text.splitlines() == [p.text for p in record.articles[0].text.body]
    assert first.machine["region"] == "510100" and first.machine["authors"][0]["role"] == "成都市政协主席"
    assert second.title == "" and "no headline" in second.warnings
    assert str(second)[0] in "[［" and second.text[:10] in str(second)

    byline = first.bylines.get()
    assert (byline.author.name, byline.author.region.name, byline.offices) == ("张三", "成都市", ["主席"])
    assert first.mentions.get().mechanism.name == "有事来协商"
    assert (first.metrics.get().value, first.metrics.get().qualifier) == (300, "余")
    for row in (*Evidence.objects.all(), *MechanismMention.objects.all(), *MetricRow.objects.all()):
        assert squash(page.text[row.start : row.end]) == squash(row.quote)
    assert {e.field for e in first.evidence.all()} == {"title", "primary_region", "themes"}


@pytest.mark.django_db
def test_every_character_is_in_exactly_one_ledger_row(parse: Parse) -> None:
    record = page_record()
    take(parse, record)
    covered = [0] * len(record.text)
    for block in Block.objects.all():
        for i in range(block.start, block.end):
            covered[i] += 1
    assert all(n == 1 for n, c in zip(covered, record.text, strict=True) if not c.isspace())


@pytest.mark.django_db
def test_what_the_ledger_forgot_is_kept_and_said(parse: Parse) -> None:
    record = page_record()
    short = replace(record, ledger=record.ledger[:-1])
    outcome = take(parse, short)
    assert Block.objects.order_by("start").last().role == "furniture"
    assert any("扫码进入详情" in e.message for e in outcome.run.events.filter(level="warning"))


@pytest.mark.django_db
def test_a_ledger_that_contradicts_itself_stores_nothing(parse: Parse) -> None:
    record = page_record()
    twice = replace(record, ledger=(*record.ledger, LedgerEntry(0, 4, "furniture", None)))
    with pytest.raises(services.IngestFailed) as error:
        take(parse, twice)
    assert not Source.objects.exists() and not Article.objects.exists()
    assert error.value.run.status == RunStatus.FAILED


@pytest.mark.django_db
def test_same_bytes_again_change_nothing_and_say_so(parse: Parse, django_user_model: type) -> None:
    user = django_user_model.objects.create_user("editor")
    record = page_record()
    first = take(parse, record, user=user)
    again = services.accept_upload(parse(record), "other-name.txt")
    assert again.status == RunStatus.UNCHANGED and again.source == first.source
    assert "editor" in again.message and "page.txt" in again.message
    assert [a.pk for a in again.articles] == [a.pk for a in first.articles]
    assert Source.objects.count() == 1 and Article.objects.count() == 2 and IngestRun.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_people_upload_one_page_at_once(parse: Parse, emptied: None) -> None:
    record = page_record()
    data = parse(record)
    barrier = threading.Barrier(2)
    outcomes: list[services.Outcome] = []

    def upload() -> None:
        barrier.wait()
        try:
            outcomes.append(services.accept_upload(data, record.name))
        finally:
            connection.close()

    threads = [threading.Thread(target=upload) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(o.status for o in outcomes) == [RunStatus.STORED, RunStatus.UNCHANGED]
    assert Source.objects.count() == 1 and Article.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_unique_checksum_decides_where_the_lock_was_not_held(
    parse: Parse, emptied: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = page_record()
    data = parse(record)
    monkeypatch.setattr("articles.services.intake.hold", lambda _lock: None)
    from articles.services import intake

    store_page = intake.store_page

    def slow(*args: object, **options: object) -> object:
        if not Source.objects.exists():
            rival = threading.Thread(
                target=lambda: (intake.accept_upload(data, "rival.txt"), connection.close())
            )
            monkeypatch.setattr("articles.services.intake.store_page", store_page)
            rival.start()
            rival.join()
        return store_page(*args, **options)

    monkeypatch.setattr("articles.services.intake.store_page", slow)
    outcome = services.accept_upload(data, record.name)
    assert outcome.status == RunStatus.UNCHANGED and outcome.source.name == "page.txt"
    assert Article.objects.count() == 2


FAULTS = ["find_issue", "find_mechanisms", "find_authors", "store_fields", "complete_ledger"]


@pytest.mark.django_db
@pytest.mark.parametrize("stage", FAULTS)
def test_a_crash_while_storing_leaves_only_the_log(
    parse: Parse, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*args: object, **options: object) -> None:
        raise RuntimeError("inner words")

    monkeypatch.setattr(f"articles.store.page.{stage}", crash)
    record = page_record()
    with pytest.raises(services.IngestFailed) as error:
        take(parse, record)
    for model in (Source, Page, Article, Block, Byline, Evidence, MechanismRow, Issue):
        assert not model.objects.exists(), model
    run = IngestRun.objects.get()
    assert run == error.value.run and run.status == RunStatus.FAILED
    last = run.events.last()
    assert last.level == "error" and last.stage == "store" and "page.txt" in last.message
    assert "inner words" not in str(error.value)


@pytest.mark.django_db
def test_a_crash_while_writing_the_log_stores_nothing(parse: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    from articles.services.runs import RunLog

    save = RunLog.save

    def crash_first(self: RunLog, status: RunStatus, *args: object, **options: object) -> object:
        if status == RunStatus.STORED:
            raise RuntimeError("inner words")
        return save(self, status, *args, **options)

    monkeypatch.setattr(RunLog, "save", crash_first)
    with pytest.raises(services.IngestFailed):
        take(parse, page_record())
    assert not Source.objects.exists() and IngestRun.objects.get().status == RunStatus.FAILED


@pytest.mark.django_db
def test_values_too_long_or_too_large_are_cut_or_left_out_and_said(parse: Parse) -> None:
    record = page_record(titles=("一",))
    article = record.articles[0]
    text = replace(
        article.text,
        title="长" * 500,
        kicker="引" * 500,
        column="栏" * 500,
        authors=(Author("名" * 300, "作者", "职" * 900, ("官" * 200,), "体" * 400, "999999"),) * 2,
    )
    metric = article.metrics[0]
    metrics = (
        replace(metric, value=float("inf")),
        replace(metric, value=1e30),
        replace(metric, unit="单" * 90, subject="题" * 900),
        replace(metric, value=9.0, value_max=3.0),
        replace(metric, start=10**6, end=10**6 + 3),
    )
    mechanism = replace(article.mechanisms[0], name="机" * 500, family="族" * 300, kind="别的")
    long = replace(article, text=text, metrics=metrics, mechanisms=(mechanism, Mechanism(
        "又", "平台", "不在此处", 0, 4
    )))  # fmt: skip
    outcome = take(
        parse, replace(record, articles=(long,), issue=IssueInfo("刊" * 300, "2024", "号" * 90, "版" * 90))
    )
    stored = outcome.articles[0]
    assert len(stored.title) == 200 and stored.machine["title"] == "长" * 500
    assert stored.metrics.count() == 3 and stored.bylines.count() == 1
    assert stored.metrics.filter(start=None).count() == 1
    assert stored.mentions.filter(start=None).count() == 1
    assert len(stored.warnings) >= 8
    assert outcome.run.events.filter(level="warning", article=stored).count() == len(stored.warnings)


@pytest.mark.django_db
def test_linked_metrics(parse: Parse) -> None:
    record = page_record(titles=("一",))
    metric = record.articles[0].metrics[0]
    metrics: tuple[Metric, ...] = (metric, replace(metric, value=200.0, link=0, link_kind="before"))
    take(parse, replace(record, articles=(replace(record.articles[0], metrics=metrics),)))
    before = MetricRow.objects.get(link_kind="before")
    assert before.link.value == 300


@pytest.mark.django_db
def test_storing_takes_few_queries_however_many_articles(
    parse: Parse, django_assert_max_num_queries: Callable
) -> None:
    take(parse, page_record())
    data = parse(page_record(titles=[f"标题{i}" for i in range(12)], salt="多", name="b.txt"))
    with django_assert_max_num_queries(45):
        services.accept_upload(data, "b.txt")
