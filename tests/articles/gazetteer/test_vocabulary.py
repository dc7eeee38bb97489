"""The word lists are complete and clean, and a fault in a file is named with file and line."""

from pathlib import Path

import pytest

from articles.gazetteer import Gazetteer, VocabularyError, files, load, names, vocabulary
from articles.ingest.record import AUTHOR_KINDS, GENRES, LEVELS


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


def test_load_reads_the_files_once() -> None:
    assert load() is load()


def test_closed_lists_agree_with_the_record(gazetteer: Gazetteer) -> None:
    assert gazetteer.levels == LEVELS
    assert gazetteer.genres == GENRES
    assert set(gazetteer.offices.bylines) == set(AUTHOR_KINDS)


def test_themes_are_the_sixteen_of_the_guide(gazetteer: Gazetteer) -> None:
    names_in_order = (
        "协商议政 民主监督 提案工作 社情民意 凝聚共识 联系界别群众 委员队伍建设 区域协同 "
        "基层治理 民生服务 学习培训 制度建设 数字政协 文史宣传 经济发展 理论研究"
    )
    assert " ".join(t.name for t in gazetteer.themes) == names_in_order
    assert len({t.slug for t in gazetteer.themes}) == 16


@pytest.mark.parametrize(
    ("line", "least", "most"),
    [
        ("主席论坛", 1, 1), ("【实践探索】", 1, 1), ("委 员 风 采", 1, 1),
        ("湖畔论坛", 0.5, 0.5), ("张利", 0, 0),
        ("有事好商量，共绘同心圆", 0, 0), ("在推进中国式现代化进程中充分发挥基层政协作用", 0, 0),
    ],
)  # fmt: skip
def test_columns(gazetteer: Gazetteer, line: str, least: float, most: float) -> None:
    assert least <= gazetteer.columns.likelihood(line) <= most


@pytest.mark.parametrize(
    ("text", "is_role"),
    [
        ("全国政协委员、成都市政协主席", True), ("重庆市政协办公厅机关党办", True), ("州委党校副教授)", True),
        ("张利", False),
        ("凝聚共识", False),
    ],
)  # fmt: skip
def test_roles_are_told_by_their_last_word(gazetteer: Gazetteer, text: str, is_role: bool) -> None:
    assert gazetteer.offices.looks_like_role(text) is is_role


def test_publications(gazetteer: Gazetteer) -> None:
    paper = gazetteer.publication("《联谊报》")
    assert paper is not None and paper.region == "330000"
    assert gazetteer.publication("人民政协报") is not None
    assert gazetteer.publication("无此报") is None


def test_the_segmenters_dictionary_is_well_formed(gazetteer: Gazetteer) -> None:
    lines = gazetteer.terms_path.read_text("utf-8").splitlines()
    words = [line.split(" ") for line in lines]
    assert len(words) >= 400
    assert len({w[0] for w in words}) == len(words)
    for word, frequency, tag in words:
        assert len(word) >= 2 and int(frequency) > 0 and tag.isalpha()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[[theme]]\nname = "甲"\nslug = "a"\ncues = { "乙" = 11 }\n', 4, "乙 weighs 11"),
        ('[[theme]]\nname = "甲"\nslug = "A B"\ncues = { "乙" = 1 }\n', 2, "slug of small letters"),
        ('[[theme]]\nname = "甲"\nslug = "a"\n', 2, "has no cues"),
        ('\n[[theme]\nname = "甲"\n', 2, "not TOML"),
        ("", 1, "no [[theme]]"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = tmp_path / "themes.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(VocabularyError) as fault:
        vocabulary.load_themes(path)
    assert str(fault.value).startswith(f"themes.toml:{line}: ")
    assert said in str(fault.value)


def test_a_wrong_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "publications.csv"
    path.write_text("name,kind,region,aliases\n甲报,报纸,330000,\n乙报,报,330000,\n", "utf-8")
    with pytest.raises(VocabularyError, match=r"publications\.csv:3: kind '报'\. Give 报纸"):
        vocabulary.load_publications(path, frozenset({"330000"}))
    path.write_text("name,kind\n", "utf-8")
    with pytest.raises(VocabularyError, match=r"publications\.csv:1: columns are"):
        vocabulary.load_publications(path, frozenset())


def test_a_surname_given_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "surnames.toml"
    path.write_text('common = """\n王\n李王"""\nusual=""\nrare=""\n', "utf-8")
    with pytest.raises(VocabularyError, match="surname 王 stands twice"):
        names.load(path, tmp_path / "none.txt")


def test_a_missing_file_and_wrong_bytes_are_said(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="missing"):
        files.read(tmp_path / "none.toml")
    (tmp_path / "gbk.txt").write_bytes("第一\n".encode() + "第二".encode("gbk"))
    with pytest.raises(VocabularyError, match=r"gbk\.txt:2: not UTF-8"):
        files.read(tmp_path / "gbk.txt")
