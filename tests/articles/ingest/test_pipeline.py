"""Whole pages, each with one fault that pages have, and nothing lost on any."""

from collections.abc import Callable
from itertools import permutations

import pytest

from articles.ingest.config import Config
from articles.ingest.passage import squash
from articles.ingest.pipeline import parse_page, parse_timed
from articles.ingest.record import IssueInfo, PageRecord
from tests.articles.ingest.pages import (
    FISH,
    PIECES,
    SAND,
    TEA,
    article_with,
    assert_all,
    assert_is,
    paragraphs,
)

Parse = Callable[[str], PageRecord]
HEAD = "某某政协报　2024年5月17日　星期五　第3版"


def page(*chunks: str) -> str:
    return "\n\n".join(chunks)


def unassigned(record: PageRecord) -> str:
    return "".join(squash(record.text[e.start : e.end]) for e in record.ledger if e.article is None)


def test_a_plain_page(parse: Parse) -> None:
    record = parse(page(HEAD, *(p.whole for p in PIECES)))
    assert_all(record, *PIECES)
    assert unassigned(record) == squash(HEAD)
    tea = record.articles[0]
    assert tea.text.authors[0].role == "福建省安溪县政协主席"
    assert (tea.place.primary, tea.place.level) == ("350524", "区县级")
    assert tea.warnings == () and record.warnings == ()


def test_a_text_of_a_few_characters_is_warned_about(parse: Parse) -> None:
    assert parse("茶山").warnings[0] == "文本只有 2 个字，不像一个版面，请核对是否选对了文件。"


def test_title_between_column_and_byline(parse: Parse) -> None:
    record = parse(page("主席论坛", TEA.whole, "实践探索", SAND.whole))
    assert [a.text.column for a in record.articles] == ["主席论坛", "实践探索"]
    assert_all(record, TEA, SAND)


def test_headline_and_byline_after_the_text(parse: Parse) -> None:
    record = parse(page(FISH.whole, TEA.body, TEA.note, TEA.title, TEA.byline, SAND.whole))
    assert_all(record, TEA, SAND, FISH)


def test_headline_at_the_end_of_the_file(parse: Parse) -> None:
    record = parse(page(TEA.body, TEA.note, SAND.whole, FISH.whole, TEA.title, TEA.byline))
    assert_all(record, TEA, SAND, FISH)
    assert any("不在正文旁边" in w for w in article_with(record, "铁观音").warnings)


def test_several_headlines_together_at_the_end(parse: Parse) -> None:
    heads = [x for p in (SAND, TEA) for x in (p.title, p.byline)]
    record = parse(page(TEA.body, TEA.note, SAND.body, SAND.note, FISH.whole, *heads))
    assert_all(record, TEA, SAND, FISH)


def test_a_kicker_and_a_headline_over_two_lines(parse: Parse) -> None:
    text = page("安溪县政协聚焦茶产业协商建言\n让一片茶叶\n带富一方茶农", TEA.byline, TEA.body, TEA.note)
    article = parse(page(text, SAND.whole)).articles[0].text
    assert article.kicker == "安溪县政协聚焦茶产业协商建言"
    assert squash(article.title or "") == squash(TEA.title)


def test_a_subtitle_after_a_dash(parse: Parse) -> None:
    article = parse(page(TEA.title, "——安溪县政协协商记", TEA.byline, TEA.body, TEA.note)).articles[0].text
    assert (article.title, article.subtitle) == (TEA.title, "安溪县政协协商记")


def test_markdown_marks(parse: Parse) -> None:
    record = parse(
        page(f"# {TEA.title}", TEA.byline, TEA.paragraphs[0], "## 茶香引客来", *TEA.paragraphs[1:], TEA.note)
    )
    article = record.articles[0].text
    assert article.title == TEA.title
    assert [h.text for h in article.headings] == ["茶香引客来"]


def test_a_missing_headline_is_not_guessed(parse: Parse) -> None:
    record = parse(page(SAND.whole, TEA.byline, TEA.body, TEA.note, FISH.whole))
    article = article_with(record, "铁观音")
    assert article.text.title is None
    assert "版面上没有找到本文的标题。" in article.warnings
    assert_is(article, TEA, title=False)


def test_a_paragraph_cut_by_a_column_break(parse: Parse) -> None:
    cut = TEA.body.replace("建立茶树病虫害", "建立\n\n茶树病虫害")
    assert_is(parse(page(TEA.title, TEA.byline, cut, TEA.note)).articles[0], TEA)


def test_a_break_before_punctuation(parse: Parse) -> None:
    cut = TEA.body.replace("恢复传统制茶工艺，", "恢复传统制茶工艺\n\n，")
    assert_is(parse(page(TEA.title, TEA.byline, cut, TEA.note)).articles[0], TEA)


@pytest.mark.parametrize("width", [20, 26, 30])
def test_hard_wrapped_text(parse: Parse, width: int) -> None:
    def wrap(paragraph: str) -> str:
        text = "　　" + paragraph
        return "\n".join(text[i : i + width] for i in range(0, len(text), width))

    body = "\n".join(map(wrap, TEA.paragraphs))
    record = parse(page(TEA.title, TEA.byline, body, TEA.note))
    assert_is(record.articles[0], TEA)


def test_an_article_interrupted_by_a_caption(parse: Parse) -> None:
    first, second = TEA.paragraphs[1].split("建立茶树病虫害联防队伍，")
    cut = page(first + "建立茶树病虫害联防", "图为委员在茶园调研。", "队伍，" + second)
    article = parse(
        page(TEA.title, TEA.byline, TEA.paragraphs[0], cut, TEA.paragraphs[2], TEA.note)
    ).articles[0]
    assert_is(article, TEA)
    assert [c.text for c in article.text.named("caption")] == ["图为委员在茶园调研。"]


def test_an_article_interrupted_by_another_and_resumed(parse: Parse) -> None:
    first, second = TEA.paragraphs[1].split("联防队伍，")
    record = parse(
        page(
            TEA.title,
            TEA.byline,
            TEA.paragraphs[0],
            first + "联防",
            SAND.whole,
            "队伍，" + second,
            TEA.paragraphs[2],
            TEA.note,
        )
    )
    tea = article_with(record, "铁观音")
    assert squash("".join(paragraphs(tea))) == squash(TEA.body).replace("联防队伍，", "联防队伍，")
    assert any("隔断" in w for w in tea.warnings)
    assert_is(article_with(record, "防沙治沙"), SAND)


def test_continued_on_another_page_of_the_file(parse: Parse) -> None:
    first, second = TEA.paragraphs[1].split("推动县里")
    record = parse(
        page(
            TEA.title,
            TEA.byline,
            TEA.paragraphs[0],
            first,
            "（下转第2版）",
            SAND.whole,
            "（上接第1版）",
            "推动县里" + second,
            TEA.paragraphs[2],
            TEA.note,
        )
    )
    assert_all(record, TEA, SAND)
    assert "下转" not in "".join(p.text for a in record.articles for p in a.text.body)


FURNITURE = [
    "责任编辑：张小明 电话：010-88146878",
    "扫码进入详情",
    "· 13 ·",
    "遗失声明\n某某商贸有限公司遗失营业执照副本，声明作废。",
    "投稿邮箱：tougao@example.com",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_kept_and_in_no_article(parse: Parse, line: str) -> None:
    first, second = TEA.paragraphs[1].split("推动县里")
    record = parse(
        page(
            TEA.title,
            TEA.byline,
            TEA.paragraphs[0],
            first,
            line,
            "推动县里" + second,
            TEA.paragraphs[2],
            TEA.note,
        )
    )
    assert_is(record.articles[0], TEA)
    assert unassigned(record) == squash(line)


def test_a_running_head_in_mid_sentence(parse: Parse) -> None:
    first, second = SAND.paragraphs[1].split("建议改造")
    record = parse(
        page(
            "某某周刊",
            TEA.whole,
            "某某周刊",
            SAND.title,
            SAND.byline,
            SAND.paragraphs[0],
            first,
            "某某周刊",
            "建议改造" + second,
            SAND.paragraphs[2],
            SAND.note,
        )
    )
    assert_all(record, TEA, SAND)
    assert unassigned(record) == "某某周刊" * 3


def test_a_contents_list_names_headlines_and_is_none(parse: Parse) -> None:
    contents = "本期导读\n让一片茶叶带富一方茶农 ▶2版\n边城渔村的协商小站 ▶4版"
    record = parse(page(HEAD, contents, TEA.whole, FISH.whole))
    assert_all(record, TEA, FISH)
    assert unassigned(record) == squash(HEAD + contents)


def test_marks_and_digits_of_both_widths(parse: Parse) -> None:
    text = page(
        TEA.title,
        TEA.byline,
        "安溪县政协开展协商３３次,提出建议1 437条,办复率达98. 6%。",
        *TEA.paragraphs[1:],
        TEA.note,
    )
    article = parse(text).articles[0]
    assert [(m.value, m.unit) for m in article.metrics][:3] == [(33, "次"), (1437, "条"), (98.6, "%")]


def test_slips_of_character_recognition(parse: Parse) -> None:
    text = page(
        TEA.title, TEA.byline, "安溪县政恊开展协商l2次，提出建议1O条。", *TEA.paragraphs[1:], TEA.note
    )
    article = parse(text).articles[0]
    assert [(m.value, m.unit) for m in article.metrics][:2] == [(12, "次"), (10, "条")]
    assert article.metrics[0].quote.endswith("l2次")
    assert article.place.primary == "350524"


def test_a_wire_item_among_signed_articles(parse: Parse) -> None:
    item = page(
        "泗阳县政协视察秋粮收储",
        "本报讯（记者 韩冬 通讯员 马小禾）近日，泗阳县政协组织委员视察秋粮收储工作，走访粮站6座，提意见9条。",
    )
    record = parse(page(TEA.whole, item, SAND.whole))
    wire = article_with(record, "秋粮收储工作")
    assert wire.text.title == "泗阳县政协视察秋粮收储"
    assert [(a.name, a.kind) for a in wire.text.authors] == [("韩冬", "记者"), ("马小禾", "通讯员")]
    assert paragraphs(wire)[0].startswith("近日，泗阳县政协")
    assert wire.genre == "消息"
    assert_is(article_with(record, "铁观音"), TEA)


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_order_of_articles_does_not_matter(parse: Parse, order: tuple[int, ...]) -> None:
    record = parse(page(*(PIECES[i].whole for i in order)))
    assert_all(record, *PIECES)
    assert [a.text.title for a in record.articles] == [PIECES[i].title for i in order]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_bodies_and_headlines_in_different_orders(parse: Parse, order: tuple[int, ...]) -> None:
    heads = [x for i in order for x in (PIECES[i].title, PIECES[i].byline)]
    bodies = [x for p in PIECES for x in (p.body, p.note)]
    record = parse(page(*bodies, *heads))
    for piece in PIECES:
        assert_is(article_with(record, piece.paragraphs[0][:20]), piece)


def test_what_the_caller_knows_of_the_issue_comes_first(config: Config) -> None:
    known = Config(config.gazetteer, IssueInfo(publication="人民政协报", date="2024-05-18"))
    issue = parse_page(page(HEAD, TEA.whole).encode(), "x.txt", known).issue
    assert issue == IssueInfo("人民政协报", "2024-05-18", None, "3")


def test_the_same_bytes_give_the_same_record(config: Config) -> None:
    data = page(HEAD, *(p.whole for p in PIECES)).encode()
    assert parse_page(data, "x.txt", config) == parse_page(data, "x.txt", config)


def test_every_stage_is_timed(config: Config) -> None:
    timed = parse_timed(TEA.whole.encode(), "x.txt", config)
    assert list(timed.seconds) == ["read", "layout", "fields", "record"]
    assert timed.encoding == "utf-8"
