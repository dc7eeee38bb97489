import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import EVERYTHING, And, Field, Not, Or, Phrase, Word, describe, parse
from search.query.ast import years

A, B, C = Word("成都"), Word("重庆"), Word("上海")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", EVERYTHING),
        ("   \u3000", EVERYTHING),
        ("*", EVERYTHING),
        ("＊", EVERYTHING),
        ("成都", A),
        ("成都 重庆", And((A, B))),
        ("成都\u3000重庆", And((A, B))),
        ("成都 AND 重庆", And((A, B))),
        ("成都 OR 重庆", Or((A, B))),
        ("成都 或 重庆", Or((A, B))),
        ("成都|重庆", Or((A, B))),
        ("成都｜重庆", Or((A, B))),
        ("成都 ＯＲ 重庆", Or((A, B))),
        ("成都 -上海", And((A, Not(C)))),
        ("成都 －上海", And((A, Not(C)))),
        ("成都 NOT 上海", And((A, Not(C)))),
        ("成都 非 上海", And((A, Not(C)))),
        ("-成都", Not(A)),
        ("成都 OR 重庆 -上海", Or((A, And((B, Not(C)))))),
        ("(成都 OR 重庆) 上海", And((Or((A, B)), C))),
        ("（成都 或 重庆）上海", And((Or((A, B)), C))),
        ("* -成都", Not(A)),
        ("成都 成都", A),
        ('"有事好商量"', Phrase("有事好商量")),
        ("“有事好商量”", Phrase("有事好商量")),
        ('“有事好商量"', Phrase("有事好商量")),
        ('"有事好商量”', Phrase("有事好商量")),
        ("＂有事好商量＂", Phrase("有事好商量")),
        ("‘有事好商量’", Phrase("有事好商量")),
        ("「有事好商量」", Phrase("有事好商量")),
        ("《协商民主》", Phrase("协商民主")),
        ('"有事好商量', Phrase("有事好商量")),
        ('"赣事好商量·‘三有’在洪城"', Phrase("赣事好商量·‘三有’在洪城")),
        ('"“有事好商量”平台"', Phrase("“有事好商量”平台")),
        ("“做好“有事好商量”平台”", Phrase("做好“有事好商量”平台")),
        ("“有事好商量”成都", And((Phrase("有事好商量"), A))),
        ('-"有事"', Not(Phrase("有事"))),
        ('""', EVERYTHING),
        ("题:会客厅", Word("会客厅", Field.TITLE)),
        ("title:会客厅", Word("会客厅", Field.TITLE)),
        ("ＴＩＴＬＥ：会客厅", Word("会客厅", Field.TITLE)),
        ("题：“会客厅”", Phrase("会客厅", Field.TITLE)),
        ("作者:张利 成都", And((Word("张利", Field.AUTHOR), A))),
        ("地区:(成都 OR 重庆)", Or((Word("成都", Field.REGION), Word("重庆", Field.REGION)))),
        ("-地区:成都", Not(Word("成都", Field.REGION))),
        ("主题:提案", Word("提案", Field.THEME)),
        ("机制:“渝事好商量”", Phrase("渝事好商量", Field.MECHANISM)),
        ("体裁:消息", Word("消息", Field.GENRE)),
        ("报刊:人民政协报", Word("人民政协报", Field.PUBLICATION)),
        ("年:2024", years(2024, 2024)),
        ("年：2020-2023", years(2020, 2023)),
        ("year:2020..2023", years(2020, 2023)),
        ("年:2020至2023", years(2020, 2023)),
        ("年:2023-2020", years(2020, 2023)),
        ("year:2020..", years(2020, 9999)),
        ("年:2024年", years(2024, 2024)),
        ("2020-2023", Word("2020-2023")),
        ("加油！", Word("加油！")),
        ("http://a.b", Word("http://a.b")),
        ("比例:", Word("比例:")),
        ("OR", EVERYTHING),
        ("成都 OR", A),
        ("OR 成都", A),
        ("(成都", A),
        ("成都)", A),
        (")成都(重庆", And((A, B))),
        ("题:", EVERYTHING),
        ("NOT NOT 成都", A),
    ],
)
def test_reads(query, tree):
    assert parse(query) == tree


@given(st.text(max_size=200))
def test_reads_anything(query):
    sentence = describe(parse(query)).english
    assert sentence


@given(
    st.lists(
        st.sampled_from(
            ["成都", '"', "“", "”", "(", "）", "-", "OR", "非", "题:", "年:", "*", " ", "|", "《", "NOT "]
        )
    )
)
def test_reads_any_heap_of_operators(pieces):
    assert describe(parse("".join(pieces))).english


@pytest.mark.parametrize(
    "query", ["(" * 5000, "-" * 5000, "(成都 " * 400, '"' * 999, "NOT " * 900, "a OR " * 900]
)
def test_is_not_overcome_by_size(query):
    assert describe(parse(query)).english


def test_says_back():
    assert describe(parse("")).english == "all articles"
    assert describe(parse('成都 -"上海"')).english == (
        "articles that contain 成都 and do not contain the exact words “上海”"
    )
    assert describe(parse("(成都 或 题:重庆) 年:2024")).english == (
        "articles that (contain 成都 or have 重庆 in the title) and are from 2024"
    )


def test_a_percent_sign_is_said_back_as_it_is():
    assert "95%s" in describe(parse("95%s %(x)d")).english
