"""Printed lines become logical lines; every character keeps its place."""

import pytest

from articles.ingest.blocks import Block, make_block, passage, split_blocks, starts_numbered
from articles.ingest.passage import Span


def texts(page: str) -> list[str]:
    return [b.text for b in split_blocks(page)]


def test_paragraphs_on_lines_of_their_own_stay_apart() -> None:
    assert texts("标题一行\n第一段说了一件事。\n\n第二段又说一件。") == [
        "标题一行",
        "第一段说了一件事。",
        "第二段又说一件。",
    ]


def test_gap_indent_and_place() -> None:
    first, second = split_blocks("\n　　甲段。\n\n\n乙段。")
    assert (first.gap, first.indent, first.start, first.end) == (1, 4, 3, 6)
    assert (second.gap, second.indent) == (2, 0)


@pytest.mark.parametrize("width", [16, 20, 30])
def test_hard_wrapped_lines_are_rejoined(width: int) -> None:
    paragraph = (
        "近年来，安溪县政协围绕茶叶品牌保护开展专题协商，组织委员走进茶山茶厂，听茶农算账，帮茶企出主意，"
        "推动出台管护办法，全年共提出意见建议三十二条。"
    )
    wrapped = "\n".join(paragraph[i : i + width] for i in range(0, len(paragraph), width))
    (block,) = split_blocks(wrapped)
    assert block.text == paragraph and block.wrapped and len(block.parts) > 1


def test_an_indented_line_begins_a_paragraph_in_wrapped_text() -> None:
    one = [
        "　　协商从茶园管理谈起委员们建",
        "议恢复传统制茶工艺建立病虫害防",
        "治队伍并且常年坚持下去不松懈。",
    ]
    two = ["　　茶香引来客人县政协推动茶庄", "园与研学结合把采茶做青品茗变成", "课程让茶文化走进课堂。"]
    assert [len(b.parts) for b in split_blocks("\n".join(one + two))] == [3, 3]


def test_numbered_items_on_single_breaks_stay_apart() -> None:
    page = "工作分三步：\n1.建立清单，逐项落实责任。\n2.定期会商，共同研究办法。\n3.跟踪问效，及时公开结果。"
    assert len(texts(page)) == 4


@pytest.mark.parametrize(
    ("line", "mark", "text"),
    [("# 标题", 1, "标题"), ("##小标题", 2, "小标题"), ("####", 0, "####"), ("标题#1", 0, "标题#1")],
)
def test_markdown_marks_are_counted_and_left_out(line: str, mark: int, text: str) -> None:
    (block,) = split_blocks(line)
    assert (block.mark, block.text) == (mark, text)


@pytest.mark.parametrize("end", ["。", "！", "？”", "…", "。）", "。」"])
def test_a_sentence_ends(end: str) -> None:
    assert split_blocks("说完了" + end)[0].is_terminal


@pytest.mark.parametrize("end", ["，", "的", "：", "”"])
def test_a_sentence_does_not_end(end: str) -> None:
    assert not split_blocks("没说完" + end)[0].is_terminal


@pytest.mark.parametrize(
    "text", ["一、做法", "（二）成效", "1.清单", "①先", "第三，要", "二是建立", "三要坚持"]
)
def test_numbering(text: str) -> None:
    assert starts_numbered(text)


@pytest.mark.parametrize("text", ["一个平台", "1.5万元", "十分重要", "第三届"])
def test_no_numbering(text: str) -> None:
    assert not starts_numbered(text)


def test_a_passage_of_blocks_leaves_marks_out_and_keeps_places() -> None:
    page = "# 让一片茶叶\n\n富一方"
    text = passage("title", list(split_blocks(page)), page)
    assert text.text == "让一片茶叶富一方"
    assert [page[text.offset(i)] for i in range(len(text.text))] == list(text.text)


def test_a_block_is_made_of_any_spans() -> None:
    block = make_block("甲 乙", [Span(0, 1), Span(2, 3)])
    assert isinstance(block, Block) and block.text == "甲乙"


def test_nothing_but_white_space_is_no_block() -> None:
    assert split_blocks(" \n　\n\t\r\n") == ()
