"""Under which other names an article is found in the fields of a query, besides its facets' labels and its authors."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from articles import gazetteer
from articles.models import Region
from search.query.ast import And, Field, Node, Not, Or, Phrase, Word
from search.text import name_key

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
        before = [c for c in region.predecessors if c not in seen and _became(c, region.code)]
        seen.update(before)
        ahead.extend(before)
    return tuple(found)


def _became(old: str, new: str) -> bool:
    """Whether a region bears on what an old one of its level was. One that was divided is where its name went on,
    if it did: 沙县 is 沙县区, not 三元区, to which some of its townships came."""
    regions = gazetteer.load().regions
    was, heirs = regions[old], regions[old].successors
    named = [c for c in heirs if c in regions and regions[c].name.startswith((was.name, *was.short_names))]
    return was.level == regions[new].level and new in (named or heirs)


def called(node: Node) -> Node:
    """A query as it is said back: a region that only one place of today goes by has that place's name."""
    match node:
        case Word(text, Field.REGION) | Phrase(text, Field.REGION):
            return replace(node, text=_places().get(name_key(text), text))
        case Not(part):
            return Not(called(part))
        case And(parts):
            return And(tuple(map(called, parts)))
        case Or(parts):
            return Or(tuple(map(called, parts)))
    return node


@lru_cache(maxsize=1)
def _places() -> Mapping[str, str]:
    """Key of a name → the region in use, where only one is or was called so."""
    regions = gazetteer.load().regions
    bearers: dict[str, set[str]] = defaultdict(set)
    for code in regions.codes_in_use:
        for name in (regions[code].name, *regions[code].short_names, *former(code)):
            bearers[name_key(name)].add(code)
    return {key: regions[min(codes)].name for key, codes in bearers.items() if len(codes) == 1}


@lru_cache(maxsize=1_024)
def _aliases(publication: str) -> tuple[str, ...]:
    entry = gazetteer.load().publication(publication) if publication else None
    return (entry.name, *entry.aliases) if entry else ()
