"""Lists and articles in the forms of `articles.exports`, read back by the programs they are for."""

import json
import re
import time
from io import BytesIO

import docx
import openpyxl
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from django.test import Client

from articles import csvfile, exports
from articles.models import Article, Mechanism, MechanismMention
from articles.remembered import State
from tests.articles.views.test_csv import LISTS
from tests.support.shelf import Shelf, fill

ONE_OF_EACH = ("regions/510000", "themes/consultation", "articles")


def body(client: Client, address: str, **query: str) -> bytes:
    answer = client.get(address, query)
    assert answer.status_code == 200, address
    name = address.removeprefix("/").partition(".")[0].rpartition("/")[2]
    assert answer["Content-Disposition"].startswith("attachment") and name
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_a_workbook_and_a_json_table(shelf: Shelf, client: Client, name: str) -> None:
    found = openpyxl.load_workbook(BytesIO(body(client, f"/{name}.xlsx"))).active
    records = json.loads(body(client, f"/{name}.table.json"))
    header, *rows = found.iter_rows(values_only=True)
    assert len(rows) == len(records) > 0
    assert all(list(record) == list(records[0]) for record in records)
    assert len(records[0]) == len(set(records[0])) == len(header)
    assert all(re.fullmatch(r"[a-z_]+", key) for key in records[0])
    assert "permanent_address" in records[0] and "永久地址" in header


@pytest.mark.django_db
def test_keys_are_the_same_in_every_language(shelf: Shelf, client: Client) -> None:
    chinese = json.loads(body(client, "/articles.table.json"))
    client.cookies["django_language"] = "en"
    english = json.loads(body(client, "/articles.table.json"))
    assert [list(row) for row in chinese] == [list(row) for row in english]
    assert chinese[0]["themes"] == ["协商议政"] and chinese[0]["page"] == ["3"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_lists_of_articles_as_references(shelf: Shelf, client: Client, name: str) -> None:
    ids = [row["id"] for row in client.get(f"/{name}.json").json()["results"]]
    records = rispy.loads(body(client, f"/{name}.ris").decode())
    assert [record["id"] for record in records] == ids
    entries = parse_string(body(client, f"/{name}.bib").decode()).entries
    assert [entry.key for entry in entries] == [f"cppcc-{one}" for one in ids]
    assert [item["id"] for item in json.loads(body(client, f"/{name}.csl.json"))] == ids
    lines = body(client, f"/{name}.txt").decode().splitlines()
    assert len(lines) == len(ids) and lines[0].startswith("[1] 张三. ")


@pytest.mark.django_db
def test_the_former_edition_on_request(shelf: Shelf, client: Client) -> None:
    address = f"{shelf.chengdu.get_absolute_url().removesuffix('/')}.txt"
    assert body(client, address).decode() == "[1] 张三. 加强协商平台建设[N]. 人民政协报，2024-07-16（3）.\n"
    former = "[1] 张三. 加强协商平台建设[N]. 人民政协报, 2024-07-16(3).\n"
    assert body(client, address, gbt="2015").decode() == former


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["ris", "bib", "csl.json", "txt", "docx", "atom"])
def test_lists_of_other_things_are_no_references(shelf: Shelf, client: Client, ending: str) -> None:
    assert client.get(f"/metrics.{ending}").status_code == 404
    assert client.get(f"{shelf.draft.get_absolute_url().removesuffix('/')}.{ending}").status_code == 404


@pytest.mark.django_db
def test_nothing_found_is_an_empty_file_of_its_kind(shelf: Shelf, client: Client) -> None:
    nothing = {"year": "1900"}
    assert json.loads(body(client, "/articles.csl.json", **nothing)) == []
    assert json.loads(body(client, "/articles.table.json", **nothing)) == []
    assert body(client, "/articles.ris", **nothing) == body(client, "/articles.bib", **nothing) == b""
    assert docx.Document(BytesIO(body(client, "/articles.docx", **nothing))).tables[0].rows[1:] == []


@pytest.mark.django_db
def test_files_end_at_their_bound_and_the_page_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(copies=4)
    monkeypatch.setattr(csvfile, "MOST", 5)
    monkeypatch.setattr(exports, "CHUNK", 2)
    monkeypatch.setattr("articles.views.tables.MOST", 5)
    monkeypatch.setattr("articles.offers.MOST", 5)
    assert len(rispy.loads(body(client, "/articles.ris").decode())) == 5
    assert len(json.loads(body(client, "/articles.csl.json"))) == 5
    assert openpyxl.load_workbook(BytesIO(body(client, "/articles.xlsx"))).active.max_row == 6
    assert "列表共 12 条，文件只取前 5 条" in client.get("/articles/").content.decode()
    assert "文件含整份列表，最多 5 行" in client.get("/articles/", {"region": "350405"}).content.decode()


@pytest.mark.django_db
def test_a_briefing(shelf: Shelf, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    found = docx.Document(BytesIO(body(client, "/articles.docx", region="510000")))
    texts = [paragraph.text for paragraph in found.paragraphs]
    assert texts[:2] == ["政协实践简报", "文章 · 地区：四川省"] and texts[2].startswith("共 3 篇 · 20")
    head, first, *_others = found.tables[0].rows
    assert [cell.text for cell in head.cells] == ["地区", "机制", "做法", "成效", "出处"]
    place, mechanism, practice, effect, source = (cell.text for cell in first.cells)
    assert (place, mechanism) == ("四川省成都市", "有事来协商")
    assert practice == "第0篇甲：用好“有事来协商”平台。" and effect == "全年走访300余次，成效明显。"
    assert source == "[1] 加强协商平台建设\n人民政协报 2024-07-16 第3版"
    assert texts[-3] == "[1] 张三. 加强协商平台建设[N]. 人民政协报，2024-07-16（3）."
    monkeypatch.setattr("articles.views.briefing.BRIEFED", 1)
    texts = [p.text for p in docx.Document(BytesIO(body(client, "/articles.docx"))).paragraphs]
    assert texts[2].startswith("前 1 篇（符合条件的不止这些）")


@pytest.mark.django_db
def test_a_briefing_names_the_first_mechanisms_only(shelf: Shelf, client: Client) -> None:
    for n in range(9):
        named = Mechanism.objects.create(name=f"机制{n}", kind="机制")
        MechanismMention.objects.create(article=shelf.sha, mechanism=named, name=named.name, kind="机制")
    row = docx.Document(BytesIO(body(client, "/articles.docx", region="350405"))).tables[0].rows[1]
    said = row.cells[1].text
    assert (
        said.startswith("有事来协商、机制0、")
        and said.endswith("、机制6、另有 2 项")
        and len(said.split("、")) == 9
    )


@pytest.mark.django_db
def test_what_names_no_mechanism_is_briefed_by_how_it_begins(shelf: Shelf, client: Client) -> None:
    shelf.sha.mentions.all().delete()
    shelf.sha.metrics.update(origin="rejected")
    row = docx.Document(BytesIO(body(client, "/articles.docx", region="350405"))).tables[0].rows[1]
    assert [cell.text for cell in row.cells][1:4] == ["—", "第0篇乙：用好“有事来协商”平台。", "—"]


@pytest.mark.django_db(transaction=True)
def test_whoever_has_a_file_need_not_get_it_again(emptied: None, client: Client) -> None:
    shelf = fill()
    while not State.now().quiet:  # the server's own housekeeping
        time.sleep(0.05)
    first = client.get("/articles.ris", {"theme": "consultation"})
    tag = first["ETag"]
    again = client.get("/articles.ris", {"theme": "consultation"}, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert client.get("/articles.bib", headers={"If-None-Match": tag}).status_code == 200
    Article.objects.filter(pk=shelf.sha.pk).update(title="另一个标题")
    while not State.now().quiet:
        time.sleep(0.05)
    changed = client.get("/articles.ris", {"theme": "consultation"}, headers={"If-None-Match": tag})
    assert changed.status_code == 200 and changed["ETag"] != tag


@pytest.mark.django_db
def test_an_article_tells_reference_managers_what_it_is(shelf: Shelf, client: Client) -> None:
    Article.objects.filter(pk=shelf.chengdu.pk).update(title="加强</script><b>“协商”&建设")
    page = client.get(shelf.chengdu.get_absolute_url()).content.decode()
    address = f"http://testserver{shelf.chengdu.get_absolute_url()}"
    assert f'<link rel="canonical" href="{address}">' in page
    for ending in ("ris", "bib", "json", "csl.json"):
        assert f'href="{address.removesuffix("/")}.{ending}"' in page
    assert '<meta name="DC.type" content="newspaperArticle">' in page
    assert "citation_journal_title" not in page
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    said = json.loads(block)
    assert said["@type"] == "NewsArticle" and said["headline"] == "加强</script><b>“协商”&建设"
    assert said["contentLocation"]["name"] == "四川省成都市" and said["url"] == address


@pytest.mark.django_db
def test_an_article_is_cited_in_every_edition_on_its_page(shelf: Shelf, client: Client) -> None:
    page = client.get(shelf.chengdu.get_absolute_url()).content.decode()
    cited = re.findall(r'class="citation" id="[^"]*" lang="zh-Hans">([^<]*)<', page)
    assert len(cited) == 4 and cited[0] == "张三. 加强协商平台建设[N]. 人民政协报，2024-07-16（3）."
    assert cited[1] == "张三. 加强协商平台建设[N]. 人民政协报, 2024-07-16(3)."
    assert "[N/OL]" in cited[2] and re.search(r"\(3\)\[20\d\d-\d\d-\d\d\]\. http", cited[3])
    stem = shelf.chengdu.get_absolute_url().removesuffix("/")
    for ending in ("ris", "bib", "csl.json", "txt", "docx"):
        assert f'href="{stem}.{ending}"' in page and client.get(f"{stem}.{ending}").status_code == 200
