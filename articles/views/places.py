"""Regions with their counts: the tree of places that have articles, and what lies inside one."""

from dataclasses import dataclass, field

from articles.models import Article, Region
from articles.querysets import ArticleQuerySet
from articles.remembered import State


@dataclass(slots=True)
class Place:
    """A region with the articles of it and everything inside, and the places inside that have any."""

    region: Region
    count: int
    inside: list["Place"] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.region.code


def counts_by_prefix(articles: ArticleQuerySet) -> dict[str, int]:
    """Articles by code prefix: of two digits, of four, and of six for counties. Three queries."""
    return {prefix: n for digits in (2, 4, 6) for prefix, n in articles.counted_by_region(digits).items()}


def tree() -> list[Place]:
    """All provinces in the order of their codes, with the prefectures and counties that have articles."""
    published = Article.objects.published()
    counts = State.now().remember("tree", lambda: counts_by_prefix(published))
    codes = {code for prefix in counts for code in (prefix.ljust(6, "0"),)}
    wanted = Region.objects.one_a_code().filter(code__in=codes) | Region.objects.one_a_code().filter(
        level="省级"
    )
    places: dict[int, Place] = {}
    roots: list[Place] = []
    for region in sorted(wanted, key=lambda r: r.code):
        place = Place(region, counts.get(region.prefix, 0))
        if region.level == "省级":
            if region.until is not None and not place.count:
                continue
            roots.append(place)
        elif region.parent_id in places:
            places[region.parent_id].inside.append(place)
        places[region.pk] = place
    return roots


def inside(region: Region, counts: dict[str, int]) -> list[Place]:
    """The places right inside a region as they are today, and former ones that have articles."""
    # a parent keeps its children under every name it has had
    rows = Region.objects.one_a_code().filter(parent__code=region.code)
    places = [Place(row, counts.get(row.prefix, 0)) for row in rows]
    return sorted(
        (p for p in places if p.region.until is None or p.count), key=lambda p: (p.count == 0, p.code)
    )


@dataclass(frozen=True, slots=True)
class Former:
    """A name and code that a place had, with the years."""

    region: Region
    same_code: bool


def former(region: Region) -> list[Former]:
    """Earlier names under the same code, and the codes that became this one, latest first."""
    same = Region.objects.filter(code=region.code).exclude(pk=region.pk)
    rows = {r.pk: Former(r, True) for r in same}
    ids = [region.pk, *rows]
    for r in Region.objects.filter(successors__in=ids).exclude(pk__in=ids).distinct():
        rows.setdefault(r.pk, Former(r, False))
    return sorted(rows.values(), key=lambda f: (-(f.region.until or 9999), f.region.code))


def lineage(region: Region) -> list[Region]:
    """The regions that this one is part of, largest first; at most two queries where not prefetched."""
    above: list[Region] = []
    while region.parent is not None:
        region = region.parent
        above.insert(0, region)
    return above
