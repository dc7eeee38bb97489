import re

import pytest

from search import highlight
from search.engines.base import Document
from search.highlight import needles
from search.query import parse
from search.query.ast import Prefix

LONG = (
    "开头说别的事情。" * 30 + "其后，市政协打造“委员会客厅”，把协商搬到家门口。" + "结尾又说别的事情。" * 30
)


def snippet(document, query, verbatim=False):
    return highlight.snippet(document, needles(query, verbatim))


def title(document, query):
    return highlight.title(document, needles(query))


def marks(html):
    return re.findall("<mark>(.*?)</mark>", html)


def test_a_word_inside_another_is_marked():
    assert marks(snippet(Document("1", "题", (LONG,)), parse("会客厅"))) == ["会客厅"]


def test_a_phrase_is_marked_as_printed():
    document = Document("1", "題", ("推動「有事 好商量」平台",))
    assert marks(snippet(document, parse('"“有事好商量”平台"'))) == ["「有事 好商量」平台"]


def test_traditional_text_is_marked_and_kept():
    assert marks(snippet(Document("1", "", ("加強民主監督工作",)), parse("民主监督"))) == ["民主監督"]


def test_the_snippet_is_short_and_begins_with_a_sentence():
    shown = re.sub("</?mark>", "", snippet(Document("1", "题", (LONG,)), parse("会客厅")))
    assert len(shown) <= 130
    assert shown.startswith("…其后，市政协打造")
    assert shown.endswith("…")


@pytest.mark.parametrize("lead", range(80, 131))
def test_a_snippet_ends_and_begins_with_whole_marks(lead):
    text = "协商" + "甲" * lead + "民主监督" + "乙" * 150 + "社情民意" + "丙" * 20 + "有事好商量" + "丁" * 99
    for query in ("协商 民主监督", "社情民意 有事好商量"):
        shown = marks(snippet(Document("1", "题", (text,)), parse(f"“{query.replace(' ', '” “')}”")))
        assert set(shown) <= set(query.split())


def test_the_paragraph_with_most_of_the_words_is_shown():
    document = Document("1", "题", ("协商协商协商。", "监督。", "协商与监督并举。"))
    assert marks(snippet(document, parse("协商 监督"))) == ["协商", "监督"]


def test_what_must_not_be_found_is_not_marked():
    assert marks(snippet(Document("1", "题", ("协商与监督",)), parse("协商 -上海 OR NOT 监督"))) == ["协商"]


def test_a_latin_word_is_marked_as_a_word():
    assert marks(snippet(Document("1", "题", ("He said AI",)), parse("ai"))) == ["AI"]
    assert marks(snippet(Document("1", "题", ("He said AI",)), parse('"ai"'))) == ["ai", "AI"]


@pytest.mark.parametrize("query", ["", "题:协商", "作者:张利", "年:2024", "-协商"])
def test_without_anything_to_mark_the_beginning_is_shown(query):
    assert snippet(Document("1", "协商", ("第一段。" * 50,)), parse(query)).startswith("第一段。")


def test_titles_are_marked():
    document = Document("1", "政协委员会客厅", ("正文",))
    assert marks(title(document, parse("会客厅"))) == ["会客厅"]
    assert marks(title(document, parse("题:会客厅"))) == ["会客厅"]
    assert title(Document("1", "", ("没有标题的文章",)), parse("标题")) == "没有<mark>标题</mark>的文章…"


def test_markup_in_a_text_is_text():
    document = Document("1", "<script>协商</script>", ("<b onclick='x'>协商</b> & “监督”",))
    shown = snippet(document, parse("协商"))
    assert shown == "&lt;b onclick=&#x27;x&#x27;&gt;<mark>协商</mark>&lt;/b&gt; &amp; “监督”"
    assert title(document, parse("协商")) == "&lt;script&gt;<mark>协商</mark>&lt;/script&gt;"
    assert "<script" not in snippet(Document("1", "", ("<script>",)), parse("script"))


def test_an_empty_document_has_an_empty_snippet():
    assert snippet(Document("1", "题", ()), parse("协商")) == ""


def test_the_paragraph_with_the_word_as_typed_goes_before_one_with_its_pieces():
    document = Document("1", "题", ("推动发展，要讲高质量。", "推动高质量发展。"))
    assert marks(snippet(document, parse("高质量发展"))) == ["高质量发展"]


def test_neighbouring_words_are_marked_apart():
    assert marks(snippet(Document("1", "题", ("协商民主",)), parse("协商 民主"))) == ["协商", "民主"]


def test_verbatim_marks_letters_as_they_are():
    document = Document("1", "题", ("民主監督", "民主监督", "GDP gdp"))
    assert marks(snippet(document, parse("民主監督"), verbatim=True)) == ["民主監督"]
    assert marks(snippet(document, parse("gdp"), verbatim=True)) == ["gdp"]


def test_a_beginning_is_marked():
    assert marks(snippet(Document("1", "题", ("digital prestidigital",)), Prefix("digi"))) == ["digi"]


def test_further_passages_come_in_the_order_of_the_text_and_without_the_first_one():
    paragraphs = ("协商一。", "没有。", "协商与监督。", "协商二。")
    wanted = needles(parse("协商 监督"))
    document = Document("1", "题", paragraphs)
    assert marks(highlight.snippet(document, wanted)) == ["协商", "监督"]
    assert highlight.further(document, wanted) == ["<mark>协商</mark>一。", "<mark>协商</mark>二。"]


def test_what_was_found_in_an_authors_name_is_marked_there():
    assert highlight.author("张利", needles(parse("作者:张利"))) == "<mark>张利</mark>"
    assert highlight.author("张利", needles(parse("题:张利"))) == "张利"
