"""Under which other names an article is found in the fields of a query, besides its facets' labels and its authors."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from articles import gazetteer
from articles.models import Region
from search.query.ast import Field

Names = Mapping[str, tuple[str, ...]]
"""Query field → names."""


def names(
    *,
    places: Iterable[Region],
    mechanisms: Iterable[str],
    columns: Iterable[str],
    pages: Iterable[str],
    organisations: Iterable[str],
    publication: str,
) -> Names:
    """The names of one article. `places`: its regions with all that they lie in. `mechanisms`: as printed and
    their aliases. `pages`: page numbers as printed; 03 is page 3."""
    found = {
        Field.REGION: [name for place in places for name in (*place.short_names, *former(place.code))],
        Field.MECHANISM: mechanisms,
        Field.COLUMN: columns,
        Field.PAGE: [number.strip().lstrip("0") for number in pages],
        Field.ORGANISATION: organisations,
        Field.PUBLICATION: _aliases(publication),
    }
    kept = {str(field): tuple(dict.fromkeys(filter(None, some))) for field, some in found.items()}
    return {field: some for field, some in kept.items() if some}


@lru_cache(maxsize=8_192)
def former(code: str) -> tuple[str, ...]:
    """What a region was called before, and the regions of its level that became it, with their short names:
    who asks for 沙县 means 沙县区 as well."""
    regions = gazetteer.load().regions
    found: dict[str, None] = {}
    seen, ahead = {code}, [code] if code in regions else []
    while ahead:
        region = regions[ahead.pop()]
        found.update(dict.fromkeys(name for name, *_ in region.former_names))
        if region.code != code:
            found.update(dict.fromkeys((region.name, *region.short_names)))
        before = [c for c in region.predecessors if c not in seen and regions[c].level == regions[code].level]
        seen.update(before)
        ahead.extend(before)
    return tuple(found)


@lru_cache(maxsize=1_024)
def _aliases(publication: str) -> tuple[str, ...]:
    entry = gazetteer.load().publication(publication) if publication else None
    return (entry.name, *entry.aliases) if entry else ()
