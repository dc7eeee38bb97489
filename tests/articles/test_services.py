"""Corrections, states, deletion, and articles imported in bulk."""

import gzip
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from articles import bodytext, services
from articles.ingest.record import IssueInfo, PageRecord
from articles.models import Article, IngestRun, Mechanism, Origin, Region, RunStatus, Source, State, Theme
from articles.services.filenames import RULES, page_number
from tests.support.records import page_record

Parse = Callable[[PageRecord], bytes]


def take(parse: Parse, record: PageRecord | None = None, **options: Any) -> services.Outcome:
    record = record or page_record()
    return services.accept_upload(parse(record), record.name, **options)


# Intake


@pytest.mark.django_db
def test_a_run_is_one_line_in_the_log(parse: Parse, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("articles").propagate = True
    with caplog.at_level("INFO", logger="articles.ingest"):
        outcome = take(parse)
    line = next(r.message for r in caplog.records if "page.txt" in r.message)
    assert "stored" in line and "articles=2" in line and " ms" in line and "\n" not in line
    stages = outcome.run.events.exclude(milliseconds=None).values_list("stage", flat=True)
    assert list(stages) == ["read", "fields", "store"]
    assert outcome.run.counts["articles"] == 2 and outcome.run.counts["warnings"] >= 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "issue", [IssueInfo("报", "昨天"), IssueInfo("报" * 100), IssueInfo("报", page="版" * 30)]
)
def test_a_wrong_issue_is_refused_before_anything_is_read(issue: IssueInfo, parse: Parse) -> None:
    with pytest.raises(services.Refused):
        take(parse, issue=issue)
    assert not Source.objects.exists() and IngestRun.objects.get().status == RunStatus.FAILED


@pytest.mark.parametrize("rule", RULES)
def test_file_name_rules_match_their_examples(rule: Any) -> None:
    for name, page in rule.examples:
        assert page_number(name) == page, name
    for name in rule.not_in:
        assert page_number(name) is None, name


# Corrections


@pytest.mark.django_db
def test_correcting_back_makes_the_evidence_stand_again(parse: Parse, django_user_model: Any) -> None:
    user = django_user_model.objects.create_user("editor")
    article = take(parse).articles[0]
    assert services.correct(article, {"title": "别的", "date": "2024-07-16"}, user) == ["title"]
    assert article.title == "别的" and article.evidence.get(field="title").origin == Origin.REJECTED
    services.correct(article, {"title": "加强协商平台建设"}, user)
    assert article.evidence.get(field="title").origin == Origin.MACHINE and article.corrections() == {}
    assert [h.title for h in article.history.all()] == ["加强协商平台建设", "别的", "加强协商平台建设"]
    assert {h.history_user for h in article.history.all()} == {user, None}


@pytest.mark.django_db
def test_a_value_that_cannot_be_kept_is_refused_and_nothing_changes(parse: Parse) -> None:
    article = take(parse).articles[0]
    for values in ({"title": "长" * 201}, {"date": "16日"}, {"genre": "诗歌"}, {"level": "国际"}):
        with pytest.raises(services.Refused):
            services.correct(article, {"column": "新栏目", **values})
    article.refresh_from_db()
    assert article.column == "主席论坛" and article.history.count() == 0


@pytest.mark.django_db
def test_the_first_body_is_kept(parse: Parse) -> None:
    article = take(parse).articles[0]
    first = article.body
    services.correct(article, {"body": "一段\n## 小标题\n又一段"})
    services.correct(article, {"body": "只有一段"})
    assert article.machine["body"] == first and article.text == "只有一段"


@pytest.mark.django_db
def test_many_are_published_in_few_queries_with_their_history(
    parse: Parse, django_assert_max_num_queries: Any, django_user_model: Any
) -> None:
    user = django_user_model.objects.create_user("editor")
    articles = take(parse, page_record(titles=[f"第{i}题" for i in range(20)])).articles
    with django_assert_max_num_queries(30):
        assert len(services.publish(articles, user)) == 20
    newest = articles[0].history.first()
    assert (newest.state, newest.history_user) == (State.PUBLISHED, user)
    assert [t.theme.name for t in newest.themes.all()] == ["协商议政"]
    assert services.publish(articles, user) == []


# The body as text


def test_a_body_survives_the_text_area() -> None:
    body = [
        {"kind": "paragraph", "text": "第一段，甲乙丙。", "runs": [[0, 10, 8]]},
        {"kind": "heading", "text": "小标题", "runs": [[0, 30, 3]]},
        {"kind": "paragraph", "text": "# 不是标题", "runs": [[0, 40, 6]]},
        {"kind": "paragraph", "text": "\\反斜杠", "runs": []},
    ]
    text = bodytext.to_text(body)
    assert text.splitlines()[1] == "## 小标题"
    assert bodytext.from_text(text, body) == body
    assert bodytext.from_text(text.replace("\n", "\r\n\r\n"), body) == body


def test_what_stays_keeps_its_place() -> None:
    body = [{"kind": "paragraph", "text": "甲乙丙丁戊己", "runs": [[0, 10, 3], [3, 50, 3]]}]
    changed = bodytext.from_text("甲乙新丙\n丁戊己", body)
    assert [e["text"] for e in changed] == ["甲乙新丙", "丁戊己"]
    assert changed[0]["runs"] == [[0, 10, 2], [3, 12, 1]] and changed[1]["runs"] == [[0, 50, 3]]
    joined = bodytext.from_text("甲乙新丙丁戊己", changed)
    assert joined[0]["runs"] == [[0, 10, 2], [3, 12, 1], [4, 50, 3]]


# Bulk


def write_lines(path: Path, *lines: object) -> Path:
    text = "\n".join(
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    )
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.mark.django_db
def test_ready_made_articles_come_in_once(tmp_path: Path) -> None:
    lines = [
        {"id": 1, "title": "题", "body": "一\n\n二", "date": "2022-09-24"},
        {"id": "b", "title": "", "body": ["一", "二"], "genre": "通讯", "region": "510100",
         "themes": ["协商议政"], "level": "地市级"},
    ]  # fmt: skip
    path = write_lines(tmp_path / "a.jsonl.gz", *lines)
    done = services.import_articles(path)
    assert done.counts() == {"read": 2, "new": 2, "changed": 0, "unchanged": 0, "kept": 0, "bad": 0}
    first, second = Article.objects.order_by("external_id")
    assert (first.text, first.genre, first.state, first.date) == ("一\n二", "消息", State.DRAFT, "2022-09-24")
    assert (second.genre, second.region.name) == ("通讯", "成都市")
    assert [t.name for t in second.themes.all()] == ["协商议政"]
    again = services.import_articles(path)
    assert (again.new, again.unchanged) == (0, 2) and Article.objects.count() == 2
    assert [r.status for r in IngestRun.objects.all()] == [RunStatus.UNCHANGED, RunStatus.STORED]
    assert services.import_articles(path, prefix="x-", publish=True).new == 2
    assert Article.objects.published().count() == 2


@pytest.mark.django_db
def test_a_changed_line_changes_its_article_unless_a_person_did(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    services.import_articles(
        write_lines(path, {"id": 1, "title": "一", "body": ""}, {"id": 2, "title": "二", "body": ""})
    )
    services.correct(Article.objects.get(external_id="2"), {"title": "人改的"})
    done = services.import_articles(
        write_lines(path, {"id": 1, "title": "新一", "body": "文"}, {"id": 2, "title": "新二", "body": ""})
    )
    assert (done.changed, done.kept) == (1, 1)
    assert set(Article.objects.values_list("title", "text")) == {("新一", "文"), ("人改的", "")}


BAD = [
    "not json", "[1]", '{"title": "无号", "body": ""}', '{"id": true, "title": "题", "body": ""}',
    '{"id": 1, "title": "", "body": ""}', '{"id": 1, "title": 5, "body": ""}',
    '{"id": 1, "title": "题", "body": 7}',
    '{"id": 1, "title": "题", "body": "", "date": "24日"}', '{"id": 1, "title": "题", "body": "\\u0000"}',
    '{"id": 1, "title": "题", "body": "\\ud800"}', '{"id": 1, "title": "题", "body": "", "genre": "诗"}',
    '{"id": 1, "title": "题", "body": "", "themes": "协商"}',
    json.dumps({"id": 1, "title": "长" * 300, "body": ""}),
    json.dumps({"id": "长" * 90, "title": "题", "body": ""}),
]  # fmt: skip


@pytest.mark.django_db
def test_each_bad_line_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    good = {"id": "good", "title": "题", "body": "文"}
    said: list[str] = []
    path = write_lines(tmp_path / "a.jsonl", *BAD, "", good)
    path.write_bytes(path.read_bytes() + b'\n{"id": "\xff"}\n')
    done = services.import_articles(path, say=said.append)
    assert done.bad == len(BAD) + 1 == len(said) and done.new == 1
    assert all(str(i + 1) in said[i] for i in range(len(BAD)))
    assert IngestRun.objects.get().events.filter(level="warning").count() == done.bad


@pytest.mark.django_db
def test_one_id_twice_in_a_file_is_one_article(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", *({"id": 1, "title": f"第{i}稿", "body": ""} for i in range(3)))
    services.import_articles(path)
    assert Article.objects.get().title == "第2稿"


@pytest.mark.django_db
def test_a_broken_archive_keeps_what_came_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.services.bulk.BATCH", 10)
    path = write_lines(
        tmp_path / "a.jsonl.gz", *({"id": i, "title": f"{i * 7919}", "body": "文"} for i in range(3000))
    )
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(services.Refused):
        services.import_articles(path)
    assert 0 < Article.objects.count() < 3000 and IngestRun.objects.get().status == RunStatus.FAILED
    path.write_bytes(whole)
    services.import_articles(path)
    assert Article.objects.count() == 3000


# The vocabulary


@pytest.mark.django_db
def test_the_vocabulary_knows_parts_years_and_successors(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(4):
        assert services.load_vocabulary().written == 0
    now = Region.objects.get(code="350405")
    assert (now.name, now.full_name, now.since, now.until) == ("沙县区", "福建省三明市沙县区", 2021, None)
    assert now.short_names == ["沙县"] and now.pinyin == "sha xian qu" and now.parent.name == "三明市"
    before = Region.objects.get(code="350427", until__isnull=False)
    assert [r.code for r in before.successors.all()] == ["350405"]
    assert Region.objects.filter(level="省级", until=None).count() == 34
    assert {r.name for r in Region.objects.filter(code="120110")} == {"东丽区", "东郊区"}
    assert Theme.objects.count() == 16


@pytest.mark.django_db
def test_the_vocabulary_is_mended_and_never_doubled() -> None:
    count = Region.objects.count()
    Region.objects.filter(code="350405").update(pinyin="", full_name="")
    Region.objects.get(code="110101").successors.add(Region.objects.get(code="350405"))
    loaded = services.load_vocabulary(force=True)
    assert loaded.written == 2 and Region.objects.count() == count
    assert Region.objects.get(code="350405").full_name == "福建省三明市沙县区"
    assert Mechanism.objects.count() == 0
