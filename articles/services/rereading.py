"""Articles read again by the vocabularies of today: what would be said of them now, and what people keep."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from articles.ingest.fields.mechanisms import known as known_names
from articles.ingest.record import ArticleRecord
from articles.models import (
    Action,
    Article,
    Evidence,
    Mechanism,
    Origin,
    Page,
    Standing,
    Theme,
)  # fmt: skip
from articles.services import lexicon
from articles.services.plans import Stand
from articles.services.split import read_again, standing
from articles.store.guards import placed
from articles.store.names import find_mechanisms, find_regions

PLACE = ("primary_region", "also_regions", "level")
"""Fields of evidence that speak for where an article is from."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a new reading would change; `left` are the fields that it leaves to people. `keep` puts it beside the article."""

    wish: Stand = field(default_factory=dict)
    left: tuple[str, ...] = ()
    keep: Callable[[], None] = lambda: None


def readings(
    action: Action, articles: Mapping[int, Article], stands: Mapping[int, Stand]
) -> dict[int, Reading]:
    """Of each article that an action reads again. What says nothing new is left out."""
    if "theme" in action.changes:
        return _themes(articles, stands)
    rows, read = list(articles.values()), _records(articles.values())
    if "place" in action.changes:
        return {row.pk: _place(row, stands[row.pk], read[row.pk]) for row in rows if row.pk in read}
    return {row.pk: _mentions(row, stands[row.pk], read[row.pk]) for row in rows if row.pk in read}


def _themes(articles: Mapping[int, Article], stands: Mapping[int, Stand]) -> dict[int, Reading]:
    found = {}
    for article, themes in lexicon.themes_anew(articles, lexicon.vocabularies()):
        now, said = sorted(t.name for t in themes), sorted(article.machine.get("themes", ()))
        keys = dict(Theme.objects.filter(name__in=[*now, *said]).values_list("name", "pk"))
        keep = _kept_themes(articles[article.pk], themes)
        if stands[article.pk]["themes"] != sorted(keys[name] for name in said if name in keys):
            found[article.pk] = Reading({}, ("themes",), keep)
        else:
            wish = {"themes": sorted(keys[name] for name in now if name in keys)}
            found[article.pk] = Reading(wish, (), keep)
    return found


def _kept_themes(article: Article, themes: Any) -> Callable[[], None]:
    return lambda: lexicon.keep_reading(article, themes)


def _records(articles: Iterable[Article]) -> dict[int, ArticleRecord]:
    """What the parser makes of stored articles, each in its page as it is split in the archive."""
    found: dict[int, ArticleRecord] = {}
    pages = Page.objects.filter(articles__in=list(articles)).distinct()
    for page in pages.select_related("issue__publication", "source").defer("source__content"):
        here = standing(page)
        again = read_again(replace(here, draft=None, now=here.base))
        for number, record in zip(again.numbers, again.record.articles, strict=True):
            found[here.articles[number].pk] = record
    return found


def _place(article: Article, stand: Stand, record: ArticleRecord) -> Reading:
    place, machine = record.place, article.machine
    before = (machine.get("region", ""), machine.get("also_regions", []), machine.get("level", ""))
    if before == (place.primary or "", list(place.also), place.level or ""):
        return Reading()
    regions = find_regions(code for code in (place.primary, *place.also, before[0], *before[1]) if code)

    def key(code: str | None) -> int:
        return regions[code].pk if code in regions else 0

    then = {
        "region": key(before[0]), "also_regions": sorted(key(c) for c in before[1] if key(c)), "level": before[2],
    }  # fmt: skip
    now = {
        "region": key(place.primary), "also_regions": sorted(key(c) for c in place.also if key(c)),
        "level": place.level or "",
    }  # fmt: skip
    left = tuple(name for name in now if stand[name] != then[name] and stand[name] != now[name])
    wish: Stand = {name: value for name, value in now.items() if name not in left and stand[name] != value}
    if "region" in wish:
        wish["region_candidates"] = [code[:6] for code in place.candidates]
    return Reading(wish, left, lambda: _keep_place(article, record))


def _keep_place(article: Article, record: ArticleRecord) -> None:
    place, page = record.place, article.page.text if article.page else ""
    said = {"region": place.primary or "", "also_regions": list(place.also), "level": place.level or ""}
    article.machine = {**article.machine, **said}
    Article.objects.filter(pk=article.pk).update(machine=article.machine)
    now = {
        "primary_region": {article.region.code if article.region else ""},
        "level": {article.level},
        "also_regions": set(article.also_regions.values_list("code", flat=True)) | {""},
    }
    Evidence.objects.filter(
        article=article, field__in=PLACE, origin__in=(Origin.MACHINE, Origin.REJECTED)
    ).delete()
    for item in place.evidence:
        value = said.get("region" if item.field == "primary_region" else item.field, "")
        value = value if isinstance(value, str) else ""
        stands = value in now.get(item.field, {value})
        Evidence.objects.create(
            article=article, field=item.field, value=value, **placed(page, item, lambda _said: None),
            origin=Origin.MACHINE if stands else Origin.REJECTED,
        )  # fmt: skip


def _mentions(article: Article, stand: Stand, record: ArticleRecord) -> Reading:
    """The practices that are found by their settled names; what patterns found stays as it was read."""
    named = [m for m in record.mechanisms if m.rule == known_names.RULE]
    rows = find_mechanisms(named, lambda _said: None)
    there = set(article.mentions.exclude(rule=known_names.RULE).values_list("mechanism", flat=True))
    page = article.page.text if article.page else ""
    wish = []
    for m in named:
        row: Mechanism = rows[m.name]
        if row.standing == Standing.ACCEPTED and row.pk not in there:
            at = placed(page, m, lambda _said: None)
            wish.append([row.pk, m.name, row.kind, at["quote"], at["start"], at["end"]])
    return Reading({"mentions": wish} if wish != stand["mentions"] else {})


def write_mentions(article: Article, wish: list[list[Any]], user: Any) -> None:
    """Makes the mentions by settled names be those of `wish`, as in `plans.stands`."""
    keys = {(row[0], row[4]) for row in wish}
    for row in article.mentions.filter(rule=known_names.RULE, origin=Origin.MACHINE):
        if (row.mechanism_id, row.start) in keys:
            keys.discard((row.mechanism_id, row.start))
        else:
            row._history_user = user
            row.delete()
    for mechanism, name, kind, quote, start, end in wish:
        if (mechanism, start) in keys and Mechanism.objects.filter(pk=mechanism).exists():
            made = article.mentions.model(
                article=article, mechanism_id=mechanism, name=name, kind=kind, quote=quote, start=start, end=end,
                rule=known_names.RULE, confidence=known_names.CONFIDENCE,
            )  # fmt: skip
            made._history_user = user
            made.save()
