"""Contradictions as readers meet them: on made-up articles, and on the pages that the archive began with."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.remembered import State
from articles.views import contradicting
from tests.articles.views.test_csv import sheet
from tests.support.told import Said, count, tell

pytestmark = pytest.mark.django_db
STATION, ROOM = "委员联络站", "委员之家"


@pytest.fixture
def swapped(db: None) -> tuple[Article, Article]:
    first = Said(
        "目前，全市委员联络站42个，委员之家211个。",
        (("委员联络站42个", 42, "个", STATION), ("委员之家211个", 211, "个", ROOM)),
    )
    second = Said(
        "两级政协已建成委员联络站211个、委员之家42个。",
        (("建成委员联络站211个", 211, "个", STATION), ("委员之家42个", 42, "个", ROOM)),
    )
    return tell("甲文", first), tell("乙文", second, day="2024-05-12")


def test_exchanged_numbers_stand_side_by_side(swapped: tuple[Article, Article], client: Client) -> None:
    answer = client.get("/metrics/contradictions.json").json()
    (found,) = answer["results"]
    assert found["kind"] == "swapped" and found["certainty"] > 0.9
    figures = {(f["subject"], f["value"]) for f in found["figures"]}
    assert figures == {(STATION, 42), (STATION, 211), (ROOM, 42), (ROOM, 211)}
    page = client.get("/metrics/contradictions/").content.decode()
    assert "两数互换" in page and "很可能有一处有误" in page
    assert "全市<b>委员联络站42个</b>，<b>委员之家211个</b>。" in page
    assert "已<b>建成委员联络站211个</b>、<b>委员之家42个</b>。" in page
    for article in swapped:
        metric = article.metrics.first()
        assert metric and f"{article.get_absolute_url()}#s={metric.start}-{metric.end}" in page


def test_the_article_says_so_beside_the_number(swapped: tuple[Article, Article], client: Client) -> None:
    tell("丙文", count("全县建成委员联络站9个。", "建成委员联络站9个", 9, "个", STATION), region="230321")
    metric = swapped[0].metrics.first()
    assert metric
    page = client.get(swapped[0].get_absolute_url()).content.decode()
    assert f"/metrics/contradictions/?metric={metric.pk}" in page and "别处两数互换" in page
    assert client.get("/metrics/contradictions.json", {"metric": metric.pk}).json()["total"] == 1
    assert "contradicted" in client.get("/metrics/", {"q": STATION}).content.decode()
    other = Article.objects.get(title="丙文")
    assert "contradicted" not in client.get(other.get_absolute_url()).content.decode()


def test_an_article_pays_for_its_metrics_together(swapped: tuple[Article, Article], client: Client) -> None:
    one = tell("一数", count("全市建成驿站17个。", "建成驿站17个", 17, "个", "驿站"))
    many = tell(
        "多数",
        *(count(f"建成第{n}种驿站{n}个。", f"驿站{n}个", n, "个", f"第{n}种驿站") for n in range(20, 40)),
    )
    asked = []
    for article in (one, many):
        with CaptureQueriesContext(connection) as queries:
            client.get(article.get_absolute_url())
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_what_narrows(swapped: tuple[Article, Article], client: Client) -> None:
    for query, total in (
        ({"kind": "swapped"}, 1), ({"kind": "differ"}, 0), ({"region": "230000"}, 1), ({"region": "510000"}, 0),
        ({"metric": "0"}, 0), ({"metric": "x"}, 0),
    ):  # fmt: skip
        assert client.get("/metrics/contradictions.json", query).json()["total"] == total, query
    assert "没有符合这些条件的矛盾" in client.get("/metrics/contradictions/?kind=differ").content.decode()
    rows = sheet(client, "/metrics/contradictions.csv")
    assert len(rows) == 4 and {row["数值"] for row in rows} == {"42", "211"}


def test_what_is_withdrawn_or_rejected_contradicts_nobody(
    swapped: tuple[Article, Article], client: Client
) -> None:
    swapped[1].metrics.filter(subject=ROOM).update(origin="rejected")
    (left,) = client.get("/metrics/contradictions.json").json()["results"]
    assert left["kind"] == "differ" and left["subjects"] == [STATION]
    Article.objects.filter(pk=swapped[1].pk).update(state="withdrawn")
    assert client.get("/metrics/contradictions.json").json()["total"] == 0
    assert "没有发现互相矛盾的数字" in client.get("/metrics/contradictions/").content.decode()


def test_towns_years_and_parts_are_left_alone(client: Client, db: None) -> None:
    tell("全市", count("目前，全市建成委员联络站211个。", "建成委员联络站211个", 211, "个", STATION))
    tell("某镇", count("城关镇建成委员联络站4个。", "建成委员联络站4个", 4, "个", STATION))
    tell("某县", count("鸡东县建成委员联络站12个。", "建成委员联络站12个", 12, "个", STATION))
    tell(
        "早年",
        count("目前，全市建成委员联络站60个。", "建成委员联络站60个", 60, "个", STATION),
        day="2021-01-01",
    )
    tell("去年", count("2022年，全市建成委员联络站90个。", "建成委员联络站90个", 90, "个", STATION))
    tell("其中", count("其中，市直界别委员联络站30个。", "委员联络站30个", 30, "个", STATION))
    assert client.get("/metrics/contradictions.json").json()["total"] == 0
    tell("误记", count("目前，全市建成委员联络站112个。", "建成委员联络站112个", 112, "个", STATION))
    (found,) = client.get("/metrics/contradictions.json").json()["results"]
    assert [f["value"] for f in found["figures"]] == [211, 112]


def test_a_large_archive_is_compared_beside(
    swapped: tuple[Article, Article], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contradicting, "AT_ONCE", 0)
    monkeypatch.setattr(contradicting, "beside", beside := contradicting._Beside())
    found = contradicting._everywhere()
    # The thread sees no open transaction.
    monkeypatch.setattr(contradicting, "_everywhere", lambda rest: found)
    assert "正在首次比对" in client.get("/metrics/contradictions/").content.decode()
    assert beside.thread
    beside.thread.join(30)
    assert client.get("/metrics/contradictions.json").json()["total"] == 1
    stale = State((*State.now().number, 1), quiet=True)
    compared = beside.ask(stale)
    assert compared and not compared.current and len(compared.found) == 1
    beside.thread.join(30)


def test_the_first_pages_hold_one_that_nobody_told_of(root: Path, client: Client, db: None) -> None:
    call_command("ingest", str(root / "fixtures" / "pages" / "seeds"), publish=True, verbosity=0)
    (found,) = client.get("/metrics/contradictions.json").json()["results"]
    assert found["kind"] == "swapped" and found["region"]["code"] == "230300"
    assert {f["article"] for f in found["figures"]} == set(
        Article.objects.filter(text__contains="委员工作室19个").values_list("public_id", flat=True)
    ) | set(Article.objects.filter(text__contains="委员工作站19个").values_list("public_id", flat=True))
