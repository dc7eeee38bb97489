from itertools import count

import pytest

from search.engines.base import Document, FacetValue, Request, ordered
from search.engines.tantivy import Tantivy
from search.engines.tantivy_query import FacetValues
from search.query import parse
from tests.search.engines.contract import *  # noqa: F403


@pytest.fixture
def engine(tmp_path):
    tantivy = Tantivy(tmp_path / "index")
    yield tantivy
    tantivy.close()


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


def test_facets_counted_by_numbers_come_in_the_order_of_values():
    counts = {FacetValue("b", "乙"): 2, FacetValue("a", "甲"): 2, FacetValue("c", "丙"): 70_000}
    numbers = dict(zip(counts, count(2**51), strict=False))
    values = FacetValues(numbers)
    buckets = [{"key": float(numbers[value]), "doc_count": number} for value, number in counts.items()]
    for _ in range(2):
        assert values.counts(values.ordered(buckets)) == ordered(counts)
