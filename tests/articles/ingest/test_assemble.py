"""Articles as texts: headline fields, authors with roles, warnings, and the ledger."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from articles.ingest.assemble import ledger
from articles.ingest.passage import squash
from articles.ingest.pipeline import Layout
from articles.ingest.record import ArticleText
from tests.articles.ingest.pages import SAND, TEA

LaidOut = Callable[[str], Layout]


def only(layout: Layout) -> ArticleText:
    (article,) = layout.articles
    return article.text


def page(*chunks: str) -> str:
    return "\n\n".join(chunks)


def test_an_article_has_its_parts(laid_out: LaidOut) -> None:
    text = only(laid_out(page("主席论坛", TEA.title, "——安溪县政协协商记", TEA.byline, TEA.body, TEA.note)))
    assert (text.column, text.title, text.subtitle) == ("主席论坛", TEA.title, "安溪县政协协商记")
    assert {p.kind for p in text.pieces} == {"column", "title", "subtitle", "byline", "author_note"}
    assert {e.field for e in text.evidence} == {"column", "title", "subtitle"}


@pytest.mark.parametrize("column", ["【主席论坛】", "■主席论坛", "主席论坛"])
def test_a_column_without_its_ornaments(column: str, laid_out: LaidOut) -> None:
    assert only(laid_out(page(column, TEA.whole))).column == "主席论坛"


def test_roles_come_from_the_note(laid_out: LaidOut) -> None:
    note = "（作者单位：安溪县政协；敦煌市政协）"
    text = only(laid_out(page(TEA.title, "□ 林小茶 何沙洲", TEA.body, note)))
    assert [(a.name, a.role) for a in text.authors] == [("林小茶", "安溪县政协"), ("何沙洲", "敦煌市政协")]
    assert [e.field for a in text.authors for e in a.evidence] == ["author", "author_role"] * 2


def test_a_photographer_of_a_picture_within_does_not_sign(laid_out: LaidOut) -> None:
    first, *rest = TEA.paragraphs
    text = only(
        laid_out(page(TEA.title, TEA.byline, first, "图为委员在茶园调研。\n\n于大江 摄", *rest, TEA.note))
    )
    assert [a.name for a in text.authors] == ["林小茶"]


@pytest.mark.parametrize(
    ("chunks", "warning"),
    [
        ((TEA.byline, TEA.body, TEA.note), "没有找到本文的标题"),
        ((TEA.title, TEA.body, TEA.note), "有作者注而没有署名"),
        ((TEA.title, TEA.byline, TEA.body.removesuffix("走进课堂。")), "可能还有下文"),
    ],
)
def test_doubt_is_said(chunks: tuple[str, ...], warning: str, laid_out: LaidOut) -> None:
    assert any(warning in w for w in only(laid_out(page(*chunks))).warnings)


def test_the_ledger_holds_everything_once(laid_out: LaidOut) -> None:
    text = page("第3版", TEA.whole, "责任编辑：张小明", SAND.whole)
    layout = laid_out(text)
    entries = ledger(layout.articles, layout.items)
    assert "".join(squash(text[e.start : e.end]) for e in entries) == squash(text)
    assert all(a.end <= b.start for a, b in pairwise(entries))
    assert [e.role for e in entries if e.article is None] == ["furniture", "furniture"]
    assert [e.role for e in entries if e.article == 0] == [
        "title",
        "byline",
        "body",
        "body",
        "body",
        "author_note",
    ]


def test_joins_are_kept_with_their_reasons(laid_out: LaidOut) -> None:
    cut = TEA.body.replace("建立茶树", "建立\n\n茶树")
    (article,) = laid_out(page(TEA.title, TEA.byline, cut)).articles
    assert [(j.joined, j.why) for _, j in article.joins] == [
        (False, "a new paragraph"),
        (True, "cut in mid-sentence"),
        (False, "a new paragraph"),
    ]


def test_a_headline_of_endless_length_is_cut(laid_out: LaidOut) -> None:
    lines = "\n".join(
        "安溪县政协围绕茶叶品牌保护开展专题协商走进茶山茶厂听茶农算账帮茶企出主意" for _ in range(3)
    )
    text = only(laid_out(page(f"# {lines}", TEA.byline, TEA.body)))
    assert len(text.title or "") <= 200
