"""benchmark parse runs and says what it measured; how fast it is, is for people to judge."""

from pathlib import Path

import pytest
from django.core.management import call_command

from articles.benchmark import pages
from articles.benchmark.hostile import TEXTS
from tests.articles.ingest.pages import SAND, TEA
from tests.support.shelf import fill


def test_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.txt").write_text(f"{TEA.whole}\n\n{SAND.whole}", "utf-8")
    call_command("benchmark", "parse", "--quick", "--rounds", "1", "--pages", str(tmp_path))
    said = capsys.readouterr().out
    for measured in ("pages/s", "jieba:", "ratio:", "memory:", "stages:"):
        assert measured in said


def test_no_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("benchmark", "parse", "--quick", "--pages", str(tmp_path))
    assert "No page texts" in capsys.readouterr().out


def test_hostile_texts_are_large() -> None:
    assert min(len(text()) for text in TEXTS.values()) > 30_000


@pytest.mark.django_db
def test_every_type_of_page_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    fill(copies=1)
    call_command("benchmark", "pages", "--rounds", "2")
    said = capsys.readouterr().out
    for page in pages.PAGES:
        line = next(line for line in said.splitlines() if line.startswith(f"| {page.name} |"))
        assert len(line.split("|")) == 10, line  # one that does not open is said in fewer
