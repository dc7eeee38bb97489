import re

import pytest

from articles.models import Issue, Page, Publication, Region, Source, Theme


@pytest.fixture
def shelf(whoosh, make_article):
    """Thirty articles in two regions and a publication."""
    city, other = (Region.objects.one_a_code().get(code=code) for code in ("510100", "360000"))
    theme = Theme.objects.get(name="协商议政")
    issue = Issue.objects.create(publication=Publication.objects.create(name="测试政协报"), date="2024-07-16")
    source = Source.objects.create(name="a.txt", sha256="0" * 64, content=b"", size=0)
    page = Page.objects.create(source=source, issue=issue, text="版面")
    for n in range(30):
        article = make_article(
            f"第{n}篇“有事好商量”", f"会客厅{n}\n正文<b>", region=city if n < 20 else other, level="地市级",
            date=f"20{10 + n // 3}-01-0{1 + n % 9}", page=page if n == 0 else None,
        )  # fmt: skip
        if n % 2:
            article.themes.add(theme)
    return whoosh


def test_the_page_says_how_many_and_what_was_understood(shelf, client):
    page = client.get("/search/", {"q": '"有事好商量" -会客厅7'}).content.decode()
    assert re.search(r"共 <strong[^>]*>29</strong> 篇：含 “有事好商量”，且不含 会客厅7", page)
    assert page.count('class="hit"') == 20
    assert "“<mark>有事好商量</mark>”" in page
    assert "<b>" not in page.replace("&lt;b&gt;", "")


def test_in_english(shelf, client):
    page = client.get(
        "/search/", {"q": "会客厅"}, headers={"accept-language": "en"}, cookies={"django_language": "en"}
    )
    client.cookies["django_language"] = "en"
    page = client.get("/search/", {"q": "会客厅"}).content.decode()
    assert "articles found: articles that contain 会客厅" in page


def test_pages_follow_each_other(shelf, client):
    def titles(number):
        data = client.get("/search.json", {"sort": "newest", "page": number}).json()
        return [hit["title"] for hit in data["hits"]]

    assert len(titles(1)) == 20 and len(titles(2)) == 10
    assert not set(titles(1)) & set(titles(2))
    assert titles(99) == titles(2)
    assert titles("x") == titles("-1") == titles(1)
    page = client.get("/search/", {"sort": "newest", "page": 2}).content.decode()
    assert 'start="21"' in page and "21–30" in page
    assert 'href="?sort=newest"' in page


def test_facets_narrow_and_can_be_removed(shelf, client):
    page = client.get("/search/", {"q": "会客厅"}).content.decode()
    assert "四川省" in page and "江西省" in page and "测试政协报" in page
    narrowed = client.get(
        "/search/", {"q": "会客厅", "region": "510000", "theme": "consultation"}
    ).content.decode()
    assert re.search(r"共 <strong[^>]*>10</strong> 篇", narrowed)
    assert "地区：四川省" in narrowed and "主题：协商议政" in narrowed
    assert "成都市" in narrowed
    assert 'href="?q=%E4%BC%9A%E5%AE%A2%E5%8E%85&amp;theme=consultation"' in narrowed


def test_a_choice_without_hits_stays_in_sight_by_its_name(shelf, client):
    page = client.get("/search/", {"q": "会客厅7", "region": "360000"}).content.decode()
    assert re.search(r"共 <strong[^>]*>0</strong> 篇", page)
    assert "地区：江西省" in page
    assert "不限地区、年份等条件" in page


def test_as_json(shelf, client):
    data = client.get("/search.json", {"q": "会客厅7", "region": "510100"}).json()
    assert data["query"] == "会客厅7"
    assert data["read_as"] == "含 会客厅7"
    assert data["total"] == 1 and data["page"] == data["pages"] == 1
    (hit,) = data["hits"]
    assert hit["title"] == "第7篇“有事好商量”"
    assert hit["url"] == f"/a/{hit['id']}/"
    assert "<mark>" in hit["snippet"]
    assert {"value": "consultation", "label": "协商议政", "count": 1} in data["facets"]["theme"]
    assert data["filters"] == {"region": ["510100"]}


def test_nothing_found_says_what_to_do(shelf, client):
    response = client.get("/search/", {"q": "没有的词儿"})
    assert response.status_code == 200
    page = response.content.decode()
    assert "没有找到符合的文章" in page
    assert "浏览全部文章" in page


def test_a_broken_index_looks_different(shelf, client):
    (shelf.folder / "CURRENT").unlink()
    response = client.get("/search/", {"q": "会客厅"})
    assert response.status_code == 503
    page = response.content.decode()
    assert "搜索暂时不能用" in page and "python manage.py reindex" in page
    assert "索引正在自动重建" in page
    assert "没有找到" not in page
    response = client.get("/search.json", {"q": "会客厅"})
    assert response.status_code == 503
    assert response.json()["remedy"] == "python manage.py reindex"


def test_a_full_disk_leaves_what_is_indexed_searchable(shelf, client, monkeypatch):
    client.get("/search/", {"q": "会客厅"})
    Theme.objects.filter(name="协商议政").update(name="新名")

    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("search.engines.whoosh.Writer.commit", full)
    response = client.get("/search.json", {"q": "会客厅"})
    assert response.status_code == 200
    assert response.json()["total"] == 30


def test_the_query_is_shown_as_text(shelf, client):
    page = client.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("q", ["\x00", "(" * 2000, "%s %(x)s", "\u202e", "a" * 5000, "题:", '"', "年:99999"])
def test_no_query_is_an_error(shelf, client, q):
    assert client.get("/search/", {"q": q}).status_code == 200


def test_strange_parameters_are_no_error(shelf, client):
    response = client.get("/search/?region=x&region=&sort=up&page=999999999999999999999&year=abc&unknown=1")
    assert response.status_code == 200


def test_a_search_costs_few_queries_when_nothing_is_pending(shelf, client, django_assert_max_num_queries):
    client.get("/search/", {"q": "会客厅"})
    # The feed, the version of the corpus (2) and the catalogue: one statement, and the reading of what a test does not commit.
    with django_assert_max_num_queries(7):
        client.get("/search/", {"q": "有事"})
