"""Which blocks are one paragraph, and why."""

import pytest

from articles.ingest.blocks import split_blocks
from articles.ingest.paragraphs import Style, join

PLAIN = Style(False, ("", 0), {})


def decide(before: str, after: str, style: Style = PLAIN) -> tuple[bool, str]:
    blocks = split_blocks(f"{before}\n\n{after}")
    decision = join(blocks[:-1], blocks[-1], style)
    return decision.joined, decision.why


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("委员们走进茶山", "听茶农算账。"),
        ("委员们走进茶山", "，听茶农算账。"),
        ("他说：“茶要慢慢品。", "事要慢慢谈。”大家笑了。"),
        ("工作有三点。一是建机制。", "二是搭平台。"),
        ("下设小组：", "由委员任组长。"),
    ],
)
def test_joined(before: str, after: str) -> None:
    assert decide(before, after)[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("委员们走进茶山。", "听茶农算账。"),
        ("主要做法如下：", "1.建立清单。"),
        ("1.建立清单；", "2.定期会商。"),
        ("一是建机制。", "二是搭平台。"),
        ("他说：“茶要慢慢品。”", "“事要慢慢谈。”大家笑了。"),
    ],
)
def test_apart(before: str, after: str) -> None:
    assert not decide(before, after)[0]


def test_every_decision_says_why() -> None:
    assert decide("委员们走进茶山", "听茶农算账。")[1] == "cut in mid-sentence"
    assert decide("委员们走进茶山。", "听茶农算账。")[1] == "a new paragraph"


def test_an_unindented_line_goes_on_where_paragraphs_are_indented() -> None:
    page = "\n\n".join(f"　　第{i}段说了一件事。" for i in range(5))
    style = Style.of(split_blocks(page))
    assert style.indented
    assert decide("　　说了一件事。", "又说一件。", style) == (True, "not indented, where paragraphs are")
    assert not decide("　　说了一件事。", "　　又说一件。", style)[0]


def test_a_break_at_a_sentence_end_shows_by_the_parallel_structure() -> None:
    # Every paragraph begins 围绕主题…, and 为此 stands inside the others: a block that begins so was cut off.
    texts = [f"围绕主题{x}做文章。为此，组织委员调研。成效明显。" for x in "茶沙渔粮"]
    texts[3:] = ["围绕主题粮做文章。", "为此，组织委员调研。成效明显。"]
    style = Style.of(split_blocks("\n\n".join(texts)))
    assert style.common_start[1] == 4 and style.inside["为此"] == 3
    assert decide(texts[3], texts[4], style)[0]
    assert not decide(texts[3], "围绕主题林做文章。", style)[0]


def test_the_style_of_nothing() -> None:
    assert not Style.of([]).indented
