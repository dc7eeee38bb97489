"""Lists to take away: the whole selection, safe to open in a spreadsheet."""

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client

from articles import csvfile
from articles.models import Article
from articles.views import paging
from tests.support.shelf import Shelf, fill

LISTS = (
    *("articles", "metrics", "mechanisms", "regions", "themes", "issues"),
    *("regions/510000", "themes/consultation"),
)


def sheet(client: Client, address: str, **query: str | int) -> list[dict[str, str]]:
    response = client.get(address, query)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert "\r\n" in text and not text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_a_csv_twin(shelf: Shelf, client: Client, name: str) -> None:
    rows = sheet(client, f"/{name}.csv")
    assert rows and all(None not in row and None not in row.values() for row in rows)
    for row in rows:
        path = row["永久地址"].removeprefix("http://testserver").split("#")[0]
        assert client.get(path).status_code == 200
    page = client.get(f"/{name}/").content.decode()
    assert f'href="/{name}.csv"' in page and "最多 10,000 行" in page


@pytest.mark.django_db
def test_details_that_list_articles_have_one_too(shelf: Shelf, client: Client) -> None:
    issue = shelf.chengdu.page.issue.get_absolute_url().removesuffix("/")
    author = shelf.chengdu.bylines.get().author.get_absolute_url().removesuffix("/")
    mechanism = shelf.chengdu.mentions.get().mechanism.get_absolute_url().removesuffix("/")
    for address in (issue, author, mechanism):
        assert len(sheet(client, f"{address}.csv")) == 4
    (row,) = sheet(client, f"{shelf.chengdu.get_absolute_url().removesuffix('/')}.csv")
    assert row["文章编号"] == shelf.chengdu.public_id


@pytest.mark.django_db
def test_the_whole_selection_whatever_the_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(copies=12)
    monkeypatch.setattr(csvfile, "CHUNK", 5)
    assert len(sheet(client, "/articles.csv", page=2, page_size=10)) == 28
    assert len({row["文章编号"] for row in sheet(client, "/articles.csv", page="x")}) == 28
    narrowed = sheet(client, "/articles.csv", publication="联谊报", sort="oldest")
    answer = client.get(
        "/articles.json", {"publication": "联谊报", "sort": "oldest", "page_size": 100}
    ).json()
    assert [row["文章编号"] for row in narrowed] == [row["id"] for row in answer["results"]]
    page = client.get("/articles/", {"publication": "联谊报", "page": 2}).content.decode()
    assert 'href="/articles.csv?publication=%E8%81%94%E8%B0%8A%E6%8A%A5"' in page
    assert len(sheet(client, "/metrics.csv", page_size=3)) == client.get("/metrics.json").json()["total"]
    assert paging.SIZE_MAX < 28 * 4


@pytest.mark.django_db
def test_a_metric_brings_its_evidence(shelf: Shelf, client: Client) -> None:
    shelf.sha.metrics.update(value=5, unit="件", kind="plan")
    (row,) = sheet(client, "/metrics.csv", unit="件")
    assert (row["指标"], row["数值"], row["类别"]) == ("走访", "5", "计划")
    metric = shelf.sha.metrics.get()
    assert row["原文词句"] == metric.quote and row["所在句子"] == "全年走访300余次，成效明显。"
    assert row["永久地址"] == f"http://testserver{shelf.sha.get_absolute_url()}#n{metric.pk}"
    assert (row["地区代码"], row["标题"]) == ("350405", "沙县的实践")


@pytest.mark.django_db
def test_columns_and_labels_are_in_the_readers_language(shelf: Shelf, client: Client) -> None:
    client.cookies["django_language"] = "en"
    rows = sheet(client, "/articles.csv")
    assert {"headline", "permanent address", "region code"} <= rows[0].keys()
    assert rows[0]["genre"] == "signed article"


@pytest.mark.django_db
def test_no_cell_is_a_formula(shelf: Shelf, client: Client) -> None:
    Article.objects.filter(pk=shelf.sha.pk).update(title='=HYPERLINK("x")', kicker="@甲", subtitle="-1+1")
    (row,) = sheet(client, "/articles.csv", region="350405")
    assert (row["标题"], row["引题"], row["副题"]) == ('\'=HYPERLINK("x")', "'@甲", "'-1+1")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"])
def test_text_that_would_be_calculated_is_held_back(text: str) -> None:
    assert csvfile.text_of(text) == f"'{text}"
    assert csvfile.text_of([text, "b"]) == f"'{text}; b"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (-5, "-5"),
        (Decimal("-120000000.500000"), "-120000000.5"),
        (Decimal("1200.000000"), "1200"),
        (0.5, "0.5"),
        ("甲=乙", "甲=乙"),
        (["甲", "乙"], "甲; 乙"),
    ],
)
def test_cells(value: object, cell: str) -> None:
    assert csvfile.text_of(value) == cell


def test_a_file_ends_at_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvfile, "MOST", 7)
    monkeypatch.setattr(csvfile, "CHUNK", 3)
    endless = csvfile.Table("a", (csvfile.Column("n", lambda n: n),), iter(int, 1))
    pieces = list(csvfile.lines(endless))
    assert len(pieces) == 4 and "".join(pieces).count("\r\n") == 8
