"""Articles as texts: true paragraphs, headline fields, authors, and the ledger of the page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from articles.gazetteer import Gazetteer
from articles.ingest import jumps
from articles.ingest.attach import Draft
from articles.ingest.authors import read_authors
from articles.ingest.blocks import Block, passage
from articles.ingest.headline import HeadlineGroup
from articles.ingest.label import Labelled
from articles.ingest.paragraphs import Join, Style, join
from articles.ingest.passage import Passage
from articles.ingest.record import ArticleText, Evidence, LedgerEntry
from articles.ingest.said import say

_BARE_COLUMN = re.compile(r"^[\s■□●◆▲★·|｜【\[《〈「『“\-—]+|[\s■□●◆▲★·|｜】\]》〉」』”\-—]+$")
_DASH = re.compile(r"^\s*(?:——|—|－－|--|──|―)\s*")
MAX_TITLE = 200
ROLES = {"lead": "byline", "signed": "byline", "credit": "byline", "note": "author_note", "short": "title"}


@dataclass(frozen=True, slots=True)
class Assembled:
    """An article's text, what each of its blocks is, and how its paragraphs were joined (block start, why)."""

    text: ArticleText
    roles: tuple[tuple[Block, str], ...]
    joins: tuple[tuple[int, Join], ...]


def assemble(draft: Draft, page: str, gazetteer: Gazetteer, items: Sequence[Labelled] = ()) -> Assembled:
    """One article of the best arrangement; `items` is the whole page, where its jump lines are."""
    body, joins, roles = _body(draft, page)
    pieces, headline = _headline(draft, page)
    roles += [(x.block, _headline_role(x, headline)) for g in draft.groups for x in g.items]
    roles += [(x.block, "byline") for x in draft.extra_bylines]
    roles += [(x.block, "author_note") for x in draft.notes]
    wires = [x for s in draft.stretches for x in s.items if x.label == "lead" and x.byline is None]
    pieces += [passage("byline", [x.block], page) for x in (*draft.bylines, *wires)]
    pieces += [passage("author_note", [x.block], page) for x in draft.notes]
    pieces += [passage("caption", [b], page) for b, role in roles if role == "caption"]
    authors = read_authors(_signing(draft), draft.notes, page, gazetteer)
    ends = {e.field: e for e in jumps.open_ends(draft, items, page)}
    numbers = {name: jumps.number_named(e.quote) for name, e in ends.items()}
    text = ArticleText(
        body=tuple(body),
        pieces=tuple(pieces),
        title=headline.get("title"),
        kicker=headline.get("kicker"),
        subtitle=headline.get("subtitle"),
        column=headline.get("column"),
        authors=authors,
        evidence=(*_evidence(pieces, draft, page), *ends.values()),
        warnings=tuple(_warnings(draft, numbers)),
        continues_on=numbers.get("continues_on"),
        continued_from=numbers.get("continued_from"),
    )
    return Assembled(text, tuple(sorted(roles, key=lambda r: r[0].start)), tuple(joins))


def _signing(draft: Draft) -> tuple[Labelled, ...]:
    """Bylines that sign the text: not the photographer of a picture within it, where somebody else signs."""
    caption_credits = {
        id(b)
        for s in draft.stretches
        for a, b in zip(s.items, s.items[1:], strict=False)
        if a.label == "caption" and b.label == "credit"
    }
    own = tuple(b for b in draft.bylines if id(b) not in caption_credits)
    return own or draft.bylines


def _body(draft: Draft, page: str) -> tuple[list[Passage], list[tuple[int, Join]], list[tuple[Block, str]]]:
    blocks = [x.block for s in draft.stretches for x in s.paragraphs]
    style = Style.of(blocks)
    body: list[Passage] = []
    joins: list[tuple[int, Join]] = []
    roles: list[tuple[Block, str]] = []
    paragraph: list[Block] = []

    def flush() -> None:
        if paragraph:
            body.append(passage("paragraph", paragraph, page))
            paragraph.clear()

    for part in draft.parts:
        if isinstance(part, HeadlineGroup):
            flush()
            body += [passage("heading", [x.block], page) for x in part.shorts]
            roles += [(x.block, "heading") for x in part.shorts]
            continue
        for item in part.items:
            if item.label != "body":
                roles.append((item.block, ROLES.get(item.label, item.label)))
                continue
            roles.append((item.block, "body"))
            if paragraph:
                decision = join(paragraph, item.block, style)
                joins.append((item.block.start, decision))
                if not decision.joined:
                    flush()
            paragraph.append(item.block)
    flush()
    return body, joins, roles


def _headline(draft: Draft, page: str) -> tuple[list[Passage], dict[str, str | None]]:
    titled = next((g for g in draft.groups if g.has_title), None)
    kickers, titles = _lines(titled, draft) if titled else ([], [])
    subtitles = [x for g in draft.groups for x in g.subtitles]
    columns = [x for g in draft.groups for x in g.columns][-1:]
    lines = (("kicker", kickers), ("title", titles), ("subtitle", subtitles), ("column", columns))
    return headline_fields({kind: [x.block for x in items] for kind, items in lines}, page)


def headline_fields(
    lines: Mapping[str, Sequence[Block]], page: str
) -> tuple[list[Passage], dict[str, str | None]]:
    """The lines of a headline by kind as passages, and as the values of its fields."""
    pieces: list[Passage] = []
    fields: dict[str, str | None] = {}
    for kind, blocks in lines.items():
        passages = [passage(kind, [block], page) for block in blocks]
        pieces += passages
        joined = " ".join(p.text for p in passages)
        if kind == "subtitle":
            joined = "".join(_DASH.sub("", p.text) for p in passages)
        elif kind == "column":
            joined = _BARE_COLUMN.sub("", joined)
        fields[kind] = joined[:MAX_TITLE].strip() or None
    return pieces, fields


def _lines(group: HeadlineGroup, draft: Draft) -> tuple[list[Labelled], list[Labelled]]:
    """Kicker lines and title lines. The line over a news headline that names the committee is its kicker."""
    lines = list(group.shorts)
    if (
        len(lines) >= 2
        and "政协" in lines[0].text
        and not lines[0].text.rstrip().endswith(("的", "，", ",", "和", "与"))
    ) and not _runs_on(lines[0].text, lines[1].text, draft):
        return lines[:1], lines[1:]
    return [], lines


def _runs_on(above: str, below: str, draft: Draft) -> bool:
    """Whether a headline was broken within a quotation or a word: the letters at the break stand together in the text."""
    if above.count("“") != above.count("”"):
        return True
    pair = above.rstrip()[-1:] + below.lstrip()[:1]
    return any(pair in s.pairs for s in draft.stretches)


def _headline_role(item: Labelled, headline: dict[str, str | None]) -> str:
    if item.label == "short" and headline.get("kicker") and item.text.strip() == headline["kicker"]:
        return "kicker"
    if (
        item.label == "short"
        and headline.get("column")
        and _BARE_COLUMN.sub("", item.text) == headline["column"]
    ):
        return "column"
    return ROLES.get(item.label, item.label)


def _evidence(pieces: Sequence[Passage], draft: Draft, page: str) -> Iterator[Evidence]:
    for piece in pieces:
        if piece.kind in ("title", "kicker", "subtitle", "column") and piece.text:
            displaced = draft.given is not None and piece.kind != "column"
            rule, confidence = ("headline_elsewhere", 0.7) if displaced else ("headline_before_text", 0.95)
            yield headline_evidence(piece, page, rule, confidence)


def headline_evidence(piece: Passage, page: str, rule: str, confidence: float) -> Evidence:
    """The whole of a headline line as evidence of its field."""
    span = piece.span(0, len(piece.text))
    return Evidence(piece.kind, span.start, span.end, piece.quote(0, len(piece.text), page), rule, confidence)


def _warnings(draft: Draft, open_ends: Mapping[str, str | None]) -> Iterator[str]:
    yield from no_title(draft.has_title, open_ends)
    if draft.given is not None:
        yield say(
            "headline_and_byline_apart"
            if draft.given.has_title and draft.given.bylines
            else "headline_apart"
            if draft.given.has_title
            else "byline_apart"
        )
    if draft.is_interrupted:
        yield INTERRUPTED
    yield from unfinished(
        draft.is_cut and "continues_on" not in open_ends, bool(draft.notes and not draft.bylines)
    )


INTERRUPTED = say("interrupted")
NO_TITLE = say("no_title")


def no_title(titled: bool, open_ends: Mapping[str, str | None]) -> Iterator[str]:
    """The warning of an article without a title."""
    if not titled and "continued_from" in open_ends:
        yield say("title_elsewhere", page=open_ends["continued_from"])
    elif not titled:
        yield NO_TITLE


def unfinished(cut: bool, unsigned: bool) -> Iterator[str]:
    """The warnings of a text that breaks off, and of an author note that nobody signs."""
    if cut:
        yield say("unfinished")
    if unsigned:
        yield say("unsigned")


def ledger(assembled: Sequence[Assembled], items: Sequence[Labelled]) -> tuple[LedgerEntry, ...]:
    """Every block of the page once, in page order; what belongs to no article is masthead or furniture."""
    entries: list[LedgerEntry] = []
    placed: set[int] = set()
    for number, article in enumerate(assembled):
        for block, role in article.roles:
            placed.add(block.start)
            entries += [LedgerEntry(p.start, p.end, role, number) for p in block.parts]
    for item in items:
        if item.block.start not in placed:
            role = "masthead" if item.label == "masthead" else "furniture"
            entries += [LedgerEntry(p.start, p.end, role, None) for p in item.block.parts]
    return tuple(sorted(entries, key=lambda e: e.start))
