"""Pages in traditional characters: the rules read them in simplified ones, the record keeps what is printed.

Letter by letter, so that every offset stays. What was read out of the words (places, mechanisms, subjects of figures)
stays simplified, for it has to count together with the same thing on other pages.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from articles.gazetteer.characters import simplified
from articles.ingest.passage import Passage, squash, without_breaks
from articles.ingest.record import ArticleRecord, Author, Evidence, Mechanism, Metric, PageRecord

LEAST_SHARE = 0.05
"""The share of letters that simplification changes from which a page is in traditional characters: a third of them is.
An old signboard quoted on a page of today stays as it is."""

_QUOTES = str.maketrans("「」『』", "“”‘’")

# Letters of simplified texts too, but on a page in traditional ones they are hardly ever meant so.
_HERE = dict(zip("乾剋夥徵於瞭祇衹藉麽", "干克伙征于了只只借么", strict=True))
_REPLY = re.compile("(?<=[答批回函])覆")

Quoted = TypeVar("Quoted", Evidence, Mechanism, Metric)
Words = TypeVar("Words", str, str | None)


def plain(page: str) -> str:
    """The page in simplified characters, as long as before; the page itself where it is in them already."""
    read = page.translate(_table())
    if read == page or sum(a != b for a, b in zip(page, read, strict=True)) < LEAST_SHARE * len(page):
        return page
    return _REPLY.sub("复", read.translate(_QUOTES))


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    return str.maketrans({**simplified(), **_HERE})


def as_printed(record: PageRecord, page: str) -> PageRecord:
    """The record of `plain(page)` with the words of the page itself."""
    if record.text == page:
        return record
    articles = tuple(_Printed(article, page).article(article) for article in record.articles)
    return replace(record, text=page, articles=articles)


class _Printed:
    """Gives one article back the letters that it was printed in."""

    def __init__(self, read: ArticleRecord, page: str) -> None:
        self.page = page
        passages = (*read.text.pieces, *read.text.body)
        printed = tuple(map(self.passage, passages))
        # Headline fields join their lines with a space or with nothing; names lose the spaces inside.
        plain, whole = (" ".join(p.text for p in found) for found in (passages, printed))
        self.sources = ((plain, whole), (squash(plain), squash(whole)))

    def article(self, read: ArticleRecord) -> ArticleRecord:
        proof, proofs, text = self.proof, self.proofs, read.text
        return replace(
            read,
            text=replace(
                text,
                body=tuple(map(self.passage, text.body)),
                pieces=tuple(map(self.passage, text.pieces)),
                title=self.words(text.title),
                kicker=self.words(text.kicker),
                subtitle=self.words(text.subtitle),
                column=self.words(text.column),
                authors=tuple(map(self.author, text.authors)),
                evidence=proofs(text.evidence),
            ),
            place=replace(read.place, evidence=proofs(read.place.evidence)),
            themes=tuple(replace(theme, evidence=proofs(theme.evidence)) for theme in read.themes),
            mechanisms=tuple(map(proof, read.mechanisms)),
            metrics=tuple(map(proof, read.metrics)),
            dates=replace(
                read.dates,
                clues=tuple(map(self.words, read.dates.clues)),
                evidence=proofs(read.dates.evidence),
            ),
            genre_evidence=proof(read.genre_evidence) if read.genre_evidence else None,
        )

    def author(self, author: Author) -> Author:
        return replace(
            author,
            name=self.words(author.name),
            role=self.words(author.role),
            evidence=self.proofs(author.evidence),
        )

    def proofs(self, proofs: Iterable[Evidence]) -> tuple[Evidence, ...]:
        return tuple(map(self.proof, proofs))

    def proof(self, proof: Quoted) -> Quoted:
        return replace(proof, quote=without_breaks(self.page[proof.start : proof.end]))

    def passage(self, passage: Passage) -> Passage:
        runs = (self.page[run.start : run.start + run.length] for run in passage.runs)
        return replace(passage, text="".join(runs))

    def words(self, value: Words) -> Words:
        """The printed words behind what was read; as read where they stand nowhere in one piece."""
        for plain, whole in self.sources:
            if value and (at := plain.find(value)) >= 0:
                return whole[at : at + len(value)]
        return value
