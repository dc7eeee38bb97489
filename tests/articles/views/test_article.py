"""The page of one article: every value with its words, the page as received, doubts, and what stands beside it."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from articles import services
from articles.ingest.record import IssueInfo
from articles.models import Article, Evidence, Region, State
from tests.articles.views.test_pages import text
from tests.support.records import page_record
from tests.support.shelf import Shelf, fill, store

QUERIES = 10  # of the article page, whatever the archive holds


def shown(client: Client, article: Article, query: str = "") -> str:
    return text(client.get(article.get_absolute_url() + query))


def says(article: Article, field: str, value: str, words: str, **more: object) -> Evidence:
    """Evidence for a value where `words` stand on the article's page."""
    start = article.page.text.index(words)
    return Evidence.objects.create(
        article=article, field=field, value=value, quote=words, start=start, end=start + len(words), **more
    )


def test_every_value_leads_to_its_words_in_headline_byline_and_text(shelf: Shelf, client: Client) -> None:
    genre = says(shelf.chengdu, "genre", "署名文章", "成效明显")
    says(shelf.chengdu, "author_role", "成都市政协主席", "成都市政协主席")
    in_title = says(shelf.chengdu, "level", shelf.chengdu.level, "协商平台建设")
    page = shown(client, shelf.chengdu)
    for item, words in ((genre, "成效明显"), (in_title, "协商平台建设")):
        address = f"s={item.start}-{item.end}"
        assert f'href="#{address}">“{words}”</a>' in page
        assert page.count(f'id="{address}"') == 1
    region = shelf.chengdu.evidence.get(field="primary_region")
    mark = re.search(f'<span class="ev" id="s={region.start}-{region.end}" title="([^"]*)"', page)
    assert mark and mark[1].splitlines() == ["地区：四川省成都市", "作者职务：成都市政协主席"]


def test_words_that_are_not_in_the_text_are_shown_on_the_page_as_received(
    shelf: Shelf, client: Client
) -> None:
    item = says(shelf.chengdu, "dates", shelf.chengdu.date, "人民政协报 第3版")
    address = f"#s={item.start}-{item.end}"
    assert f'href="?view=page{address}"' in shown(client, shelf.chengdu)
    received = shown(client, shelf.chengdu, "?view=page")
    assert f'href="{address}"' in received and f'id="{address[1:]}"' in received


def test_what_the_parser_was_not_sure_of_is_said(shelf: Shelf, client: Client) -> None:
    assert "把握不大" not in shown(client, shelf.chengdu)
    shelf.chengdu.evidence.filter(field="primary_region").update(confidence=0.57)
    assert "把握不大" in shown(client, shelf.chengdu)


def test_a_correction_stands_beside_what_the_machine_read(shelf: Shelf, client: Client) -> None:
    says(shelf.chengdu, "author_role", "成都市政协主席", "成都市政协主席")
    mianyang = Region.objects.get(code="510700", until=None)
    services.correct(shelf.chengdu, {"region": mianyang, "title": "改过的标题"})
    page = shown(client, shelf.chengdu)
    assert "绵阳市</a>" in page and re.search(r"已由人工更正。机器原读：\s*四川省成都市", page)
    assert "<h1>改过的标题</h1>" in page and re.search(r"机器原读：\s*加强协商平台建设", page)
    assert "地区（机器原读）：四川省成都市" in page
    answer = client.get(f"/a/{shelf.chengdu.public_id}.json").json()
    assert answer["corrections"] == {"title": "加强协商平台建设", "region": "510100"}


def test_an_open_region_names_what_it_is_open_between(shelf: Shelf, client: Client) -> None:
    codes = ["320302", "350102"]  # two of the 鼓楼区
    Article.objects.filter(pk=shelf.chengdu.pk).update(region=None, region_candidates=codes)
    page = shown(client, shelf.chengdu)
    assert "江苏省徐州市鼓楼区</a>" in page and "福建省福州市鼓楼区</a>" in page


def test_the_page_as_received_tells_its_own_from_the_rest(shelf: Shelf, client: Client) -> None:
    page = shown(client, shelf.chengdu, "?view=page")
    assert "本文第 1 处，共 1 处" in page and "作者注" in page
    assert f'另一篇： <a href="{shelf.untitled.get_absolute_url()}">无题</a>' in page
    assert "版面杂项" in page and "第1篇甲" in page
    stretches = client.get(f"/a/{shelf.chengdu.public_id}.json?view=page").json()["received"][0]["stretches"]
    assert "".join("".join(s["text"].split()) for s in stretches) == "".join(shelf.chengdu.page.text.split())


def test_what_is_not_public_is_left_out_of_the_page_as_received(shelf: Shelf, client: Client) -> None:
    Article.objects.filter(pk=shelf.untitled.pk).update(state=State.WITHDRAWN)
    page = shown(client, shelf.chengdu, "?view=page")
    assert "第1篇甲" not in page and re.search(r"〔此处 \d+ 字属于未公开的文章，从略〕", page)
    answer = client.get(f"/a/{shelf.chengdu.public_id}.json?view=page")
    assert "第1篇甲" not in text(answer) and shelf.untitled.public_id not in text(answer)


def test_places_are_numbered_as_they_are_read(shelf: Shelf, client: Client) -> None:
    """The text begins below another article and ends above it."""
    body = shelf.chengdu.body
    Article.objects.filter(pk=shelf.chengdu.pk).update(body=[*body[1:], body[0]])
    first, last = (entry["runs"][0][1] for entry in (body[0], body[1]))
    between = shelf.chengdu.page.blocks.filter(start__gte=first, end__lte=last)
    assert between.exists()
    page = shown(client, shelf.chengdu)
    assert "标出拼接处（1 处）" in page and 'class="join"' in page
    between.filter(role="body").update(article=shelf.untitled)
    received = shown(client, shelf.chengdu, "?view=page")
    assert "共 2 处" in received and received.index("跳到本文") < received.index('id="place-1-2"')
    assert '<a href="#place-1-2">下一处</a>' in received and 'id="place-1-1"' in received


def test_an_article_over_two_pages_shows_both_as_received(shelf: Shelf, client: Client) -> None:
    Article.objects.filter(pk=shelf.further.pk).update(
        continued_from=shelf.chengdu, part=2, joined_by="machine"
    )
    metric = shelf.further.metrics.get()
    address = f"s=2:{metric.start}-{metric.end}"
    page = shown(client, shelf.chengdu)
    assert "由程序按版次、标题和内容接续" in page and f'id="{address}"' in page
    received = shown(client, shelf.chengdu, "?view=page")
    assert received.index("第0篇甲") < received.index("第 10 版</h2>") < received.index("第1篇乙")
    assert f'id="{address}"' in received


def test_what_shares_mechanism_place_or_author_stands_beside(shelf: Shelf, client: Client) -> None:
    page = shown(client, shelf.chengdu)
    for heading in ("谈到相同机制的文章", "成都市的其他文章", "同一作者的文章"):
        assert heading in page
    mechanism = shelf.chengdu.mentions.get().mechanism
    assert f'<a href="{mechanism.get_absolute_url()}">有事来协商</a> <span class="count">3</span>' in page
    assert "本版共 2 篇" in page and "未发布的文章" not in page


def test_a_loner_has_nothing_beside(db: None, client: Client) -> None:
    (alone,) = store(page_record("alone.txt", ("独一篇",), issue=IssueInfo()))
    page = shown(client, alone)
    assert 'class="columns section related"' not in page and 'class="turn"' not in page


@pytest.mark.parametrize("query", ["", "?view=page"])
def test_it_asks_little_of_the_database(
    db: None, client: Client, query: str, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    shelf = fill(copies=12)
    services.correct(shelf.chengdu, {"region": None})
    Article.objects.filter(pk=shelf.chengdu.pk).update(region_candidates=["320302", "350102"])
    Article.objects.filter(pk=shelf.further.pk).update(
        continued_from=shelf.chengdu, part=2, joined_by="machine"
    )
    with django_assert_max_num_queries(QUERIES):
        client.get(shelf.chengdu.get_absolute_url() + query)


def test_a_page_without_an_issue_has_neighbours_of_no_kind(db: None, client: Client) -> None:
    record = replace(page_record("b.txt", ("甲文", "乙文")), issue=IssueInfo())
    first, _second = store(record)
    assert "本期下一篇" not in shown(client, first)


def test_doubts_that_an_article_joined_of_parts_settles_are_not_shown(shelf: Shelf, client: Client) -> None:
    stays = "标题不在正文旁边，按内容相近归入本文，请核对。"
    Article.objects.filter(pk=shelf.chengdu.pk).update(warnings=["正文末尾句子不完整，可能还有下文。", stays])
    Article.objects.filter(pk=shelf.sha.pk).update(
        continued_from=shelf.chengdu, part=2, joined_by="machine",
        warnings=["本文上接第2版，本版没有印标题。", "文中没有写明是哪个地方的政协，地区未定。", "有作者注而没有署名。"],
    )  # fmt: skip
    address = shelf.chengdu.get_absolute_url()
    assert client.get(f"{address.rstrip('/')}.json").json()["warnings"] == [stays, "有作者注而没有署名。"]
    page = client.get(address).text
    assert (
        stays in page
        and "本版没有印标题" not in page
        and "地区未定" not in page
        and "可能还有下文" not in page
    )
