"""The command line: ingest, import_articles, load_vocabulary."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, IngestRun, Page, Source, State
from tests.articles.test_upload import PAGE

pytestmark = pytest.mark.django_db


def run(*arguments: object, **options: Any) -> tuple[str, str, bool]:
    """What a command said, what it complained of, and whether it failed."""
    out, err = StringIO(), StringIO()
    try:
        call_command(*map(str, arguments), stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}", True
    return out.getvalue(), err.getvalue(), False


def test_ingest_goes_on_after_a_bad_file_and_names_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a-第3版.txt").write_text(PAGE, "utf-8")
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "sub" / "c.txt").write_text(PAGE.replace("36次", "37次"), "utf-8")
    (tmp_path / "notes.log").write_text("no page")
    said, wrong, failed = run(
        "ingest",
        tmp_path,
        tmp_path / "none.txt",
        "--publication",
        "人民政协报",
        "--date",
        "2024-07-16",
        "--publish",
    )
    assert failed and "b.txt" in wrong and "none.txt" in wrong
    lines = said.splitlines()
    assert len(lines) == 3 and "a-第3版.txt" in lines[0] and "c.txt" in lines[1]
    assert all(line.endswith(" ms") for line in lines[:2])
    assert "4 个文件" in lines[2] and "新入库 2 个（文章 2 篇" in lines[2]
    assert Source.objects.count() == 2 and {a.state for a in Article.objects.all()} == {State.PUBLISHED}
    assert set(Page.objects.values_list("number", flat=True)) == {"3", ""}
    assert IngestRun.objects.values("batch").distinct().count() == 1

    said, wrong, failed = run("ingest", tmp_path / "sub")
    assert not failed and not wrong and Source.objects.count() == 2
    assert "原已入库 1 个" in said.splitlines()[-1]


def test_ingest_says_where_nothing_is(tmp_path: Path) -> None:
    _said, wrong, failed = run("ingest", tmp_path)
    assert failed and str(tmp_path) in wrong


def test_import_articles_reports_and_fails_on_bad_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": 1, "title": "题", "body": "文"}) + "\n{oops\n", "utf-8")
    said, wrong, failed = run("import_articles", path, "--publish")
    assert failed and "a.jsonl" in said and "2" in wrong
    assert Article.objects.get().state == State.PUBLISHED
    path.write_text(json.dumps({"id": 1, "title": "题", "body": "文"}), "utf-8")
    assert run("import_articles", path)[2] is False
    assert run("import_articles", tmp_path / "none.jsonl")[2] is True


def test_load_vocabulary_says_what_it_holds() -> None:
    said, _wrong, failed = run("load_vocabulary")
    assert not failed and "6823" in said
