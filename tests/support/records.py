"""Page records made by hand, so that storing is tested without parsing."""

import hashlib
from collections.abc import Sequence
from typing import Any

from articles.ingest.passage import Passage, Run
from articles.ingest.record import (
    ArticleRecord,
    ArticleText,
    Author,
    Dates,
    Evidence,
    IssueInfo,
    LedgerEntry,
    Mechanism,
    Metric,
    PageRecord,
    Place,
    Theme,
)


class PageBuilder:
    """Writes lines into a page and remembers where each went."""

    def __init__(self) -> None:
        self.text = ""
        self.ledger: list[LedgerEntry] = []

    def line(self, words: str, role: str, article: int | None) -> Passage:
        """Adds a line of its own and returns it as a passage."""
        start = len(self.text)
        self.text += words + "\n\n"
        self.ledger.append(LedgerEntry(start, start + len(words), role, article))
        kind = "paragraph" if role == "body" else role
        return Passage(kind, words, (Run(0, start, len(words)),))

    def evidence(self, field: str, words: str, rule: str = "by-hand") -> Evidence:
        """Evidence at the first place where `words` stand."""
        start = self.text.index(words)
        return Evidence(field, start, start + len(words), words, rule)


def article(
    page: PageBuilder, index: int, title: str | None, paragraphs: Sequence[str], **changes: Any
) -> ArticleRecord:
    """An article of a page, with one author, one mechanism and one metric wherever their words occur."""
    headline = page.line(title, "title", index) if title else None
    byline = page.line("张三", "byline", index)
    body = tuple(page.line(words, "body", index) for words in paragraphs)
    note = page.line("（作者系成都市政协主席）", "author_note", index)
    start = body[0].runs[0].start
    mechanisms, metrics = [], []
    for words in paragraphs:
        if "有事来协商" in words:
            at = page.text.index("“有事来协商”", start)
            mechanisms.append(Mechanism("有事来协商", "平台", "“有事来协商”", at, at + 7, rule="quoted"))
        if "走访300余次" in words:
            at = page.text.index("走访300余次", start)
            metrics.append(
                Metric("走访300余次", at, at + 7, 300.0, "次", "走访", qualifier="余", rule="count")
            )
    text = ArticleText(
        body=body,
        pieces=tuple(p for p in (headline, byline, note) if p),
        title=title,
        column="主席论坛",
        authors=(Author("张三", "作者", "成都市政协主席", ("主席",), "成都市政协", "510100"),),
        evidence=(page.evidence("title", title),) if title else (),
        warnings=() if title else ("no headline",),
    )
    values: dict[str, Any] = {
        "genre": "署名文章",
        "place": Place(
            "510100", ("510600",), "地市级", evidence=(page.evidence("primary_region", "成都市政协主席"),)
        ),
        "themes": (Theme("协商议政", 1.0, (page.evidence("themes", paragraphs[0][:4]),)),),
        "mechanisms": tuple(mechanisms),
        "metrics": tuple(metrics),
        "dates": Dates(("7月16日",), "2024-07-16"),
    }
    return ArticleRecord(text=text, **{**values, **changes})


def page_record(
    name: str = "page.txt",
    titles: Sequence[str | None] = ("加强协商平台建设", None),
    salt: str = "",
    issue: IssueInfo = IssueInfo("人民政协报", "2024-07-16", "9137", "3"),  # noqa: B008 (frozen)
    **changes: Any,
) -> PageRecord:
    """A page with one article a title; `salt` makes it differ from other pages."""
    page = PageBuilder()
    page.line(f"人民政协报 第3版 {salt}".strip(), "masthead", None)
    articles = tuple(
        article(page, i, title, [f"第{i}篇{salt}：用好“有事来协商”平台。", "全年走访300余次，成效明显。"])
        for i, title in enumerate(titles)
    )
    page.line("扫码进入详情", "furniture", None)
    data = page.text.encode()
    values: dict[str, Any] = {
        "name": name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "text": page.text,
        "issue": issue,
        "articles": articles,
        "ledger": tuple(page.ledger),
        "warnings": (),
    }
    return PageRecord(**{**values, **changes})
