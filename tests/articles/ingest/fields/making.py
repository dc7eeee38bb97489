"""Made-up articles for the tests of field readers."""

from articles.gazetteer import load
from articles.ingest.config import Config, Context
from articles.ingest.passage import Passage, Run
from articles.ingest.record import ArticleText, Author, IssueInfo


def article(
    *paragraphs: str,
    title: str | None = None,
    subtitle: str | None = None,
    column: str | None = None,
    byline: str | None = None,
    headings: tuple[str, ...] = (),
    authors: tuple[Author, ...] = (),
    issue_date: str | None = None,
) -> tuple[ArticleText, Context]:
    """An article whose pieces and paragraphs stand one a line on a page of their own, and its context."""
    page = ""
    pieces: list[Passage] = []
    body: list[Passage] = []
    for kind, texts in (
        ("column", (column,)),
        ("title", (title,)),
        ("subtitle", (subtitle,)),
        ("byline", (byline,)),
        ("heading", headings),
        ("paragraph", paragraphs),
        ("author_note", tuple(a.role for a in authors)),
    ):
        for text in texts:
            if not text:
                continue
            passage = Passage(kind, text, (Run(0, len(page), len(text)),))
            (body if kind in ("heading", "paragraph") else pieces).append(passage)
            page += text + "\n"
    made = ArticleText(
        tuple(body), tuple(pieces), title=title, subtitle=subtitle, column=column, authors=authors
    )
    return made, Context(page, Config(load(), IssueInfo(date=issue_date)))
