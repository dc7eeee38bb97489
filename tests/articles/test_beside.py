"""Two texts side by side."""

from hypothesis import given
from hypothesis import strategies as st

from articles.beside import Piece, beside, pieces

LEFT = "第一段不变。\n全年开展协商活动36次。\n第三段删去了。\n末段不变。"
RIGHT = "第一段不变。\n全年开展协商活动48次。\n末段不变。\n新添一段。"


def test_paragraphs_stand_beside_what_they_became() -> None:
    lines = beside(LEFT, RIGHT)
    said = [("".join(p.text for p in x.left), "".join(p.text for p in x.right), x.same) for x in lines]
    assert said == [
        ("第一段不变。", "第一段不变。", True),
        ("全年开展协商活动36次。", "全年开展协商活动48次。", False),
        ("第三段删去了。", "", False),
        ("末段不变。", "末段不变。", True),
        ("", "新添一段。", False),
    ]
    assert [p.text for p in lines[1].left if p.changed] == ["36"]
    assert [p.text for p in lines[1].right if p.changed] == ["48"]


def test_very_long_stretches_are_marked_whole() -> None:
    left, right = "甲" * 4000, "甲" * 4000 + "乙"
    assert pieces(left, right) == ((Piece(left, True),), (Piece(right, True),))


@given(st.text("甲乙丙\n", max_size=60), st.text("甲乙丙\n", max_size=60))
def test_no_character_is_lost_on_either_side(left: str, right: str) -> None:
    lines = beside(left, right)
    for text, side in ((left, "left"), (right, "right")):
        shown = "".join(piece.text for line in lines for piece in getattr(line, side))
        assert shown == "".join(text.split())
