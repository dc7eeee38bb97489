"""Records as JSON: the contract's shape, and everything else that is known."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from articles.ingest.config import Config
from articles.ingest.pipeline import parse_page
from articles.ingest.serialize import as_json
from tests.articles.ingest.pages import FISH, SAND, TEA

PAGE = "\n\n".join(["2024年5月17日　星期五　第3版", TEA.whole, SAND.body, SAND.note, FISH.whole, SAND.title])


@pytest.fixture(scope="module")
def data(config: Config) -> dict[str, object]:
    return as_json(parse_page(PAGE.encode(), "page.txt", config))


def test_it_is_by_the_contract(data: dict[str, object], root: Path) -> None:
    schema = json.loads((root / "fixtures/contract/page-record.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert [e.message for e in Draft202012Validator(schema).iter_errors(data)] == []


def test_it_survives_json(data: dict[str, object]) -> None:
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data


def test_source_and_issue(data: dict[str, object]) -> None:
    assert data["source"]["name"] == "page.txt"  # type: ignore[index]
    assert data["source"]["characters"] == len(PAGE)  # type: ignore[index]
    assert data["issue"] == {"publication": None, "date": "2024-05-17", "number": None, "page": "3"}


def test_every_value_carries_its_evidence(data: dict[str, object]) -> None:
    for article in data["articles"]:  # type: ignore[attr-defined]
        fields = {e["field"] for e in article["evidence"]}
        assert "genre" in fields
        assert {"title", "primary_region", "level", "author_role"} - fields <= {"author_role"}
        for e in article["evidence"]:
            assert e["rule"] and 0 < e["confidence"] <= 1
            assert PAGE[e["start"] : e["end"]].replace("\n", "") == e["quote"]
