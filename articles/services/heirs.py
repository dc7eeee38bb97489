"""Which article of the archive each arranged one continues, and where the address of one that vanishes leads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from articles.ingest.arrange import Arrangement, Piece
from articles.models import Article, State
from articles.services.split import Standing, printed_body

ENOUGH = 0.3  # of their characters shared: enough to prefer an article whose address may have been cited
MOST = 0.5  # of a title, or of a text: enough to know it again


@dataclass(frozen=True, slots=True)
class Plan:
    """What applying will do. `rows` says which article each number becomes, None a new one.

    `gone` pairs each article that vanishes with the number that its address leads to, None where to nothing.
    `untouched` numbers stay as they are. `open` are the articles that any of the others may be.
    """

    rows: Mapping[int, Article | None]
    untouched: frozenset[int]
    gone: Sequence[tuple[Article, int | None]]
    open: Sequence[Article] = ()

    @property
    def new(self) -> int:
        return sum(row is None for row in self.rows.values())

    @property
    def published(self) -> list[Article]:
        """The articles that readers see and that will be others, or be gone."""
        kept = [row for number, row in self.rows.items() if row and number not in self.untouched]
        return [a for a in (*kept, *(a for a, _heir in self.gone)) if a.state == State.PUBLISHED]


def plan(found: Standing) -> Plan:
    """Which articles survive, as the page is arranged now: an article follows its title and the larger part of its text.

    One without a title that only gained stays what it is. Where a person said otherwise, it is as they said.
    """
    now, base = found.now, found.base
    untouched = {
        number: found.articles[number]
        for number in now.articles
        if number in found.articles and same(now.of(number), base.of(number))
    }
    living = {a.pk: (n, a) for n, a in found.articles.items() if n not in untouched}
    moved = found.page.articles.filter(blocks__isnull=True, moved_to__isnull=False)
    former = {a.pk: a for a in moved if a.pk not in living}
    open_ = {pk: a for pk, (_n, a) in living.items()} | former
    rows = {n: untouched.get(n) for n in now.articles}
    said = {n: pk for n, pk in found.choices.rows.items() if n in rows and n not in untouched}
    said = {n: pk for n, pk in said.items() if pk is None or pk in open_}
    rows |= {n: open_[pk] for n, pk in said.items() if pk is not None}
    taken = set(said.values())
    free = {n: offsets(now.of(n)) for n in rows if n not in untouched and n not in said}

    def worth(number: int, pk: int) -> tuple[bool, bool, float] | None:
        """How much speaks for it: nothing goes into the trash while another has a claim, addresses are kept, likeness."""
        article, own = open_[pk], free[number]
        if pk not in living:
            share = _share(own, _runs(article))
            return (article.state != State.TRASHED, False, share) if share > MOST else None
        pieces = base.of(living[pk][0])
        place, title = offsets(pieces), titles(pieces)
        share, headed = _share(own, place), _part(title, titles(now.of(number)))
        if not title and living[pk][0] == number and place <= own:
            headed = 1.0
        cited = bool(article.published_at) and (share >= ENOUGH or headed >= MOST)
        return (article.state != State.TRASHED, cited, headed + share) if share else None

    likely = [
        (claim, -number, pk)
        for number in free
        for pk in open_
        if pk not in taken and (claim := worth(number, pk)) is not None
    ]
    for _claim, minus, pk in sorted(likely, reverse=True):
        if rows[-minus] is None and pk not in taken:
            rows[-minus] = open_[pk]
            taken.add(pk)
    heirs = {pk: n for pk, n in found.choices.heirs.items() if n is None or n in rows}
    gone = [
        (a, heirs[pk] if pk in heirs else heir_of(base.of(number), now))
        for pk, (number, a) in living.items()
        if pk not in taken
    ]
    return Plan(rows, frozenset(untouched), gone, list(open_.values()))


def same(now: Sequence[Piece], base: Sequence[Piece]) -> bool:
    """Whether an article has the same text in the same places and roles."""
    return [(p.parts, p.role, p.joined) for p in now] == [(p.parts, p.role, p.joined) for p in base]


def heir_of(pieces: Sequence[Piece], now: Arrangement) -> int | None:
    """The number of the article that has the title of these pieces as its own, else most of their text; None where nobody."""
    place, title = offsets(pieces), titles(pieces)
    claims = {n: now.of(n) for n in now.articles}
    worth = {n: (_part(title, titles(own)) >= MOST, len(place & offsets(own))) for n, own in claims.items()}
    best = max(worth, key=lambda n: worth[n], default=None)
    return best if best is not None and any(worth[best]) else None


def offsets(pieces: Iterable[Piece]) -> set[int]:
    """Where in the page text these pieces stand."""
    return {i for piece in pieces for part in piece.parts for i in range(part.start, part.end)}


def titles(pieces: Iterable[Piece]) -> set[int]:
    """Where the title of these pieces stands."""
    return offsets(p for p in pieces if p.role == "title")


def _runs(article: Article) -> set[int]:
    """Where the text of an article stood that has no ledger any more."""
    body = printed_body(article)
    return {i for entry in body for _at, start, length in entry["runs"] for i in range(start, start + length)}


def _share(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


def _part(own: set[int], other: set[int]) -> float:
    return len(own & other) / len(own) if own else 0.0
