"""References to one article, to copy."""

from dataclasses import dataclass
from typing import Any

from articles.references import reference
from articles.takeaway import gbt


@dataclass(frozen=True, slots=True)
class Citation:
    """`edition` is the standard's name; `online` tells the reference to the archive's copy from that to print."""

    edition: str
    online: bool
    text: str


def citation(article: Any) -> str:
    """As printed, after the standard's latest edition."""
    return gbt.cite(reference(article, lambda row: ""))


def citations(article: Any, url: str, today: str) -> list[Citation]:
    """After each edition, as printed and as read here today (ISO); the usual one first."""
    ref = reference(article, lambda row: url)
    return [
        Citation(form.name, accessed is not None, gbt.cite(ref, edition, accessed))
        for accessed in (None, today)
        for edition, form in gbt.EDITIONS.items()
    ]
