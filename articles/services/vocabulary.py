"""The vocabulary files into the tables: regions with their tree, years and successors, and themes."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction

from articles import gazetteer
from articles.gazetteer import Gazetteer, files
from articles.gazetteer.region_rows import RegionRow, bearer, lineage, read_rows
from articles.models import Region, Theme, VocabularyState
from articles.services.locks import VOCABULARY, hold

Successor = Region.successors.through
REGION_FIELDS = ("name", "level", "parent_id", "until", "full_name", "short_names", "pinyin")
DEPTH = ("省级", "地市级", "区县级")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows the tables hold, and how many this run wrote (0 where nothing had changed)."""

    regions: int
    themes: int
    written: int


def load_vocabulary(force: bool = False) -> Loaded:
    """Brings regions and themes up to the files; done at once where the files are those of the last time.

    Rows that left the files stay, because records may point at them. Raises VocabularyError for a faulty
    file.
    """
    digest = files_digest()
    if not force and VocabularyState.objects.filter(digest=digest).exists():
        return Loaded(Region.objects.count(), Theme.objects.count(), 0)
    vocabularies = gazetteer.load()
    with transaction.atomic():
        hold(VOCABULARY)
        written = _load_regions(vocabularies) + _load_themes(vocabularies)
        VocabularyState.objects.all().delete()
        VocabularyState.objects.create(digest=digest)
    return Loaded(Region.objects.count(), Theme.objects.count(), written)


def files_digest() -> str:
    """Of everything that the tables are made from: data files, and the code that reads them."""
    package = Path(gazetteer.__file__).parent
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted((*files.VOCABULARY.glob("*.csv"), *files.DATA.iterdir(), *package.glob("*.py"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _load_regions(vocabularies: Gazetteer) -> int:
    index = vocabularies.regions
    rows = sorted(read_rows(), key=lambda row: (DEPTH.index(row.level), row.code, row.since))
    known = {(r.code, r.since): r for r in Region.objects.all()}
    latest: dict[str, Region] = {}
    written = 0
    by_level: dict[str, list[RegionRow]] = defaultdict(list)
    by_code: dict[str, list[RegionRow]] = defaultdict(list)
    for row in rows:
        by_level[row.level].append(row)
        by_code[row.code].append(row)

    def above(row: RegionRow, code: str) -> Region:
        """What it lay in: 枳城区 in 涪陵市, though the code is 眉山市's today."""
        versions = by_code[code]
        then = bearer(versions, row.until)
        return latest[code] if then in lineage(versions) else known[code, then.since]

    for level in DEPTH:
        new, changed = [], []
        for row in by_level[level]:
            current = index[row.code]
            parent = above(row, current.parent) if current.parent else None
            values = {
                "name": row.name,
                "level": row.level,
                "parent_id": parent.pk if parent else None,
                "until": row.until,
                "full_name": (parent.full_name if parent else "") + row.name,
                "short_names": list(index.short_names(row.code, row.name, row.level)),
                "pinyin": current.pinyin if row.name == current.name else "",
            }
            region = known.get((row.code, row.since))
            if region is None:
                region = Region(code=row.code, since=row.since, **values)
                new.append(region)
            elif any(getattr(region, field) != value for field, value in values.items()):
                for field, value in values.items():
                    setattr(region, field, value)
                changed.append(region)
            if row.code not in latest or (row.until or 9999) >= (latest[row.code].until or 9999):
                latest[row.code] = region
        Region.objects.bulk_create(new, batch_size=1000)
        Region.objects.bulk_update(changed, [f.removesuffix("_id") for f in REGION_FIELDS], batch_size=500)
        known |= {(r.code, r.since): r for r in new}
        written += len(new) + len(changed)

    wanted = {
        (known[row.code, row.since].pk, latest[code].pk)
        for row in rows
        for code in row.successors
        if code in latest and latest[code].pk != known[row.code, row.since].pk
    }
    return written + _sync(Successor, ("from_region_id", "to_region_id"), wanted)


def _sync(through: type[models.Model], columns: tuple[str, str], wanted: set[tuple[int, int]]) -> int:
    """Makes a plain many-to-many table hold exactly the pairs `wanted`; returns how many rows it wrote."""
    present = {
        pair: pk
        for *pair_list, pk in through.objects.values_list(*columns, "pk")
        for pair in [tuple(pair_list)]
    }
    surplus = [pk for pair, pk in present.items() if pair not in wanted]
    through.objects.filter(pk__in=surplus).delete()
    missing = sorted(wanted - present.keys())
    through.objects.bulk_create(
        (through(**dict(zip(columns, pair, strict=True))) for pair in missing), batch_size=2000
    )
    return len(surplus) + len(missing)


def _load_themes(vocabularies: Gazetteer) -> int:
    known = {theme.slug: theme for theme in Theme.objects.all()}
    new, changed = [], []
    for order, entry in enumerate(vocabularies.themes):
        theme = known.get(entry.slug)
        if theme is None:
            new.append(Theme(slug=entry.slug, name=entry.name, order=order))
        elif (theme.name, theme.order) != (entry.name, order):
            theme.name, theme.order = entry.name, order
            changed.append(theme)
    Theme.objects.bulk_create(new)
    Theme.objects.bulk_update(changed, ["name", "order"])
    return len(new) + len(changed)
