"""One page record becomes one source, its page, articles, ledger and everything read from them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.gazetteer import Gazetteer
from articles.ingest import record as read
from articles.models import Article, Block, Issue, Page, Source, State
from articles.store.fields import ArticleFields, store_fields
from articles.store.guards import Warn, complete_ledger, fit
from articles.store.names import find_authors, find_issue, find_mechanisms, find_regions, find_themes


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should check: on the page, or in one article of it."""

    message: str
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    source: Source
    page: Page
    articles: list[Article]
    notes: list[Note] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def store_page(
    record: read.PageRecord,
    gazetteer: Gazetteer,
    *,
    data: bytes,
    encoding: str,
    user: AbstractBaseUser | None = None,
    publish: bool = False,
    source: Source | None = None,
    ordinal: int = 1,
    chosen: Issue | None = None,
) -> Stored:
    """Writes everything of `record`, as page `ordinal` of its source; later pages of one file bring its `source`. An issue
    that was `chosen` takes the page whatever the record says. Callers open the transaction and hold the store's lock.

    Raises IntegrityError where the source is already here, LedgerError where the ledger contradicts itself.
    """
    page_notes: list[str] = list(record.warnings)
    source = source or Source.objects.create(
        name=record.name,
        sha256=record.sha256,
        content=data,
        size=len(data),
        encoding=encoding,
        uploaded_by=user,
    )
    issue = chosen or find_issue(record.issue, gazetteer, page_notes.append)
    page = _store_page(record, source, ordinal, issue, page_notes)
    regions = find_regions(codes(record.articles))
    themes = find_themes(t.name for a in record.articles for t in a.themes)
    mechanisms = find_mechanisms((m for a in record.articles for m in a.mechanisms), page_notes.append)

    now = timezone.now() if publish else None
    drafts = [ArticleFields(a, record.text, regions, themes, mechanisms) for a in record.articles]
    articles = [
        Article(
            page=page,
            position=position,
            state=State.PUBLISHED if publish else State.DRAFT,
            published_at=now,
            **draft.columns(),
        )
        for position, draft in enumerate(drafts)
    ]
    authors = find_authors(key for draft in drafts for key in draft.author_keys())
    rows = [draft.rows(article, authors) for draft, article in zip(drafts, articles, strict=True)]
    for article, draft in zip(articles, drafts, strict=True):
        article.warnings = list(dict.fromkeys(draft.warnings))
    Article.objects.bulk_create(articles)
    counts = store_fields(rows)

    blocks = store_ledger(page, record, articles, page_notes.append)
    if not articles and not record.warnings:
        page_notes.append(
            _("No article was found on this page; all of its text is kept. Check that it is the right file.")
        )
    notes = [Note(message) for message in dict.fromkeys(page_notes)]
    notes += [Note(message, article) for article in articles for message in article.warnings]
    counts = {
        "characters": len(record.text),
        "articles": len(articles),
        **counts,
        "blocks": len(blocks),
        "warnings": len(notes),
    }
    return Stored(source, page, articles, notes, counts)


def store_ledger(page: Page, record: read.PageRecord, articles: Sequence[Article], warn: Warn) -> list[Block]:
    """Writes what became of every character of a page that has no ledger; `articles` in the order of the record's."""
    return Block.objects.bulk_create(
        Block(
            page=page,
            article=articles[entry.article] if entry.article is not None else None,
            start=entry.start,
            end=entry.end,
            role=entry.role,
        )
        for entry in complete_ledger(record.text, record.ledger, warn)
    )


def _store_page(
    record: read.PageRecord, source: Source, ordinal: int, issue: Issue | None, notes: list[str]
) -> Page:
    number = fit(Page, "number", record.issue.page, notes.append)
    if issue and number:
        twin = (
            Page.objects.filter(issue=issue, number=number)
            .select_related("source")
            .defer("source__content", "text")
        )
        if other := twin.first():
            notes.append(_("%(issue)s already has a page %(page)s, from %(source)s.") % {
                "issue": issue, "page": number, "source": other.source.name
            })  # fmt: skip
    return Page.objects.create(source=source, ordinal=ordinal, issue=issue, number=number, text=record.text)


def codes(articles: Iterable[read.ArticleRecord]) -> Iterator[str]:
    """The codes of the regions that articles name, and "" where they name none."""
    for article in articles:
        yield from (article.place.primary or "", *article.place.also)
        yield from (author.region or "" for author in article.text.authors)
