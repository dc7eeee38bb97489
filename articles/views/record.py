"""What was read from an article, value by value, with the words behind each and what speaks against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from articles import gazetteer
from articles.models import Article, Evidence, Genre, Level, Origin, Region
from articles.templatetags.reading import amount, isodate
from articles.views.joins import anchor
from articles.views.marks import Mark
from articles.views.places import lineage

UNSURE = 0.6
"""Confidence up to which a reading is shown as one that is not certain."""
HEADLINE = ("column", "kicker", "title", "subtitle")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a page and their address after #; the address is empty where nobody knows their place."""

    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field: `links` are (name, address), several for a place within places.

    `unsure` says that the parser was not certain, `added` that a person put the value beside the machine's.
    """

    links: tuple[tuple[str, str], ...]
    quotes: tuple[Quote, ...] = ()
    unsure: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """`quotes` speak for the field without one of its values. `open` holds values between which it is open.

    `machine` holds what the parser read where a person said otherwise; `corrected` is true then.
    """

    name: str
    label: str
    values: tuple[Value, ...] = ()
    quotes: tuple[Quote, ...] = ()
    open: tuple[Value, ...] = ()
    machine: tuple[Value, ...] = ()
    corrected: bool = False


def labels() -> dict[str, str]:
    """What readers call the fields that evidence speaks for."""
    return {
        "column": _("Column"), "kicker": _("Kicker"), "title": _("Headline"), "subtitle": _("Subtitle"),
        "author": _("Byline"), "author_role": _("Author's office"), "primary_region": _("Region"),
        "also_regions": _("Also"), "level": _("Level"), "genre": _("Genre"), "themes": _("Themes"),
        "dates": _("Date"), "continues_on": _("Goes on"), "continued_from": _("Comes from"),
    }  # fmt: skip


def marks(part: Article, everything: bool = False) -> list[Mark]:
    """The marks of a part, one a span, each saying all that was read there.

    What a headline was read from is the headline itself, and is marked only where `everything` is.
    """
    said: dict[tuple[int, int], dict[str, str]] = {}
    for start, end, words, entry in _readings(part, everything):
        said.setdefault((start, end), {})[words] = entry
    return [
        Mark(anchor(part.part, start, end), start, end, "\n".join(found), " ".join(found.values()))
        for (start, end), found in said.items()
    ]


def _readings(part: Article, everything: bool) -> Iterator[tuple[int, int, str, str]]:
    names = labels()
    for mention in part.mentions.all():
        if mention.start is not None:
            yield mention.start, mention.end, f"{_('Mechanism')}：{mention.name}", f"m{mention.pk}"
    for metric in part.metrics.all():
        if metric.start is not None:
            said = f"{metric.subject} {amount(metric.value)} {metric.unit}"
            yield metric.start, metric.end, f"{_('Metric')}：{said}", f"n{metric.pk}"
    for item in sorted(part.evidence.all(), key=lambda item: item.pk):
        if item.start is None or (item.field in HEADLINE and not everything):
            continue
        label = names.get(item.field, item.field)
        if item.origin == Origin.REJECTED:
            label = _("%s, as the machine read it") % label
        words = _in_words(item.field, item.value) if item.value else ""
        yield item.start, item.end, f"{label}：{words}" if words else label, f"f-{item.field}"


def place_name(code: str) -> str:
    """A region with the places it is part of; its code where nobody knows it."""
    regions = gazetteer.load().regions
    return regions.full_name(code) if code in regions else code


def fields(row: Article) -> list[Field]:
    """The record of an article from `article_page.find`, without mechanisms and metrics."""
    proof = _Proof(row)
    corrected = row.corrections()
    made = [
        _field(proof, "primary_region", [_region_links(row.region)] if row.region else [], corrected, row),
        _field(proof, "also_regions", [_region_link(r) for r in row.also_regions.all()], corrected, row),
        _field(proof, "level", [_listed("level", row.level, row.get_level_display())], corrected, row),
        _field(proof, "genre", [_listed("genre", row.genre, row.get_genre_display())], corrected, row),
        _field(
            proof,
            "themes",
            [(t.name, ((t.name, t.get_absolute_url()),)) for t in row.themes.all()],
            corrected,
            row,
        ),
        _field(proof, "dates", [(row.date, ((isodate(row.date), ""),))] if row.date else [], corrected, row),
    ]
    shown = [made[0], *(f for f in made[1:3] if f.values or f.quotes or f.corrected), *made[3:]]
    headline = [_field(proof, name, [], corrected, row) for name in HEADLINE]
    return shown + [f for f in headline if f.corrected]


Keyed = tuple[str, tuple[tuple[str, str], ...]]  # what evidence says for a value, and its links


def _listed(parameter: str, value: str, name: str) -> Keyed:
    return value, ((name, f"{reverse('articles:article_list')}?{urlencode({parameter: value})}"),)


def _region_links(region: Region) -> Keyed:
    return region.code, tuple((r.name, r.get_absolute_url()) for r in (*lineage(region), region))


def _region_link(region: Region) -> Keyed:
    return region.code, ((region.full_name or region.name, region.get_absolute_url()),)


class _Proof:
    """The evidence of all parts by field, each piece given out once."""

    def __init__(self, row: Article) -> None:
        self.left: dict[str, list[tuple[Evidence, Quote]]] = {}
        for part in row.parts:
            for item in part.evidence.all():
                at = "" if item.start is None else anchor(part.part, item.start, item.end)
                self.left.setdefault(item.field, []).append((item, Quote(item.quote, at)))

    def of(self, name: str, value: str, rejected: bool = False) -> tuple[tuple[Quote, ...], bool]:
        """The quotes that speak for a value, and whether none of them does so with certainty."""
        pairs = self.left.get(name, [])
        found = [p for p in pairs if p[0].value == value and (p[0].origin == Origin.REJECTED) == rejected]
        self.left[name] = [p for p in pairs if p not in found]
        return tuple(q for _item, q in found), bool(found) and all(i.confidence <= UNSURE for i, _q in found)

    def rest(self, name: str) -> tuple[Quote, ...]:
        """The quotes that speak for the field, but for none of the values that were asked for."""
        return tuple(q for item, q in self.left.get(name, []) if item.origin != Origin.REJECTED)


def _field(
    proof: _Proof, name: str, values: list[Keyed], corrected: dict[str, object], row: Article
) -> Field:
    column = {"primary_region": "region", "dates": "date"}.get(name, name)
    read = corrected.get(column)
    machine = [str(v) for v in read] if isinstance(read, list) else [] if read is None else [str(read)]
    now = {key for key, _links in values}
    said = [(key, links, *proof.of(name, key)) for key, links in values if key]
    return Field(
        name,
        labels()[name],
        tuple(
            Value(links, quotes, unsure, isinstance(read, list) and key not in read)
            for key, links, quotes, unsure in said
        ),
        proof.rest(name),
        _open(row) if name == "primary_region" else (),
        tuple(
            Value(((_in_words(name, key), ""),), proof.of(name, key, rejected=True)[0])
            for key in machine
            if key not in now
        ),
        column in corrected,
    )


def _open(row: Article) -> tuple[Value, ...]:
    """The places between which an article is open, where it has none."""
    codes = () if row.region else row.region_candidates
    return tuple(Value(((place_name(code), reverse("articles:region", args=[code])),)) for code in codes)


def _in_words(name: str, value: str) -> str:
    """A value as the parser keeps it, in words; empty ones are said, too."""
    if not value:
        return str(_("nothing"))
    if name in ("primary_region", "also_regions"):
        return place_name(value)
    named: Any = {"level": Level, "genre": Genre}.get(name)
    if named and value in named.values:
        return str(named(value).label)
    return isodate(value) if name == "dates" else value
