"""The published archive as a data package: whole, true to its schemas, the same twice, and never in anybody's way."""

import errno
import fcntl
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from jsonschema import Draft202012Validator

from articles.datapackage import corpus, folder
from articles.models import Article, Metric
from articles.services import accept_upload
from tests.articles.test_commands import run
from tests.support import jumps
from tests.support.datapackage import read
from tests.support.shelf import Shelf, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(db: None) -> Shelf:
    return fill()


@pytest.fixture
def parts(shelf: Shelf) -> Shelf:
    """The shelf, and an article that goes on on another page."""
    for number, text in enumerate((jumps.first_page(), jumps.second_page()), 1):
        accept_upload(text.encode(), f"{number}.txt", jumps.ISSUE, publish=True)
    return shelf


def exported(target: Path) -> dict[str, bytes]:
    _said, wrong, failed = run("export", target)
    assert not failed, wrong
    return {path.name: path.read_bytes() for path in target.iterdir()}


def test_every_table_is_as_its_schema_says(parts: Shelf, tmp_path: Path) -> None:
    files = exported(tmp_path / "out")
    assert files.keys() == folder.FILES
    tables, wrong = read(tmp_path / "out")
    assert wrong == []
    assert all(tables.values())
    (joined,) = [row for row in tables["parts"] if row["part"] == 2]
    assert joined["page"] == "2" and {r["part"] for r in tables["metrics"]} == {1, 2}
    assert all(row["citation"] for row in tables["articles"])


def test_a_checker_that_sees_nothing_proves_nothing(shelf: Shelf, tmp_path: Path) -> None:
    exported(tmp_path / "out")
    path = tmp_path / "out" / "metrics.csv"
    path.write_bytes(
        path.read_bytes().decode().replace(",300,", ",many,").replace("result", "wish", 1).encode()
    )
    (tmp_path / "out" / "authors.csv").write_bytes(b"id,name,region\r\n")
    wrong = " ".join(read(tmp_path / "out")[1])
    for fault in ("other bytes", "'many' is no number", "'wish' is none of", "is not in authors"):
        assert fault in wrong


def test_twice_the_same_bytes_whatever_language_somebody_speaks(
    parts: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = exported(tmp_path / "one")
    monkeypatch.setattr(corpus, "CHUNK", 2)
    with translation.override("en"):
        assert exported(tmp_path / "two") == first
    assert exported(tmp_path / "one") == first  # over itself


def test_the_records_are_what_the_site_answers(parts: Shelf, client: Client, tmp_path: Path) -> None:
    files = exported(tmp_path / "out")
    shape = Draft202012Validator(json.loads(files["articles.schema.json"]))
    records = [json.loads(line) for line in files["articles.jsonl"].splitlines()]
    tables, _wrong = read(tmp_path / "out")
    assert [record["id"] for record in records] == [row["id"] for row in tables["articles"]]
    for record in records:
        shape.validate(record)
        answer = client.get(f"/a/{record['id']}.json").content.decode().replace("http://testserver/", "/")
        assert record == json.loads(answer)


def test_the_numbers_are_those_of_the_site(parts: Shelf, client: Client, tmp_path: Path) -> None:
    Metric.objects.filter(article=parts.sha).update(origin="rejected")
    exported(tmp_path / "out")
    tables, wrong = read(tmp_path / "out")
    assert wrong == []
    for table in ("articles", "metrics", "mechanisms", "authors", "issues", "publications"):
        assert len(tables[table]) == client.get(f"/{table}.json").json()["total"] > 0, table
    by_theme: dict[str, int] = {}
    for row in tables["article_themes"]:
        by_theme[row["theme"]] = by_theme.get(row["theme"], 0) + 1
    counted = {
        r["value"]: r["articles"] for r in client.get("/themes.json").json()["results"] if r["articles"]
    }
    assert by_theme == counted


def test_what_is_not_published_is_not_in_it(shelf: Shelf, tmp_path: Path) -> None:
    Article.objects.exclude(pk=shelf.sha.pk).update(state="withdrawn", title="撤下的文章")
    files = exported(tmp_path / "out")
    tables, wrong = read(tmp_path / "out")
    assert wrong == [] and [row["id"] for row in tables["articles"]] == [shelf.sha.public_id]
    everything = b"".join(files.values()).decode()
    for words in ("撤下的文章", shelf.draft.public_id, "未发布的文章", shelf.chengdu.public_id):
        assert words not in everything
    Article.objects.update(state="withdrawn")
    exported(tmp_path / "out")
    tables, wrong = read(tmp_path / "out")
    assert wrong == [] and {name for name, rows in tables.items() if rows} == {"regions", "themes"}


def test_values_that_are_hard_on_files(shelf: Shelf, tmp_path: Path) -> None:
    text = '=1+1,"引号"\r\n第二行\t末'
    Article.objects.filter(pk=shelf.chengdu.pk).update(title=text, text=f"{text}\n😀", date="2024")
    exported(tmp_path / "out")
    tables, wrong = read(tmp_path / "out")
    (row,) = [row for row in tables["articles"] if row["id"] == shelf.chengdu.public_id]
    assert wrong == [] and (row["title"], row["date"]) == (text, "2024") and row["text"].endswith("😀")


@pytest.mark.parametrize("kind", ["other file", "more", "other package", "file", "link", "folder in it"])
def test_what_is_somebody_elses_is_left_alone(shelf: Shelf, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "out"
    if kind == "file":
        target.write_text("mine")
    elif kind == "link":
        (tmp_path / "theirs").mkdir()
        target.symlink_to(tmp_path / "theirs")
    elif kind == "other file":
        target.mkdir()
        (target / "articles.csv").write_text("mine")
    elif kind == "other package":
        target.mkdir()
        (target / "datapackage.json").write_text('{"name": "another"}')
    else:
        exported(target)
        (target / "notes.txt").write_text("mine") if kind == "more" else (target / "kept").mkdir()
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    _said, wrong, failed = run("export", target)
    assert failed and "不是本文库导出的内容" in wrong and "out" in wrong
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before


def test_an_empty_folder_and_one_that_is_not_there_are_fine(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert exported(tmp_path / "empty").keys() == exported(tmp_path / "deep" / "down").keys()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "empty"]
    assert (tmp_path / "empty").stat().st_mode & 0o777 == 0o777 & ~_mask()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize(
    ("code", "said"), [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有写入"), (errno.EIO, "无法写入")]
)
def test_a_failure_is_said_and_leaves_what_was_there(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    before = exported(tmp_path / "out")
    Article.objects.filter(pk=shelf.sha.pk).update(title="改过的标题")

    def fail(*arguments: Any) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(folder, "_json", fail)
    _said, wrong, failed = run("export", tmp_path / "out")
    assert failed and said in wrong
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_statements_do_not_grow_with_articles(
    parts: Shelf, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(25):
        exported(tmp_path / "out")


def test_the_command_says_what_it_did(shelf: Shelf, tmp_path: Path) -> None:
    said, _wrong, _failed = run("export", tmp_path / "out")
    assert "已将 4 篇文章导出到" in said and "metrics.csv" in said


def test_what_a_killed_export_left_goes_at_the_next_and_nothing_else(shelf: Shelf, tmp_path: Path) -> None:
    before = exported(target := tmp_path / "out")
    abandoned, foreign, alive = (tmp_path / f".out.{name}" for name in ("abcdefgh", "notes123", "living_1"))
    for made in (abandoned, foreign, alive):
        made.mkdir()
    (abandoned / "articles.jsonl").write_text("half of it")
    (foreign / "mine.txt").write_text("somebody's own")
    held = os.open(alive, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)  # another export, under way
    assert exported(target) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == [".out.living_1", ".out.notes123", "out"]
    os.close(held)

    target.rename(tmp_path / ".out.abcdefgh.former")  # killed between the two names
    abandoned.mkdir()
    with pytest.raises(ZeroDivisionError):
        folder.write(target, lambda _article: 1 / 0, {})
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == [".out.notes123", "out"]
