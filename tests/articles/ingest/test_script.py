"""Pages in traditional characters are read as well as others, and kept as they are printed."""

from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from articles.ingest.arrange import arranged
from articles.ingest.config import Config
from articles.ingest.passage import squash, without_breaks
from articles.ingest.pipeline import lay_out, parse_page
from articles.ingest.recompose import record_of
from articles.ingest.record import ArticleRecord, PageRecord
from articles.ingest.script import plain
from articles.ingest.shingles import shared
from tests.articles.ingest.pages import SAND, TEA

SEEDS = sorted((Path(__file__).parents[3] / "fixtures/pages/seeds").glob("*.txt"))
Parse = Callable[[str], PageRecord]


@pytest.fixture(scope="module")
def traditional() -> Callable[[str], str]:
    """A text in traditional characters, letter by letter, as OpenCC has them."""
    table = {}
    lines = resources.files("opencc").joinpath("dictionary", "STCharacters.txt").read_text(encoding="utf-8")
    for line in lines.splitlines():
        simple, _, choices = line.partition("\t")
        if len(simple) == 1 and len(choices.split()[0]) == 1:
            table[simple] = choices.split()[0]
    quotes = dict(zip("“”", "「」", strict=True))
    return lambda text: text.translate(str.maketrans({**table, **quotes}))


def read_out(article: ArticleRecord) -> object:
    """What counts together with other pages, in whatever letters they are."""
    return (
        article.genre,
        (article.place.primary, article.place.also, article.place.level),
        [t.name for t in article.themes],
        [(m.name, m.kind, m.start, m.end) for m in article.mechanisms],
        [(m.value, m.unit, m.qualifier, m.subject, m.kind, m.start, m.end) for m in article.metrics],
        article.dates.date,
    )


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_a_page_is_read_alike_in_both_scripts(
    path: Path, parse: Parse, traditional: Callable[[str], str]
) -> None:
    simple, printed = parse(path.read_text("utf-8")), parse(traditional(path.read_text("utf-8")))
    assert printed.text == traditional(simple.text)
    assert printed.ledger == simple.ledger
    for one, other in zip(simple.articles, printed.articles, strict=True):
        assert read_out(other) == read_out(one)
        assert [p.text for p in other.text.body] == [traditional(p.text) for p in one.text.body]
        for name in ("title", "kicker", "subtitle", "column"):
            assert (getattr(other.text, name) or "") == traditional(getattr(one.text, name) or "")
        assert [a.name for a in other.text.authors] == [traditional(a.name) for a in one.text.authors]
        assert other.dates.clues == tuple(map(traditional, one.dates.clues))


def test_what_is_quoted_stands_on_the_page(parse: Parse, traditional: Callable[[str], str]) -> None:
    record = parse(traditional(f"{TEA.whole}\n\n{SAND.whole}"))
    for article in record.articles:
        proofs = [*article.text.evidence, *article.metrics, *article.mechanisms, *article.place.evidence]
        assert proofs
        for proof in proofs:
            assert proof.quote == without_breaks(record.text[proof.start : proof.end])


def test_a_rearranged_page_keeps_its_letters(config: Config, traditional: Callable[[str], str]) -> None:
    text = traditional(f"{TEA.whole}\n\n{SAND.whole}")
    record = parse_page(text.encode(), "page.txt", config)
    begins = [p.runs[0].start for a in record.articles for p in a.text.body]
    items = lay_out(text, config).items
    arrangement = arranged(text, record.ledger, begins, [x.block for x in items], ())
    again = record_of(arrangement, "page.txt", record.sha256, config, items).record
    assert [a.text.title for a in again.articles] == [traditional(TEA.title), traditional(SAND.title)]
    assert [p.text for p in again.articles[0].text.body] == [traditional(p) for p in TEA.paragraphs]
    assert [read_out(a) for a in again.articles] == [read_out(a) for a in record.articles]


def test_traditional_words_on_a_page_of_today_stay(parse: Parse) -> None:
    sign = TEA.body.replace("茶香引来客人", "門前「靈山協會」的舊匾引來客人")
    record = parse(f"{TEA.title}\n\n{TEA.byline}\n\n{sign}")
    assert plain(record.text) == record.text
    assert "門前「靈山協會」的舊匾" in squash("".join(p.text for p in record.articles[0].text.body))


@pytest.mark.parametrize("text", ["", "政协", "協商", "Consultation", "後來提案答覆，批覆於乾部"])
def test_letters_keep_their_places(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_an_answer_is_an_answer_and_a_cover_a_cover() -> None:
    assert plain("對提案的答覆覆蓋全縣") == "对提案的答复覆盖全县"


def test_a_reprint_in_the_other_script_is_alike(traditional: Callable[[str], str]) -> None:
    assert shared(TEA.body, traditional(TEA.body)) == 1
