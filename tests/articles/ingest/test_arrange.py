"""Rearranging a page: whatever a person does, every character stays in one place, and each step can be taken back."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.ingest import arrange
from articles.ingest.arrange import Arrangement, CannotArrange, Operation, Piece
from articles.ingest.config import Config
from articles.ingest.operations import OPERATIONS, carry_out
from articles.ingest.passage import Span
from articles.ingest.pipeline import Layout, Timed, parse_timed
from articles.ingest.recompose import BY_HAND, record_of
from articles.ingest.record import LEDGER_ROLES, ArticleRecord
from articles.ingest.serialize import as_json
from tests.articles.ingest.pages import FISH, SAND, TEA

PAGE = f"人民政协报\n2024年7月16日 星期二 第9137期 第3版\n\n{TEA.whole}\n\n{SAND.whole}\n\n{FISH.whole}\n"


def of(timed: Timed) -> Arrangement:
    layout: Layout = timed.layout
    stray = [x.block.start for x in layout.segmentation.stray]
    return arrange.arrangement_of(timed.record, [x.block for x in layout.items], stray)


@pytest.fixture(scope="module")
def words() -> Config:
    from articles import gazetteer

    return Config(gazetteer.load())


@pytest.fixture(scope="module")
def page(words: Config) -> Timed:
    return parse_timed(PAGE.encode(), "page.txt", words)


@pytest.fixture
def read(words: Config, page: Timed) -> Callable[[Arrangement], dict[int, ArticleRecord]]:
    """The records of an arrangement by its numbers."""

    def records(arrangement: Arrangement) -> dict[int, ArticleRecord]:
        made = record_of(arrangement, "page.txt", page.record.sha256, words, page.layout.items)
        return dict(zip(made.numbers, made.record.articles, strict=True))

    return records


def where(arrangement: Arrangement, words: str) -> Span:
    at = arrangement.text.index(words)
    return Span(at, at + len(words))


def piece_with(arrangement: Arrangement, words: str) -> Piece:
    at = where(arrangement, words).start
    return next(p for p in arrangement.pieces if p.start <= at < p.end)


OPERATION = st.builds(
    Operation,
    kind=st.sampled_from(sorted(OPERATIONS)),
    spans=st.lists(
        st.tuples(st.integers(0, len(PAGE) - 1), st.integers(1, 400)).map(lambda x: Span(x[0], x[0] + x[1])),
        min_size=0,
        max_size=2,
    ).map(tuple),
    article=st.sampled_from([None, 0, 1, 2, 3, 4, 5]),
    role=st.sampled_from([None, *LEDGER_ROLES, arrange.UNASSIGNED]),
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(operations=st.lists(OPERATION, max_size=8))
def test_whatever_is_done_nothing_is_lost_and_everything_can_be_undone(
    page: Timed, operations: list[Operation]
) -> None:
    start = now = of(page)
    characters = arrange.balance(start).characters
    past = []
    for operation in operations:
        try:
            after = carry_out(now, operation)
        except CannotArrange as refused:
            assert refused.args[0] in arrange.PROBLEMS
            continue
        counted = arrange.balance(after)
        assert counted.exact and counted.characters == characters
        assert counted.in_articles + counted.nobodys + counted.unassigned == characters
        assert [p.start for p in after.pieces] == sorted(p.start for p in after.pieces)
        assert all((p.article is None) == (p.role in arrange.NOBODYS) for p in after.pieces)
        assert arrange.pieces_from(arrange.pieces_json(after.pieces)) == after.pieces
        change = arrange.difference(now, after)
        assert arrange.changed(after, change.undone) == now
        assert arrange.changed(now, change) == after
        past.append(change)
        now = after
    for change in reversed(past):
        now = arrange.changed(now, change.undone)
    assert now == start


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(operations=st.lists(OPERATION, max_size=6))
def test_any_arrangement_gives_a_record_whose_ledger_holds_the_page(
    words: Config, page: Timed, operations: list[Operation]
) -> None:
    now = of(page)
    for operation in operations:
        try:
            now = carry_out(now, operation)
        except CannotArrange:
            continue
    record = record_of(now, "page.txt", page.record.sha256, words, page.layout.items).record
    covered = "".join(record.text[e.start : e.end] for e in record.ledger)
    assert "".join(covered.split()) == "".join(record.text.split())
    assert {e.role for e in record.ledger} <= set(LEDGER_ROLES)
    assert {e.article for e in record.ledger} - {None} == set(range(len(record.articles)))


def test_read_again_untouched_it_is_the_same_record(words: Config, page: Timed) -> None:
    config = Config(words.gazetteer, page.record.issue)
    again = record_of(of(page), page.record.name, page.record.sha256, config, page.layout.items)
    before, after = as_json(page.record), as_json(again.record)
    for article, once_more in zip(before["articles"], after["articles"], strict=True):
        assert article == once_more
    assert before["ledger"] == after["ledger"]


def test_an_article_is_split_and_merged_again(page: Timed, read: Callable) -> None:
    whole = of(page)
    assert whole.articles == (1, 2, 3)
    two = carry_out(whole, Operation("split", (where(whole, SAND.paragraphs[1][:10]),)))
    assert two.articles == (1, 2, 4, 3)
    records = read(two)
    assert [p.text for p in records[2].text.paragraphs] == [SAND.paragraphs[0]]
    assert [p.text for p in records[4].text.paragraphs] == list(SAND.paragraphs[1:])
    assert records[4].text.title is None
    assert "版面上没有找到本文的标题。" in records[4].warnings
    one = carry_out(two, Operation("merge", (where(two, SAND.paragraphs[1][:10]),)))
    assert one.articles == (1, 2, 3)
    assert [p.text for p in read(one)[2].text.paragraphs] == list(SAND.paragraphs)


def test_the_headline_of_an_article_merged_into_another_becomes_a_heading(
    page: Timed, read: Callable
) -> None:
    merged = carry_out(of(page), Operation("merge", (where(of(page), SAND.title),)))
    article = read(merged)[1]
    assert article.text.title == TEA.title
    assert [h.text for h in article.text.headings] == [SAND.title]
    assert {a.name for a in article.text.authors} == {"林小茶", "何沙洲"}


def test_a_title_from_a_selection_within_a_line(page: Timed, read: Callable) -> None:
    whole = of(page)
    chosen = where(whole, "让一片茶叶")
    after = carry_out(whole, Operation("headline", (chosen,), role="title"))
    article = read(after)[1].text
    assert (article.title, article.subtitle) == ("让一片茶叶", "带富一方茶农")
    proof = next(e for e in article.evidence if e.field == "title")
    assert (proof.rule, proof.quote) == (BY_HAND, "让一片茶叶")


def test_a_byline_from_a_selection_that_no_rule_reads(page: Timed, read: Callable) -> None:
    whole = of(page)
    after = carry_out(whole, Operation("byline", (where(whole, "莫高窟"),)))
    assert [a.name for a in read(after)[2].text.authors] == ["何沙洲", "莫高窟"]


def test_paragraphs_are_joined_and_parted(page: Timed, read: Callable) -> None:
    whole = of(page)
    both = Span(where(whole, FISH.paragraphs[0]).start, where(whole, FISH.paragraphs[1]).end)
    joined = carry_out(whole, Operation("join", (both,)))
    assert read(joined)[3].text.paragraphs[0].text == FISH.paragraphs[0] + FISH.paragraphs[1]
    middle = FISH.paragraphs[0].index("。") + 1
    at = where(whole, FISH.paragraphs[0]).start + middle
    parted = carry_out(joined, Operation("part", (Span(at, at + 1),)))
    assert [p.text for p in read(parted)[3].text.paragraphs[:2]] == [
        FISH.paragraphs[0][:middle],
        FISH.paragraphs[0][middle:] + FISH.paragraphs[1],
    ]


def test_what_moves_out_of_a_paragraph_leaves_the_rest_of_it_alone(page: Timed, read: Callable) -> None:
    whole = of(page)
    both = Span(where(whole, FISH.paragraphs[0]).start, where(whole, FISH.paragraphs[1]).end)
    joined = carry_out(whole, Operation("join", (both,)))
    moved = carry_out(joined, Operation("move", (where(joined, FISH.paragraphs[0]),), article=1))
    records = read(moved)
    assert records[3].text.paragraphs[0].text == FISH.paragraphs[1]
    assert records[1].text.paragraphs[-1].text == FISH.paragraphs[0]


def test_what_belongs_to_nobody_is_taken_in_and_put_out(page: Timed) -> None:
    whole = of(page)
    out = carry_out(whole, Operation("role", (where(whole, TEA.paragraphs[2]),), role="furniture"))
    assert arrange.balance(out).nobodys > arrange.balance(whole).nobodys
    back = carry_out(out, Operation("move", (where(whole, TEA.paragraphs[2]),), article=1))
    assert piece_with(back, TEA.paragraphs[2]).role == "body"
    new = carry_out(out, Operation("move", (where(whole, TEA.paragraphs[2]),), article=0))
    assert piece_with(new, TEA.paragraphs[2]).article == 4


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        (Operation("move", (), article=1), "empty"),
        (Operation("move", (Span(0, 3),), article=9), "no_article"),
        (Operation("move", (Span(0, 3),), article=1, role="masthead"), "no_role"),
        (Operation("merge", (Span(40, 60),)), "nothing_before"),
        (Operation("split", (Span(0, 3),)), "no_article"),
        (Operation("join", (Span(0, 3),)), "not_body"),
    ],
)
def test_what_makes_no_sense_is_refused(page: Timed, operation: Operation, code: str) -> None:
    with pytest.raises(CannotArrange) as refused:
        carry_out(of(page), operation)
    assert refused.value.args[0] == code


def test_a_change_of_another_arrangement_is_refused(page: Timed) -> None:
    whole = of(page)
    split = carry_out(whole, Operation("split", (where(whole, SAND.paragraphs[1][:10]),)))
    merged = carry_out(whole, Operation("merge", (where(whole, SAND.title),)))
    with pytest.raises(ValueError, match="another"):
        arrange.changed(merged, arrange.difference(whole, split).undone)


def test_an_article_is_merged_into_the_one_right_above_though_that_is_a_headline_only(page: Timed) -> None:
    whole = of(page)
    rest = tuple(where(whole, words) for words in (SAND.byline, *SAND.paragraphs, SAND.note))
    bare = carry_out(whole, Operation("move", rest, 0))
    own, above = bare.articles[1], bare.articles[-1]
    assert [p.role for p in bare.of(above)] == ["title"]
    merged = carry_out(bare, Operation("merge", (where(bare, SAND.paragraphs[0]),)))
    assert not merged.of(own) and len(merged.of(above)) == len(whole.of(above))
