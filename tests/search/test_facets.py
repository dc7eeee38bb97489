import pytest
from django.http import QueryDict

from search.engines import base
from search.engines.base import FacetCount
from search.facets import BY_NAME, FACETS, choices, lies_in, parent
from search.forms import Address
from search.page.panels import toggling


def test_the_registry_and_the_engines_name_the_same_facets():
    assert tuple(facet.name for facet in FACETS) == base.FACETS


def test_provinces_first_and_below_the_chosen_one_its_places():
    rows = (
        "510000 四川省 5, 510100 成都市 3, 360000 江西省 2, 360100 南昌市 2, 510107 武侯区 1, 110101 东城区 1"
    )
    counts = tuple(FacetCount(*row.split()[:2], int(row.split()[2])) for row in rows.split(", "))
    rows = choices(BY_NAME["region"], counts, ())
    assert [(row.label, row.depth) for row in rows] == [("四川省", 0), ("江西省", 0), ("东城区", 0)]
    rows = choices(BY_NAME["region"], counts, ("510000",))
    assert [(row.label, row.depth) for row in rows][:3] == [("四川省", 0), ("成都市", 1), ("武侯区", 2)]
    rows = choices(BY_NAME["region"], counts, ("510107",))
    assert [row.label for row in rows if row.chosen] == ["武侯区"]


def test_years_are_bars_without_gaps():
    counts = (FacetCount("2020", "2020", 9), FacetCount("2023", "2023", 3))
    rows = choices(BY_NAME["year"], counts, ("2023",))
    assert [(row.value, row.count, row.height, row.chosen) for row in rows] == [
        ("2020", 9, 100, False), ("2021", 0, 0, False), ("2022", 0, 0, False), ("2023", 3, 33, True),
    ]  # fmt: skip


def test_too_many_years_show_those_that_have_articles():
    counts = (FacetCount("1949", "1949", 1), FacetCount("2024", "2024", 1))
    assert [row.value for row in choices(BY_NAME["year"], counts, ())] == ["1949", "2024"]


def test_parent():
    assert [parent(code) for code in ("510107", "510100", "510000")] == ["510100", "510000", ""]


def test_lies_in():
    assert lies_in("510107", "510000") and lies_in("510107", "510100") and lies_in("510100", "510000")
    assert (
        not lies_in("510000", "510107")
        and not lies_in("510107", "510107")
        and not lies_in("360100", "510000")
    )


@pytest.mark.parametrize(
    "asked",
    [
        "q=协商",
        "q=%2500&page=3&sort=newest",
        "theme=主题 1&theme=a%26b&year=2024",
        "region=510000&from=2024",
        "genre=%00&column=%00",
    ],
)
def test_the_address_of_a_choice_is_the_one_with_it_made_or_given_up(asked):
    address = Address.read(QueryDict(asked))
    for name in BY_NAME:
        toggled = toggling(address, name)
        for value in ("510000", "主题 1", "a&b", '"<%00>', ""):
            assert toggled(value) == address.toggled(name, value).string
