"""What a new split leaves of an article's address and history."""

import pytest

from articles import services
from articles.ingest.arrange import Operation
from articles.ingest.passage import Span
from articles.past import versions
from articles.services import split
from tests.articles.ingest.pages import FISH, SAND, TEA
from tests.articles.test_split import ISSUE, apply, do, taken

pytestmark = pytest.mark.django_db


def test_a_long_article_merged_into_a_short_one_becomes_part_of_it() -> None:
    short, long = "短讯一则，围绕养老服务开展协商。", SAND.whole
    text = f"社区食堂开张\n\n□ 本报记者\n\n{short}\n\n{long}"
    page = services.accept_upload(text.encode(), "short.txt", ISSUE).source.pages.get()
    first, second = page.articles.order_by("position")
    start = text.index(SAND.title)
    merge = Operation("merge", (Span(start, start + len(SAND.title)),))
    split.operate(page, split.standing(page).version, merge, None)
    apply(page)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.moved_to, first.moved_to, first.title) == (first, None, "社区食堂开张")
    assert SAND.paragraphs[0] in first.text


def test_history_tells_what_a_new_split_brought_and_not_what_was_read_again() -> None:
    page = taken(publish=False)
    tea, sand = page.articles.get(title=TEA.title), page.articles.get(title=SAND.title)
    metric, signed = tea.metrics.get(), str(sand.bylines.get().author)
    do(page, "merge", SAND.title)
    apply(page)
    tea.refresh_from_db()
    assert tea.metrics.get().pk != metric.pk  # read again, and the same

    def told() -> list[tuple[str, str, str]]:
        return [(c.name, c.before, c.after) for c in versions(tea)[0].changes if not (c.field or c.lines)]

    assert [(name, before) for name, before, after in told() if signed in after] == [("署名", "")]
    assert not any("指标" in name for name, _before, _after in told())
    assert versions(tea)[0].reason == "重新拆分版面"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (FISH.paragraphs[0].replace("，", ",", 1), [FISH.paragraphs[0].replace("，", ",", 1)]),
        ("另有一句，版面上没有。", ["另有一句，版面上没有。", FISH.paragraphs[0]]),
    ],
)
def test_a_text_typed_where_the_page_gave_none_stays_when_it_gives_some(typed: str, text: list[str]) -> None:
    page = taken()
    for words in (*FISH.paragraphs, FISH.note, FISH.byline):
        do(page, "role", words, role="furniture")
    apply(page)
    fish = page.articles.get(title=FISH.title)
    services.correct(fish, {"body": typed})
    do(page, "role", FISH.paragraphs[0], role="body", article=3)
    apply(page)
    fish.refresh_from_db()
    assert fish.text.split("\n") == text
