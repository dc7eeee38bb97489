"""Which short strings are people's names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.gazetteer import Names, load


@pytest.fixture(scope="module")
def names() -> Names:
    return load().names


@pytest.mark.parametrize(
    "name",
    [
        "张利",
        "肖玉文",
        "欧阳慎之",
        "端木晴川",
        "公羊若水",
        "檀志扬",
        "窦 立 坤",
        "买买提·吐尔逊",
        "闻人一舟",
        "尉迟镜明",
        "贺兰心",
    ],
)
def test_names(names: Names, name: str) -> None:
    assert names.likelihood(name) > 0.5
    assert names.is_name(name)


@pytest.mark.parametrize(
    "word",
    [
        "主席论坛",
        "高质量",
        "文史天地",
        "云南",
        "成立",
        "本报记者",
        "研究笔记",
        "张",
        "ABC",
        "",
        "王的",
        "中国特色社会主义",
        "党建引领",
    ],
)
def test_words(names: Names, word: str) -> None:
    assert names.likelihood(word) < 0.5


def test_splitting(names: Names) -> None:
    assert names.split("欧阳慎之") == ("欧阳", "慎之")
    assert names.split("王燕") == ("王", "燕")
    assert names.split("范徐丽泰") == ("范徐", "丽泰")
    assert names.split("一二三四") is None


@given(st.text(max_size=12))
def test_likelihood_is_a_share_on_any_text(text: str) -> None:
    assert 0 <= load().names.likelihood(text) <= 1
