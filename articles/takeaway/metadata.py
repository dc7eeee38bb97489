"""What the head of an article's page tells reference managers and search engines.

Zotero's “Embedded Metadata” takes any page with citation_journal_title for a journal article, so newspapers go
without; it believes DC.type where that names a kind of its own, and takes the paper's name from PRISM. Pages
that do not follow one another go into DC.identifier.pageNumber, which it copies as it is: it would make a range
of a first and a last page.
"""

from collections.abc import Iterator
from typing import Any

from articles.takeaway.reference import JOURNAL, NEWSPAPER, WEBSITE, Reference, page_range

_ZOTERO = {NEWSPAPER: "newspaperArticle", JOURNAL: "journalArticle", WEBSITE: "webpage"}
_SCHEMA = {NEWSPAPER: "NewsArticle", WEBSITE: "NewsArticle"}
_PERIODICAL = {NEWSPAPER: "Newspaper", JOURNAL: "Periodical", WEBSITE: "WebSite"}
LANGUAGE = "zh-CN"


def names(ref: Reference) -> Iterator[tuple[str, str]]:
    """(name, content) of <meta name>: Highwire, Dublin Core and PRISM. Nothing is said of what is not known."""
    pages = page_range(ref.pages)
    first, _dash, last = ("", "", "") if "," in pages else pages.partition("-")
    journal = ref.publication if ref.kind == JOURNAL else ""
    pairs = [
        ("citation_title", ref.full_name),
        *(("citation_author", name) for name in ref.authors),
        ("citation_publication_date", ref.date.replace("-", "/")),
        ("citation_journal_title", journal),
        ("citation_issue", ref.number if journal else ""),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_language", LANGUAGE),
        ("citation_public_url", ref.url),
        ("citation_keywords", "; ".join(ref.keywords)),
        ("DC.title", ref.full_name),
        *(("DC.creator", name) for name in ref.authors),
        ("DC.type", _ZOTERO.get(ref.kind, "document")),
        ("DC.source", ref.publication),
        ("DC.date", ref.date),
        ("DC.identifier", ref.url),
        ("DC.identifier.pageNumber", pages),
        ("DC.language", LANGUAGE),
        *(("DC.subject", word) for word in ref.keywords),
        ("prism.publicationName", ref.publication),
        ("prism.publicationDate", ref.date),
        ("prism.number", ref.number),
        ("prism.startingPage", first),
        ("prism.endingPage", last),
        ("prism.section", ref.column),
    ]
    return ((name, content) for name, content in pairs if content)


def properties(ref: Reference, site: str, summary: str) -> Iterator[tuple[str, str]]:
    """(property, content) of <meta property>: Open Graph."""
    pairs = [
        ("og:type", "article"),
        ("og:title", ref.full_name),
        ("og:url", ref.url),
        ("og:site_name", site),
        ("og:locale", "zh_CN"),
        ("og:description", summary),
        ("article:published_time", ref.date if len(ref.date) == 10 else ""),
        ("article:section", ref.column),
        *(("article:tag", word) for word in ref.keywords),
    ]
    return ((name, content) for name, content in pairs if content)


def linked(ref: Reference, summary: str, place: str, changed: str) -> dict[str, Any]:
    """The article as schema.org describes it. `changed` is an ISO time, `place` the name of its region."""
    periodical = {"@type": _PERIODICAL[ref.kind], "name": ref.publication} if ref.kind else None
    issue = {"@type": "PublicationIssue", "issueNumber": ref.number, "isPartOf": periodical}
    paper = ref.kind == NEWSPAPER
    pages = page_range(ref.pages)
    said = {
        "headline": ref.name,
        "alternativeHeadline": ref.bare_subtitle,
        "author": [{"@type": "Person", "name": name} for name in ref.authors],
        "datePublished": ref.date,
        "dateModified": changed,
        "isPartOf": {**issue, "datePublished": ref.date} if periodical and ref.number else periodical,
        "printPage": pages if paper else "",
        "pagination": "" if paper else pages,
        "articleSection": ref.column,
        "keywords": list(ref.keywords),
        "contentLocation": {"@type": "Place", "name": place} if place else None,
        "description": summary,
    }
    return {
        "@context": "https://schema.org",
        "@type": _SCHEMA.get(ref.kind, "Article"),
        "@id": ref.url,
        "url": ref.url,
        "mainEntityOfPage": ref.url,
        "inLanguage": LANGUAGE,
        **{name: value for name, value in said.items() if value},
    }
