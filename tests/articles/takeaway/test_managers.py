"""What reference managers read back from RIS, BibTeX and CSL-JSON."""

import pytest
import rispy
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library

from articles.takeaway import bibtex, csl, ris
from articles.takeaway.reference import Reference
from tests.articles.takeaway.making import NEWS, PIECE, news

NASTY = news(title="100%的{办复率}\\提案_#1 & “有事~好商量”^", authors=("买买提 阿不都", "A, B and C"))
BARE = Reference(id="3", url="https://archive.example/a/3/", title="", opening="近年来\n成都")


def library(*refs: Reference) -> Library:
    text = "".join(map(bibtex.entry, refs))
    layers = [middlewares.SeparateCoAuthors(), middlewares.LatexDecodingMiddleware()]
    parsed = parse_string(text, append_middleware=layers)
    assert not parsed.failed_blocks and len(parsed.entries) == len(refs)
    return parsed


def test_bibtex() -> None:
    paper, journal = library(NEWS, PIECE).entries
    assert (paper.entry_type, paper.key) == ("article", "cppcc-2kd8mnpqrs")
    fields = {name: field.value for name, field in paper.fields_dict.items()}
    assert fields["author"] == ["张三"] and fields["journal"] == "人民政协报"
    assert fields["title"].strip("{}") == "加强协商平台建设"
    assert (fields["entrysubtype"], fields["date"], fields["pages"]) == ("newspaper", "2024-07-16", "3")
    assert (fields["year"], fields["month"], fields["langid"]) == ("2024", "7", "chinese")
    fields = {name: field.value for name, field in journal.fields_dict.items()}
    assert "entrysubtype" not in fields and fields["pages"].replace("–", "--") == "12--13"


def test_bibtex_of_everything_that_tex_minds() -> None:
    text = bibtex.entry(NASTY)
    assert text.count("{") == text.count("}")
    (entry,) = library(NASTY).entries
    title = entry["title"].replace("{", "").replace("}", "")
    assert title.startswith("100%的") and "办复率" in title and "_#1 & " in title
    assert [name.strip("{}") for name in entry["author"]] == ["买买提 阿不都", "A, B and C"]


def test_bibtex_of_next_to_nothing() -> None:
    (entry,) = library(BARE).entries
    assert entry.entry_type == "misc" and "author" not in entry.fields_dict
    assert entry["title"].strip("{}") == "[近年来…]"


def test_ris() -> None:
    text = ris.record(NEWS) + ris.record(PIECE) + ris.record(NASTY) + ris.record(BARE)
    assert text.count("\r\n") == text.count("\n")
    paper, journal, nasty, bare = rispy.loads(text)
    assert (paper["type_of_reference"], paper["authors"], paper["title"]) == (
        "NEWS",
        ["张三"],
        "加强协商平台建设",
    )
    assert (paper["secondary_title"], paper["date"], paper["year"]) == ("人民政协报", "2024/07/16/", "2024")
    assert paper["start_page"] == "3" and paper["keywords"] == ["协商议政", "民主监督"]
    assert paper["urls"] == [NEWS.url] and paper["id"] == NEWS.id
    assert (journal["type_of_reference"], journal["number"], journal["date"]) == ("JOUR", "7", "2024/07//")
    assert (journal["start_page"], journal["end_page"]) == ("12", "13")
    assert nasty["title"] == NASTY.title and nasty["authors"] == list(NASTY.authors)
    assert (bare["type_of_reference"], bare["title"]) == ("GEN", "[近年来…]")


@pytest.mark.parametrize("pages", [("1", "3"), ("A1", "B2")])
def test_ris_of_pages_apart(pages: tuple[str, ...]) -> None:
    (paper,) = rispy.loads(ris.record(news(pages=pages)))
    assert paper["start_page"] == ", ".join(pages) and "end_page" not in paper


def test_csl() -> None:
    item = csl.item(news(subtitle="成都的实践"))
    assert item == {
        "id": "2kd8mnpqrs",
        "type": "article-newspaper",
        "title": "加强协商平台建设：成都的实践",
        "author": [{"literal": "张三"}],
        "container-title": "人民政协报",
        "issued": {"date-parts": [[2024, 7, 16]]},
        "issue": "9137",
        "page": "3",
        "section": "主席论坛",
        "keyword": "协商议政, 民主监督",
        "URL": NEWS.url,
        "language": "zh-CN",
    }
    assert csl.item(PIECE)["issued"] == {"date-parts": [[2024, 7]]}
    bare = csl.item(BARE)
    assert (bare["type"], bare["title"]) == ("document", "[近年来…]")
    assert "issued" not in bare and "author" not in bare
