"""What a person can do to an arrangement, each a function of it; `CannotArrange` where it makes no sense there."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from articles.ingest.arrange import (
    HEADLINE,
    NOBODYS,
    OWNED,
    Arrangement,
    CannotArrange,
    Operation,
    Piece,
    above,
    paragraphs,
)
from articles.ingest.passage import Span


def cut(arrangement: Arrangement, at: int) -> Arrangement:
    """A piece that `at` lies inside as two; as it was where either would hold nothing but white space."""
    out: list[Piece] = []
    for piece in arrangement.pieces:
        if piece.start < at < piece.end:
            out += _halves(arrangement.text, piece, at)
        else:
            out.append(piece)
    return Arrangement(arrangement.text, tuple(out))


def _halves(text: str, piece: Piece, at: int) -> Sequence[Piece]:
    left = [_trimmed(text, part.start, min(part.end, at)) for part in piece.parts if part.start < at]
    right = [_trimmed(text, max(part.start, at), part.end) for part in piece.parts if part.end > at]
    before, after = (tuple(part for part in half if part is not None) for half in (left, right))
    if not before or not after:
        return (piece,)
    goes_on = piece.role == "body"
    return replace(piece, parts=before), replace(piece, parts=after, joined=goes_on)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    if not words.strip():
        return None
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _selected(arrangement: Arrangement, spans: Sequence[Span]) -> tuple[Arrangement, frozenset[Piece]]:
    """The arrangement cut at the ends of the spans, and its pieces within them."""
    for span in spans:
        arrangement = cut(cut(arrangement, span.start), span.end)
    chosen = frozenset(_touched(arrangement, spans))
    if not chosen:
        raise CannotArrange("empty")
    return arrangement, chosen


def _with(arrangement: Arrangement, change: Callable[[Piece], Piece]) -> Arrangement:
    """Every piece changed. What leaves its paragraph, or is left by it, begins one of its own."""
    now = Arrangement(arrangement.text, tuple(change(p) for p in arrangement.pieces))
    was = {p.start: k for k, paragraph in enumerate(paragraphs(arrangement)) for p in paragraph}
    before: dict[int | None, Piece] = {}
    out: list[Piece] = []
    for piece in now.pieces:
        if piece.role == "body":
            last = before.get(piece.article)
            # A paragraph is known by the pieces that made it; those that did not hang together do not begin to.
            if piece.joined and (last is None or was.get(last.start, -1) != was.get(piece.start, -2)):
                piece = replace(piece, joined=False)
            before[piece.article] = piece
        elif piece.role == "heading":
            before.pop(piece.article, None)
        elif piece.joined:
            piece = replace(piece, joined=False)
        out.append(piece)
    return Arrangement(arrangement.text, tuple(out))


def move(arrangement: Arrangement, operation: Operation) -> Arrangement:
    """The selection to an article, a new one (0) or nobody (None), and to a role where one is named."""
    arrangement, chosen = _selected(arrangement, operation.spans)
    target = _target(arrangement, operation.article)
    titled = any(p.role == "title" and p.article == target and p not in chosen for p in arrangement.pieces)

    def moved(piece: Piece) -> Piece:
        if piece not in chosen:
            return piece
        role = operation.role or _role_there(piece, target, titled)
        return replace(piece, article=target, role=role, by_hand=True)

    if operation.role and (operation.role in OWNED) != (target is not None):
        raise CannotArrange("no_role")
    return _with(arrangement, moved)


def _target(arrangement: Arrangement, article: int | None) -> int | None:
    if article == 0:
        return max(arrangement.articles, default=0) + 1
    if article is not None and article not in arrangement.articles:
        raise CannotArrange("no_article")
    return article


def _role_there(piece: Piece, target: int | None, titled: bool) -> str:
    if target is None:
        return piece.role if piece.role in NOBODYS else "furniture"
    if piece.role in NOBODYS:
        return "body"
    return "heading" if titled and piece.role == "title" and piece.article != target else piece.role


def role(arrangement: Arrangement, operation: Operation) -> Arrangement:
    """The selection in another role; what belongs to nobody yet goes to `article`, or to the article beside it."""
    arrangement, chosen = _selected(arrangement, operation.spans)
    name = operation.role
    if name not in (*OWNED, *NOBODYS):
        raise CannotArrange("no_role")
    owner = None if name in NOBODYS else _owner(arrangement, chosen, operation.article)

    def named(piece: Piece) -> Piece:
        if piece not in chosen:
            return piece
        asked = operation.article is not None or piece.article is None
        article = owner if asked or owner is None else piece.article
        return replace(piece, role=name, article=article, by_hand=True)

    return _with(arrangement, named)


def _owner(arrangement: Arrangement, chosen: frozenset[Piece], article: int | None) -> int:
    """The article named, or that of the selection, or of what stands after it, or before it."""
    if article is not None:
        found = _target(arrangement, article)
        if found is not None:
            return found
    first = min(p.start for p in chosen)
    own = [p.article for p in arrangement.pieces if p in chosen and p.article is not None]
    after = [p.article for p in arrangement.pieces if p.start >= first and p.article is not None]
    before = [p.article for p in reversed(arrangement.pieces) if p.start < first and p.article is not None]
    for numbers in (own, after, before):
        if numbers:
            return numbers[0]
    raise CannotArrange("no_article")


def headline(arrangement: Arrangement, operation: Operation) -> Arrangement:
    """The selection is the title (kicker, subtitle, column); lines that were give way to it.

    Former title lines become the kicker above it, the subtitle below it, a heading within the text.
    """
    if operation.role not in HEADLINE:
        raise CannotArrange("no_role")
    arrangement, chosen = _selected(arrangement, operation.spans)
    owner = _owner(arrangement, chosen, operation.article)
    at = min(p.start for p in chosen)
    text_at = min(
        (p.start for p in arrangement.pieces if p.article == owner and p.role == "body" and p not in chosen),
        default=len(arrangement.text),
    )

    def named(piece: Piece) -> Piece:
        if piece in chosen:
            return replace(piece, article=owner, role=operation.role or "title", by_hand=True)
        if operation.role == "title" and piece.article == owner and piece.role == "title":
            former = "kicker" if piece.start < at else "subtitle" if piece.start < text_at else "heading"
            return replace(piece, role=former, by_hand=True)
        return piece

    return _with(arrangement, named)


def byline(arrangement: Arrangement, operation: Operation) -> Arrangement:
    """The selection signs the article."""
    return role(arrangement, replace(operation, role="byline"))


def merge(arrangement: Arrangement, operation: Operation) -> Arrangement:
    """The article of the selection becomes a part of `article`, or of the one right above it. Its headline a heading."""
    own = _articles_of(arrangement, operation.spans)
    into = operation.article
    if into is None:
        own = own[:1]
        over, touched = above(arrangement), _touched(arrangement, operation.spans)
        into = next(over[piece.start] for piece in touched if piece.article == own[0])
    if into is None:
        raise CannotArrange("nothing_before")
    if into not in arrangement.articles:
        raise CannotArrange("no_article")
    gone = frozenset(own) - {into}
    if not gone:
        raise CannotArrange("itself")
    headed = {p.role for p in arrangement.pieces if p.article == into and p.role in HEADLINE}

    def joined(piece: Piece) -> Piece:
        if piece.article not in gone:
            return piece
        demoted = piece.role in ("title", "kicker", "subtitle") and "title" in headed
        demoted = demoted or (piece.role == "column" and "column" in headed)
        return replace(piece, article=into, role="heading" if demoted else piece.role, by_hand=True)

    return _with(arrangement, joined)


def _touched(arrangement: Arrangement, spans: Sequence[Span]) -> list[Piece]:
    return [p for p in arrangement.pieces if any(s.start < p.end and p.start < s.end for s in spans)]


def _articles_of(arrangement: Arrangement, spans: Sequence[Span]) -> list[int]:
    touched = _touched(arrangement, spans)
    found = list(dict.fromkeys(p.article for p in touched if p.article is not None))
    if not found:
        raise CannotArrange("no_article" if touched else "empty")
    return found


def split(arrangement: Arrangement, operation: Operation) -> Arrangement:
    """A new article begins where the selection does: all that its article has from there on. A heading there is its title."""
    if not operation.spans:
        raise CannotArrange("empty")
    at = min(s.start for s in operation.spans)
    arrangement = cut(arrangement, at)
    own = _articles_of(arrangement, operation.spans)[0]
    if not any(p.article == own and p.start < at for p in arrangement.pieces):
        raise CannotArrange("nothing_before")
    number = max(arrangement.articles) + 1
    rest = [p for p in arrangement.pieces if p.article == own and p.end > at]
    opening = next((k for k, p in enumerate(rest) if p.role != "heading"), len(rest))
    titles = frozenset(rest[:opening]) if opening < len(rest) else frozenset[Piece]()

    def parted(piece: Piece) -> Piece:
        if piece.article != own or piece.end <= at:
            return piece
        return replace(piece, article=number, role="title" if piece in titles else piece.role, by_hand=True)

    return _with(arrangement, parted)


def join(arrangement: Arrangement, operation: Operation) -> Arrangement:
    """The paragraphs selected as one; a single one goes on with the paragraph before it."""
    chosen = _body_of(arrangement, operation.spans)
    first = min(chosen, key=lambda p: p.start)
    wanted = frozenset(p for p in chosen if p is not first and p.article == first.article) or {first}
    last: dict[int | None, bool] = {}
    out: list[Piece] = []
    for piece in arrangement.pieces:
        if piece in wanted:
            if not last.get(piece.article):
                raise CannotArrange("nothing_before")
            piece = replace(piece, joined=True, by_hand=True)
        if piece.role in ("body", "heading"):
            last[piece.article] = piece.role == "body"
        out.append(piece)
    return Arrangement(arrangement.text, tuple(out))


def part(arrangement: Arrangement, operation: Operation) -> Arrangement:
    """A paragraph begins where the selection does."""
    if not operation.spans:
        raise CannotArrange("empty")
    at = min(s.start for s in operation.spans)
    arrangement = cut(arrangement, at)
    chosen = _body_of(arrangement, (Span(at, max(s.end for s in operation.spans)),))
    first = min((p for p in chosen if p.end > at), key=lambda p: p.start)
    if not first.joined:
        raise CannotArrange("begins_here")
    pieces = (replace(p, joined=False, by_hand=True) if p is first else p for p in arrangement.pieces)
    return Arrangement(arrangement.text, tuple(pieces))


def _body_of(arrangement: Arrangement, spans: Sequence[Span]) -> frozenset[Piece]:
    touched = _touched(arrangement, spans)
    if not touched:
        raise CannotArrange("empty")
    body = frozenset(p for p in touched if p.role == "body")
    if not body:
        raise CannotArrange("not_body")
    return body


def carry_out(arrangement: Arrangement, operation: Operation) -> Arrangement:
    """The arrangement after an operation. Raises CannotArrange."""
    return OPERATIONS[operation.kind](arrangement, operation)


OPERATIONS: dict[str, Callable[[Arrangement, Operation], Arrangement]] = {
    "move": move,
    "role": role,
    "headline": headline,
    "byline": byline,
    "merge": merge,
    "split": split,
    "join": join,
    "part": part,
}
