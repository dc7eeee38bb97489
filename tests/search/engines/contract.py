"""What every engine must do, asserted once. An engine's test gives a fixture `engine`, empty and ready."""

import random

import pytest

from search.engines.base import Document, FacetValue, Request
from search.engines.scan import ScanEngine
from search.query import parse
from search.query.ast import Among, Not, all_of
from search.query.figures import Figure
from tests.search.engines.language import *  # noqa: F403

SICHUAN, CHENGDU = FacetValue("510000", "四川省"), FacetValue("510100", "成都市")
JIANGXI, NANCHANG = FacetValue("360000", "江西省"), FacetValue("360100", "南昌市")
OVERSIGHT, TALKS = FacetValue("oversight", "民主监督"), FacetValue("talks", "协商议政")


def facets(region=(), theme=(), year=()):
    return {"region": tuple(region), "theme": tuple(theme), "year": tuple(FacetValue(y, y) for y in year)}


IN_SICHUAN = {"region": ("四川", "川西"), "column": ("主席论坛",), "page": ("3",)}
IN_CHENGDU = {"region": ("四川", "成都", "四川成都"), "organisation": ("成都市政协",), "page": ("2",)}


DOCUMENTS = (
    Document(
        "1",
        "打造政协委员会客厅",
        ("把会客厅建在家门口，让“有事好商量”落地。", "第二段写协商。"),
        authors=("张利",),
        date="2024-07-16",
        public_id="aaa",
        facets=facets([SICHUAN, CHENGDU], [TALKS], ["2024"]),
        names=IN_CHENGDU,
    ),
    Document(
        "2",
        "“赣事好商量·‘三有’在洪城”走进社区",
        ("洪城里的协商。", "家门口的商量。"),
        kicker="南昌市政协",
        date="2023-01-05",
        public_id="bbb",
        facets=facets([JIANGXI, NANCHANG], [OVERSIGHT, TALKS], ["2023"]),
    ),
    Document(
        "3",
        "民主監督在路上",
        ("監督 重在實效。GDP增长95.4%，用AI办提案。",),
        subtitle="成都提案观察",
        date="2024-01-01",
        public_id="ccc",
        facets=facets([SICHUAN, CHENGDU], [OVERSIGHT], ["2024"]),
        names=IN_CHENGDU,
        figures=(Figure("提案办复率", 95.4, 95.4, "%"), Figure("提案", 1194, 1194, "件")),
    ),
    Document(
        "4",
        "一条消息",
        ("He said nothing. 会客 厅堂",),
        date="2022",
        public_id="ddd",
        facets=facets([SICHUAN], [], ["2022"]),
        names=IN_SICHUAN,
        figures=(Figure("提案", 2, 6, "件"),),
    ),
    Document("5", "", ("没有标题的文章，在成都会客", "厅里写成。<b>&amp;</b>"), public_id="eee"),
)


@pytest.fixture
def filled(engine):
    assert engine.rebuild(DOCUMENTS) == len(DOCUMENTS)
    return engine


def ids(engine, query, **request):
    result = engine.search(Request(parse(query), **{"limit": 1000, **request}))
    found = [hit.document.id for hit in result.hits]
    assert result.total == len(found)
    return found


FINDS = [
    ("", "12345"),
    ("*", "12345"),
    ("会客厅", "14"),
    ("委员会", "1"),
    ("政协委员会客厅", "1"),
    ('"会客厅"', "14"),
    ('"把会客厅建在家门口"', "1"),
    ('"有事好商量"', "1"),
    ('"“有事好商量”落地"', "1"),
    ('"赣事好商量·‘三有’在洪城"', "2"),
    ("“三有”", "2"),
    ('"厅"', "145"),
    ('"，"', "135"),
    ('"落地。第二段"', ""),
    ('"洪城里的协商。家门口"', ""),
    ('"南昌市政协“赣事"', ""),
    ("监督", "3"),
    ("監督", "3"),
    ('"监督重在实效"', "3"),
    ("ai", "3"),
    ('"ai"', "34"),
    ("gdp", "3"),
    ("GD", ""),
    ('"GD"', "3"),
    ("95.4", "3"),
    ("95", ""),
    ("said nothing", "4"),
    ('"said nothing"', "4"),
    ('"saidnothing"', ""),
    ("协商 洪城", "2"),
    ("协商 OR 监督", "123"),
    ("协商 -洪城", "1"),
    ("-协商", "345"),
    ("(协商 或 监督) 家门口", "12"),
    ("题:会客厅", "1"),
    ("题:协商", ""),
    ("标题:南昌", "2"),
    ('题:"三有"', "2"),
    ("题:ai", ""),
    ("张利", "1"),
    ('"张利"', ""),
    ("作者:张利", "1"),
    ("作者:张", "1"),
    ("作者:王", ""),
    ("地区:成都", "13"),
    ("地区:四川", "134"),
    ("主题:监督", "23"),
    ("主题:监督 -地区:四川", "2"),
    ("年:2024", "13"),
    ("年:2022-2023", "24"),
    ("年:2023..", "123"),
    ("年:昨天", ""),
    ("<b>", "5"),
    ('"<b>&amp;</b>"', "5"),
    ("成都", "35"),
    ("没有的词儿", ""),
    ("\ud800", ""),
    ('"\ud800"', ""),
]


def test_finds(filled):
    assert {query: "".join(sorted(ids(filled, query))) for query, _ in FINDS} == dict(FINDS)


def test_a_hit_brings_its_document_unchanged(filled):
    for hit in filled.search(Request(limit=10)).hits:
        original = DOCUMENTS[int(hit.document.id) - 1]
        assert hit.document.digest == original.digest
        assert hit.document.paragraphs == original.paragraphs


def test_the_title_ranks_first(engine):
    engine.rebuild(
        [
            Document("1", "别的", ("协商" * 2 + "很长的正文" * 30,)),
            Document("2", "协商", ("正文",)),
            Document("3", "无关", ("正文",)),
        ]
    )
    assert ids(engine, "协商") == ["2", "1"]


@pytest.mark.parametrize(
    "typed", ["市政协会见来宾", "“市政协会见来宾”", "市政协 会见来宾", "题名:市政协会见来宾"]
)
def test_who_types_a_whole_title_finds_that_article_first(engine, typed):
    longer = Document("1", "市政协会见来宾、市政协会见来宾", ("市政协会见来宾。",) * 5)
    engine.rebuild([longer, Document("2", "市政协·会见来宾", ("市政协会见来宾。",))])
    assert engine.search(Request(parse(typed))).hits[0].id == "2"


def test_a_hit_is_read_as_it_was_found_though_the_index_has_changed(engine):
    engine.rebuild([Document("1", "协商", ("先前",))])
    (hit,) = engine.search(Request(parse("协商"))).hits
    engine.apply([Document("1", "协商", ("后来",))])
    assert hit.document.paragraphs == ("先前",)
    assert hit.document is hit.document


def test_sorts_by_date(filled):
    assert ids(filled, "", sort="newest") == ["1", "3", "2", "4", "5"]
    assert ids(filled, "", sort="oldest") == ["4", "2", "3", "1", "5"]
    assert ids(filled, "协商", sort="oldest") == ["2", "1"]


def test_pages_do_not_overlap_and_the_total_is_exact(filled):
    pages = [filled.search(Request(parse(""), offset=o, limit=2)) for o in (0, 2, 4, 6)]
    assert [page.total for page in pages] == [5] * 4
    assert sorted(hit.document.id for page in pages for hit in page.hits) == list("12345")
    assert filled.search(Request(parse("协商"), limit=0)).total == 2


def test_facets_are_counted_with_and_without_a_query(filled):
    names = ("region", "theme", "year", "mechanism")
    everything = filled.search(Request(facets=names, limit=0)).facets
    assert everything["region"] == (
        (*SICHUAN, 3), (*CHENGDU, 2), (*JIANGXI, 1), (*NANCHANG, 1),
    )  # fmt: skip
    assert [(c.value, c.number) for c in everything["year"]] == [("2024", 2), ("2022", 1), ("2023", 1)]
    assert everything["mechanism"] == ()
    narrowed = filled.search(Request(parse("协商"), facets=("theme",), limit=0)).facets
    assert [(c.value, c.number) for c in narrowed["theme"]] == [("talks", 2), ("oversight", 1)]


def test_filters_are_alternatives_within_a_facet_and_add_up_across(filled):
    assert sorted(ids(filled, "", filters={"region": ("510000",)})) == ["1", "3", "4"]
    assert sorted(ids(filled, "", filters={"region": ("510100", "360000")})) == ["1", "2", "3"]
    assert ids(filled, "", filters={"region": ("510000",), "theme": ("talks",)}) == ["1"]
    assert ids(filled, "协商", filters={"region": ("360000",)}) == ["2"]
    assert ids(filled, "", filters={"region": ("999999",)}) == []


def test_a_facet_is_counted_under_the_filters_of_the_others_only(filled):
    result = filled.search(Request(filters={"region": ("510000",)}, facets=("region", "theme"), limit=0))
    assert {c.value: c.number for c in result.facets["region"]}["360000"] == 1
    assert {c.value: c.number for c in result.facets["theme"]} == {"talks": 1, "oversight": 1}


def test_apply_replaces_and_removes(filled):
    before = filled.generation()
    filled.apply([Document("2", "换了题", ("换了正文",)), Document("6", "新来的", ("协商",))], ["3"])
    assert filled.generation() != before
    assert sorted(ids(filled, "")) == list("12456")
    assert sorted(ids(filled, "协商")) == ["1", "6"]
    assert ids(filled, "换了") == ["2"]
    assert ids(filled, "监督") == []
    assert [id for id, _ in filled.digests()] == list("12456")
    filled.apply([DOCUMENTS[1], DOCUMENTS[2]], ["6"])
    assert list(filled.digests()) == [(d.id, d.digest) for d in DOCUMENTS]


def test_many_small_changes_leave_one_true_index(engine):
    engine.rebuild([])
    for n in range(40):
        engine.apply([Document(str(n), f"第{n}篇", (f"协商{n}",), date=f"20{n + 10}")], [str(n - 30)])
    assert sorted(map(int, ids(engine, "协商"))) == list(range(10, 40))
    assert ids(engine, "", sort="newest")[0] == "39"
    assert ids(engine, '"第25篇"') == ["25"]


def test_an_empty_index_answers(engine):
    engine.rebuild([])
    assert ids(engine, "协商") == []
    assert engine.search(Request(facets=("region",))).facets == {"region": ()}


def test_phrases_find_exactly_what_reading_finds(engine):
    """Random substrings of random texts, against the engine that reads every document."""
    rng = random.Random(20240716)
    letters = "政协委员会客厅有事好商量民主监督提案，。“”·‘’ 1a《》"

    def text(length):
        return "".join(rng.choices(letters, k=length))

    documents = [Document(str(n), text(6), tuple(text(30) for _ in range(3)), text(3)) for n in range(120)]
    engine.rebuild(documents)
    oracle = ScanEngine()
    oracle.rebuild(documents)
    for _ in range(150):
        source = rng.choice(rng.choice(documents).paragraphs)
        start = rng.randrange(len(source) - 6)
        piece = source[start : start + rng.randint(1, 6)].replace('"', "")
        for query in (f'"{piece}"', piece):
            assert sorted(ids(engine, query)) == sorted(ids(oracle, query)), query


def test_articles_by_their_keys(filled):
    for keys in ((), (2,), (1, 4, 99), tuple(range(1, 400))):
        result = filled.search(Request(all_of([parse("会客"), Among(frozenset(keys))])))
        assert sorted(hit.id for hit in result.hits) == sorted({"1", "4", "5"} & set(map(str, keys)))
    assert filled.search(Request(Not(Among(frozenset({2, 3}))), facets=("year",))).total == 3
