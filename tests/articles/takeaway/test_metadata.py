from articles.takeaway.metadata import linked, names, properties
from articles.takeaway.reference import Reference
from tests.articles.takeaway.making import NEWS, PIECE, news

BARE = Reference(id="3", url="https://archive.example/a/3/", title="", opening="近年来。成都")


def test_a_newspaper_is_no_journal() -> None:
    said = dict(names(NEWS))
    assert "citation_journal_title" not in said and "citation_issue" not in said
    assert (said["DC.type"], said["prism.publicationName"]) == ("newspaperArticle", "人民政协报")
    assert (said["citation_title"], said["citation_publication_date"]) == ("加强协商平台建设", "2024/07/16")
    assert said["citation_firstpage"] == said["prism.startingPage"] == "3"
    assert [content for name, content in names(NEWS) if name == "DC.subject"] == ["协商议政", "民主监督"]


def test_a_journal_is_one() -> None:
    said = dict(names(PIECE))
    assert (said["DC.type"], said["citation_journal_title"]) == ("journalArticle", "中国政协")
    assert (said["citation_issue"], said["citation_firstpage"], said["citation_lastpage"]) == (
        "7",
        "12",
        "13",
    )


def test_pages_apart_are_no_range() -> None:
    said = dict(names(news(pages=("1", "3"))))
    assert said["DC.identifier.pageNumber"] == "1, 3"
    assert "citation_firstpage" not in said and "prism.startingPage" not in said


def test_each_author_has_a_line() -> None:
    pairs = list(names(news(authors=("张三", "李四"))))
    for name in ("citation_author", "DC.creator"):
        assert [content for key, content in pairs if key == name] == ["张三", "李四"]


def test_open_graph() -> None:
    said = dict(properties(NEWS, "文库", "摘要"))
    assert (said["og:type"], said["og:url"], said["og:site_name"]) == ("article", NEWS.url, "文库")
    assert said["article:published_time"] == "2024-07-16" and said["og:description"] == "摘要"
    assert "article:published_time" not in dict(properties(PIECE, "文库", ""))


def test_linked_data() -> None:
    said = linked(NEWS, "摘要", "四川省成都市", "2024-07-17T00:00:00+08:00")
    assert (said["@context"], said["@type"], said["headline"]) == (
        "https://schema.org",
        "NewsArticle",
        "加强协商平台建设",
    )
    assert said["author"] == [{"@type": "Person", "name": "张三"}]
    assert said["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "9137",
        "isPartOf": {"@type": "Newspaper", "name": "人民政协报"},
        "datePublished": "2024-07-16",
    }
    assert (said["printPage"], said["contentLocation"]["name"]) == ("3", "四川省成都市")
    journal = linked(PIECE, "", "", "")
    assert (journal["@type"], journal["pagination"]) == ("Article", "12-13") and "printPage" not in journal


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert {name for name, _content in names(BARE)} == {
        "citation_title",
        "citation_language",
        "citation_public_url",
        "DC.title",
        "DC.type",
        "DC.identifier",
        "DC.language",
    }
    assert set(linked(BARE, "", "", "")) == {
        "@context", "@type", "@id", "url", "mainEntityOfPage", "inLanguage", "headline"
    }  # fmt: skip
