"""What is printed on one line but is not one thing is taken apart."""

import pytest

from articles.gazetteer import Gazetteer
from articles.ingest.blocks import split_blocks
from articles.ingest.cut import cut_at, take_apart

TEXT = "近年来，安溪县政协围绕茶叶品牌保护开展专题协商，组织委员走进茶山茶厂，听茶农算账，帮茶企出主意。"


def pieces(line: str, words: Gazetteer) -> list[str]:
    return [b.text for b in take_apart(split_blocks(line), line, words)]


@pytest.mark.parametrize(
    "parts",
    [
        ("本报讯（记者 韩冬）", TEXT),
        ("（记者 韩冬 通讯员 马小禾）", TEXT),
        (TEXT, "（作者系福建省安溪县政协主席）"),
        (TEXT, "（林小茶）"),
        (TEXT, "（下转第2版）"),
        (TEXT, "（紧转第二版）"),
        (TEXT, "（来源：沙河政协网）"),
        (TEXT, "（责编：林小茶）"),
        (TEXT, "（下转第2、3版）"),
        ("（上接第1版）", TEXT),
        ("（上接第1、2版）", TEXT),
        (TEXT, "林小茶 摄"),
        ("让一片茶叶带富一方茶农　", "□ 林小茶"),
        ("让一片茶叶带富一方茶农　", "本报记者 林小茶"),
        ("一、把准方向谋协商　", TEXT),
        ("本报讯（记者 韩冬）", TEXT, "（下转第2版）"),
    ],
    ids=lambda parts: "|".join(p[:6] for p in parts),
)
def test_glued_pieces_come_apart(parts: tuple[str, ...], words: Gazetteer) -> None:
    assert pieces("".join(parts), words) == [p.strip() for p in parts]


@pytest.mark.parametrize(
    "line",
    [
        TEXT,
        "本报讯（记者 韩冬）",
        "走访企业（含个体户）三十家，收集意见若干条。",
        "他说：“坚持为民初心　做好协商这篇大文章，是我们的本分，也是委员们的共同心愿，更是群众期盼。”",
        "会议强调（见附件）有关事项，请各单位遵照执行。",
    ],
)
def test_what_belongs_together_stays_together(line: str, words: Gazetteer) -> None:
    assert pieces(line, words) == [line]


def test_cut_pieces_keep_their_places_and_say_that_they_were_glued(words: Gazetteer) -> None:
    page = f"\n{TEXT}（林小茶）"
    text, name = take_apart(split_blocks(page), page, words)
    assert (page[text.start : text.end], page[name.start : name.end]) == (TEXT, "（林小茶）")
    assert name.glued and not text.glued and name.gap == 0


def test_a_wrapped_block_is_cut_inside_a_line() -> None:
    page = "甲乙丙丁\n戊己庚辛"
    (a, b) = split_blocks(page)
    joined = type(a)((*a.parts, *b.parts), "甲乙丙丁戊己庚辛")
    left, right = cut_at(joined, 6, page)
    assert (left.text, right.text) == ("甲乙丙丁戊己", "庚辛")
