"""benchmark search measures every rival and fills its table; how fast they are is for people to judge."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.benchmark import scratch
from search.benchmark.material import Material
from search.benchmark.measure import _place
from search.benchmark.questions import drawn
from search.benchmark.rivals import RIVALS
from search.benchmark.rivals.base import Answer
from search.engines.base import Document

SENTENCES = (
    "推动经济社会高质量发展，完善协商民主工作机制。",
    "服务人民群众，参加家乡建设“有事好商量”平台！",
    "政协委员走访3300余次，办复率95.4%？",
    "人民政协报记者在成都采访了GDP增长的新情况。",
)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    rows = [
        {
            "id": n,
            "title": f"第{n}篇：{SENTENCES[n % 4][:9]}",
            "body": f"{SENTENCES[n % 4]}{n}\n{SENTENCES[n % 3]}第二段{n % 7}",
            "date": f"{2019 + n % 5}-01-01",
        }
        for n in range(50)
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


@pytest.mark.django_db(transaction=True)
def test_every_rival_fills_its_column(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "connect", lambda name: None)  # the test's own database will do
    out = StringIO()
    given = ["--queries", "2", "--substrings", "40", "--titles", "10", "--rounds", "2", "--in-process"]
    call_command("benchmark", "search", str(articles), *given, stdout=out)
    printed = out.getvalue().splitlines()
    rows = {line.split("|")[1].strip(): line.split("|")[2:-1] for line in printed if line.startswith("| ")}
    assert [title.strip() for title in rows[""]] == [entry.title for entry in RIVALS]
    for label, cells in rows.items():
        assert len(cells) == len(RIVALS), label
        missing = [entry.name for entry, cell in zip(RIVALS, cells, strict=True) if cell.strip() == "–"]
        has_none = label.startswith(("in batches", "whole page"))
        assert missing == (["bare", "postgres"] if has_none else []), label
    assert [cell.strip() for cell in rows["substrings counted as LIKE does"][1:3]] == ["40 of 40"] * 2
    assert [line for line in printed if "every substring exact" in line and line.startswith("reached")]


def test_recombined_articles_are_the_same_for_a_seed(articles: Path) -> None:
    one, same, other = (list(Material(articles, recombined=60, seed=seed).documents()) for seed in (1, 1, 2))
    assert one == same
    assert len(one) == 60
    assert one != other


def test_whoever_bears_a_title_that_was_asked_for_is_found() -> None:
    class Answering:
        def ask(self, question: object) -> Answer:
            return Answer(3, ("3", "2", "1"))

    titles = ("市政协召开会议", "市政协召开会议", "另一个标题在此")
    body = ("人民政协协商民主建设，推动经济社会高质量发展。",)
    found = [Document(str(n), title, body) for n, title in enumerate(titles, 1)]
    known = drawn(iter(found), 1, 1, 0, 3).known
    assert sorted(_place(Answering(), one) for one in known) == [1, 2, 2]  # type: ignore[arg-type]
