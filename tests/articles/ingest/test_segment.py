"""The arrangement of a page: what opens an article, what goes on, what is given back its headline."""

from collections.abc import Callable
from dataclasses import replace

from articles.gazetteer import Gazetteer
from articles.ingest import windows
from articles.ingest.blocks import split_blocks
from articles.ingest.cut import take_apart
from articles.ingest.label import label_blocks
from articles.ingest.pipeline import Layout
from articles.ingest.segment import BEAM, Segmentation, segment
from articles.ingest.stretch import GroupEvent, NoteEvent, Stretch, events
from tests.articles.ingest.pages import FISH, SAND, TEA


def segmented(page: str, words: Gazetteer) -> Segmentation:
    return segment(label_blocks(take_apart(split_blocks(page), page, words), words))


def test_events_in_page_order(words: Gazetteer) -> None:
    page = f"{TEA.whole}\n\n{SAND.whole}"
    found = events(label_blocks(take_apart(split_blocks(page), page, words), words))
    kinds = [type(e) for e in found if not (isinstance(e, Stretch) and e.soft)]
    assert kinds == [GroupEvent, Stretch, NoteEvent] * 2


def test_every_step_has_its_reason_and_score(words: Gazetteer) -> None:
    found = segmented(f"{TEA.whole}\n\n{SAND.whole}", words)
    opened = [s for s in found.steps if s.what == "opens an article"]
    assert len(opened) == len(found.drafts) == 2
    assert all("headline with byline" in s.why for s in opened)
    assert found.runner_up is None or found.runner_up <= found.score


def test_what_is_given_back_says_why(words: Gazetteer) -> None:
    found = segmented("\n\n".join([TEA.body, TEA.note, SAND.whole, TEA.title, TEA.byline]), words)
    given = [d for d in found.drafts if d.given]
    assert len(given) == 1 and "likeness" in given[0].given_why
    assert found.stray == ()


def test_a_headline_of_nothing_stays_stray(words: Gazetteer) -> None:
    page = "\n\n".join([TEA.whole, SAND.whole, "乡村戏台唱响新生活", "渔光曲里的老码头"])
    assert {x.text for x in segmented(page, words).stray} == {"乡村戏台唱响新生活", "渔光曲里的老码头"}


def test_headings_stay_in_their_text(laid_out: Callable[[str], Layout]) -> None:
    page = "\n\n".join(
        [
            TEA.title,
            TEA.byline,
            TEA.paragraphs[0],
            "一、茶园管理谋协商",
            TEA.paragraphs[1],
            "二、茶香引客促增收",
            TEA.paragraphs[2],
            TEA.note,
        ]
    )
    (article,) = laid_out(page).articles
    assert [h.text for h in article.text.headings] == ["一、茶园管理谋协商", "二、茶香引客促增收"]


def test_marked_lines_and_lines_that_end_in_a_noun_are_headings(laid_out: Callable[[str], Layout]) -> None:
    headings = ["■ 茶园管理展现新作为", "■ 茶香引客把准方向"]
    page = "\n\n".join(
        [
            TEA.title,
            TEA.byline,
            TEA.paragraphs[0],
            headings[0],
            TEA.paragraphs[1],
            headings[1],
            *TEA.paragraphs[2:],
        ]
    )
    articles = laid_out(page).articles
    assert [[h.text for h in a.text.headings] for a in articles] == [headings]


def test_a_line_that_names_another_committee_is_no_heading(laid_out: Callable[[str], Layout]) -> None:
    first, second = "安溪县政协开展茶园走访", "敦煌市政协聚焦沙海植绿"
    page = "\n\n".join([first, *TEA.paragraphs, second, *SAND.paragraphs])
    assert [a.text.title for a in laid_out(page).articles] == [first, second]


def test_a_wire_without_names_is_kept_with_its_article(laid_out: Callable[[str], Layout]) -> None:
    page = "\n\n".join([TEA.title, "本报讯 " + TEA.body])
    article = laid_out(page).articles[0]
    assert [p.text for p in article.text.named("byline")] == ["本报讯"]


def test_who_supplied_and_edited_a_text_stands_at_its_end(laid_out: Callable[[str], Layout]) -> None:
    for line in ("文：林小茶 编辑：何沙洲 审核：于大江", "作者：林小茶 编辑：何沙洲"):
        articles = laid_out("\n\n".join([TEA.title, TEA.body, line, SAND.title, SAND.body])).articles
        assert [[x.name for x in a.text.authors] for a in articles] == [["林小茶"], []]


def test_a_note_on_somebody_else_speaks_against_the_article_before_it(words: Gazetteer) -> None:
    page = "\n\n".join([TEA.title, TEA.byline, TEA.body])
    other, own = (
        "（作者王磊，系敦煌市政协主席）",
        f"（作者{TEA.byline.removeprefix('□ ')}，系敦煌市政协主席）",
    )
    at_odds, at_one = (segmented(f"{page}\n\n{note}", words).score for note in (other, own))
    assert at_odds < at_one - 1


def test_nothing_is_no_article(words: Gazetteer) -> None:
    assert segment(()).drafts == ()
    assert segmented("主席论坛", words).drafts == ()


def many(number: int) -> str:
    """Articles with headlines and authors of their own: what stands again and again is a running head."""
    whole = []
    for i in range(number):
        piece = (TEA, SAND, FISH)[i % 3]
        name = f"□ 林{chr(ord('子') + i)}"
        whole.append(replace(piece, title=f"{piece.title}之{i}", byline=name).whole)
    return "\n\n".join(whole)


def test_a_file_of_many_pages_is_put_together_in_windows(words: Gazetteer) -> None:
    page = many(120)
    items = label_blocks(take_apart(split_blocks(page), page, words), words)
    sequence = events(items)
    assert windows.is_long(sequence)
    parts = list(windows.split(sequence))
    assert sum(map(len, parts)) == len(sequence)
    for part in parts:
        assert [e.index for e in part if isinstance(e, Stretch)] == list(
            range(sum(isinstance(e, Stretch) for e in part))
        )
    drafts = segment(items).drafts
    assert len(drafts) == 120 and all(d.has_title and d.bylines and d.notes for d in drafts)


def test_a_page_is_no_window(words: Gazetteer) -> None:
    page = many(9)
    assert not windows.is_long(events(label_blocks(take_apart(split_blocks(page), page, words), words)))


def test_longer_files_are_searched_less_deeply() -> None:
    class Texts(list[object]):
        pass

    short, long = (Texts([None] * n) for n in (400, 40_000))
    assert windows.beam(short, BEAM) == BEAM  # type: ignore[arg-type]
    assert windows.beam(long, BEAM) == 1  # type: ignore[arg-type]
