"""The query language on an engine: every node, verbatim, and random queries against the scan engine."""

import random

import pytest

from search.engines.base import Document, FacetValue, Request
from search.engines.scan import ScanEngine
from search.query import Field, Metric, Near, Not, Or, Phrase, Prefix, Scope, Word, parse
from search.query.ast import all_of, any_of, years
from search.query.figures import Figure

ASKED = [
    # on the documents of the contract
    ("正文:会客厅", "14"),
    ("正文:打造", ""),
    ("正文:ai", "3"),
    ('正文:"第二段"', "1"),
    ("地区:成都市", "13"),
    ("地区:四川成都", "13"),
    ("地区:“四川省”", "134"),
    ("地区:川", ""),
    ("地区:川*", "4"),
    ("地区:四川 -地区:成都", "4"),
    ('主题:"监督"', ""),
    ('主题:"民主监督"', "23"),
    ("栏目:主席", "4"),
    ("栏目:“主席 · 论坛”", "4"),
    ("机构:成都", "13"),
    ("版次:3", "4"),
    ("版次:2-3", "134"),
    ("第一作者:张利", "1"),
    ('作者:"张"', ""),
    ("作者:张*", "1"),
    ("日期:2024-07", "1"),
    ("日期:2024", "13"),
    ("日期:2024-07-16", "1"),
    ("日期:<2023", "4"),
    ("日期:2022-01..2022-06", ""),
    ("日期:>=2023-01-05 -日期:2024-07", "23"),
    ("-年:2024", "245"),
    ("指标:办复率>=90%", "3"),
    ("指标:办复率>=90", "3"),
    ("指标:办复率>=90个百分点", ""),
    ("指标:办复率>95.4%", ""),
    ("指标:办复率=95.4%", "3"),
    ("指标:提案>1000件", "3"),
    ("指标:提案<3件", "4"),
    ("指标:提案=4件", "4"),
    ("指标:提案", "34"),
    ("指标:>=0.1万件", "3"),
    ("指标:提案 -指标:办复率", "4"),
    ("会客*", "145"),
    ("said*", "4"),
    ("noth*", "4"),
    ("othing*", ""),
    ("GD*", "3"),
    ("题:会客*", "1"),
    ("95*", "3"),
    ("4*", "3"),
    ('"有事好"*', "1"),
    ("-会客*", "23"),
    ("洪城 NEAR/s 协商", "2"),
    ("洪城 NEAR/s 家门口", ""),
    ("成都 NEAR/p 厅", ""),
    ("监督 NEAR/s GDP", ""),
    ("监督 NEAR/p gdp", "3"),
    ("会客 NEAR/s “把”", "1"),
    ("会客厅 NEAR 家门口", "1"),
    ("题:(政协 NEAR 会客厅)", "1"),
    ("正文:(政协 NEAR 会客厅)", ""),
    ("张利 NEAR 会客厅", ""),
    ("会客厅 NEAR/1 家门口", ""),
    ("会客厅 NEAR/2 家门口", "1"),
    ("家门口 NEAR/2 会客厅", "1"),
    ("家门口 PREV/2 会客厅", ""),
    ("会客厅 PREV/s 家门口", "1"),
    ("GD* NEAR/p 提案", "3"),
    ("-(洪城 NEAR 协商)", "1345"),
    ("TI='会客厅' AND AU='张利'", "1"),
    ("SU=('协商'+'监督')*'家门口'-'洪城'", "1"),
    ("YE BETWEEN('2023','2024') AND DQ='四川'", "13"),
    ("ZB='办复率>=90%'", "3"),
]


def test_answers(filled):
    answers = {query: "".join(found(filled, parse(query))) for query, _ in ASKED}
    assert answers == dict(ASKED)


def found(engine, node, verbatim=False):
    result = engine.search(Request(node, limit=1000, verbatim=verbatim))
    ids = sorted((hit.document.id for hit in result.hits), key=int)
    assert result.total == len(ids)
    return ids


VERBATIM = (
    Document("1", "台湾同胞", ("ＧＤＰ增长。", "民主 監督"), authors=("張利",)),
    Document("2", "臺灣同胞", ("GDP增长。", "民主监督"), authors=("张利",)),
    Document("3", "cafe\u0301 “台湾”", ("gdp增长!", "民主監督！")),
)


COMPARED = [
    ("台湾", "123", "13"),
    ("臺灣", "123", "2"),
    ("题:臺灣", "123", "2"),
    ("GDP", "123", "2"),
    ("gdp增", "123", "3"),
    ("正文:ＧＤＰ", "123", "1"),
    ("GD*", "123", "2"),
    ("民主監督", "123", "3"),
    ("民主监督", "123", "2"),
    ('"民主 監督"', "123", "1"),
    ("-臺灣", "", "13"),
    ("张利", "12", "2"),
    ("張利", "12", "1"),
    ("作者:張利", "12", "12"),
    ('"cafe\u0301"', "3", "3"),
    ("café", "3", "3"),
    ('"cafe"', "", ""),
    ("“增长!”", "3", "3"),
    ("民主 NEAR 監督", "123", "13"),
    ("民主 NEAR/0 監督", "123", "3"),
    ("*", "123", "123"),
]


def test_verbatim_makes_nothing_equal(engine):
    engine.rebuild(VERBATIM)
    for query, folded, verbatim in COMPARED:
        # the folded question twice, because an engine may remember the other answer
        answers = [found(engine, parse(query), how) for how in (False, True, False)]
        assert answers == [list(folded), list(verbatim), list(folded)], query


def test_the_whole_string_ranks_above_its_words(engine):
    padding = "今天天气很好。" * 20
    engine.rebuild(
        [
            Document("1", "监督工作", ("成都" * 5 + "。" + "监督" * 5, "监督，成都。" * 9)),
            Document("2", "无关", (padding, padding + "成都监督", padding)),
            Document("3", "无关", (padding,)),
        ]
    )
    assert [hit.document.id for hit in engine.search(Request(parse("成都监督"))).hits] == ["2", "1"]
    assert [hit.document.id for hit in engine.search(Request(parse('"成都监督"'))).hits] == ["2"]


# -- random queries

LETTERS = "政协委员会客厅有事好商量民主监督提案，。“”·‘’ 1a2bGD臺台！？%"
PLACES = (FacetValue("510000", "四川省"), FacetValue("510100", "成都市"), FacetValue("360000", "江西省"))
UNITS = ("%", "件", "人", "")
SUBJECTS = ("办复率", "提案办复率", "提案", "参与协商")


def _document(rng, number):
    def text(length):
        return "".join(rng.choices(LETTERS, k=rng.randint(0, length)))

    places = tuple(rng.sample(PLACES, rng.randint(0, 2)))
    low = rng.randint(0, 5) / 2
    return Document(
        str(number),
        text(8),
        tuple(text(40) for _ in range(rng.randint(0, 3))),
        kicker=text(4),
        authors=tuple(text(3) for _ in range(rng.randint(0, 2))),
        date=rng.choice(["", "2023", "2023-05", "2023-05-07", "2024-02-29", "2024"]),
        facets={"region": places, "level": (FacetValue("省级", "省级"),)},
        names={"region": tuple(p.label[:2] for p in places), "page": (str(rng.randint(1, 3)),)},
        figures=tuple(
            Figure(rng.choice(SUBJECTS), low, low + rng.randint(0, 1), rng.choice(UNITS))
            for _ in range(rng.randint(0, 2))
        ),
    )


def _string(rng, documents):
    source = rng.choice(["\n".join(document.passages(Field.ANY, True)) for document in documents])
    start = rng.randrange(max(1, len(source)))
    return source[start : start + rng.randint(1, 4)].replace("\n", "") or "协"


def _leaf(rng, documents):
    kind = rng.choice((Word, Word, Phrase, Prefix))
    field = rng.choice((Field.ANY, Field.ANY, Field.TITLE, Field.BODY, *Field))
    named = field not in (Field.ANY, Field.TITLE, Field.BODY) and rng.random() < 0.7
    text = rng.choice(("四川", "成都市", "省", "省级", "2", "政", "协")) if named else _string(rng, documents)
    return kind(text, field)


def _node(rng, documents, depth=0):
    choice = rng.random()
    if depth < 3 and choice < 0.4:
        join = all_of if choice < 0.2 else any_of
        return join([_node(rng, documents, depth + 1) for _ in range(rng.randint(2, 3))])
    if depth < 3 and choice < 0.5:
        return Not(_node(rng, documents, depth + 1))
    if choice < 0.6:
        first = rng.randint(2022, 2024)
        return years(first, first + rng.randint(0, 1))
    if choice < 0.7:
        return parse(f"日期:2023-0{rng.randint(4, 6)}..2024-0{rng.randint(1, 3)}")
    if choice < 0.8:
        sign = rng.choice((">=", "<=", ">", "<", "="))
        return Metric(rng.choice((*SUBJECTS, "")), sign, rng.randint(0, 6) / 2, rng.choice(UNITS))
    if choice < 0.9:
        parts = tuple(rng.choice((Word, Phrase, Prefix))(_string(rng, documents)) for _ in range(2))
        field = rng.choice((Field.ANY, Field.BODY, Field.TITLE))
        return Near(parts, rng.choice(tuple(Scope)), field, rng.choice((None, 0, 3)), rng.random() < 0.3)
    return _leaf(rng, documents)


@pytest.mark.parametrize("verbatim", [False, True])
def test_random_queries_find_what_reading_finds(engine, verbatim):
    rng = random.Random(7415 + verbatim)
    documents = [_document(rng, number) for number in range(1, 61)]
    engine.rebuild(documents)
    oracle = ScanEngine()
    oracle.rebuild(documents)
    answered = 0
    for _ in range(300):
        node = _node(rng, documents)
        expected = found(oracle, node, verbatim)
        assert found(engine, node, verbatim) == expected, node
        answered += 0 < len(expected) < len(documents)
    assert answered > 100


def test_a_phrase_counts_what_a_plain_search_counts(engine):
    rng = random.Random(99)
    documents = [_document(rng, number) for number in range(1, 41)]
    engine.rebuild(documents)
    for _ in range(100):
        needle = _string(rng, documents)
        node = Or((Phrase(needle), Phrase(needle + "协")))
        plain = [d.id for d in documents if any(needle in p for p in d.passages(Field.ANY, True))]
        assert found(engine, Phrase(needle), verbatim=True) == plain, needle
        assert set(plain) <= set(found(engine, node, verbatim=True))
