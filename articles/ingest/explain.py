"""An account of how a page was read.

What each line was taken for and why, what was joined to what, which other articles came into question, and on
what evidence each field stands. Everything is read off what the pipeline decided.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from articles.ingest import apart
from articles.ingest.attach import Draft, Step
from articles.ingest.likeness import Likeness
from articles.ingest.pipeline import Layout, Timed
from articles.ingest.record import ArticleRecord, Evidence, PageRecord


@dataclass(frozen=True, slots=True)
class Line:
    """A logical line: its label with reasons and score 0..1, where it went, how it was joined.

    `article` counts from 1, None for what belongs to no article; `joined` says whether it goes on with the
    paragraph before it, None where none was open.
    """

    start: int
    end: int
    text: str
    label: str
    reasons: tuple[str, ...]
    score: float
    role: str
    article: int | None
    joined: bool | None = None
    join_why: str = ""


@dataclass(frozen=True, slots=True)
class Rival:
    """An article that a headline could have gone to, and what spoke for it."""

    article: int
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """Headline lines that stood apart from their text; `rivals`: the articles not chosen, the best first."""

    text: str
    start: int
    article: int
    why: str
    score: float | None
    rivals: tuple[Rival, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """A field's value, the words that it was read from, and the rule that read them."""

    field: str
    value: str
    start: int
    end: int
    quote: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ArticleAccount:
    number: int
    title: str | None
    proofs: tuple[Proof, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the page text as it went into the ledger; role "" for white space between entries."""

    text: str
    role: str
    article: int | None


@dataclass(frozen=True, slots=True)
class Account:
    """`score` is the best arrangement's, `runner_up` that of the next best; seconds by stage."""

    name: str
    encoding: str
    characters: int
    seconds: dict[str, float]
    score: float
    runner_up: float | None
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    attachments: tuple[Attachment, ...]
    articles: tuple[ArticleAccount, ...]
    warnings: tuple[str, ...]
    pieces: tuple[Piece, ...]


def explain(timed: Timed) -> Account:
    """The account of one parsed page."""
    record, layout = timed.record, timed.layout
    return Account(
        name=record.name,
        encoding=timed.encoding,
        characters=len(record.text),
        seconds=dict(timed.seconds),
        score=layout.segmentation.score,
        runner_up=layout.segmentation.runner_up,
        lines=tuple(_lines(layout)),
        steps=tuple(sorted(layout.segmentation.steps, key=lambda s: s.at)),
        attachments=tuple(_attachments(layout)),
        articles=tuple(
            ArticleAccount(n, a.text.title, tuple(_proofs(a)), a.warnings)
            for n, a in enumerate(record.articles, 1)
        ),
        warnings=record.warnings,
        pieces=tuple(pieces(record)),
    )


def pieces(record: PageRecord) -> Iterator[Piece]:
    """The page text cut at the borders of the ledger: put together again, it is the page text."""
    at = 0
    for entry in record.ledger:
        if entry.start > at:
            yield Piece(record.text[at : entry.start], "", None)
        number = None if entry.article is None else entry.article + 1
        yield Piece(record.text[entry.start : entry.end], entry.role, number)
        at = entry.end
    if at < len(record.text):
        yield Piece(record.text[at:], "", None)


def _lines(layout: Layout) -> Iterator[Line]:
    roles = {block.start: (role, n) for n, a in enumerate(layout.articles, 1) for block, role in a.roles}
    joins = {start: join for a in layout.articles for start, join in a.joins}
    for item in layout.items:
        block = item.block
        unplaced = "masthead" if item.label == "masthead" else "furniture"
        role, article = roles.get(block.start, (unplaced, None))
        join = joins.get(block.start)
        yield Line(
            block.start,
            block.end,
            block.text,
            item.label,
            item.reasons,
            item.score,
            role,
            article,
            join.joined if join else None,
            join.why if join else "",
        )


def _attachments(layout: Layout) -> Iterator[Attachment]:
    drafts = layout.segmentation.drafts
    if not any(d.given for d in drafts):
        return
    texts = {t.index: t.pairs for d in drafts for t in d.stretches}
    # Long files are put together in windows that count their texts anew: there is nothing to compare then.
    whole = sorted(texts) == list(range(sum(len(d.stretches) for d in drafts)))
    likeness = Likeness([texts[i] for i in sorted(texts)])
    for number, draft in enumerate(drafts, 1):
        if draft.given is None:
            continue
        fits = list(_fits(draft, drafts, likeness)) if whole else []
        own = next((fit.score for fit in fits if fit.article == number), None)
        yield Attachment(
            " ".join(x.text.strip() for x in draft.given.items),
            draft.given.items[0].block.start,
            number,
            draft.given_why,
            own,
            tuple(sorted((f for f in fits if f.article != number), key=lambda f: -f.score)),
        )


def _fits(chosen: Draft, drafts: tuple[Draft, ...], likeness: Likeness) -> Iterator[Rival]:
    """What the headline of `chosen` would have been worth to each article, had none been given any."""
    for number, draft in enumerate(drafts, 1):
        if chosen.given is None:
            continue
        weighed = apart.attachment(likeness, chosen.given, replace(draft, given=None))
        if weighed is not None:
            yield Rival(number, weighed.score, weighed.why)


def _proofs(article: ArticleRecord) -> Iterator[Proof]:
    text, place = article.text, article.place
    values = {
        "title": text.title,
        "kicker": text.kicker,
        "subtitle": text.subtitle,
        "column": text.column,
        "primary_region": place.primary,
        "level": place.level,
    }
    for e in text.evidence:
        yield _proof(e, values.get(e.field))
    for author in text.authors:
        for e in author.evidence:
            yield _proof(e, author.role if e.field == "author_role" else f"{author.name}（{author.kind}）")
    if article.genre_evidence is not None:
        yield _proof(article.genre_evidence, article.genre)
    for e in place.evidence:
        yield _proof(e, values.get(e.field))
    for theme in article.themes:
        for e in theme.evidence:
            yield _proof(e, theme.name)
    for e in article.dates.evidence:
        yield _proof(e, article.dates.date)
    for m in article.mechanisms:
        yield Proof("mechanism", f"{m.name}（{m.kind}）", m.start, m.end, m.quote, m.rule, m.confidence)
    for x in article.metrics:
        most = f"–{x.value_max:g}" if x.value_max is not None else ""
        value = f"{x.subject}: {x.value:g}{most}{x.qualifier or ''}{x.unit} [{x.kind}]"
        yield Proof("metric", value, x.start, x.end, x.quote, x.rule, x.confidence)


def _proof(e: Evidence, value: str | None) -> Proof:
    return Proof(e.field, value or "", e.start, e.end, e.quote, e.rule, e.confidence)
