"""The vocabularies of the files together with what people added at the desk, and how an article's themes read by them."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db.models import Q

from articles import gazetteer
from articles.gazetteer import Gazetteer, ThemeEntry
from articles.ingest.config import Config, Context
from articles.ingest.fields import themes
from articles.ingest.passage import Passage, Run
from articles.ingest.record import ArticleText
from articles.ingest.record import Theme as ReadTheme
from articles.models import Article, Evidence, Origin, ThemeWord

NOWHERE = 10**9
"""Where a passage stands whose place on the page is not known: what is read there has no evidence."""

Cue = tuple[str, str, str, float]


def vocabularies() -> Gazetteer:
    """What pages are read by. One query; the same object as long as nobody adds a word."""
    cues = ThemeWord.objects.order_by("theme__order", "theme__slug", "word")
    return _with(tuple(cues.values_list("theme__slug", "theme__name", "word", "weight")))


@lru_cache(maxsize=2)
def _with(cues: tuple[Cue, ...]) -> Gazetteer:
    known = gazetteer.load()
    if not cues:
        return known
    entries = {entry.slug: entry for entry in known.themes}
    for slug, name, word, weight in cues:
        entry = entries.get(slug, ThemeEntry(name, slug, {}))
        entries[slug] = ThemeEntry(entry.name, slug, {**entry.cues, word: weight})
    return known.with_themes(tuple(entries.values()))


def affected(words: Iterable[str]) -> list[int]:
    """Keys of the articles whose themes may read otherwise for these words: those read from pages that hold one."""
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
        body=tuple(_passage(entry["kind"], entry["text"], entry.get("runs")) for entry in article.body),
        pieces=tuple(
            _piece(article, kind, page) for kind in ("title", "kicker", "subtitle") if getattr(article, kind)
        ),
        title=article.title or None,
        kicker=article.kicker or None,
        subtitle=article.subtitle or None,
    )
    return themes.read(text, Context(page, Config(known)))


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


def _passage(kind: str, text: str, runs: Sequence[Sequence[int]] | None) -> Passage:
    """A paragraph that somebody wrote anew, wholly or at its beginning, stands nowhere."""
    placed = tuple(Run(at, start, length) for at, start, length in runs or ())
    whole = bool(placed) and placed[0].at == 0
    return Passage(kind, text, placed if whole else (Run(0, NOWHERE, max(len(text), 1)),))


def _piece(article: Article, kind: str, page: str) -> Passage:
    text: str = getattr(article, kind)
    blocks = (b for b in article.blocks.all() if b.role == kind and page[b.start : b.end] == text)
    at = next((block.start for block in blocks), NOWHERE)
    return Passage(kind, text, (Run(0, at, len(text)),))
