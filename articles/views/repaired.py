"""The repaired text of an article, headline and byline included, with marks where values were read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from articles.models import Article, Byline
from articles.views.joins import joins, runs_within
from articles.views.marks import Paragraph, Piece, Sentence, mark_body
from articles.views.record import HEADLINE, marks

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Signature:
    """One signer: `name` and `role` as pieces."""

    byline: Byline
    name: tuple[Piece, ...]
    role: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The text of one part; `number` counts from 1."""

    article: Article
    number: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(slots=True)
class Text:
    """An article as readers read it. `headline` holds column, kicker, title and subtitle, empty ones too.

    `sentences` holds the sentence around each anchor that stands in the text, `joined` how many joins it has.
    """

    headline: dict[str, Paragraph] = field(default_factory=dict)
    signatures: list[Signature] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    sentences: dict[str, Sentence] = field(default_factory=dict)
    joined: int = 0


def text(row: Article) -> Text:
    """The text of an article from `article_page.find`."""
    made = Text()
    signed = {byline.pk: byline for byline in row.signatures}
    for part in row.parts:
        page = part.page.text if part.page else ""
        headline = list(_headline(part, page)) if part is row else []
        bylines = [b for b in part.bylines.all() if b.pk in signed]
        names = [entry for byline in bylines for entry in _signature(part, byline, page)]
        joined = joins(part.body, page, part.part)
        before = len(headline) + len(names)
        marked = mark_body(
            [*headline, *names, *part.body],
            marks(part),
            {n + before: found for n, found in joined.items()},
        )
        pieces = iter(marked.paragraphs)
        if part is row:
            made.headline = {name: next(pieces) for name in HEADLINE}
        made.signatures += [Signature(b, next(pieces).pieces, next(pieces).pieces) for b in bylines]
        made.parts.append(Part(part, part.part, tuple(pieces)))
        made.sentences |= marked.sentences
        made.joined += sum(len(found) for found in joined.values())
    return made


def _headline(part: Article, page: str) -> Iterator[Entry]:
    for name in HEADLINE:
        value = getattr(part, name)
        yield {"kind": name, "text": value, "runs": _runs(part, name, value, page)}


def _signature(part: Article, byline: Byline, page: str) -> Iterator[Entry]:
    name = byline.author.name
    yield {"kind": "name", "text": name, "runs": _runs(part, "author", name, page)}
    role = byline.role
    yield {"kind": "role", "text": role, "runs": _runs(part, "author_role", role, page)}


def _runs(part: Article, name: str, value: str, page: str) -> Sequence[Sequence[int]]:
    """Where the value of a field stands on the page, as far as its evidence tells."""
    for proof in part.evidence.all():
        if proof.field == name and proof.value == value and proof.start is not None:
            return runs_within(value, page, proof.start, proof.end)
    return ()
