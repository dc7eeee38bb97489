from itertools import count

import pytest

from search.engines.base import FacetValue, ordered
from search.engines.tantivy import Tantivy
from search.engines.tantivy_terms import FacetValues
from tests.search.engines.contract import *  # noqa: F403


@pytest.fixture
def engine(tmp_path):
    tantivy = Tantivy(tmp_path / "index")
    yield tantivy
    tantivy.close()


def test_facets_counted_by_numbers_come_in_the_order_of_values():
    counts = {FacetValue("b", "乙"): 2, FacetValue("a", "甲"): 2, FacetValue("c", "丙"): 70_000}
    numbers = dict(zip(counts, count(2**51), strict=False))
    values = FacetValues(numbers)
    buckets = [{"key": float(numbers[value]), "doc_count": number} for value, number in counts.items()]
    for _ in range(2):
        assert values.counts(values.ordered([buckets])) == ordered(counts)
        assert values.counts(
            values.ordered([buckets[:2], [{"key": 0.0, "doc_count": 9}], buckets[2:]])
        ) == ordered(counts)
