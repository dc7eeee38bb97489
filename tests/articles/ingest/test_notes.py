"""Author notes in their many forms."""

import pytest

from articles.ingest.notes import find_note, is_open, read_note


@pytest.mark.parametrize(
    ("text", "authors", "roles"),
    [
        ("（作者系福建省安溪县政协主席）", 1, ["福建省安溪县政协主席"]),
        ("（作者为福建省安溪县政协主席）", 1, ["福建省安溪县政协主席"]),
        ("（作者单位：安溪县政协办公室）", 1, ["安溪县政协办公室"]),
        ("（作者：安溪县政协委员）", 1, ["安溪县政协委员"]),
        ("(作者系安溪县政协委员)", 1, ["安溪县政协委员"]),
        ("（作者单位：安溪县政协；敦煌市政协）", 2, ["安溪县政协", "敦煌市政协"]),
        ("（作者分别系安溪县政协主席、敦煌市政协主席）", 2, ["安溪县政协主席", "敦煌市政协主席"]),
        ("（作者系全国政协委员、安溪县政协主席）", 1, ["全国政协委员、安溪县政协主席"]),
        ("（本文作者系安溪县政协主席）", 1, ["安溪县政协主席"]),
    ],
)
def test_roles(text: str, authors: int, roles: list[str]) -> None:
    assert find_note(text) == 0
    note = read_note(text, authors)
    assert note is not None
    assert [note.role_for(i, authors, f"某{i}") for i in range(authors)] == roles


def test_one_role_for_all() -> None:
    note = read_note("（作者均系安溪县政协委员）", 3)
    assert note and [note.role_for(i, 3, "某") for i in range(3)] == ["安溪县政协委员"] * 3


def test_the_name_may_stand_in_the_note() -> None:
    text = "（作者林小茶，系安溪县政协主席）"
    note = read_note(text, 1)
    assert find_note(text) == 0
    assert note and note.role_for(0, 1, "林小茶") == "安溪县政协主席"


def test_roles_by_name() -> None:
    note = read_note("（林小茶系安溪县政协主席，何沙洲系敦煌市政协主席）", 2)
    assert note and note.names == ("林小茶", "何沙洲")
    assert note.role_for(0, 2, "何沙洲") == "敦煌市政协主席"
    assert note.role_for(0, 2, "于大江") is None


def test_a_note_after_its_text() -> None:
    text = "让茶文化走进课堂。"
    assert find_note(text + "（作者系福建省安溪县政协主席）") == len(text)


@pytest.mark.parametrize(
    "text", ["作者在茶山住了三年。", "（记者 韩冬）", "这部书的作者系安溪人，他说茶要慢慢品。", ""]
)
def test_no_note(text: str) -> None:
    assert find_note(text) is None


def test_an_open_note_goes_on() -> None:
    assert is_open("（作者系福建省安溪县") and not is_open("（作者系福建省安溪县政协主席）")


def test_the_place_of_the_role_is_known() -> None:
    text = "（作者系安溪县政协主席）"
    note = read_note(text, 1)
    assert note and text[note.i :].startswith("安溪县")
