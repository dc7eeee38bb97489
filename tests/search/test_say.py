import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from search.query import Field, Saying, describe, parse, read
from search.query.cnki_codes import CODES
from search.query.describe import CLAUSES, COMPARED, PLACES
from search.say import MESSAGES, NOTICES, read_as, said

CHINESE = [
    ("", "全部文章"),
    ("-*", "没有文章"),
    ("会客厅", "含 会客厅"),
    ('"有事好商量" -成都', "含 “有事好商量”，且不含 成都"),
    ("题:协商 地区:浙江省", "题名含 协商，且地区在 浙江省 之内"),
    ("(成都 或 题:重庆) 年:2024", "（含 成都，或题名含 重庆），且日期在 2024 年"),
    ("成都 或 重庆 或 上海", "含 成都 或 重庆 或 上海"),
    ("(成都 或 重庆) 协商 -(题:监督 或 题:提案)", "含 成都 或 重庆，且含 协商，且题名不含 监督 或 提案"),
    ("-(成都 题:重庆)", "并非（含 成都，且题名含 重庆）"),
    ("作者:张利 主题:提案", "作者为 张利，且主题为 提案"),
    ("日期:2023-05..", "日期在 2023 年 5 月及以后"),
    ("日期:..2023-05-06", "日期在 2023 年 5 月 6 日及以前"),
    ("-年:2020-2022", "日期不在 2020 年至 2022 年"),
    ("指标:办复率>=90%", "指标 办复率 不低于 90%"),
    ("-指标:办复率", "没有 办复率 的指标"),
    ("指标:>1万件", "指标 任意一项 超过 10000件"),
    ("协商 NEAR/s 提案", "同一句中有 协商 和 提案"),
    ("题:(协商 NEAR/p 提案)", "题名同一行中有 协商 和 提案"),
    ("协商 PREV/5 “提案”", "同一句中先后有 协商 和 “提案”（相隔不超过 5 字）"),
    ("协商*", "含 以“协商”开头的词"),
    ("版次:3-4", "在第 3 或 4 版"),
]
ENGLISH = [
    ("协商 题:监督 -上海", "articles that contain 协商, and have 监督 in the title, and do not contain 上海"),
    ("指标:办复率<5", "articles that have a figure for 办复率 of less than 5"),
    ("(a OR b) c", "articles that contain a or b, and contain c"),
]
SAME_IN_CHINESE = {"%(text)s", "“%(text)s”", "%(clause)s", "DOI", "ISSN", "ISBN"}


@pytest.mark.parametrize(("query", "sentence"), CHINESE)
def test_said_in_chinese(query, sentence):
    with translation.override("zh-hans"):
        assert read_as(parse(query)) == sentence


@pytest.mark.parametrize(("query", "sentence"), ENGLISH)
def test_said_in_english(query, sentence):
    with translation.override("en"):
        assert read_as(parse(query)) == sentence


def test_verbatim_is_said():
    with translation.override("zh-hans"):
        assert read_as(parse("台湾"), verbatim=True) == "含 台湾（逐字精确）"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("年:昨天", "“昨天”不是日期（可写 2024、2024-07、2023..2024、>=2023-05），已按普通词检索。"),
        ("指标:办复率>=高", "“办复率>=高”不是指标条件（可写 办复率>=90%），已按普通词检索。"),
        ("FU='社科' AND TI='协商'", "本文库没有 FU（基金）字段，该条件已略过。"),
        ("KY='协商'", "本文库没有 KY（关键词）字段，已改为检索全文。"),
        ("FT='甲 /SEN 3 乙'", "“/SEN 3”已按“同一段中”处理。"),
        ('"协商', "引号没有闭合，已按短语读到末尾。"),
    ],
)
def test_notices_in_chinese(query, sentence):
    with translation.override("zh-hans"):
        assert [said(notice) for notice in read(query).notices] == [sentence]


def msgids(saying: Saying):
    yield saying.msgid
    for part in (*saying.parts, *(v for v in saying.params.values() if isinstance(v, Saying))):
        yield from msgids(part)


def test_every_clause_is_in_the_catalogue():
    assert {msgid for clauses in CLAUSES.values() for msgid in clauses} <= set(MESSAGES)
    assert set(CLAUSES) == set(Field)
    assert {*COMPARED.values(), *PLACES.values()} <= set(MESSAGES)
    assert {name for code in CODES.values() for name in (code.name, code.other) if name} <= set(NOTICES)
    with translation.override("zh-hans"):
        untranslated = {m for m in MESSAGES + NOTICES if translation.gettext(m) == m}
    assert untranslated <= SAME_IN_CHINESE


PIECES = [
    "a",
    "-",
    "OR",
    "题:",
    "年:",
    "2024",
    "2020..",
    "(",
    ")",
    '"b"',
    " ",
    "*",
    "NEAR/5",
    "指标:",
    ">=9%",
]
PIECES += ["TI='", "'", "FU=", "/SEN 3", "$5", "#", "ZB='x>1'", "x*y"]


@given(st.lists(st.sampled_from(PIECES)))
def test_every_sentence_is_in_the_catalogue(pieces):
    reading = read("".join(pieces))
    assert set(msgids(describe(reading.node))) <= set(MESSAGES)
    assert {msgid for notice in reading.notices for msgid in msgids(notice)} <= set(MESSAGES + NOTICES)
