import io
import json

import pytest
from django.core.management import call_command


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "articles.jsonl"
    line = "推动经济社会高质量发展，完善协商民主工作机制。服务人民群众参加家乡建设"
    rows = [
        {"id": n, "title": f"第{n}篇", "body": f"{line}{n}\n第二段", "date": "2024-01-01"} for n in range(12)
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("options", [[], ["--no-recipe"]])
def test_prints_times_and_hits_of_both(articles, options):
    out = io.StringIO()
    call_command("benchmark", "search", "--docs", str(articles), *options, stdout=out)
    printed = out.getvalue()
    assert printed.startswith("12 articles")
    assert "phrase" in printed
    assert ("common recipe" in printed) != bool(options)
