"""The evaluate command on a small fixtures folder."""

import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override


@pytest.fixture
def fixtures(tmp_path: Path, root: Path) -> Path:
    """The first page of each half; pages are stood in for by seeds where there is no held-out half."""
    for split in ("seeds", "dev", "heldout"):
        source = split if split != "heldout" else "seeds"
        gold = sorted((root / "fixtures/gold" / source).glob("*.json"))[0]
        for folder, path in (("gold", gold), ("pages", root / f"fixtures/pages/{source}/{gold.stem}.txt")):
            (tmp_path / folder / split).mkdir(parents=True)
            shutil.copy(path, tmp_path / folder / split)
    path = next((tmp_path / "gold" / "heldout").iterdir())
    gold = json.loads(path.read_text("utf-8"))
    gold["articles"][0]["title"] = "另外一个题目"
    gold["articles"][0].pop("title_alt", None)
    path.write_text(json.dumps(gold), "utf-8")
    return tmp_path


def run(fixtures: Path, capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    with override("en"):
        call_command("evaluate", *map(str, arguments), fixtures=fixtures)
    return capsys.readouterr().out


def test_halves_are_shown_apart(fixtures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, *rows = run(fixtures, capsys).splitlines()
    assert first.split() == ["seeds", "dev", "heldout"]
    assert any(r.startswith("articles.f1") and r.count("1.0000") >= 2 for r in rows)
    assert run(fixtures, capsys, "--split", "dev").splitlines()[0].split() == ["dev"]


def test_held_out_misses_are_listed_only_on_purpose(
    fixtures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "另外一个题目" not in run(fixtures, capsys, "--misses")
    assert "另外一个题目" in run(fixtures, capsys, "--misses", "--split", "heldout")


def test_save_and_compare(fixtures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "run.json"
    run(fixtures, capsys, "--split", "seeds", "--save", saved)
    assert "nothing changed" in run(fixtures, capsys, "--split", "seeds", "--compare", saved)
    path = next((fixtures / "gold" / "seeds").iterdir())
    gold = json.loads(path.read_text("utf-8"))
    gold["articles"][0]["level"] = "乡镇街道"
    path.write_text(json.dumps(gold), "utf-8")
    said = run(fixtures, capsys, "--split", "seeds", "--compare", saved)
    assert "worse level" in said and "broken level" in said


@pytest.mark.parametrize(
    "content", ["", "[]", '{"format": 0, "splits": {}}', '{"format": 2, "splits": {"dev": 1}}']
)
def test_a_file_that_is_no_run(content: str, fixtures: Path, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(content)
    with pytest.raises(CommandError, match=r"run\.json"):
        call_command("evaluate", compare=tmp_path / "run.json", fixtures=fixtures)


def test_nothing_to_evaluate(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("evaluate", fixtures=tmp_path)
