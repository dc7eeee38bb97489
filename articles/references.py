"""Articles → what references to them say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from articles import gazetteer
from articles.takeaway import gbt
from articles.takeaway.reference import Reference, kind_of, plain, signed

PHOTOGRAPHER = "摄影"

Address = Callable[[Any], str]
"""Gives the permanent address of an article."""


@dataclass(frozen=True, slots=True)
class Citation:
    """`edition` is the standard's name; `online` tells the reference to the archive's copy from that to print."""

    edition: str
    online: bool
    text: str


def citation(article: Any) -> str:
    """As printed, after the latest edition of GB/T 7714."""
    return gbt.cite(reference(article, lambda row: ""))


def citations(ref: Reference, today: str) -> list[Citation]:
    """After each edition, as printed and as read here today (ISO); the usual one first."""
    return [
        Citation(form.name, accessed is not None, gbt.cite(ref, edition, accessed))
        for accessed in (None, today)
        for edition, form in gbt.EDITIONS.items()
    ]


def reference(article: Any, address: Address) -> Reference:
    """An article as `for_page` or `for_export` gives it; one of several parts is cited with all its pages.

    Who took the pictures is named where nobody wrote.
    """
    issue = article.page.issue if article.page else None
    publication = issue.publication.name if issue else ""
    date = (issue.date if issue else "") or article.date
    opening = getattr(article, "opening", None)
    return Reference(
        id=article.public_id,
        url=address(article),
        title=plain(article.title),
        opening=article.text if opening is None else opening,
        subtitle=plain(article.subtitle),
        authors=signed([author.name for author in signers(article)]),
        date=date,
        publication=publication,
        kind=kind_of(_listed(publication), publication, date),
        number=issue.number if issue else "",
        pages=pages(article),
        column=plain(article.column),
        keywords=tuple(theme.name for theme in article.themes.all()),
    )


def signers(article: Any) -> list[Any]:
    """Who wrote an article; who took the pictures where nobody did."""
    written = [byline for byline in article.signatures if byline.kind != PHOTOGRAPHER]
    return [byline.author for byline in written or article.signatures]


def pages(article: Any) -> tuple[str, ...]:
    """The pages on which the parts at hand stand, as printed."""
    numbers = (part.page.number for part in article.parts if part.page)
    return tuple(dict.fromkeys(number for number in numbers if number))


def _listed(publication: str) -> str:
    entry = gazetteer.load().publication(publication) if publication else None
    return entry.kind if entry else ""
