"""The list of metrics, what they count, and one figure compared."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from articles.models import Article, Metric
from articles.templatetags.figures import measured
from articles.views.metric_filters import Wanted
from tests.articles.views.test_csv import sheet
from tests.support.told import Said, count, tell

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10


@pytest.fixture
def told(db: None) -> dict[str, Article]:
    """Four articles on 议事厅 and 办复率; 沙县区 lies in 三明市."""
    return {
        "成都": tell(
            "成都经验",
            count("全市建成“议事厅”120个。", "建成“议事厅”120个", 120, "个", "“议事厅”"),
            count("提案办复率95.4%。", "办复率95.4%", 95.4, "%", "提案办复率"),
            region="510100", day="2024-03-01",
        ),
        "三明": tell(
            "三明经验",
            count("全市建成议事厅80余个。", "建成议事厅80余个", 80, "个", "议事厅", qualifier="余"),
            region="350400", day="2023-06-01",
        ),
        "沙县": tell(
            "沙县经验",
            count("计划建成议事厅30个。", "建成议事厅30个", 30, "个", "议事厅", kind="plan"),
            count("办复率98%。", "办复率98%", 98, "%", "办复率"),
            region="350405", day="2023-09-01", level="区县级",
        ),
        "三明又": tell(
            "三明新篇",
            count("全市建成议事厅100至110个。", "建成议事厅100至110个", 100, "个", "议事厅", most=110),
            region="350400", day="2024-06-01",
        ),
    }  # fmt: skip


def values(client: Client, **query: Any) -> list[float]:
    return [row["value"] for row in client.get("/metrics.json", query).json()["results"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [100, 120, 95.4, 30, 98, 80]),
        ({"region": "350000"}, [100, 30, 98, 80]),
        ({"region": "350405"}, [30, 98]),
        ({"level": "区县级"}, [30, 98]),
        ({"year": "2023"}, [30, 98, 80]),
        ({"unit": "个", "least": "90"}, [100, 120]),
        ({"unit": "个", "least": "105"}, [100, 120]),  # 100至110 reaches it
        ({"unit": "个", "most": "90", "kind": "result"}, [80]),
        ({"least": "1,00", "most": "a lot"}, [100, 120]),
        ({"kind": "plan"}, [30]),
        ({"q": "办复"}, [95.4, 98]),
        ({"subject": "“议事厅”", "kind": "result"}, [100, 120, 80]),
        ({"theme": "no-such"}, []),
        ({"region": "\0", "year": "%", "least": "NaN"}, []),
        ({"sort": "oldest"}, [80, 30, 98, 120, 95.4, 100]),
        ({"sort": "largest"}, [120, 100, 98, 95.4, 80, 30]),
        ({"sort": "smallest", "unit": "个"}, [30, 80, 100, 120]),
        ({"sort": "place", "unit": "个"}, [100, 80, 30, 120]),
        ({"sort": "pinyin", "unit": "个"}, [120, 100, 80, 30]),
        ({"sort": "subject"}, [98, 95.4, 80, 100, 120, 30]),
    ],
)
def test_what_narrows_and_orders(
    told: dict[str, Article], client: Client, query: dict[str, str], found: list[float]
) -> None:
    if query.get("sort") == "subject":  # how subjects are ordered is the database's affair
        assert sorted(values(client, **query)) == sorted(found)
    else:
        assert values(client, **query) == found


def test_a_row_says_everything(told: dict[str, Article], client: Client) -> None:
    page = client.get("/metrics/", {"subject": "议事厅", "kind": "plan"}).content.decode()
    page = page.replace('<span class="unit">', "")
    metric = told["沙县"].metrics.get(kind="plan")
    address = f"{told['沙县'].get_absolute_url()}#s={metric.start}-{metric.end}"
    for said in ("30 个", "计划", "沙县区", "区县级", "2023-09-01", "沙县经验", address):
        assert said in page, said
    (row,) = client.get("/metrics.json", {"subject": "议事厅", "kind": "plan"}).json()["results"]
    assert row["evidence"] == address and row["date"] == "2023-09-01" and row["level"] == "区县级"
    assert client.get(row["figure"]).status_code == 200


@pytest.mark.parametrize(
    ("qualifier", "said"),
    [
        ("", "1,600 人次"),
        ("余", "1,600 余人次"),
        ("多", "1,600 多人次"),
        ("以上", "1,600 人次以上"),
        ("约", "约1,600 人次"),
        ("至少", "至少1,600 人次"),
    ],
)
def test_what_qualifies_a_number_stands_where_chinese_puts_it(qualifier: str, said: str) -> None:
    metric = Metric(value=Decimal("1600.000000"), unit="人次", qualifier=qualifier)
    assert strip_tags(measured(metric)) == said
    assert strip_tags(measured(Metric(value=85, value_max=90, unit="件", of=100))) == "85–90 件 / 100"


def test_a_correction_takes_a_metric_away(told: dict[str, Article], client: Client) -> None:
    told["沙县"].metrics.update(origin="rejected")
    assert len(values(client)) == 4
    Article.objects.filter(pk=told["成都"].pk).update(state="withdrawn")
    assert len(values(client)) == 2


def test_what_is_counted_is_grouped_by_definition(told: dict[str, Article], client: Client) -> None:
    rows = {(r["subject"], r["kind"]): r for r in client.get("/metrics/figures.json").json()["results"]}
    halls = rows["议事厅", "result"]
    assert (halls["values"], halls["articles"], halls["places"]) == (3, 3, 2)
    assert (halls["smallest"], halls["median"], halls["largest"]) == (80, 100, 120)
    assert set(halls["printed"]) == {"议事厅", "“议事厅”"}
    assert {"提案办复率", "办复率"} <= {subject for subject, _kind in rows}
    assert rows["议事厅", "plan"]["values"] == 1
    page = client.get("/metrics/figures/").content.decode()
    assert "数值不相加" in page and "共 4 项" in page
    assert client.get("/metrics/figures.json", {"region": "510000"}).json()["total"] == 2
    fujian = client.get("/metrics/figures.json", {"region": "350000", "subject": "议事厅", "kind": "result"})
    assert fujian.json()["results"][0]["largest"] == 110  # as far as a range reaches


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("count", ["议事厅 result", "办复率 result", "提案办复率 result", "议事厅 plan"]),
        ("pinyin", ["办复率 result", "提案办复率 result", "议事厅 result", "议事厅 plan"]),
        ("places", ["议事厅 result", "办复率 result", "提案办复率 result", "议事厅 plan"]),
        ("newest", ["议事厅 result", "提案办复率 result", "办复率 result", "议事厅 plan"]),
        ("nonsense", ["议事厅 result", "办复率 result", "提案办复率 result", "议事厅 plan"]),
    ],
)
def test_what_is_counted_has_several_orders(
    told: dict[str, Article], client: Client, sort: str, first: list[str]
) -> None:
    data = client.get("/metrics/figures.json", {"sort": sort, "page_size": 3}).json()
    rest = client.get(data["next"]).json()
    assert data["sort"] == rest["sort"] == (sort if sort != "nonsense" else "count")
    found = [f"{row['subject']} {row['kind']}" for row in (*data["results"], *rest["results"])]
    assert found == first


def test_a_figure_compares_all_its_values(told: dict[str, Article], client: Client) -> None:
    answer = client.get("/metrics/figure/", {"subject": "议事厅", "unit": "个"})
    page = answer.content.decode()
    assert [m.value for m, _sentence in answer.context["table"]] == [120, 100, 80]
    assert answer.context["compares_places"] and answer.context["compares_years"]
    assert "计划 (1)" in page and "各数值不相加" in page and "100–110" in page and "余" in page
    assert 'data-most="110"' in page and ">三明市</a>" in page and "echarts" in page
    plan = client.get("/metrics/figure/", {"subject": "议事厅", "unit": "个", "kind": "plan"})
    assert [m.value for m, _s in plan.context["table"]] == [30]
    assert "echarts" not in plan.content.decode()  # nothing to compare
    data = client.get(
        "/metrics/figure.json", {"subject": "“议事厅”", "unit": "个", "region": "350000"}
    ).json()
    assert data["figure"]["values"] == 2 and data["figure"]["kinds"] == {"result": 3, "plan": 1}
    assert [row["value"] for row in data["results"]] == [100, 80]


def test_a_figure_is_summed_up_alike_wherever_it_is(told: dict[str, Article], client: Client) -> None:
    """In the list and, by the articles that its values stand in, on its own page: parts, drafts and rejected ones too."""
    Article.objects.filter(pk=told["三明又"].pk).update(continued_from=told["成都"], part=2)
    told["沙县"].metrics.update(origin="rejected")
    again = tell("草稿", count("建成议事厅7个。", "建成议事厅7个", 7, "个", "议事厅"), region="110101")
    Article.objects.filter(pk=again.pk).update(state="draft")
    (listed,) = (
        row for row in client.get("/metrics/figures.json").json()["results"] if row["subject"] == "议事厅"
    )
    alone = client.get("/metrics/figure.json", {"subject": "议事厅", "unit": "个"}).json()["figure"]
    assert alone.pop("kinds") == {"result": 3}
    assert alone == {name: listed[name] for name in alone}
    assert (alone["values"], alone["articles"], alone["places"]) == (3, 2, 2)


def test_a_figure_that_is_not_there(told: dict[str, Article], client: Client) -> None:
    for query in (
        {},
        {"subject": "议事厅"},
        {"subject": "议事厅", "unit": "吨"},
        {"subject": "\0", "unit": "个"},
    ):
        assert client.get("/metrics/figure/", query).status_code == 404
    nowhere = client.get("/metrics/figure/", {"subject": "议事厅", "unit": "个", "region": "540000"})
    assert nowhere.status_code == 200 and "取消全部条件" in nowhere.content.decode()


def test_each_has_its_twins(told: dict[str, Article], client: Client) -> None:
    assert len(sheet(client, "/metrics.csv", sort="largest", unit="个")) == 4
    assert len(sheet(client, "/metrics/figures.csv")) == 4
    rows = sheet(client, "/metrics/figure.csv", subject="议事厅", unit="个")
    assert [row["数值"] for row in rows] == ["120", "100", "80"]
    assert sheet(client, "/metrics/contradictions.csv") == []
    assert client.get("/metrics/contradictions.json").json()["total"] == 0


@pytest.mark.parametrize(
    "address",
    [
        "/metrics/",
        "/metrics/?region=350405&year=2023&level=区县级&sort=pinyin",
        "/metrics/figures/?region=350000",
        "/metrics/figure/?subject=议事厅&unit=个",
        "/metrics/contradictions/",
    ],
)
def test_the_database_is_asked_little(client: Client, told: dict[str, Article], address: str) -> None:
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for n in range(12):
        said = Said(f"又建成议事厅{n + 50}个。", ((f"建成议事厅{n + 50}个", n + 50, "个", "议事厅"),))
        tell(f"第{n}篇", said, region=("110101", "310101", "350400")[n % 3], day=f"20{n + 10}-01-01")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    # nothing is remembered inside a test's transaction: this is what a cold page costs
    assert len(many) <= len(few) + 2 and len(many) <= MOST_QUERIES + 8, [q["sql"][:90] for q in many]


@pytest.mark.parametrize(
    "narrowed", ["", "region=350400", "region=350000&year=2023", "level=区县级", "q=议事厅"]
)
def test_the_catalogue_knows_how_many_there_are(told: dict[str, Article], narrowed: str) -> None:
    told["三明又"].metrics.update(origin="rejected")
    wanted = Wanted.read(QueryDict(narrowed))
    assert wanted.total() == wanted.among().count() > 0


@pytest.mark.parametrize("sort", ["newest", "place", "oldest", "largest"])
@pytest.mark.parametrize("narrowed", ["", "&region=350000", "&q=议事厅"])
def test_the_first_ones_are_those_of_the_whole_order(
    told: dict[str, Article], sort: str, narrowed: str
) -> None:
    for n, region in enumerate(("350405", "510100", "350400")):
        tell(
            f"第{n}篇",
            count("建成议事厅5个。", "建成议事厅5个", 5, "个", "议事厅"),
            region=region,
            day="2023-06-01",
        )
    # Parts stand where they were printed, which the day and the place of the whole article do not say.
    Article.objects.filter(pk=told["沙县"].pk).update(continued_from=told["三明又"], part=2)
    Article.objects.filter(pk=told["成都"].pk).update(continued_from=told["三明"], part=2)
    wanted = Wanted.read(QueryDict(f"sort={sort}{narrowed}"))
    whole = wanted.rows().keys()
    assert whole
    for start in range(0, len(whole), 2):
        assert wanted.keys(start, start + 2) == whole[start : start + 2]
