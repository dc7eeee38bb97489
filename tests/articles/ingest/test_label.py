"""What each line may be, and why."""

import pytest

from articles.gazetteer import Gazetteer
from articles.ingest.blocks import split_blocks
from articles.ingest.cut import take_apart
from articles.ingest.label import MAX_CONTENTS, Labelled, as_body, label_blocks

TEXT = "近年来，安溪县政协围绕茶叶品牌保护开展专题协商，组织委员走进茶山茶厂，听茶农算账，帮茶企出主意。"

LEADS = "敦煌市地处戈壁，风沙是最大的威胁。市政协把防沙治沙列为监督议题，沿着林带一段一段走，查看滴灌设施。"


def labels(page: str, words: Gazetteer) -> list[tuple[str, str]]:
    items = label_blocks(take_apart(split_blocks(page), page, words), words)
    assert all(item.reasons for item in items)
    return [(item.text, item.label) for item in items]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("让一片茶叶带富一方茶农", "short"),
        ("——安溪县政协协商记", "subtitle"),
        ("主席论坛", "column"),
        ("□ 林小茶", "byline"),
        ("本报记者 林小茶", "byline"),
        ("林小茶 摄", "credit"),
        ("（作者系福建省安溪县政协主席）", "note"),
        ("图为委员在茶园调研。", "caption"),
        ("（下转第2版）", "jump"),
        ("责任编辑：张小明", "furniture"),
        ("第3版", "furniture"),
        ("2024年5月17日　星期五　第3版", "masthead"),
        ("人民政协报", "masthead"),
        ("主办：政协安溪县委员会", "masthead"),
        ("安溪县政协主办　责任编辑：何田　投稿邮箱：anxi@example.com", "masthead"),
        ("（本版责任编辑　何田）", "furniture"),
        ("二〇二四年五月十七日", "masthead"),
        (TEXT, "body"),
        ("委员说得好。", "body"),
        ("1.建立清单制度", "body"),
        ("（一）建立清单制度", "short"),
        ("## 建立清单制度", "short"),
        ("，帮茶企出主意", "body"),
    ],
)
def test_a_line_between_texts(line: str, label: str, words: Gazetteer) -> None:
    found = dict(labels(f"{LEADS}\n\n{line}\n\n{LEADS}", words))
    assert found[line.removeprefix("## ")] == label


def test_a_wire_bracket_leads_its_text(words: Gazetteer) -> None:
    assert [label for _, label in labels(f"本报讯（记者 韩冬）{TEXT}", words)] == ["lead", "body"]


def test_names_at_the_end_sign(words: Gazetteer) -> None:
    assert [label for _, label in labels(f"{TEXT}（林小茶）", words)] == ["body", "signed"]


def test_a_running_head_stands_more_than_once(words: Gazetteer) -> None:
    page = f"江淮周刊\n\n{TEXT}\n\n江淮周刊\n\n{TEXT}"
    assert [label for _, label in labels(page, words)] == ["masthead", "body"] * 2


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("本报记者 韩冬", "byline"),
        ("主席论坛", "column"),
        ("本报讯（记者 韩冬）", "lead"),
        ("（作者系政协委员）", "note"),
    ],
)
def test_what_is_no_running_head_may_stand_again_and_again(line: str, label: str, words: Gazetteer) -> None:
    page = "\n\n".join(f"{head}\n\n{line}\n\n{TEXT}" for head in ("边城渔村", "沙海绿洲", "茶山人家"))
    assert [found for text, found in labels(page, words) if text == line] == [label] * 3


def test_several_news_of_one_reporter(words: Gazetteer) -> None:
    page = "\n\n".join(f"边城渔村{i}\n\n本报讯（记者 韩冬）{TEXT}" for i in range(3))
    assert [label for _, label in labels(page, words)] == ["short", "lead", "body"] * 3


def test_entries_of_a_contents_list_are_no_headlines(words: Gazetteer) -> None:
    page = (
        f"本期导读\n让一片茶叶带富一方茶农\n边城渔村的协商小站\n\n{TEXT}\n\n让一片茶叶带富一方茶农\n\n{TEXT}"
    )
    assert [label for _, label in labels(page, words)] == ["furniture"] * 3 + ["body", "short", "body"]


def test_a_contents_list_ends(words: Gazetteer) -> None:
    # Else one word at the top would swallow a long file.
    page = "本期导读\n" + "\n".join(f"渔村{i}号小站" for i in range(3 * MAX_CONTENTS))
    found = [label for _, label in labels(page, words)]
    assert found[: MAX_CONTENTS // 2] == ["furniture"] * (MAX_CONTENTS // 2)
    assert "furniture" not in found[MAX_CONTENTS + 2 :]


def test_a_notice_goes_on_over_lines(words: Gazetteer) -> None:
    page = f"遗失声明\n某某商贸有限公司营业执照副本丢失，\n现予作废\n\n{TEXT}"
    assert [label for _, label in labels(page, words)] == ["furniture"] * 3 + ["body"]


def test_a_note_cut_in_two_is_one_note(words: Gazetteer) -> None:
    page = f"{TEXT}\n\n（作者系福建省安溪县\n\n政协主席）"
    assert [label for _, label in labels(page, words)] == ["body", "note", "note"]


def test_a_line_that_asks_for_more_is_text(words: Gazetteer) -> None:
    page = f"{TEXT}\n\n委员们走进茶山茶厂听取茶农的\n\n{TEXT}"
    assert labels(page, words)[1][1] == "body"


def test_a_lone_name_at_the_top_is_the_masthead(words: Gazetteer) -> None:
    page = f"政协视窗\n\n2024年5月17日　星期五　第3版\n\n让一片茶叶带富一方茶农\n\n{TEXT}"
    assert [label for _, label in labels(page, words)][:3] == ["masthead", "masthead", "short"]


def test_as_body_says_why() -> None:
    (block,) = split_blocks("委员们走进茶山")
    item = as_body(Labelled(block, "short", ("short, and no sentence",)))
    assert item.label == "body" and len(item.reasons) == 2
