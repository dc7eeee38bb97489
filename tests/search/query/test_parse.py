import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import (
    EVERYTHING,
    And,
    Dates,
    Field,
    Metric,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Scope,
    Word,
    describe,
    parse,
    read,
    render,
)
from search.query.ast import years
from search.query.parse import Budget, parse_plain
from search.query.read import plainly

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
        ("'有事 好商量' 成都", And((Phrase("有事 好商量"), A))),
        ("＇有事好商量＇", Phrase("有事好商量")),
        ("‘有事好商量'", Phrase("有事好商量")),
        ("'成都", A),
        ("don't 成都", And((Word("don't"), A))),
        ("”有事好商量“", Phrase("有事好商量")),
        ("〝有事好商量〞", Phrase("有事好商量")),
        ("〝有事好商量〟", Phrase("有事好商量")),
        ("『有事好商量』", Phrase("有事好商量")),
        ("﹁有事好商量﹂﹃成都﹄", And((Phrase("有事好商量"), Phrase("成都")))),
        ("«有事好商量»", Phrase("有事好商量")),
        ("成都 && 重庆", And((A, B))),
        ("成都||重庆", Or((A, B))),
        ("成都 and 重庆", And((A, B))),
        ("成都 or “重庆”", Or((A, Phrase("重庆")))),
        ("成都 not 上海", And((A, Not(C)))),
        ("bank and 成都", And((Word("bank"), Word("and"), A))),
        ("成都 and", And((A, Word("and")))),
        ("全文:and 成都", And((Word("and"), A))),
        ("篇名:会客厅", Word("会客厅", Field.TITLE)),
        ("作者单位:成都市政协", Word("成都市政协", Field.ORGANISATION)),
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
        ("年:昨天", Word("昨天")),
        ("2020-2023", Word("2020-2023")),
        ("加油！", Word("加油！")),
        ("http://a.b", Word("http://a.b")),
        ("比例:", Word("比例:")),
        ("OR", Phrase("OR")),
        ("成都 OR", A),
        ("OR 成都", A),
        ("(成都", A),
        ("成都)", A),
        (")成都(重庆", And((A, B))),
        ("题:", Phrase("题")),
        ("正文:会客厅", Word("会客厅", Field.BODY)),
        ("栏目:主席论坛", Word("主席论坛", Field.COLUMN)),
        ("第一作者:张利", Word("张利", Field.FIRST_AUTHOR)),
        ("机构:成都市政协", Word("成都市政协", Field.ORGANISATION)),
        ("成都 ＡＮＤ 重庆 ＆ 上海", And((A, B, C))),
        ("成都 与 重庆 非 上海", And((A, B, Not(C)))),
        ("(成都)-上海", And((A, Not(C)))),
        ("版次:3", Word("3", Field.PAGE)),
        ("page:第03版", Word("3", Field.PAGE)),
        ("版:2-3", Or((Word("2", Field.PAGE), Word("3", Field.PAGE)))),
        ("版:头版", Word("头版", Field.PAGE)),
        ("日期:2024-07", Dates("2024-07-01", "2024-07-31")),
        ("日期:2024-02", Dates("2024-02-01", "2024-02-29")),
        ("date:2024-07-16", Dates("2024-07-16", "2024-07-16")),
        ("日期:2024.7.16", Dates("2024-07-16", "2024-07-16")),
        ("日期：２０２４年７月１６日", Dates("2024-07-16", "2024-07-16")),
        ("日期:2023..2024", years(2023, 2024)),
        ("日期:2023年5月至2024年2月", Dates("2023-05-01", "2024-02-29")),
        ("日期:2023—2024", years(2023, 2024)),
        ("日期:>=2023-05", Dates("2023-05-01", "")),
        ("日期：＞ 2023-05", Dates("2023-06-01", "")),
        ("日期:<2023", Dates("", "2022-12-31")),
        ("日期:..2023-05", Dates("", "2023-05-31")),
        ("日期:(2023 OR 2021)", Or((years(2023, 2023), years(2021, 2021)))),
        ("日期:2023-02-30", Word("2023-02-30")),
        ("指标:办复率>=90%", Metric("办复率", ">=", 90, "%")),
        ("指标：办复率 ≥ ９０％", Metric("办复率", ">=", 90, "%")),
        ("指标:办复率不低于百分之90", Metric("办复率", ">=", 90, "%")),
        ("指标:提案>1000件", Metric("提案", ">", 1000, "件")),
        ("指标:提案超过1.2万件 成都", And((Metric("提案", ">", 12000, "件"), A))),
        ("指标:提案1,000件以上", Metric("提案", ">=", 1000, "件")),
        ("指标:满意度<5个百分点", Metric("满意度", "<", 5, "个百分点")),
        ("指标:办复率", Metric("办复率")),
        ("metric:>=3亿元", Metric("", ">=", 300_000_000, "元")),
        ("指标:参与=2000名", Metric("参与", "=", 2000, "人")),
        ("指标:步道>5千米", Metric("步道", ">", 5, "千米")),
        ('指标:"a b">=1', Metric("a b", ">=", 1, "")),
        ("协商*", Prefix("协商")),
        ("ＡＢ＊", Prefix("ＡＢ")),
        ('"有事 好"*', Prefix("有事 好")),
        ("题:协商*", Prefix("协商", Field.TITLE)),
        ("成都 NEAR 重庆", Near((A, B))),
        ("成都 NEAR/s 重庆 NEAR/s 上海", Near((A, B, C))),
        ("成都 ＮＥＡＲ/Ｐ 重庆", Near((A, B), Scope.PARAGRAPH)),
        ("成都 同句 重庆", Near((A, B))),
        ("成都 同段 “重庆”", Near((A, Phrase("重庆")), Scope.PARAGRAPH)),
        ("成都 NEAR/5 重庆", Near((A, B), gap=5)),
        ("成都 PREV/p 重庆", Near((A, B), Scope.PARAGRAPH, ordered=True)),
        ("成都 NEAR/5 重庆 NEAR 上海", And((Near((A, B), gap=5), Near((B, C))))),
        ("(成都 OR 重庆) NEAR 上海", Or((Near((A, C)), Near((B, C))))),
        ("题:成都 NEAR 重庆", Near((A, B), field=Field.TITLE)),
        ("题:(成都 NEAR 重庆)", Near((A, B), field=Field.TITLE)),
        ("作者:(成都 NEAR 重庆)", And((Word("成都", Field.AUTHOR), Word("重庆", Field.AUTHOR)))),
        ("-(成都 NEAR 重庆)", Not(Near((A, B)))),
        ("成都 NEAR -重庆", And((A, Not(B)))),
        ("成都 near 重庆", And((A, Word("near"), B))),
        ("NOT NOT 成都", A),
    ],
)
def test_reads(query, tree):
    assert parse(query) == tree


TEXTS = st.text(max_size=200)
PIECES = st.lists(
    st.sampled_from(
        [
            "成都", "a", "95.4", '"', "“", "”", "「", "《", "(", "）", "-", "OR", " AND ", "非", "题:", "年:",
            "日期:", "指标:", "版:", "*", " ", "|", "NOT ", " NEAR/5 ", "NEAR", " 同段 ", "PREV/s", ">=", "90%",
            "1.2万件", "2024", "..", "2023-05", "至", "TI=", "TI='", "FU='", "'", "YE BETWEEN('2023','2024')",
            "'成都'", "〝", " and ", "and", " or ", "not ", "&&", "||", "关键词:", "XY='",
            "#", " % ", "/NEAR 5", "$5", "+", " * ", "－", "——", "!", "超过", "以上", "“协”*", "全文:",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(TEXTS | PIECES)
def test_reads_anything_and_writes_it_as_it_reads_it(query):
    reading = read(query)
    written = render(reading.node)
    again = read(written)
    assert again.node == reading.node
    assert again.dialect == "plain"
    assert again.repaired is None
    assert (reading.repaired is None) is (reading.notices == ())
    assert describe(reading.node).english


@pytest.mark.parametrize(
    "query", ["(" * 5000, "-" * 5000, "(成都 " * 400, '"' * 999, "NOT " * 900, "a OR " * 900, "协商*" * 3000]
)
def test_is_not_overcome_by_size(query):
    reading = read(query)
    assert describe(reading.node).english
    assert parse(render(reading.node)) == reading.node


def noticed(query):
    return [notice.english for notice in read(query).notices]


@pytest.mark.parametrize(
    ("query", "repaired", "said"),
    [
        ("(成都", "成都", "Parentheses do not pair"),
        ("成都)", "成都", "Parentheses do not pair"),
        ('成都 "重庆', '成都 "重庆"', "A quotation mark is not closed"),
        ("成都 OR", "成都", "“OR” has nothing to join"),
        ("成都 NEAR/5", "成都", "“NEAR/5” has nothing to join"),
        ("作者: OR 成都", "成都", "Nothing is asked of the field “作者”"),
        ("年:昨天", "昨天", "“昨天” is no date"),
        ("指标:办复率>=高 成都", "办复率>=高 成都", "“办复率>=高” is no condition"),
        ("协*商", "协商", "A star can only end a word"),
        ("成都 NEAR 作者:张利", "成都 作者:张利", "Only words and phrases of one text"),
        ("OR", '"OR"', "“OR” could not be read"),
        ("题名:", '"题名"', "“题名” could not be read"),
        ("关键词:成都", "成都", "The archive has no field “关键词”; the whole text"),
        ("摘要：成都", "正文:成都", "The archive has no field “摘要”; the body"),
        ("a " * 600, " ".join("a"), "Only the first 500 conditions"),
        ("成都" + " " * 20_000 + "重庆", "成都", "Only the first 10000 characters"),
        ("(" * 50 + "成都" + ")" * 50, "成都", "Parentheses more than 40 deep"),
    ],
)
def test_says_what_it_could_not_read_and_what_it_read_instead(query, repaired, said):
    assert read(query).repaired == repaired
    assert noticed(query)[0].startswith(said)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "成都 -重庆",
        "成都 && 重庆",
        "成都 and 重庆",
        "”成都“",
        "指标:办复率>=90%",
        "TI='协商' AND AU='张利'",
        "http://a.b",
        "*",
    ],
)
def test_says_nothing_of_what_is_well(query):
    assert read(query).notices == ()
    assert read(query).repaired is None


def test_negation_does_not_leak_into_or_out_of_groups():
    assert parse("-(成都 OR 重庆) 上海") == And((Not(Or((A, B))), C))
    assert parse("成都 OR -重庆 上海") == Or((A, And((Not(B), C))))
    assert parse("-题:成都 重庆") == And((Not(Word("成都", Field.TITLE)), B))


@given(st.text('协商会与或非且并者同段句 “”"「」*', max_size=12))
def test_what_is_read_plainly_is_read_as_the_grammar_has_it(query):
    budget = Budget()
    if node := plainly(query):
        assert (node, {}) == (parse_plain(query, budget), budget.notices)


@pytest.mark.parametrize("query", ["协商", "协商 会客厅", "“协商”", '"协商"', "「协商」", "协商 协商"])
def test_chinese_words_or_one_phrase_are_read_plainly(query):
    assert plainly(query) == parse_plain(query, Budget())
