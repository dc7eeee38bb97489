from articles.views.marks import Mark, Piece, mark_body, sentence


def body(*entries: tuple[str, list[list[int]]]) -> list[dict[str, object]]:
    return [{"kind": "paragraph", "text": text, "runs": runs} for text, runs in entries]


def flat(pieces: tuple[Piece, ...]) -> str:
    return "".join(map(shown_piece, pieces))


def shown_piece(piece: Piece) -> str:
    if piece.join:
        return f"|{piece.join.apart}|"
    return f"[{'' if piece.again else piece.anchor}:{flat(piece.inside)}]" if piece.inside else piece.text


def shown(text: str, *marks: Mark) -> str:
    return flat(mark_body(body((text, [[0, 100, len(text)]])), marks).paragraphs[0].pieces)


def test_a_span_of_the_page_marks_its_words() -> None:
    assert shown("走访三百次。", Mark("a", 102, 105)) == "走访[a:三百次]。"


def test_marks_nest() -> None:
    assert shown("甲乙丙丁", Mark("a", 100, 104), Mark("b", 101, 103)) == "[a:甲[b:乙丙]丁]"
    assert shown("甲乙", Mark("a", 100, 102), Mark("b", 100, 102)) == "[a:[b:甲乙]]"


def test_marks_that_cross_are_split_and_anchored_once() -> None:
    assert shown("甲乙丙丁", Mark("a", 100, 103), Mark("b", 102, 104)) == "[a:甲乙[b:丙]][:丁]"


def test_a_mark_over_a_column_break_is_one() -> None:
    found = mark_body(body(("前半后半", [[0, 10, 2], [2, 50, 2]])), [Mark("a", 11, 51)])
    assert flat(found.paragraphs[0].pieces) == "前[a:半后]半"


def test_a_mark_over_two_paragraphs_has_its_anchor_in_the_first() -> None:
    found = mark_body(body(("甲乙", [[0, 0, 2]]), ("丙丁", [[0, 3, 2]])), [Mark("a", 1, 4)])
    assert [flat(p.pieces) for p in found.paragraphs] == ["甲[a:乙]", "[:丙]丁"]


def test_a_mark_elsewhere_on_the_page_is_not_in_the_text() -> None:
    found = mark_body(body(("甲乙", [[0, 10, 2]]), ("无处", [])), [Mark("a", 0, 5), Mark("b", 12, 14)])
    assert [flat(p.pieces) for p in found.paragraphs] == ["甲乙", "无处"]
    assert found.sentences == {}


def test_the_sentence_around_a_mark() -> None:
    text = "头一句。共走访“群众”三百次！”末一句"
    start = text.index("三百次")
    found = sentence(text, start, start + 3)
    assert (found.before, found.words, found.after) == ("共走访“群众”", "三百次", "！”")
    assert str(sentence("没有句号的话", 1, 3)) == "没有句号的话"
    assert str(sentence("一。二。", 0, 3)) == "一。二。"
