"""Who signs: every form of byline that papers print."""

import pytest

from articles.gazetteer import Gazetteer
from articles.ingest.bylines import read_byline, read_lead, read_tail

A, R, C, P = "作者", "记者", "通讯员", "摄影"


def signed(text: str, words: Gazetteer) -> list[tuple[str, str]] | None:
    reading = read_byline(text, words)
    if reading is None:
        return None
    for s in reading.signers:
        assert text[s.i : s.j].replace(" ", "").replace("　", "") == s.name
    return [(s.name, s.kind) for s in reading.signers]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("张利", [("张利", A)]),
        ("林小茶 何沙洲 于大江", [("林小茶", A), ("何沙洲", A), ("于大江", A)]),
        ("林小茶、何沙洲", [("林小茶", A), ("何沙洲", A)]),
        ("窦 立 坤", [("窦立坤", A)]),
        ("欧阳修文", [("欧阳修文", A)]),
        ("买买提·艾力", [("买买提·艾力", A)]),
        ("□ 林小茶", [("林小茶", A)]),
        ("□林小茶", [("林小茶", A)]),
        ("■ 林小茶 何沙洲", [("林小茶", A), ("何沙洲", A)]),
        ("文/林小茶", [("林小茶", A)]),
        ("文/林小茶 图/何沙洲", [("林小茶", A), ("何沙洲", P)]),
        ("本报记者 林小茶", [("林小茶", R)]),
        ("□本报记者 林小茶", [("林小茶", R)]),
        ("本报全媒体记者 林小茶", [("林小茶", R)]),
        ("特约记者 林小茶", [("林小茶", R)]),
        ("见习记者 林小茶", [("林小茶", R)]),
        ("本报记者 林小茶 通讯员 何沙洲 于大江", [("林小茶", R), ("何沙洲", C), ("于大江", C)]),
        ("记者 林小茶 文/图", [("林小茶", R)]),
        ("林小茶 摄", [("林小茶", P)]),
        ("林小茶 摄影报道", [("林小茶", P)]),
        ("（林小茶）", [("林小茶", A)]),
        ("作者：林小茶", [("林小茶", A)]),
        ("沙河日报全媒体记者 林小茶", [("林小茶", R)]),
        ("沙河日报沙河新闻记者 林小茶 通讯员 何沙洲", [("林小茶", R), ("何沙洲", C)]),
        ("文：林小茶 编辑：何沙洲 责编：于大江 王磊 编审：马小禾", [("林小茶", A)]),
        ("（记者：林小茶 审核：区政协办）", [("林小茶", R)]),
        ("政协办供稿", [("政协办", A)]),
        ("时报记者 林小茶", [("林小茶", R)]),
        ("全媒体记者：林小茶 新媒体编辑：何沙洲", [("林小茶", R)]),
        ("沙河新闻News记者 林小茶", [("林小茶", R)]),
        ("（撰稿人：林小茶 核稿人：何沙洲）", [("林小茶", C)]),
    ],
)
def test_a_byline(line: str, expected: list[tuple[str, str]], words: Gazetteer) -> None:
    assert signed(line, words) == expected


@pytest.mark.parametrize(
    "line",
    [
        "让一片茶叶带富一方茶农",
        "主席论坛",
        "协商议政",
        "高质量发展",
        "委员说得好。",
        "张利《茶山行记》",
        "一、把准方向",
        "2024年5月17日",
        "文化润心",
        "林小茶、何沙洲、于大江为驻点委员",
        "图强之路",
        "",
        "张",
        "张利" * 60,
    ],
)
def test_no_byline(line: str, words: Gazetteer) -> None:
    assert signed(line, words) is None


def test_strength_says_how_sure(words: Gazetteer) -> None:
    announced = read_byline("本报记者 林小茶", words)
    bare = read_byline("林小茶", words)
    assert announced and bare and announced.strength == 1.0 > bare.strength >= 0.5
    assert (announced.rule, bare.rule) == ("byline_word", "byline_bare")


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("本报讯（记者 韩冬）", [("韩冬", R)]),
        ("本报讯（记者 韩冬 通讯员 马小禾 何沙洲）", [("韩冬", R), ("马小禾", C), ("何沙洲", C)]),
        ("本报讯（通讯员 马小禾）", [("马小禾", C)]),
        ("本报讯(记者韩冬)", [("韩冬", R)]),
        ("本报成都讯（记者 韩冬）", [("韩冬", R)]),
        ("本报讯（特约记者 韩冬）", [("韩冬", R)]),
        ("（本报记者 韩冬）", [("韩冬", R)]),
        ("本报讯 记者 韩冬 报道：", [("韩冬", R)]),
        ("本报讯", []),
        ("本网讯（沙河新报沙河网记者 韩冬）", [("韩冬", R)]),
        ("主流沙河讯", []),
        ("沙河融媒体记者韩冬 马小禾报道：", [("韩冬", R), ("马小禾", R)]),
        ("全媒体记者韩冬报道 3月8日上午，", [("韩冬", R)]),
        ("本报讯 记者韩冬 ", [("韩冬", R)]),
        ("沙河在线敦煌3月24日电（沙河在线记者 韩冬 马小禾）", [("韩冬", R), ("马小禾", R)]),
    ],
)
def test_a_wire_bracket(lead: str, expected: list[tuple[str, str]], words: Gazetteer) -> None:
    text = lead + (" " if lead == "本报讯" else "") + "近日，泗阳县政协组织委员视察秋粮收储工作。"
    found = read_lead(text, words)
    assert found is not None
    end, reading = found
    assert text[end:].startswith(("近日", "3月8日"))
    assert [(s.name, s.kind) for s in (reading.signers if reading else ())] == expected
    for s in reading.signers if reading else ():
        assert text[s.i : s.j] == s.name


@pytest.mark.parametrize(
    "text",
    [
        "本报讯 记者从敦煌市政协获悉，今年立案的提案已全部办复。",
        "本报讯 记者了解到，敦煌市政协今年立案的提案已全部办复。",
        "本报讯 记者昨日从市政协获悉，今年立案的提案已全部办复。",
    ],
)
def test_a_reporter_who_is_not_named_signs_nothing(text: str, words: Gazetteer) -> None:
    found = read_lead(text, words)
    assert found is not None and found[1] is None
    assert text[found[0] :].startswith("记者")


@pytest.mark.parametrize(
    "text", ["近日，泗阳县政协视察。", "（一）建立机制。", "政协简讯", "时政要讯近日发布。"]
)
def test_no_wire_bracket(text: str, words: Gazetteer) -> None:
    assert read_lead(text, words) is None


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("（林小茶）", [("林小茶", A)]),
        ("（林小茶 何沙洲）", [("林小茶", A), ("何沙洲", A)]),
        ("（记者 韩冬）", [("韩冬", R)]),
        ("（沙河报业全媒体记者 韩冬）", [("韩冬", R)]),
        ("（政协办供稿）", [("政协办", A)]),
    ],
)
def test_names_at_the_end(tail: str, expected: list[tuple[str, str]], words: Gazetteer) -> None:
    text = "委员们走进茶山茶厂，听茶农算账。" + tail
    found = read_tail(text, words)
    assert found is not None
    at, reading = found
    assert text[at:] == tail
    assert [(s.name, s.kind, text[s.i : s.j]) for s in reading.signers] == [(n, k, n) for n, k in expected]


@pytest.mark.parametrize("text", ["提出建议若干（见附件）", "收入增长（同比）", "如此便好。"])
def test_no_names_at_the_end(text: str, words: Gazetteer) -> None:
    assert read_tail(text, words) is None
