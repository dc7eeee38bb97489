"""The country as a grid: one cell for each of the 34 province-level divisions, roughly where it lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from articles.models import Region

# (code, abbreviation, row, column), north-west first.
TILES: tuple[tuple[str, str, int, int], ...] = (
    ("230000", "黑", 1, 8),
    ("150000", "蒙", 2, 5), ("210000", "辽", 2, 7), ("220000", "吉", 2, 8),
    ("650000", "新", 3, 1), ("620000", "甘", 3, 3), ("640000", "宁", 3, 4), ("140000", "晋", 3, 5),
    ("110000", "京", 3, 6), ("120000", "津", 3, 7),
    ("630000", "青", 4, 2), ("610000", "陕", 4, 4), ("410000", "豫", 4, 5), ("130000", "冀", 4, 6),
    ("370000", "鲁", 4, 7),
    ("540000", "藏", 5, 2), ("510000", "川", 5, 3), ("500000", "渝", 5, 4), ("420000", "鄂", 5, 5),
    ("340000", "皖", 5, 6), ("320000", "苏", 5, 7), ("310000", "沪", 5, 8),
    ("530000", "云", 6, 3), ("520000", "贵", 6, 4), ("430000", "湘", 6, 5), ("360000", "赣", 6, 6),
    ("330000", "浙", 6, 7),
    ("450000", "桂", 7, 4), ("440000", "粤", 7, 5), ("350000", "闽", 7, 6), ("710000", "台", 7, 7),
    ("460000", "琼", 8, 4), ("820000", "澳", 8, 5), ("810000", "港", 8, 6),
)  # fmt: skip

SHADES = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """`shade` runs from 0 (no article) to 4."""

    code: str
    name: str
    abbreviation: str
    row: int
    column: int
    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """`bounds` holds (shade, fewest, most articles) for each shade in use above 0."""

    tiles: list[Tile]
    bounds: list[tuple[int, int, int]]


def tile_map(counts: Mapping[str, int]) -> TileMap:
    """The grid for articles by the first two digits of region codes. One query."""
    names = dict(
        Region.objects.one_a_code()
        .filter(code__in=[code for code, *_rest in TILES])
        .values_list("code", "name")
    )
    most = max((counts.get(code[:2], 0) for code, *_rest in TILES), default=0)
    tiles = [
        Tile(code, names.get(code, abbreviation), abbreviation, row, column, n, shade_of(n, most))
        for code, abbreviation, row, column in TILES
        for n in [counts.get(code[:2], 0)]
    ]
    ends = [most * shade // SHADES for shade in range(SHADES + 1)] if most > SHADES else range(most + 1)
    bounds = [(shade, low + 1, high) for shade, (low, high) in enumerate(pairwise(ends), 1)]
    return TileMap(tiles, bounds)


def shade_of(n: int, most: int) -> int:
    """Equal steps of the count; with fewer than five articles at most, one shade each."""
    if n <= 0:
        return 0
    return min(SHADES, n) if most <= SHADES else -(-n * SHADES // most)
