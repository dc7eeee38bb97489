"""The records of an arrangement: articles put together as a person said, their fields read as ever."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from articles.gazetteer import Gazetteer
from articles.ingest import assemble, bylines, furniture, jumps, script
from articles.ingest.arrange import HEADLINE, UNASSIGNED, Arrangement, Piece, ledger_of, paragraphs
from articles.ingest.authors import read_authors
from articles.ingest.blocks import Block, make_block, passage
from articles.ingest.bylines import BylineReading, Signer
from articles.ingest.config import Config, Context
from articles.ingest.label import Labelled
from articles.ingest.passage import Passage, squash
from articles.ingest.pipeline import read_fields, stray_warnings
from articles.ingest.record import ArticleText, Evidence, PageRecord

BY_HAND = "set_by_hand"
_INLINE = ("lead", "signed", "credit")
_NAME = re.compile(r"[\u3400-\u9fff·]{2,12}|[A-Za-z][A-Za-z.'’ -]{1,40}")


@dataclass(frozen=True, slots=True)
class Recomposed:
    """`numbers[k]` is what the arrangement calls article k of the record."""

    record: PageRecord
    numbers: tuple[int, ...]


def record_of(
    arrangement: Arrangement, name: str, sha256: str, config: Config, items: Sequence[Labelled] = ()
) -> Recomposed:
    """Reads the records of an arrangement. `items` are the page's lines as labelled, whose bylines are read already."""
    printed = arrangement.text
    arrangement = replace(arrangement, text=script.plain(printed))
    numbers = arrangement.articles
    context = Context(arrangement.text, config)
    reader = _Reader(arrangement, config.gazetteer, {x.block.parts: x for x in items})
    record = PageRecord(
        name=name,
        sha256=sha256,
        text=arrangement.text,
        issue=config.issue,
        articles=tuple(read_fields(reader.article(number), context) for number in numbers),
        ledger=ledger_of(arrangement, {number: k for k, number in enumerate(numbers)}),
        warnings=stray_warnings([reader.block(p).text for p in arrangement.pieces if p.role == UNASSIGNED]),
    )
    return Recomposed(script.as_printed(record, printed), numbers)


class _Reader:
    """Puts the articles of one arrangement together."""

    def __init__(
        self, arrangement: Arrangement, gazetteer: Gazetteer, items: Mapping[object, Labelled]
    ) -> None:
        self.page, self.gazetteer, self.items = arrangement.text, gazetteer, items
        self.arrangement = arrangement
        self._paragraphs = paragraphs(arrangement)
        self._ends = dict(_open_ends(arrangement, self.block))

    def block(self, piece: Piece) -> Block:
        known = self.items.get(piece.parts)
        return known.block if known else make_block(self.page, list(piece.parts))

    def article(self, number: int) -> ArticleText:
        own = self.arrangement.of(number)
        lines = {kind: [self.block(p) for p in own if p.role == kind] for kind in HEADLINE}
        pieces, fields = assemble.headline_fields(lines, self.page)
        by_hand = {p.start for p in own if p.by_hand}
        evidence = [self._evidence(p, by_hand) for p in pieces if p.text]
        for kind in ("byline", "author_note", "caption"):
            pieces += [passage(kind, [self.block(p)], self.page) for p in own if p.role == kind]
        notes = tuple(self._labelled(p, "note") for p in own if p.role == "author_note")
        signing = self._signing(own)
        ends = self._ends.get(number, {})
        numbers = {name: jumps.number_named(e.quote) for name, e in ends.items()}
        return ArticleText(
            body=tuple(self._body(number)),
            pieces=tuple(pieces),
            title=fields["title"],
            kicker=fields["kicker"],
            subtitle=fields["subtitle"],
            column=fields["column"],
            authors=read_authors(signing, notes, self.page, self.gazetteer),
            evidence=(*evidence, *ends.values()),
            warnings=tuple(self._warnings(own, numbers, bool(notes and not signing))),
            continues_on=numbers.get("continues_on"),
            continued_from=numbers.get("continued_from"),
        )

    def _evidence(self, piece: Passage, by_hand: set[int]) -> Evidence:
        sure = any(run.start in by_hand for run in piece.runs[:1])
        rule, confidence = (BY_HAND, 1.0) if sure else ("headline_before_text", 0.95)
        return assemble.headline_evidence(piece, self.page, rule, confidence)

    def _body(self, number: int) -> Iterator[Passage]:
        found = [
            ("paragraph", [self.block(p) for p in pieces], pieces[0].start)
            for pieces in self._paragraphs
            if pieces[0].article == number
        ]
        found += [
            ("heading", [self.block(p)], p.start) for p in self.arrangement.of(number) if p.role == "heading"
        ]
        for kind, blocks, _at in sorted(found, key=lambda x: x[2]):
            yield passage(kind, blocks, self.page)

    def _labelled(self, piece: Piece, label: str) -> Labelled:
        block = self.block(piece)
        known = self.items.get(piece.parts)
        if label != "byline":
            return Labelled(block, label, ())
        if known and known.byline:
            return known
        reading = bylines.read_byline(block.text, self.gazetteer)
        for read in (bylines.read_lead, bylines.read_tail):
            if reading is None and (found := read(block.text, self.gazetteer)):
                reading = found[1]
        if reading is None and piece.by_hand:
            reading = _names_by_hand(block.text)
        return Labelled(block, label, (), reading, reading.strength if reading else 1.0)

    def _signing(self, own: Sequence[Piece]) -> tuple[Labelled, ...]:
        """Bylines that sign the text, those of the headline first: not the photographer of a picture within it."""
        found: list[tuple[bool, bool, Labelled]] = []
        before = ""
        for piece in own:
            if piece.role == "byline":
                item = self._labelled(piece, "byline")
                credit = item.label == "credit" and before == "caption"
                found.append((item.label in _INLINE, credit, item))
            before = piece.role
        ordered = [(credit, item) for _inline, credit, item in sorted(found, key=lambda x: x[0])]
        return tuple(item for credit, item in ordered if not credit) or tuple(item for _c, item in ordered)

    def _warnings(
        self, own: Sequence[Piece], ends: Mapping[str, str | None], unsigned: bool
    ) -> Iterator[str]:
        yield from assemble.no_title(any(p.role == "title" for p in own), ends)
        text = [p for p in own if p.role == "body"]
        if text and not any(p.by_hand for p in own) and self._interrupted(text):
            yield assemble.INTERRUPTED
        after = [p.role for p in own if text and p.start > text[-1].start]
        ended = not text or self.block(text[-1]).is_terminal or {"byline", "author_note"} & set(after)
        yield from assemble.unfinished(not ended and "continues_on" not in ends, unsigned)

    def _interrupted(self, text: Sequence[Piece]) -> bool:
        others = [p for p in self.arrangement.pieces if p.role == "body" and p.article != text[0].article]
        return any(text[0].start < p.start < text[-1].start for p in others)


def _names_by_hand(text: str) -> BylineReading | None:
    """What a person calls a byline holds names, whatever they look like."""
    found = tuple(Signer(squash(m[0]), "作者", m.start(), m.end()) for m in _NAME.finditer(text))
    return BylineReading(found[:12], 1.0, BY_HAND) if found else None


def _open_ends(
    arrangement: Arrangement, block: Callable[[Piece], Block]
) -> Iterator[tuple[int, dict[str, Evidence]]]:
    """By article, where jump lines say that it goes on elsewhere or comes from there, and nothing here meets them."""
    ends: dict[int, dict[str, Evidence]] = {}
    current: int | None = None
    coming: Block | None = None
    for piece in arrangement.pieces:
        if piece.article is None:
            line = block(piece)
            rule = furniture.match_line(line.text)
            if rule and rule.jump and jumps.leads_on(line.text) and current is not None:
                ends[current]["continues_on"] = jumps.evidence("continues_on", line, arrangement.text)
            elif rule and rule.jump and not jumps.leads_on(line.text):
                coming = line
        elif piece.role in ("body", "caption"):
            current = piece.article
            begun = current in ends
            own = ends.setdefault(current, {})
            if coming is not None:
                # Come back to, it is not open any more.
                own.pop("continues_on", None)
                if not begun:
                    own["continued_from"] = jumps.evidence("continued_from", coming, arrangement.text)
            coming = None
        elif piece.role in (*HEADLINE, "heading"):
            current = None
    for number, own in ends.items():
        yield number, {name: e for name, e in own.items() if jumps.number_named(e.quote) is not None}
