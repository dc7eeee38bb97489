"""Addresses of names that were merged into others lead on for good."""

from articles.models import Author, Mechanism, Region, Theme
from articles.views.answer import Elsewhere

LONGEST = 20
"""Merges of merges that are followed."""


def follow(model: type[Author | Mechanism | Region | Theme], **address: str) -> None:
    """Raises Elsewhere with the survivor, where the row of this address was merged."""
    row = model._default_manager.filter(**address, merged_into__isnull=False).first()
    if row is None:
        return
    for _step in range(LONGEST):
        if row.merged_into is None:
            raise Elsewhere(row, for_good=True)
        row = row.merged_into
