import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, ArticleChange


def run(*arguments, **options):
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def three(whoosh, make_article):
    for n in range(3):
        make_article(f"第{n}篇", f"会客厅{n}里的协商", external_id=f"x{n}")
    return whoosh


def test_search_prints_the_contract(three):
    data = json.loads(run("search", '"会客厅1"', "--json"))
    assert set(data) == {"query", "read_as", "total", "took_ms", "hits"} | {"facets"}
    assert data["total"] == 1
    assert data["query"] == '"会客厅1"'
    assert data["hits"][0]["title"] == "第1篇"
    assert data["hits"][0]["snippet"] == "<mark>会客厅1</mark>里的协商"
    assert data["hits"][0]["external_id"] == "x1"


def test_search_counts_facets_when_asked(three):
    assert json.loads(run("search", "协商", "--json"))["facets"] == {}
    data = json.loads(run("search", "协商", "--json", "--facets", "--limit", "1"))
    assert data["total"] == 3 and len(data["hits"]) == 1
    assert data["facets"]["genre"] == [{"value": "消息", "label": "消息", "count": 3}]


def test_every_engine_prints_the_same(three):
    def total(engine):
        return json.loads(run("search", "会客厅 -第1篇", "--json", "--engine", engine))["total"]

    assert total("whoosh") == total("scan") == 2


def test_search_reads_well_without_json(three):
    printed = run("search", "协商")
    assert "共 3 篇 · 含 协商 · " in printed
    assert "会客厅1里的协商" in printed


def test_a_broken_index_is_exit_code_2_and_no_hits_is_0(three, capsys):
    assert "共 0 篇" in run("search", "没有的词儿")
    (three.folder / "CURRENT").unlink()
    with pytest.raises(CommandError) as error:
        run("search", "协商")
    assert error.value.returncode == 2
    assert "python manage.py reindex" in str(error.value)


def test_reindex(three):
    assert "3 篇" in run("reindex")
    assert run("reindex", if_needed=True).strip() == "无变化"
    Article.objects.filter(title="第1篇").update(title="改题")
    assert "已更新 1 处变动" in run("reindex", "--if-needed")
    (three.folder / "CURRENT").unlink()
    assert "3 篇" in run("reindex", "--if-needed")


def test_check_index(three):
    assert "一致" in run("check_index")
    Article.objects.filter(title="第1篇").update(title="改题")
    ArticleChange.objects.all().delete()
    with pytest.raises(SystemExit) as stop:
        run("check_index")
    assert stop.value.code == 1
    assert "已修复" in run("check_index", "--repair")
    assert "一致" in run("check_index")
