"""Manners in which papers set an article that the annotated pages do not show."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from articles.ingest.pipeline import Layout
from articles.ingest.record import ArticleText
from tests.articles.ingest.pages import FISH, PIECES, SAND, TEA, Piece

Read = Callable[..., list[ArticleText]]


@pytest.fixture
def read(laid_out: Callable[[str], Layout]) -> Read:
    def texts(*chunks: str) -> list[ArticleText]:
        return [a.text for a in laid_out("\n\n".join(chunks)).articles]

    return texts


def names(text: ArticleText) -> list[tuple[str, str]]:
    return [(a.name, a.kind) for a in text.authors]


def news(piece: Piece, lead: str = "", tail: str = "") -> str:
    first, *others, last = piece.paragraphs
    return "\n\n".join([piece.title, lead + first, *others, last + tail])


def test_a_stray_space_cuts_no_heading_off(read: Read) -> None:
    first, *others = TEA.paragraphs
    (article,) = read(
        TEA.title, TEA.byline, first.replace("铁观音的故乡", "铁观音 的故乡"), *others, TEA.note
    )
    assert article.headings == ()
    assert len(article.paragraphs) == 3


def test_headings_in_series_are_cut_off_the_text_they_stand_before(read: Read) -> None:
    first, second, third = TEA.paragraphs
    (article,) = read(
        TEA.title, TEA.byline, first, f"从茶园管理谈起 {second}", f"从茶香引客谈起 {third}", TEA.note
    )
    assert [h.text for h in article.headings] == ["从茶园管理谈起", "从茶香引客谈起"]


@pytest.mark.parametrize("tail", ["（记者 林小茶）", "(本报记者 林小茶)", " （记者林小茶）"])
def test_a_reporter_in_brackets_ends_the_text(tail: str, read: Read) -> None:
    found = read(news(TEA, tail=tail), news(SAND, tail="（记者 何沙洲）"))
    assert [a.title for a in found] == [TEA.title, SAND.title]
    assert [names(a) for a in found] == [[("林小茶", "记者")], [("何沙洲", "记者")]]


def test_names_on_a_line_under_the_text_sign_it(read: Read) -> None:
    found = read(*(line for p in PIECES for line in (p.title, p.body, p.byline.replace("□ ", "本报记者 "))))
    assert [a.title for a in found] == [p.title for p in PIECES]
    assert [names(a) for a in found] == [[("林小茶", "记者")], [("何沙洲", "记者")], [("于大江", "记者")]]


def test_names_over_a_headline_are_its_own_where_the_text_above_is_signed(read: Read) -> None:
    found = read(TEA.whole, SAND.byline, SAND.title, SAND.body)
    assert [names(a) for a in found] == [[("林小茶", "作者")], [("何沙洲", "作者")]]


def test_the_first_heading_is_no_headline_that_a_note_would_leave_unsigned(read: Read) -> None:
    first, second, third = FISH.paragraphs
    intro = "同江市、饶河县、抚远市三地政协联手，把协商小站建到边境渔村，让渔民有处说话、有人办事。"
    (article, _) = read(
        "把协商小站建到界江边", FISH.byline, intro, "坚持问计于民，把小站建到渔村码头", first,
        "坚持为民办事，把小站办成渔民的家", second, third, FISH.note, SAND.whole,
    )  # fmt: skip
    assert article.title == "把协商小站建到界江边"
    assert len(article.headings) == 2


def test_what_is_asked_in_an_interview_is_no_heading(read: Read) -> None:
    (article,) = read(
        TEA.title, TEA.byline, TEA.paragraphs[0], "记者：协商从哪里谈起？", f"答：{TEA.paragraphs[1]}",
        "记者：茶农的收入有什么变化？", f"答：{TEA.paragraphs[2]}",
    )  # fmt: skip
    assert article.headings == ()
    assert len(article.paragraphs) == 5


def test_a_note_speaks_of_whoever_wrote_the_text(read: Read) -> None:
    (article,) = read(replace(TEA, byline="□ 通讯员 林小茶").whole)
    assert [(a.name, a.kind, a.role) for a in article.authors] == [
        ("林小茶", "通讯员", "福建省安溪县政协主席")
    ]


@pytest.mark.parametrize("column", ["|实践探索", "｜实践探索｜"])
def test_a_column_between_strokes(column: str, read: Read) -> None:
    (article,) = read(column, TEA.whole)
    assert article.column == "实践探索"
    assert names(article) == [("林小茶", "作者")]


def test_an_author_named_as_such_is_no_note(read: Read) -> None:
    (article,) = read(replace(TEA, byline="作者：林小茶").whole)
    assert [(a.name, a.role) for a in article.authors] == [("林小茶", "福建省安溪县政协主席")]
    assert article.title == TEA.title


@pytest.mark.parametrize("lead", ["本报讯（记者 林小茶）", "本报安溪讯（记者 林小茶）"])
def test_the_words_after_a_wire_bracket_are_text_though_a_column_ends_there(lead: str, read: Read) -> None:
    first, *others = TEA.paragraphs
    (article,) = read(TEA.title, lead + first[:14], first[14:], *others)
    assert article.headings == ()
    assert article.paragraphs[0].text == first


def test_a_line_that_breaks_off_within_a_word_of_the_page_is_text(read: Read) -> None:
    first, _, third = FISH.paragraphs
    broken = (
        "谁家有难事就说给县里派到渔村码头的委员听，委员们记在本子上，一件件带回去办，办成了再回来说一声。"
    )
    at = broken.index("头的委员")
    (article,) = read(FISH.title, FISH.byline, first, broken[:at], broken[at:], third, FISH.note)
    assert article.headings == ()
    assert article.paragraphs[1].text == broken


def test_news_that_begin_with_their_day_are_no_section_of_the_text_before(read: Read) -> None:
    dated = "3月6日，县政协组织医卫界委员到石桥镇义诊，为乡亲们量血压、送药品，一上午接诊二百多人。"
    found = read(SAND.title, "本报记者 何沙洲", SAND.body, "委员义诊到山乡", dated)
    assert [a.title for a in found] == [SAND.title, "委员义诊到山乡"]


def test_a_paper_names_itself_at_the_top(read: Read) -> None:
    (article,) = read("松江导报", TEA.whole)
    assert (article.column, article.kicker, article.title) == (None, None, TEA.title)


def test_a_line_over_a_marked_title_is_its_kicker(read: Read) -> None:
    (article,) = read("安溪县政协为茶农鼓与呼", f"# {TEA.title}", TEA.byline, TEA.body, TEA.note)
    assert (article.kicker, article.title) == ("安溪县政协为茶农鼓与呼", TEA.title)


def test_a_title_broken_within_a_word_has_no_kicker(read: Read) -> None:
    (article,) = read("安溪县政协让铁观", "音茶飘香四方", TEA.byline, TEA.body, TEA.note)
    assert article.kicker is None
    assert article.title and article.title.replace(" ", "") == "安溪县政协让铁观音茶飘香四方"


def test_a_headline_may_end_in_de(read: Read) -> None:
    found = read(SAND.whole, "一片茶山是怎样留住客人的", TEA.byline, TEA.body, TEA.note)
    assert [a.title for a in found] == [SAND.title, "一片茶山是怎样留住客人的"]


def narrow(text: str, width: int = 15) -> str:
    """Indented by two and broken at the width of a column, closing marks hanging over."""
    lines = [""]
    for c in f"　　{text}":
        if len(lines[-1]) >= width and c not in "，。、；：！？）》”":
            lines.append("")
        lines[-1] += c
    return "\n".join(lines)


def test_lines_between_the_narrow_columns_of_a_page_without_blank_lines(
    laid_out: Callable[[str], Layout],
) -> None:
    lines = []
    for piece in (TEA, SAND, FISH):
        lines += [piece.title, piece.byline, *map(narrow, piece.paragraphs), piece.note]
    found = [a.text for a in laid_out("\n".join(lines)).articles]
    assert [a.title for a in found] == [TEA.title, SAND.title, FISH.title]
    assert [[p.text for p in a.paragraphs] for a in found] == [list(p.paragraphs) for p in (TEA, SAND, FISH)]
    assert [a.authors[0].role for a in found] == [
        "福建省安溪县政协主席", "甘肃省敦煌市政协主席", "黑龙江省抚远市政协主席",
    ]  # fmt: skip


def test_a_bracket_on_the_last_line_of_a_narrow_column_ends_its_text(
    laid_out: Callable[[str], Layout],
) -> None:
    lines = []
    for piece, name in ((TEA, "林小茶"), (SAND, "何沙洲")):
        first, *others, last = map(narrow, piece.paragraphs)
        lines += [piece.title, first, *others, f"{last}\n（{name}）"]
    found = [a.text for a in laid_out("\n".join(lines)).articles]
    assert [(a.title, [x.name for x in a.authors]) for a in found] == [
        (TEA.title, ["林小茶"]),
        (SAND.title, ["何沙洲"]),
    ]
