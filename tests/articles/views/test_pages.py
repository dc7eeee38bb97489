"""Each page of the reading site: what it shows, to whom, and at what cost."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve

import articles.urls
import search.urls
from articles.models import Article, Author, Issue, Mechanism, Region, State
from tests.support.pages import PAGES
from tests.support.shelf import Shelf, fill

QUERIES = 24  # no page may need more, however much it lists


def text(response) -> str:  # type: ignore[no-untyped-def]
    return response.content.decode()


def addresses() -> list[str]:
    article = Article.objects.published().exclude(title="").first()
    assert article is not None
    return [
        "/", "/articles/", article.get_absolute_url(), "/regions/", "/regions/510000/", "/regions/510100/",
        "/themes/", "/themes/consultation/", "/mechanisms/", Mechanism.objects.get().get_absolute_url(),
        Author.objects.get().get_absolute_url(), "/issues/", Issue.objects.first().get_absolute_url(),
        "/metrics/",
    ]  # fmt: skip


def test_every_view_with_a_page_is_among_the_page_types(shelf: Shelf) -> None:
    """So that what visits every type of page (widths, contrasts, links to nowhere) visits new ones, too."""
    visited = {resolve(urlsplit(kind.address(shelf)).path).url_name for kind in PAGES if kind.status == 200}
    views = {
        p.name for p in (*articles.urls.urlpatterns, *search.urls.urlpatterns) if str(p.pattern).endswith("/")
    }
    assert views - visited == {
        "preferences",
        "passages",
        "preview",
    }  # with no page of their own, or none for readers


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages_without_drafts(
    shelf: Shelf, client: Client, language: str
) -> None:
    client.cookies["django_language"] = language
    for address in addresses():
        response = client.get(address)
        assert response.status_code == 200, address
        page = text(response)
        assert "未发布的文章" not in page, address
        assert page.count("<h1") == 1, address
        assert f'<html lang="{"en" if language == "en" else "zh-Hans"}"' in page


def test_lists_need_no_query_a_row(db: None, client: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    fill(copies=12)
    for address in addresses():
        with django_assert_max_num_queries(QUERIES):
            client.get(address)


def test_an_empty_archive_says_what_to_do(db: None, client: Client) -> None:
    page = text(client.get("/"))
    assert "文库里还没有已发布的文章" in page
    for address in ("/articles/", "/regions/", "/mechanisms/", "/issues/", "/metrics/"):
        assert "这里还没有已发布的文章" in text(client.get(address)), address


def test_the_front_page_counts_exactly(shelf: Shelf, client: Client) -> None:
    page = text(client.get("/"))
    assert "已发布文章 <b>4</b> 篇，来自 <b>1</b> 期报刊，涉及 <b>2</b> 个省级行政区" in page
    assert 'aria-label="四川省：3 篇"' in page and 'aria-label="福建省：1 篇"' in page
    assert page.count('<li class="row-') == 34


def test_an_article_shows_its_record(shelf: Shelf, client: Client) -> None:
    page = text(client.get(shelf.chengdu.get_absolute_url()))
    assert "<h1>加强协商平台建设</h1>" in page
    assert "（成都市政协主席）" in page
    assert re.search(r'四川省</a> › <a href="/regions/510100/">成都市</a>', page)
    assert "四川省德阳市" in page  # the further region
    assert "第 9137 期" in page and "第 3 版" in page
    metric = shelf.chengdu.metrics.get()
    span = f"s={metric.start}-{metric.end}"
    assert f'全年<a class="where" href="#{span}">走访300余次</a>，成效明显。' in page
    assert (
        f'<span class="ev" id="{span}" title="指标：走访 300 次" data-entries="n{metric.pk}">走访300余次</span>'
        in page
    )
    assert "张三. 加强协商平台建设[N]. 人民政协报，2024-07-16（3）." in page
    assert "本期下一篇" in page and "本期上一篇" not in page


def test_an_article_without_a_headline_says_so(shelf: Shelf, client: Client) -> None:
    page = text(client.get(shelf.untitled.get_absolute_url()))
    assert "原版面上没有这篇文章的标题" in page
    assert "“第1篇甲：用好“有事来协商”平台……”" in page
    assert "no headline" in page  # the parser's warning


def test_pages_of_an_issue_stand_in_order(shelf: Shelf, client: Client) -> None:
    issue = Issue.objects.get()
    page = text(client.get(issue.get_absolute_url()))
    places = [
        page.index(words) for words in ("第 3 版", "加强协商平台建设", "第 10 版", "沙县的实践", "又一篇")
    ]
    assert places == sorted(places)
    assert "本期上一篇" in text(client.get(shelf.sha.get_absolute_url()))


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_what_is_not_published_cannot_be_read(shelf: Shelf, client: Client, state: str) -> None:
    Article.objects.filter(pk=shelf.chengdu.pk).update(state=state)
    for article, status in ((shelf.chengdu, 410), (shelf.draft, 404)):  # one was public once, one never was
        for address in (article.get_absolute_url(), f"/a/{article.public_id}.json"):
            response = client.get(address)
            assert response.status_code == status
            assert article.title not in text(response)
    assert "加强协商平台建设" not in text(client.get("/articles/"))
    assert "没有这一页" in text(client.get(shelf.draft.get_absolute_url()))


def test_an_old_code_leads_to_todays_region(shelf: Shelf, client: Client) -> None:
    page = text(client.get("/regions/350427/"))
    assert "该代码已停用" in page and "/regions/350405/" in page
    assert (
        "1 篇" in page and "按日期由近到远" not in page
    )  # what is there now, and no list that must be empty
    page = text(client.get("/regions/350405/"))
    assert "原沙县（350427）" in page and "沙县的实践" in page


def test_a_code_that_is_used_again_does_not_make_one_place_of_two(shelf: Shelf, client: Client) -> None:
    assert "原涪陵市" not in text(client.get("/regions/511400/"))  # 眉山市, since 2000
    assert "原涪陵市" not in text(client.get("/regions/511402/"))  # 东坡区 has the code of its 枳城区
    assert Region.objects.get(code="511402", since=1995).full_name == "四川省涪陵市枳城区"
    (fuling, *_older) = client.get("/regions.json", {"q": "涪陵市"}).json()["found"]
    assert fuling["until"] == 1997 and "眉山市" not in str(fuling["became"])
    assert "原襄樊市（420600）" in text(client.get("/regions/420600/"))  # renamed, and the code kept
    (found,) = client.get("/regions.json", {"q": "襄樊市"}).json()["found"]
    assert [place["name"] for place in found["became"]] == ["襄阳市"]


def test_rejected_readings_are_not_shown(shelf: Shelf, client: Client) -> None:
    shelf.chengdu.metrics.update(origin="rejected")
    shelf.chengdu.mentions.update(origin="rejected")
    page = text(client.get(shelf.chengdu.get_absolute_url()))
    assert (
        'class="metric-table"' not in page and "/mechanisms/" + Mechanism.objects.get().public_id not in page
    )
    assert client.get("/metrics.json").json()["total"] == 3


def test_uploaded_text_is_text(shelf: Shelf, client: Client) -> None:
    evil = "<script>alert(1)</script>"
    Article.objects.filter(pk=shelf.chengdu.pk).update(
        title=evil,
        kicker=evil,
        column=evil,
        warnings=[evil],
        body=[{"kind": "paragraph", "text": evil, "runs": []}],
    )
    for address in (shelf.chengdu.get_absolute_url(), "/articles/", "/"):
        assert evil not in text(client.get(address))


def test_a_row_without_a_place_is_no_text_of_tags(shelf: Shelf, client: Client) -> None:
    Article.objects.filter(pk=shelf.chengdu.pk).update(region=None)
    shelf.chengdu.also_regions.clear()
    for address in ("/", "/articles/"):
        page = text(client.get(address))
        assert "&lt;" not in page and "<span>署名文章</span>" in page


def test_an_imported_article_without_a_page_can_be_read(shelf: Shelf, client: Client) -> None:
    shelf.chengdu.metrics.update(start=None, end=None)
    shelf.chengdu.mentions.update(start=None, end=None)
    shelf.chengdu.evidence.update(start=None, end=None)
    Article.objects.filter(pk=shelf.chengdu.pk).update(page=None)
    page = text(client.get(shelf.chengdu.get_absolute_url()))
    assert "整篇导入，没有版面" in page and "张三. 加强协商平台建设[Z]. 2024-07-16." in page
    assert client.get("/metrics/").status_code == client.get("/mechanisms/").status_code == 200


def test_missing_things_are_404_in_the_sites_look(db: None, client: Client) -> None:
    for address in (
        "/a/bcdfgh2345/",
        "/regions/999999/",
        "/themes/none/",
        "/mechanisms/bcdfgh2345/",
        "/nowhere",
    ):
        response = client.get(address)
        assert response.status_code == 404 and "没有这一页" in text(response), address


def test_a_region_knows_what_lies_inside(shelf: Shelf, client: Client) -> None:
    answer = client.get("/regions/510000.json").json()
    inside = {place["name"]: place["articles"] for place in answer["region"]["inside"]}
    assert inside["成都市"] == inside["德阳市"] == 3 and inside["绵阳市"] == 0
    assert Region.objects.filter(code="350405").count() == 1


def test_an_article_that_goes_on_elsewhere_is_one(shelf: Shelf, client: Client) -> None:
    Article.objects.filter(pk=shelf.further.pk).update(
        continued_from=shelf.chengdu, part=2, joined_by="machine"
    )
    page = text(client.get(shelf.chengdu.get_absolute_url()))
    assert "（转第 10 版）" in page and page.count("走访300余次</a>") == 2
    assert page.index("第0篇甲") < page.index("（转第 10 版）") < page.index("第1篇乙")
    assert (
        client.get(shelf.further.get_absolute_url()).headers["Location"] == shelf.chengdu.get_absolute_url()
    )
    answer = client.get(f"/a/{shelf.further.public_id}.json", follow=True).json()
    assert answer["id"] == shelf.chengdu.public_id and answer["pages"] == ["3", "10"]
    assert [m["part"] for m in answer["metrics"]] == [1, 2]
    assert client.get("/articles.json").json()["total"] == 3
    for address in ("/metrics/", Mechanism.objects.get().get_absolute_url()):
        listed = text(client.get(address))
        assert shelf.chengdu.get_absolute_url() in listed
        assert shelf.further.get_absolute_url() not in listed
