"""The articles of a page written anew after a person rearranged it. What people said of them stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from articles.gazetteer import Gazetteer
from articles.ingest.record import LedgerEntry, PageRecord
from articles.models import Article, Byline, Evidence, MechanismMention, Metric, Origin, Page, State
from articles.store.fields import ArticleFields, Rows, store_fields
from articles.store.guards import titled
from articles.store.names import find_authors, find_mechanisms, find_regions, find_themes
from articles.store.namesakes import given
from articles.store.page import codes, store_ledger

Entry = dict[str, Any]
SIGNED = ("position", "role", "offices", "body", "region_id")
ALIKE = 0.8  # of their characters in common: one line in two versions
_CLEAR = 10_000  # places above those of any page, where articles wait while others move


@dataclass(slots=True)
class Rewritten:
    """`articles` in the order of the record; `notes` are what a person should know of the page."""

    articles: list[Article]
    changed: list[Article]
    notes: list[str] = field(default_factory=list)


def rewrite_page(
    page: Page,
    record: PageRecord,
    gazetteer: Gazetteer,
    rows: Sequence[Article | None],
    untouched: frozenset[int],
    gone: Sequence[Article],
) -> Rewritten:
    """Writes `record` over the articles of a page: `rows[k]` becomes article k, None a new draft.

    Those of `untouched` (indices) only get their place. `gone` lose what was read from the page. Callers open the
    transaction, hold the store's lock and have `rows` and `gone` locked.
    """
    page_notes: list[str] = []
    touched = {k: a for k, a in enumerate(record.articles) if k not in untouched}
    regions = find_regions(codes(touched.values()))
    themes = find_themes(t.name for a in touched.values() for t in a.themes)
    mechanisms = find_mechanisms((m for a in touched.values() for m in a.mechanisms), page_notes.append)
    drafts = {k: ArticleFields(a, record.text, regions, themes, mechanisms) for k, a in touched.items()}
    authors = find_authors(key for draft in drafts.values() for key in draft.author_keys())
    signed = given([*(row for row in rows if row), *gone])

    articles = [row or Article(page=page, state=State.DRAFT) for row in rows]
    corrected = {k: _corrected(articles[k]) for k in touched}
    for k, draft in drafts.items():
        _columns(articles[k], draft, corrected[k])
    _place(page, articles, gone)
    for k in touched:
        articles[k].save_without_historical_record()

    owner = _owners(record.ledger, articles)
    kept = _kept([articles[k] for k in touched] + list(gone), owner)
    made: list[Rows] = []
    for k, draft in drafts.items():
        made.append(_rows(articles[k], draft, draft.rows(articles[k], authors, signed), corrected[k], kept))
        articles[k].warnings = titled(articles[k], list(dict.fromkeys(draft.warnings)))
    Article.objects.bulk_update([articles[k] for k in touched], ["warnings"])
    store_fields(made)
    page.blocks.all().delete()
    store_ledger(page, record, articles, page_notes.append)
    return Rewritten(articles, [articles[k] for k in touched], page_notes)


def _corrected(article: Article) -> set[str]:
    """The fields in which a person said otherwise than the parser."""
    if not article.pk:
        return set()
    now = [
        {"name": b.author.name, "kind": b.kind, "role": b.role}
        for b in article.bylines.select_related("author").order_by("position")
    ]
    signed = now != article.machine.get("authors", [])
    return set(article.corrections()) | ({"authors"} if signed else set())


def _columns(article: Article, draft: ArticleFields, corrected: set[str]) -> None:
    """The columns as read, but for those that a person corrected."""
    values = draft.columns()
    machine, before = values["machine"], article.machine
    machine |= {name: before[name] for name in ("joined",) if name in before}
    if "region" in corrected:
        values.pop("region_candidates")
    if "body" in before:
        machine["body"] = values["body"]
        values["body"] = merged_body(before["body"], article.body, values["body"], draft.warn)
        values["text"] = "\n".join(entry["text"] for entry in values["body"])
    for name, value in values.items():
        if name not in corrected:
            setattr(article, name, value)


def merged_body(before: list[Entry], mine: list[Entry], now: list[Entry], warn: Any) -> list[Entry]:
    """`now` with the corrections that led from `before` to `mine`; those whose place is gone are told to `warn`."""
    old, corrected, lines = ([(e["kind"], e["text"]) for e in body] for body in (before, mine, now))
    found = list(now)
    for tag, i1, i2, j1, j2 in reversed(SequenceMatcher(None, old, corrected, autojunk=False).get_opcodes()):
        if tag == "equal":
            continue
        if tag == "insert" and not i1:
            start = end = (
                0  # above everything, or in place of what the page itself now says there in other signs
            )
            if lines[:1] != old[:1] and j2 - j1 == 1 and _alike(lines[:1], corrected[j1]):
                end = 1
            found[start:end] = mine[j1:j2]
            lines[start:end] = corrected[j1:j2]
            continue
        # What was put in stands after the line before it.
        a, wanted = (i1 - 1, old[i1 - 1 : i1]) if tag == "insert" else (i1, old[i1:i2])
        at = next((k for k in range(len(lines)) if wanted and lines[k : k + len(wanted)] == wanted), None)
        if at is None:
            words = mine[j1]["text"] if j1 < j2 else old[a][1]
            warn(_("A correction of the text lost its place when the page was split anew: “%s”") % words[:40])
            continue
        start = at + len(wanted) if tag == "insert" else at
        end = start if tag == "insert" else at + len(wanted)
        found[start:end] = mine[j1:j2]
        lines[start:end] = corrected[j1:j2]
    return found


def _alike(lines: Sequence[tuple[str, str]], other: tuple[str, str]) -> bool:
    """Whether the line, if there is one, says nearly the same as another."""
    return any(SequenceMatcher(None, one, other[1], autojunk=False).ratio() >= ALIKE for _kind, one in lines)


def _place(page: Page, articles: Sequence[Article], gone: Sequence[Article]) -> None:
    """Gives each article its place on the page; those that went stand after the others."""
    order = [*articles, *(a for a in page.articles.order_by("position") if a not in articles)]
    wanted = {id(article): k for k, article in enumerate(order)}
    moving = [a for a in order if a.pk and a.position != wanted[id(a)]]
    for base in (_CLEAR, 0):
        for article in moving:
            article.position = base + wanted[id(article)]
        Article.objects.bulk_update(moving, ["position"])
    for article in (*articles, *gone):
        article.position = next(wanted[id(a)] for a in order if a is article or (a.pk and a == article))


def _owners(ledger: Sequence[LedgerEntry], articles: Sequence[Article]) -> list[tuple[int, int, Article]]:
    return [(e.start, e.end, articles[e.article]) for e in ledger if e.article is not None]


def _kept(
    articles: Sequence[Article], owner: Sequence[tuple[int, int, Article]]
) -> Mapping[type[Model], list[Any]]:
    """What people accepted, rejected or entered goes with its text; what the machine read goes, to be read anew."""
    kept: dict[type[Model], list[Any]] = {}
    for model in (MechanismMention, Metric, Evidence):
        found = model._default_manager.filter(article__in=articles)
        found.filter(origin=Origin.MACHINE).delete()
        if model is Evidence:
            found.filter(origin=Origin.REJECTED).delete()  # settled anew from what was corrected
        rows = list(found.all())
        for row in rows:
            new = next((a for s, e, a in owner if row.start is not None and s <= row.start < e), None)
            if new is not None and row.article_id != new.pk:
                row.article = new
                row.save()
        kept[model] = rows
    return kept


def _rows(
    article: Article,
    draft: ArticleFields,
    rows: Rows,
    corrected: set[str],
    kept: Mapping[type[Model], list[Any]],
) -> Rows:
    """The rows to write, without those that people have spoken of already."""
    rows.mentions = [m for m in rows.mentions if not _told(m, kept[MechanismMention], "name")]
    rows.metrics = [m for m in rows.metrics if not _told(m, kept[Metric], "quote")]
    rows.links = [(a, b) for a, b in rows.links if a in rows.metrics and b in rows.metrics]
    rows.evidence = [e for e in rows.evidence if not _told(e, kept[Evidence], "field")]
    if "authors" in corrected:
        rows.bylines = []
    else:
        rows.bylines = _signed(article, rows.bylines)
    for name in ("themes", "also_regions"):
        if name in corrected:
            setattr(rows, name, [])
        else:
            getattr(article, name).through.objects.filter(article=article).delete()
    return rows


def _signed(article: Article, bylines: Sequence[Byline]) -> list[Byline]:
    """The bylines to insert. Those that are there keep their keys, by which decisions on names know them, and the history."""
    there = {(row.author_id, row.kind): row for row in Byline.objects.filter(article=article)}
    new = []
    for byline in bylines:
        row = there.pop((byline.author_id, byline.kind), None)
        if row is None:
            new.append(byline)
        elif any(getattr(row, name) != getattr(byline, name) for name in SIGNED):
            for name in SIGNED:
                setattr(row, name, getattr(byline, name))
            row.save()
    Byline.objects.filter(pk__in=[row.pk for row in there.values()]).delete()
    return new


def _told(row: Any, kept: Sequence[Any], name: str) -> bool:
    known = ((k.article_id, k.start, k.end, getattr(k, name)) for k in kept)
    return (row.article.pk, row.start, row.end, getattr(row, name)) in known
