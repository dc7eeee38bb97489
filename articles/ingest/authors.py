"""Who signs an article, put together from its bylines and author notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.gazetteer import Gazetteer
from articles.ingest import notes
from articles.ingest.blocks import passage
from articles.ingest.bylines import Signer
from articles.ingest.fields.roles import parse_role
from articles.ingest.label import Labelled
from articles.ingest.passage import Passage
from articles.ingest.record import Author, Evidence


@dataclass(frozen=True, slots=True)
class _Signed:
    signer: Signer
    text: Passage
    rule: str
    strength: float


def read_authors(
    bylines: Sequence[Labelled], note_items: Sequence[Labelled], page: str, gazetteer: Gazetteer
) -> tuple[Author, ...]:
    """Authors in the order in which they sign, each once; roles from the note where the byline gives none."""
    signed: dict[str, _Signed] = {}
    for item in bylines:
        if item.byline is None:
            continue
        text = passage("byline", [item.block], page)
        for signer in item.byline.signers:
            signed.setdefault(signer.name, _Signed(signer, text, item.byline.rule, item.score))
    writers = [s for s in signed.values() if s.signer.kind == "作者"]
    if not writers:  # a note speaks of whoever wrote the text
        writers = [s for s in signed.values() if s.signer.kind != "摄影"]
    note_text = passage("author_note", [n.block for n in note_items], page) if note_items else None
    note = notes.read_note(note_text.text, max(len(writers), 1)) if note_text else None
    authors: list[Author] = []
    for one in signed.values():
        role, source = one.signer.role, None
        if role is None and note and one in writers:
            role = note.role_for(writers.index(one), len(writers), one.signer.name)
            source = note_text
        authors.append(
            _author(one.signer.name, one.signer.kind, role, _evidence(one, page), source, page, gazetteer)
        )
    if not signed and note and note.names and note_text:
        for name, role in zip(note.names, note.roles, strict=True):
            at = note_text.text.find(name)
            proof = Evidence(
                "author",
                *_span(note_text, at, len(name)),
                note_text.quote(at, at + len(name), page),
                "note_names",
                0.9,
            )
            authors.append(_author(name, "作者", role, proof, note_text, page, gazetteer))
    return tuple(authors)


def _span(text: Passage, at: int, length: int) -> tuple[int, int]:
    span = text.span(at, at + length)
    return span.start, span.end


def _evidence(one: _Signed, page: str) -> Evidence:
    i, j = one.signer.i, one.signer.j
    return Evidence(
        "author", *_span(one.text, i, j - i), one.text.quote(i, j, page), one.rule, round(one.strength, 2)
    )


def _author(
    name: str,
    kind: str,
    role: str | None,
    proof: Evidence,
    source: Passage | None,
    page: str,
    gazetteer: Gazetteer,
) -> Author:
    if not role:
        return Author(name, kind, evidence=(proof,))
    read = parse_role(role, gazetteer)
    proofs = [proof]
    if source is not None and (at := source.text.find(role)) >= 0:
        proofs.append(
            Evidence(
                "author_role",
                *_span(source, at, len(role)),
                source.quote(at, at + len(role), page),
                "author_note",
            )
        )
    return Author(name, kind, role, read.offices, read.body, read.region, tuple(proofs))
