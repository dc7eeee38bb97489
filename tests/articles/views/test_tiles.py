import pytest

from articles.models import Region
from articles.views.tiles import SHADES, TILES, shade_of, tile_map


def test_each_province_has_one_cell_of_its_own() -> None:
    assert len(TILES) == 34
    for column in range(2):
        assert len({tile[column] for tile in TILES}) == 34
    assert len({(row, column) for *_rest, row, column in TILES}) == 34


@pytest.mark.django_db
def test_the_cells_are_the_provinces_of_the_vocabulary() -> None:
    provinces = Region.objects.filter(level="省级", until=None).values_list("code", flat=True)
    assert {code for code, *_rest in TILES} == set(provinces)


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5, 7, 100, 12345])
def test_shades_grow_with_the_count(most: int) -> None:
    shades = [shade_of(n, most) for n in range(most + 1)]
    assert shades[0] == 0 and shades == sorted(shades)
    assert min(shades[1:]) >= 1 and max(shades) <= SHADES


@pytest.mark.django_db
def test_the_key_names_every_shade_in_use() -> None:
    drawn = tile_map({"51": 9, "50": 1})
    assert {tile.shade for tile in drawn.tiles} - {0} <= {shade for shade, _low, _high in drawn.bounds}
    assert drawn.bounds[0][1] == 1 and drawn.bounds[-1][2] == 9
