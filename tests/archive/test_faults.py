"""The file of the last errors: bounded, without secrets, and never in anybody's way."""

import logging
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from archive import faults
from archive.faults import FaultHandler, latest


def raise_and_log(logger: logging.Logger, message: str, **extra: Any) -> None:
    try:
        raise ValueError("connection to postgresql://archive:hunter2@db:5432/x failed, password=hunter2")
    except ValueError:
        logger.exception(message, extra=extra)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "errors.jsonl"


@pytest.fixture
def logger(path: Path) -> logging.Logger:
    made = logging.Logger("articles.ingest")
    made.addHandler(FaultHandler(path))
    return made


def test_an_error_says_who_when_where_and_what_without_secrets(
    path: Path, logger: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["/srv/archive/manage.py", "work", "--once"])
    user = SimpleNamespace(is_authenticated=True, __str__=lambda self: "wang")
    request = SimpleNamespace(method="POST", path="/admin/x/", user=type("U", (), user.__dict__)())
    raise_and_log(logger, "a fault\nin two lines", request=request)
    logger.warning("nothing to keep")
    (fault,) = latest(path)
    assert fault.where == "POST /admin/x/" and fault.who == "wang" and fault.moment.tzinfo
    assert fault.what.startswith("a fault in two lines · ValueError: connection to postgresql://…@db")
    assert "hunter2" not in path.read_text("utf-8")
    assert fault.process == "manage.py work"


def test_a_connection_in_place_of_a_request_costs_nothing(path: Path, logger: logging.Logger) -> None:
    logger.error("a fault", extra={"request": object()})
    (fault,) = latest(path)
    assert fault.what == "a fault" and fault.where.startswith("articles.ingest:")


def test_the_newest_come_first_and_the_file_stays_small(
    path: Path, logger: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "LARGEST", 10_000)
    for n in range(400):
        logger.error("错误 %d", n)
    assert path.stat().st_size < 40_000
    assert [fault.what for fault in latest(path, 3)] == ["错误 399", "错误 398", "错误 397"]


def test_a_torn_line_and_a_disk_that_cannot_be_written_cost_nothing_else(
    path: Path, logger: logging.Logger, tmp_path: Path
) -> None:
    logger.error("whole")
    with path.open("a") as file:
        file.write('{"at": "2024')
    assert [fault.what for fault in latest(path)] == ["whole"]
    (tmp_path / "file").write_text("")
    logger.addHandler(FaultHandler(tmp_path / "file" / "errors.jsonl"))  # no folder
    logger.error("said")
    assert latest(tmp_path / "nowhere") == ()
