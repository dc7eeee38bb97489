import pytest

from search.query import And, Dates, Field, Metric, Near, Not, Or, Phrase, Scope, Word, read, render
from search.query.ast import years


def title(text):
    return Phrase(text, Field.TITLE)


P, Q, R, S = map(Phrase, ("提案", "社情民意", "办理", "督办"))


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("TI='协商' AND AU='张利'", And((title("协商"), Phrase("张利", Field.AUTHOR)))),
        ("SU=('提案'+'社情民意')*'办理'-'督办'", And((Or((P, Q)), R, Not(S)))),
        ("SU='提案'+'社情民意'*'办理'", And((Or((P, Q)), R))),
        ("ＴＩ＝‘协商’ ａｎｄ ＤＱ＝＂浙江＂", And((title("协商"), Phrase("浙江", Field.REGION)))),
        ("ti = '协商' Or ti='监督'", Or((title("协商"), title("监督")))),
        ("TI=协商", title("协商")),
        ("TI='协商' NOT TI='监督'", And((title("协商"), Not(title("监督"))))),
        ("TI='协商' * AU='张利'", And((title("协商"), Phrase("张利", Field.AUTHOR)))),
        ("(TI='协商' OR FT='监督') AND FI='张利'",
            And((Or((title("协商"), Phrase("监督"))), Phrase("张利", Field.FIRST_AUTHOR)))),
        ("TI%'民主协商'", Word("民主协商", Field.TITLE)),
        ("TI%='民主 协商'", And((Word("民主", Field.TITLE), Word("协商", Field.TITLE)))),
        ("AU%'张'", Word("张", Field.AUTHOR)),
        ("AF='成都市政协' AND JN='人民政协报'",
            And((Phrase("成都市政协", Field.ORGANISATION), Phrase("人民政协报", Field.PUBLICATION)))),
        ("JB='省级' AND JZ='渝事好商量' AND ZT='提案工作' AND LM='实践探索'",
            And((Phrase("省级", Field.LEVEL), Phrase("渝事好商量", Field.MECHANISM),
                 Phrase("提案工作", Field.THEME), Phrase("实践探索", Field.COLUMN)))),
        ("YE='2024'", years(2024, 2024)),
        ("YE>='2023'", years(2023, 9999)),
        ("YE BETWEEN ('2023','2024') AND TI='协商'", And((years(2023, 2024), title("协商")))),
        ("RQ BETWEEN('2023-05','2024-02-03')", Dates("2023-05-01", "2024-02-03")),
        ("BC BETWEEN('1','2')", Or((Word("1", Field.PAGE), Word("2", Field.PAGE)))),
        ("BC='3'", Word("3", Field.PAGE)),
        ("ZB='办复率>=90%'", Metric("办复率", ">=", 90, "%")),
        ("FT='提案 # 办理'", Near((P, R))),
        ("FT='提案 # 办理 # 督办'", Near((P, R, S))),
        ("FT='提案 % 办理'", Near((P, R), ordered=True)),
        ("FT='提案 /NEAR 5 办理'", Near((P, R), gap=5)),
        ("FT='提案' /PREV 5 '办理'", Near((P, R), gap=5, ordered=True)),
        ("TI='提案 /sen 0 办理'", Near((P, R), field=Field.TITLE)),
        ("FT='提案 /PRG 0 办理'", Near((P, R), Scope.PARAGRAPH)),
        ("FT='提案 * 办理'", And((P, R))),
        ("协商 AND TI='监督'", And((Word("协商"), title("监督")))),
    ],
)  # fmt: skip
def test_reads(query, tree):
    reading = read(query)
    assert reading.dialect == "cnki"
    assert reading.node == tree
    assert reading.notices == ()
    assert read(render(tree)).node == tree


@pytest.mark.parametrize(
    ("query", "tree", "said"),
    [
        ("FU='社科' AND TI='协商'", title("协商"), "The archive has no field FU (funding)"),
        ("TI='协商' AND CF>=10", title("协商"), "The archive has no field CF (times cited)"),
        ("TI='协商' NOT CLC='D6'", title("协商"), "The archive has no field CLC (classification number)"),
        ("DOI='10.1'", Word("10.1"), "The archive has no field DOI (DOI)"),
        ("KY='协商'", Phrase("协商"), "The archive has no field KY (keywords); the whole text"),
        ("AB='协商'", Phrase("协商", Field.BODY), "The archive has no field AB (abstract); the body"),
        ("FT='提案 $5'", P, "“$5”: how often"),
        ("FT='提案 /SEN 2 办理'", Near((P, R), Scope.PARAGRAPH), "“/SEN 2” was read as: in one paragraph"),
        ("FT='提案 /PRG 3 办理'", And((P, R)), "“/PRG 3” was read as: anywhere in the article"),
        ("TI='协商", title("协商"), "A quotation mark is not closed"),
        ("(TI='协商'", title("协商"), "Parentheses do not pair"),
        ("TI='协商' AND", title("协商"), "“AND” has nothing to join"),
        ("TI='协商' AND AU=", title("协商"), "Nothing is asked of the field “AU”"),
        ("RQ='昨天'", Word("昨天"), "“昨天” is no date"),
        ("XX='社科' AND TI='协商'", title("协商"), "There is no field XX; what was asked"),
        ("TI='协商' OR QQ='社科'", title("协商"), "There is no field QQ; what was asked"),
        ("ABC='协商'", Word("协商"), "There is no field ABC; what was asked"),
        ("CO='协商'", Phrase("协商", Field.BODY), "The archive has no field CO (subheadings); the body"),
    ],
)
def test_says_what_it_could_not_read(query, tree, said):
    reading = read(query)
    assert reading.node == tree
    assert reading.notices[0].english.startswith(said)
    assert reading.repaired == render(tree)


@pytest.mark.parametrize(
    "query",
    ["协商", "“TI='协商'”", "题:TI='协商'", "A=B", "SU 主题", "AU", "他说TI='x'", "cn='x' 在 html 中"[3:]],
)
def test_leaves_other_queries_alone(query):
    assert read(query).dialect == "plain"


def test_what_is_asked_only_of_a_field_that_is_not_there_is_looked_for_and_said():
    said = [notice.english for notice in read("CF>=3").notices]
    assert said[1:] == ["Nothing else was asked; so “3” was searched for as words."]
