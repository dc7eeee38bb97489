import marshal
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import text
from search.text import cutting

MIXED = st.text(
    st.sampled_from("政协委員會客廳有事好商量 \u3000\n“”‘’，。·—ＡＩaiAI1e\u0301\u200b5％①ﬁ가\u1100\u1161"),
    max_size=40,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("委員會客廳", "委员会客厅"),
        ("有事 好商量", "有事好商量"),
        ("有事\u3000好\n商量", "有事好商量"),
        ("“有事好商量”", "「有事好商量」"),
        ("ＡＩ＋政协", "AI+政协"),
        ("Artificial   Intelligence", "artificial intelligence"),
        ("5G 网络", "5g网络"),
        ("９５．４％", "95.4%"),
        ("cafe\u0301", "café"),
        ("2020—2023", "2020-2023"),
        ("赣事好商量•三有", "赣事好商量·三有"),
        ("协\u200b商", "协商"),
    ],
)
def test_equal_texts_fold_alike(one, other):
    assert text.fold(one) == text.fold(other)


def test_letters_in_use_as_simplified_are_left_alone():
    assert text.fold("著名") != text.fold("着名")


def test_a_space_between_latin_words_counts():
    assert text.fold("art gallery") != text.fold("artgallery")


@given(MIXED)
def test_the_map_and_the_plain_fold_agree(original):
    folded = text.fold_with_map(original)
    assert folded.text == text.fold(original)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)


@given(st.text(max_size=60))
def test_any_text_folds_and_maps_inside_itself(original):
    folded = text.fold_with_map(original)
    assert folded.text == text.fold(original)
    assert all(0 <= s < e <= len(original) for s, e in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)


def test_the_map_leads_back_to_the_original():
    original = "走进 委員會\u3000客廳，看Ａ Ｉ"
    folded = text.fold_with_map(original)
    at = folded.text.index("会客厅")
    start, end = folded.original(at, at + 3)
    assert original[start:end] == "會\u3000客廳"


@pytest.mark.parametrize(
    ("word", "units"),
    [
        ("会客厅", ("会客厅",)),
        ("李文慧", ("李文慧",)),
        ("1158工作法", ("1158", "工作法")),
        ("GDP增长95.4%", ("gdp", "增长", "95.4")),
        ("——", ("--",)),
        ("的", ("的",)),
        ("", ()),
    ],
)
def test_units(word, units):
    assert text.units(word) == units


def test_particles_between_words_are_not_asked_for():
    assert "的" not in text.units("协商的作用")


def test_every_unit_of_a_chinese_word_stands_in_it():
    for word in ("政协委员会客厅", "人民政协协商民主", "赣事好商量", "充分发挥专门协商机构作用"):
        assert all(unit in word for unit in text.units(word))


def test_latin_words_count_as_a_whole():
    assert text.holds("ai", [text.fold("用AI助力提案")])
    assert not text.holds("ai", ["said"])
    assert text.holds("客厅", ["委员会客厅"])


def test_grams_cover_letters_only():
    assert list(text.grams("有事，好商量a1")) == ["有事", "好商", "商量", "量a", "a1"]


@given(MIXED, MIXED, MIXED)
def test_a_string_is_only_where_all_its_grams_are(before, needle, after):
    whole, part = text.fold(before + needle + after), text.fold(needle)
    if part and part in whole:
        assert set(text.grams(part)) <= set(text.grams(whole))


def test_find_gives_ranges_in_order():
    assert list(text.find("协商", "协商民主协商")) == [(0, 2), (4, 6)]
    assert list(text.find("ai", "ai政协,said,ai")) == [(0, 2), (10, 12)]
    assert list(text.find("", "协商")) == []


def test_the_dictionary_comes_from_its_package_not_from_a_shared_folder(tmp_path, monkeypatch):
    (tmp_path / "jieba.cache").write_bytes(marshal.dumps(({"政协": 1}, 1)))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    loaded = cutting._load_segmenter()
    assert loaded.initialized and len(loaded.FREQ) > 100_000
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
