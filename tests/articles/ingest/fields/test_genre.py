"""Genres of made-up articles."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ingest.config import Context
from articles.ingest.fields import genre
from articles.ingest.record import GENRES, ArticleText, Author

from .making import article

REPORTER, WRITER = Author("王小明", "记者"), Author("李大山", "作者")
CHAIR = Author("李大山", "作者", "山水县政协主席")
PHOTOGRAPHER = Author("赵一", "摄影")
NEWS = "“灯亮了。”3月8日，居民周大妈对山水县政协委员说。县政协开展协商20次，解决问题31件。"
ESSAY = (
    "习近平总书记指出，要发挥协商机构作用。近年来，山水县政协坚持围绕中心，我们把协商摆在前面，开展协商46次，"
    "办理提案120件，满意率98%。下一步，必须继续努力。"
)
THEORY = (
    "团结奋斗蕴含着巨大能量。必须深刻认识其内涵，把握其本质。马克思主义是行动指南，实践证明，人民是历史的创造者。"
    "新征程上，必须坚持人民至上。"
)

CASES: dict[str, tuple[Callable[[], tuple[ArticleText, Context]], str]] = {
    "wire": (lambda: article(NEWS, byline="本报讯（记者 王小明）", authors=(REPORTER,)), "消息"),
    "agency": (lambda: article("本刊讯 " + NEWS, authors=()), "消息"),
    "feature": (
        lambda: article(NEWS, NEWS, byline="本报记者 王小明", title="商出好日子", authors=(REPORTER,)),
        "通讯",
    ),
    "news signed at the end": (
        lambda: article(
            "9月8日上午，县政协召开座谈会，20名委员参加。", "会议强调，要抓落实。", authors=(REPORTER,)
        ),
        "消息",
    ),
    "news of an office": (lambda: article("县政协推进委员工作室建设，建成12个。", authors=()), "消息"),
    "unsigned feature": (
        lambda: article(
            "看着眼前的景色，委员们点头称赞。",
            "县政协搭建平台，走访30次。",
            subtitle="县政协助力乡村记事",
            authors=(),
        ),
        "通讯",
    ),
    "unsigned office, scenes": (lambda: article(NEWS, "“真好。”老吴说。", authors=(WRITER,)), "通讯"),
    "reporters' column": (lambda: article(NEWS, column="记者观察", authors=(REPORTER,)), "记者观察"),
    "picture": (lambda: article("3月8日，县政协组织委员走访企业。", authors=(PHOTOGRAPHER,)), "图片新闻"),
    "essay of a chair": (lambda: article(ESSAY, ESSAY, title="让协商更有力", authors=(CHAIR,)), "署名文章"),
    "essay in a column": (
        lambda: article(ESSAY, column="研究笔记", title="健全机制", authors=(WRITER,)),
        "署名文章",
    ),
    "theory of a chair": (
        lambda: article(THEORY, THEORY, title="深刻领悟团结的要求", authors=(CHAIR,)),
        "理论文章",
    ),
    "paper": (
        lambda: article(
            ESSAY,
            title="基层协商的探索与思考",
            headings=("现实基础", "存在问题", "有效路径"),
            authors=(CHAIR,),
        ),
        "理论文章",
    ),
    "roll": (
        lambda: article(
            "请投票评选，结果将揭晓。",
            *(f"{n}. 打造履职平台，入选亮点。" for n in range(1, 9)),
            title="履职亮点评选",
        ),
        "名录评选",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_genre(case: str) -> None:
    make, expected = CASES[case]
    made = make()
    found, evidence = genre.read(*made)
    assert found == expected
    assert evidence is not None
    assert made[1].page[evidence.start : evidence.end] == evidence.quote
    assert 0.5 <= evidence.confidence <= 1


def test_nothing_at_all_is_a_signed_piece_without_evidence_of_it() -> None:
    text, context = article()
    assert genre.read(text, context)[0] in GENRES


def test_every_sign_speaks_for_a_genre_and_has_its_own_name() -> None:
    signs = genre.signs()
    assert {s.genre for s in signs} == set(GENRES)
    assert len({s.name for s in signs}) == len(signs)


@given(st.text(max_size=300))
def test_any_text_has_a_genre(text: str) -> None:
    assert genre.read(*article(*text.split("\n"), title=text[:10]))[0] in GENRES


def test_the_words_that_speak_for_a_genre_end_with_a_clause() -> None:
    words = "入夏以来，县政协先后邀请专家到田间授课14场，培训茶农960人次，带动亩均增收1800元。"
    _found, seen = genre.read(*article(words))
    assert seen is not None and seen.quote == "入夏以来，县政协先后邀请专家到田间授课14场，培训茶农960人次"
