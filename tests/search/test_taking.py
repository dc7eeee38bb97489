"""A search to take away: every hit, whatever the page."""

import csv
import io
import json

import docx
import feedparser
import openpyxl
import pytest
import rispy


def read(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def sheet(response):
    content = b"".join(response.streaming_content).decode("utf-8")
    assert content.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"), newline="")))


@pytest.fixture
def shelf(whoosh, make_article):
    for n in range(30):
        make_article(
            f"第{n}篇“有事好商量”", f"会客厅{n}\n正文<b>有事好商量", date=f"20{10 + n // 3}-01-0{1 + n % 9}"
        )
    return whoosh


def test_every_hit_in_the_order_of_the_search(shelf, client, monkeypatch):
    monkeypatch.setattr("search.table.CHUNK", 7)
    for sort in ("relevance", "newest", "oldest"):
        rows = sheet(client.get("/search.csv", {"q": "有事好商量", "sort": sort, "page": 2}))
        pages = [
            client.get("/search.json", {"q": "有事好商量", "sort": sort, "page": n}).json() for n in (1, 2)
        ]
        assert [row["文章编号"] for row in rows] == [hit["id"] for page in pages for hit in page["hits"]]
        assert len(rows) == 30


def test_a_row_says_what_the_page_says_without_markup(shelf, client):
    (row,) = sheet(client.get("/search.csv", {"q": "会客厅7"}))
    assert row["标题"] == "第7篇“有事好商量”" and row["日期"] == "2012-01-08" and row["体裁"] == "消息"
    assert row["摘录"] == "会客厅7"
    assert client.get(row["永久地址"].removeprefix("http://testserver")).status_code == 200


def test_nothing_found_is_a_table_without_rows(shelf, client):
    assert sheet(client.get("/search.csv", {"q": "没有的词儿"})) == []


def test_the_page_links_it_and_says_the_bound(shelf, client):
    page = client.get("/search/", {"q": "会客厅", "page": 2}).content.decode()
    assert 'href="/search.csv?q=%E4%BC%9A%E5%AE%A2%E5%8E%85"' in page and "最多 10,000 行" in page


def test_a_broken_index_is_no_empty_table(shelf, client):
    (shelf.folder / "CURRENT").unlink()
    response = client.get("/search.csv", {"q": "会客厅"})
    assert response.status_code == 503 and "python manage.py reindex" in response.content.decode()


def test_every_form_of_every_hit(shelf, client):
    query = {"q": "有事好商量", "sort": "oldest"}
    ids = [row["文章编号"] for row in sheet(client.get("/search.csv", query))]
    records = rispy.loads(read(client.get("/search.ris", query)))
    assert [record["id"] for record in records] == ids and len(ids) == 30
    assert [item["id"] for item in json.loads(read(client.get("/search.csl.json", query)))] == ids
    assert read(client.get("/search.txt", query)).startswith("[1] 第0篇“有事好商量”[Z]. 2010-01-01.\n[2] ")
    assert read(client.get("/search.bib", query)).count("@misc{cppcc-") == 30
    assert [row["article_id"] for row in json.loads(read(client.get("/search.table.json", query)))] == ids
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get("/search.xlsx", query).streaming_content)))
    assert [cell.value for cell in book.active["A"]][1:] == ids and book.active["F2"].is_date


def test_a_search_can_be_followed(shelf, client):
    page = client.get("/search/", {"q": "会客厅7"}).content.decode()
    assert 'type="application/atom+xml" title="Atom 订阅" href="/search.atom?q=' in page
    feed = feedparser.parse(client.get("/search.atom", {"q": "会客厅7"}).content)
    assert not feed.bozo and [entry.title for entry in feed.entries] == ["第7篇“有事好商量”"]
    assert "会客厅7" in feed.feed.title and "/search/?q=" in feed.feed.link
    assert feedparser.parse(client.get("/search.atom", {"q": "没有的词儿"}).content).entries == []


def test_a_briefing_on_the_first_hits(shelf, client):
    answer = client.get("/search.docx", {"q": "会客厅7", "year": "2012"})
    assert answer.status_code == 302 and answer["Location"].startswith("/basket.docx?ids=")
    document = docx.Document(io.BytesIO(b"".join(client.get(answer["Location"]).streaming_content)))
    said = document.paragraphs[1].text
    assert "会客厅7" in said and "年份：2012" in said
    assert document.tables[0].rows[1].cells[2].text == "会客厅7"


@pytest.mark.parametrize("ending", ["xlsx", "ris", "txt", "atom", "docx"])
def test_a_broken_index_is_no_empty_file(shelf, client, ending):
    (shelf.folder / "CURRENT").unlink()
    assert client.get(f"/search.{ending}", {"q": "会客厅"}).status_code == 503
