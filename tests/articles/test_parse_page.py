"""The parse_page command: summary, JSON, files, account; no database."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.articles.ingest.pages import SAND, TEA
from tests.support.files import Printed, pdf


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(f"{TEA.whole}\n\n{SAND.whole}", "utf-8")
    return path


def test_summary(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("parse_page", page)
    said = capsys.readouterr().out
    assert TEA.title in said and SAND.title in said and "林小茶" in said


def test_json(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("parse_page", page, "--json", "--date", "2024-05-17")
    data = json.loads(capsys.readouterr().out)
    assert [a["title"] for a in data["articles"]] == [TEA.title, SAND.title]
    assert data["issue"]["date"] == "2024-05-17"


def test_out(page: Path, tmp_path: Path) -> None:
    call_command("parse_page", "--out", tmp_path / "records" / "new", page)
    assert json.loads((tmp_path / "records" / "new" / "page.json").read_text("utf-8"))["articles"]


def test_a_file_of_several_pages_gives_a_record_for_each(tmp_path: Path) -> None:
    sheets = [
        [Printed(40, 60, title, 16), Printed(40, 90, "政协召开协商会12场。")] for title in ("甲题", "乙题")
    ]
    (tmp_path / "two.pdf").write_bytes(pdf(*sheets))
    call_command("parse_page", "--out", tmp_path, "--html", tmp_path / "how.html", tmp_path / "two.pdf")
    texts = [(tmp_path / f"two-{n}.json").read_text("utf-8") for n in (1, 2)]
    assert "甲题" in texts[0] and "乙题" in texts[1] and "乙题" not in texts[0]
    assert "乙题" in (tmp_path / "how-2.html").read_text("utf-8")


def test_explain(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("parse_page", "--explain", page)
    assert "headline with byline" in capsys.readouterr().out


def test_html(page: Path, tmp_path: Path) -> None:
    call_command("parse_page", "--html", tmp_path / "page.html", page)
    assert TEA.title in (tmp_path / "page.html").read_text("utf-8")


def test_html_takes_one_file(page: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("parse_page", "--html", tmp_path / "page.html", page, page)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7"])
def test_an_unreadable_file_is_named(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(data)
    with pytest.raises(CommandError, match=r"bad\.txt"):
        call_command("parse_page", tmp_path / "bad.txt")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.txt"):
        call_command("parse_page", tmp_path / "nowhere.txt")
