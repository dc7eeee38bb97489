import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from search.query import Field, parse
from search.query.describe import CLAUSES, Saying, describe
from search.say import MESSAGES, read_as

CHINESE = [
    ("", "全部文章"),
    ("会客厅", "含“会客厅”的文章"),
    ('"有事好商量" -成都', "原文一字不差含“有事好商量”，并且不含“成都”的文章"),
    ("(成都 或 题:重庆) 年:2024", "（含“成都”，或者标题含“重庆”），并且2024年的文章"),
    ("-(成都 重庆)", "不符合（含“成都”，并且含“重庆”）的文章"),
    ("作者:张利 地区:成都 主题:提案", "作者为“张利”，并且地区为“成都”，并且主题为“提案”的文章"),
    ("年:2020..", "2020年及以后的文章"),
    ("年:2020-2022", "2020年至2022年的文章"),
]


@pytest.mark.parametrize(("query", "sentence"), CHINESE)
def test_said_in_chinese(query, sentence):
    with translation.override("zh-hans"):
        assert read_as(parse(query)) == sentence


def msgids(saying: Saying):
    yield saying.msgid
    for part in (*saying.parts, *(v for v in saying.params.values() if isinstance(v, Saying))):
        yield from msgids(part)


def test_every_clause_is_in_the_catalogue():
    assert {msgid for clauses in CLAUSES.values() for msgid in clauses} <= set(MESSAGES)
    assert set(CLAUSES) == set(Field)
    with translation.override("zh-hans"):
        untranslated = [m for m in MESSAGES if translation.gettext(m) == m]
    assert untranslated == []


@given(st.lists(st.sampled_from(["a", "-", "OR", "题:", "年:", "2024", "2020..", "(", ")", '"b"', " "])))
def test_every_sentence_is_in_the_catalogue(pieces):
    assert set(msgids(describe(parse("".join(pieces))))) <= set(MESSAGES)
