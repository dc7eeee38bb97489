import re

import pytest

from search.highlight import needles
from search.inside import Marker
from search.query import parse


def body(html, query, verbatim=False):
    marker = Marker(needles(parse(query), verbatim))
    return marker.body(html), marker.total


def test_hits_are_numbered():
    html, total = body("<p>协商与协商</p><h2>协商</h2>", "协商")
    assert total == 3
    assert re.findall(r'id="(hit-\d)" tabindex="-1">(.*?)</mark>', html) == [
        ("hit-1", "协商"), ("hit-2", "协商"), ("hit-3", "协商"),
    ]  # fmt: skip


def test_a_hit_may_cross_an_element_and_counts_once():
    html, total = body('<p>有<span class="ev" id="m1">事好</span>商量</p>', '"有事好商量"')
    assert total == 1
    assert re.sub("<[^>]*>", "", html) == "有事好商量"
    assert html.count("<mark") == 3 and html.count('id="hit-1"') == 1
    assert '<span class="ev" id="m1"><mark class="in-hit">事好</mark></span>' in html


def test_nothing_is_found_across_paragraphs_or_in_remarks_of_the_page():
    assert body("<p>有事</p>\n<p>好商量</p>", '"有事好商量"')[1] == 0
    assert body('<p class="turn-over">续见协商版</p><p>无</p>', "协商")[1] == 0
    html, total = body('<p>有事<a class="join" href="?view=page#j1">隔 3 字</a>好商量</p>', '"有事好商量"')
    assert total == 1 and "隔 3 字</a>" in html


def test_escaped_text_stays_escaped():
    html, total = body("<p>A&amp;B 与 &lt;script&gt; &#x27;协商&#x27;</p>", "协商")
    assert total == 1
    assert (
        html
        == '<p>A&amp;B 与 &lt;script&gt; &#x27;<mark class="in-hit" id="hit-1" tabindex="-1">协商</mark>&#x27;</p>'
    )
    assert body("<p>A&amp;B</p>", '"A&B"')[1] == 1


def test_headlines_are_marked_in_their_own_lines():
    marker = Marker(needles(parse("题:协商 监督")))
    html = marker.heads(
        '<p class="kicker">监督</p><h1>协商</h1><p class="origin"><a href="/x">监督报</a></p>'
    )
    assert marker.total == 2 and "监督报" in html
    assert marker.body("<p>协商</p>") == "<p>协商</p>"


def test_verbatim():
    assert body("<p>民主監督与民主监督</p>", "监督")[1] == 2
    assert body("<p>民主監督与民主监督</p>", "监督", verbatim=True)[1] == 1


@pytest.fixture
def article(whoosh, make_article):
    return make_article("会客厅里的协商", "委员会客厅开门。\n协商<b>有结果。\n协商协商。", subtitle="副题")


def test_the_article_page_marks_and_counts(article, client):
    page = client.get(article.get_absolute_url(), {"q": "协商"}).content.decode()
    assert "本文命中 <b" in page and page.count('id="hit-') == 4
    assert '<h1>会客厅里的<mark class="in-hit" id="hit-1" tabindex="-1">协商</mark></h1>' in page
    assert "&lt;b&gt;" in page and 'href="#hit-4"' in page
    assert "/search/?q=%E5%8D%8F%E5%95%86" in page


def test_without_a_query_nothing_is_marked(article, client):
    page = client.get(article.get_absolute_url()).content.decode()
    assert "<mark" not in page and "hits-bar" not in page


def test_a_hit_in_the_record_alone_is_said(article, client):
    page = client.get(article.get_absolute_url(), {"q": "没有的词"}).content.decode()
    assert "本文是凭著录项" in page


@pytest.mark.parametrize("q", ["*", "作者:张利", '"', "\x00", "(" * 3000])
def test_any_query_leaves_the_page_readable(article, client, q):
    assert client.get(article.get_absolute_url(), {"q": q}).status_code == 200
