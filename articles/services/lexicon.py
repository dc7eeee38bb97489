"""The vocabularies of the files together with what people added at the desk, and how an article's themes read by them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Q

from articles import gazetteer
from articles.gazetteer import Gazetteer, Practice, ThemeEntry
from articles.ingest.config import Config, Context
from articles.ingest.fields import themes
from articles.ingest.passage import Passage, Run
from articles.ingest.record import ArticleText
from articles.ingest.record import Theme as ReadTheme
from articles.models import (
    Article,
    Evidence,
    Mechanism,
    Origin,
    PlaceName,
    Region,
    Standing,
    Theme,
    ThemeWord,
)  # fmt: skip

NOWHERE = 10**9
"""Where a passage stands whose place on the page is not known: what is read there has no evidence."""

SHORTEST_NAME = 3
"""Shorter names of practices are ordinary words too often to be found by themselves."""

Cue = tuple[str, str, str, float]
Pair = tuple[str, str]
Named = tuple[str, str, tuple[str, ...]]


def vocabularies(more: Sequence[Cue] = ()) -> Gazetteer:
    """What pages are read by. Five small queries; the same object as long as nobody settles a word or a name.

    `more` are words of themes as they would be added: (slug and name of the theme, word, weight).
    """
    cues = ThemeWord.objects.order_by("theme__order", "theme__slug", "word")
    settled = Mechanism.objects.filter(standing=Standing.ACCEPTED, merged_into=None).order_by("pk")
    named = tuple(
        (name, kind, tuple(aliases)) for name, kind, aliases in settled.values_list("name", "kind", "aliases")
    )
    places = tuple(PlaceName.objects.values_list("name", "region__code"))
    return _with(
        (*cues.values_list("theme__slug", "theme__name", "word", "weight"), *more),
        tuple(_survivors(Theme, "slug")),
        named,
        places,
        tuple(_survivors(Region, "code")),
    )


def _survivors(model: Any, column: str) -> Iterator[tuple[str, str]]:
    """Of each row that was merged, its name in the vocabularies and that of the one that it was merged into in the end."""
    rows = model.objects.filter(merged_into__isnull=False).order_by("pk")
    to = dict(rows.values_list(column, f"merged_into__{column}"))
    for name, after in to.items():
        while after in to:
            after = to[after]
        yield name, after


def _themes(cues: tuple[Cue, ...], merged: tuple[Pair, ...]) -> Gazetteer:
    known = gazetteer.load()
    if not cues and not merged:
        return known
    entries = {entry.slug: entry for entry in known.themes}
    for slug, name, word, weight in cues:
        entry = entries.get(slug, ThemeEntry(name, slug, {}))
        entries[slug] = ThemeEntry(entry.name, slug, {**entry.cues, word: weight})
    names = dict(Theme.objects.filter(slug__in=[after for _old, after in merged]).values_list("slug", "name"))
    for old, after in merged:
        gone, into = entries.pop(old, None), entries.get(after, ThemeEntry(names[after], after, {}))
        entries[after] = ThemeEntry(into.name, after, {**(gone.cues if gone else {}), **into.cues})
    return known.with_themes(tuple(entries.values()))


@lru_cache(maxsize=2)
def _with(
    cues: tuple[Cue, ...],
    merged: tuple[Pair, ...],
    named: tuple[Named, ...],
    places: tuple[Pair, ...],
    treated: tuple[Pair, ...],
) -> Gazetteer:
    themed = _themes(cues, merged)
    if places or treated:
        themed = themed.with_places(dict(places), dict(treated))
    if named:
        themed = themed.with_practices(
            Practice(text, name, kind)
            for name, kind, aliases in named
            for text in dict.fromkeys([name, *aliases])
            if len(text) >= SHORTEST_NAME
        )
    return themed


def affected(words: Iterable[str]) -> list[int]:
    """Keys of the articles that may read otherwise for these words: those read from pages that hold one."""
    holds = Q()
    for word in words:
        for field in ("text", "title", "kicker", "subtitle"):
            holds |= Q(**{f"{field}__contains": word})
    rows = Article.objects.filter(holds, page__isnull=False) if holds else Article.objects.none()
    return list(rows.order_by("pk").values_list("pk", flat=True))


def read_themes(article: Article, known: Gazetteer) -> tuple[ReadTheme, ...]:
    """The themes of a stored article by the vocabularies of today. Needs its page."""
    page = article.page.text if article.page else ""
    text = ArticleText(
        body=tuple(passage(entry["kind"], entry["text"], entry.get("runs")) for entry in article.body),
        pieces=tuple(
            _piece(article, kind, page) for kind in ("title", "kicker", "subtitle") if getattr(article, kind)
        ),
        title=article.title or None,
        kicker=article.kicker or None,
        subtitle=article.subtitle or None,
    )
    return themes.read(text, Context(page, Config(known)))


def themes_anew(keys: Iterable[int], known: Gazetteer) -> Iterator[tuple[Article, Sequence[ReadTheme]]]:
    """Of some articles, those whose themes read otherwise than they were read, each with what is read now."""
    whole = Article.objects.filter(pk__in=keys).select_related("page").defer("page__source")
    for article in whole.prefetch_related("blocks"):
        found = read_themes(article, known)
        if sorted(theme.name for theme in found) != sorted(article.machine.get("themes", ())):
            yield article, found


def keep_reading(article: Article, found: Sequence[ReadTheme]) -> None:
    """Puts a new reading beside the article: what the machine says of its themes, and the words it says so for.

    The themes that the article has are not touched; evidence of others is marked rejected.
    """
    article.machine = {**article.machine, "themes": [theme.name for theme in found]}
    Article.objects.filter(pk=article.pk).update(machine=article.machine)
    here = set(article.themes.values_list("name", flat=True))
    Evidence.objects.filter(article=article, field="themes").delete()
    Evidence.objects.bulk_create(
        Evidence(
            article=article, field="themes", value=theme.name, start=item.start, end=item.end, quote=item.quote,
            rule=item.rule[:60], confidence=item.confidence,
            origin=Origin.MACHINE if theme.name in here else Origin.REJECTED,
        )
        for theme in found
        for item in theme.evidence
        if item.end < NOWHERE
    )  # fmt: skip


def passage(kind: str, text: str, runs: Sequence[Sequence[int]] | None) -> Passage:
    """An entry of `Article.body` as it was read. One that somebody wrote anew, or its beginning, stands nowhere."""
    placed = tuple(Run(at, start, length) for at, start, length in runs or ())
    whole = bool(placed) and placed[0].at == 0
    return Passage(kind, text, placed if whole else (Run(0, NOWHERE, max(len(text), 1)),))


def _piece(article: Article, kind: str, page: str) -> Passage:
    text: str = getattr(article, kind)
    blocks = (b for b in article.blocks.all() if b.role == kind and page[b.start : b.end] == text)
    at = next((block.start for block in blocks), NOWHERE)
    return Passage(kind, text, (Run(0, at, len(text)),))
