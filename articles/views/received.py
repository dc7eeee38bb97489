"""A page as it was received, for one of its articles: what is its own stands out, the rest stays where it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from articles.article_page import Stretch
from articles.models import Article, Page
from articles.views.marks import Piece, mark_body
from articles.views.record import marks


@dataclass(frozen=True, slots=True)
class Row:
    """One ledger row; `name` says its role where it is another than that of the row before."""

    role: str
    name: str
    pieces: tuple[Piece, ...]
    runs: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Rows that follow one another and belong to one article, or to none.

    `order` counts the places of the article at hand as they are to be read, 0 for what is not its own. Of
    another article, `title` and `public_id` name it. What readers must not see has no rows, only its length.
    """

    own: bool
    order: int
    rows: tuple[Row, ...]
    title: str
    public_id: str
    furniture: bool
    left_out: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page with `total` places of the article at hand."""

    page: Page
    part: int
    places: tuple[Place, ...]
    total: int


def role_names() -> dict[str, str]:
    return {
        "title": _("Headline"), "kicker": _("Kicker"), "subtitle": _("Subtitle"), "column": _("Column"),
        "byline": _("Byline"), "author_note": _("Author note"), "heading": _("Heading"), "body": _("Text"),
        "caption": _("Caption"), "masthead": _("Masthead"), "furniture": _("Furniture"),
    }  # fmt: skip


def sheets(row: Article, ledger: Sequence[Stretch]) -> list[Sheet]:
    """The pages that the parts of an article stand on, in its reading order."""
    return [_sheet(part, [s for s in ledger if s.page == part.page_id]) for part in row.parts if part.page]


def _sheet(part: Article, ledger: list[Stretch]) -> Sheet:
    text = part.page.text
    groups = [list(rows) for _key, rows in groupby(ledger, key=lambda s: (s.article, s.own))]
    own = [group for group in groups if group[0].article == part.pk]
    read = sorted(own, key=lambda group: _reading_place(part, group))
    order = {id(group): n for n, group in enumerate(read, 1)}
    rows = _rows(part, ledger)
    places = tuple(
        Place(
            group[0].own,
            order.get(id(group), 0),
            tuple(rows[s.start] for s in group) if group[0].shown else (),
            group[0].title,
            group[0].public_id,
            group[0].article is None,
            0 if group[0].shown else sum(len("".join(text[s.start : s.end].split())) for s in group),
        )
        for group in groups
    )
    return Sheet(part.page, part.part, places, len(own))


def _reading_place(part: Article, group: list[Stretch]) -> tuple[int, int]:
    """Where the text of a place stands in the repaired text; before it what is no text, by its place."""
    left, right = group[0].start, group[-1].end
    for n, entry in enumerate(part.body):
        for at, start, length in entry.get("runs") or ():
            if start < right and left < start + length:
                return n, at
    return -1, left


def _rows(part: Article, ledger: list[Stretch]) -> dict[int, Row]:
    """The rows that readers may see, by where they start, marked in one go: a mark may run over several."""
    names, text = role_names(), part.page.text
    seen = [stretch for stretch in ledger if stretch.shown]
    runs = [(0, stretch.start, stretch.end - stretch.start) for stretch in seen]
    entries = [
        {"kind": s.role, "text": text[s.start : s.end], "runs": [run]}
        for s, run in zip(seen, runs, strict=True)
    ]
    marked = mark_body(entries, marks(part, everything=True)).paragraphs
    rows, before = {}, ("", 0)
    for stretch, run, paragraph in zip(seen, runs, marked, strict=True):
        now = (stretch.role, stretch.article or 0)
        name = names.get(stretch.role, stretch.role) if now != before else ""
        rows[stretch.start] = Row(stretch.role, name, paragraph.pieces, (run,))
        before = now
    return rows
